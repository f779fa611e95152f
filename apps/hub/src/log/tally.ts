import { Injectable } from '@nestjs/common';
import { type LeafKind } from '@tripoint/ledger';
import { type LoggedLeaf, verdictsOf } from './log-follower.js';

/** Counts over the whole log, for whoever watches: the same after every start, and on every hub. */
@Injectable()
export class Tally {
  readonly leaves = new Map<LeafKind, number>();
  allowed = 0;
  denied = 0;

  count(leaves: readonly LoggedLeaf[]): void {
    if (leaves[0]?.leaf.index === 0) {
      this.leaves.clear();
      this.allowed = 0;
      this.denied = 0;
    }
    for (const logged of leaves) {
      const { kind } = logged.leaf;
      this.leaves.set(kind, (this.leaves.get(kind) ?? 0) + 1);
      for (const { verdict } of verdictsOf(logged))
        if (verdict.allowed) this.allowed += 1;
        else this.denied += 1;
    }
  }
}
