import { Injectable } from '@nestjs/common';
import { type ChainId } from '@tripoint/kernel';
import { type LeafKind } from '@tripoint/ledger';
import { type LoggedLeaf, verdictsOf } from './log-follower.js';

/** Counts over the whole log, for whoever watches: the same after every start, and on every hub. */
@Injectable()
export class Tally {
  readonly leaves = new Map<LeafKind, number>();
  /** The newest entry of each chain that has a leaf. */
  readonly sequenced = new Map<ChainId, number>();
  allowed = 0;
  denied = 0;

  count(leaves: readonly LoggedLeaf[]): void {
    if (leaves[0]?.leaf.index === 0) {
      this.leaves.clear();
      this.sequenced.clear();
      this.allowed = 0;
      this.denied = 0;
    }
    for (const logged of leaves) {
      const { kind } = logged.leaf;
      const { sourced } = logged;
      if (sourced !== undefined) this.sequenced.set(sourced.chain, sourced.revision);
      this.leaves.set(kind, (this.leaves.get(kind) ?? 0) + 1);
      for (const { verdict } of verdictsOf(logged))
        if (verdict.allowed) this.allowed += 1;
        else this.denied += 1;
    }
  }
}
