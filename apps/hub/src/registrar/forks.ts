import { Injectable } from '@nestjs/common';
import {
  type Admitted,
  encodeCbor,
  entryDigest,
  parseChainEntry,
  sha256,
} from '@tripoint/envelope';
import { type ChainId, type Digest, HubError, isRefusal } from '@tripoint/kernel';
import { chainStream, type LedgerEntry } from '@tripoint/ledger';
import { HubOptions } from '../hub.options.js';
import { HubChain } from './hub-chain.js';

/**
 * States on the hub's own chain that an issuer signed two envelopes with one number, with both as evidence. The
 * leaf of that statement freezes the chain until a threshold of roots lets it go on.
 */
@Injectable()
export class Forks {
  /** Chains stated as forked by this process whose leaf may not have been folded yet. */
  readonly #stated = new Map<ChainId, Digest>();

  constructor(
    private readonly hub: HubOptions,
    private readonly chain: HubChain,
  ) {}

  froze(chain: ChainId): boolean {
    return this.#stated.has(chain);
  }

  /** The fork's leaf was folded: from now on the registry says whether the chain is frozen. */
  folded(chain: ChainId): void {
    this.#stated.delete(chain);
  }

  async #contradicted({ routing: { chain, seq } }: Admitted): Promise<LedgerEntry | undefined> {
    const [row] = await this.hub.ledger.read(chainStream(chain), BigInt(seq), 1);
    return row;
  }

  async state(offending: Admitted): Promise<void> {
    const { chain, seq } = offending.routing;
    const recorded = await this.#contradicted(offending);
    const first = recorded && parseChainEntry(recorded.bytes);
    if (recorded === undefined || first === undefined || isRefusal(first))
      throw new HubError('ledger-inconsistent', 'a forked chain does not hold the number', false);
    const attachment = encodeCbor({ recorded: recorded.bytes, offending: offending.entryBytes });
    this.#stated.set(chain, offending.headerDigest);

    const members = {
      chain,
      number: seq,
      recorded: entryDigest(first),
      offending: offending.headerDigest,
      evidence: sha256(attachment),
    };
    try {
      await this.chain.state('fork', members, attachment);
    } catch (thrown) {
      this.#stated.delete(chain);
      throw thrown;
    }
  }
}
