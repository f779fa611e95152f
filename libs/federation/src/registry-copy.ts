import { entryDigest, type OpenPgp, parseChainEntry } from '@tripoint/envelope';
import { type Digest, HubError, isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { applyStatement, foundRegistry } from './apply-statement.js';
import { RegistryHistory } from './registry-history.js';
import { type Registry } from './registry.js';
import { NO_STATEMENTS, type RegistrySum, withStatement } from './registry-sum.js';
import { type TrustAnchor } from './trust-anchor.js';

/** Statements that a mailbox delivered and a journal kept, in log order after leaf `after` (-1: all); at most `limit`. */
export type KeptStatements = (
  after: number,
  limit: number,
) => Promise<readonly { readonly bytes: Uint8Array; readonly leaf: { readonly index: number } }[]>;

const STRIDE = 500;

/** A statement that fits on the copy, and the registry that it leads to. */
export type NextStatement = {
  readonly registry: Registry;
  readonly digest: Digest;
  readonly index: number;
};

/**
 * The agency's own copy of the registry, folded from what its mailbox delivered. It believes the root holders' signatures
 * and nobody else, the hub included.
 */
export class RegistryCopy {
  private constructor(
    private readonly openpgp: OpenPgp,
    readonly history: RegistryHistory,
  ) {}

  /** The leaf of the newest statement taken, -1 before the first. */
  #newest = -1;
  #sum = NO_STATEMENTS;

  /** The copy that only the trust anchor is in. */
  static async begin(openpgp: OpenPgp, anchor: TrustAnchor): Promise<RegistryCopy> {
    const founded = await foundRegistry(openpgp, anchor);
    if (isRefusal(founded)) throw new HubError(founded.refused, founded.detail, false);
    return new RegistryCopy(openpgp, new RegistryHistory(founded));
  }

  /** Folds what has been kept since the last time. */
  async catchUp(kept: KeptStatements): Promise<this> {
    for (;;) {
      const rows = await kept(this.#newest, STRIDE);
      if (rows.length === 0) return this;
      for (const { bytes, leaf } of rows) {
        const next = await this.read(bytes, leaf.index);
        if (isRefusal(next)) throw new HubError('registry-inconsistent', next.detail, false);
        this.take(next);
      }
    }
  }

  /** Of all that were taken. */
  get sum(): RegistrySum {
    return this.#sum;
  }

  get latest(): Registry {
    return this.history.latest;
  }

  /** Reads a statement as the hub delivered it with leaf `index`. Changes nothing. */
  async read(bytes: Uint8Array, index: number): Promise<NextStatement | Refusal> {
    const entry = parseChainEntry(bytes);
    if (isRefusal(entry)) return entry;
    if (entry.kind !== 'statement') return refuse('not-a-statement', 'the entry is no statement');
    const registry = await applyStatement(this.openpgp, this.latest, entry, BigInt(index));
    return isRefusal(registry) ? registry : { registry, digest: entryDigest(entry), index };
  }

  take({ registry, digest, index }: NextStatement): void {
    this.history.append(registry);
    this.#sum = withStatement(this.#sum, index, digest);
    this.#newest = index;
  }
}
