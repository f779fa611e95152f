import { entryDigest, type OpenPgp, parseChainEntry } from '@tripoint/envelope';
import {
  applyStatement,
  foundRegistry,
  type Registry,
  RegistryHistory,
  type TrustAnchor,
} from '@tripoint/federation';
import { type Digest, HubError, isRefusal, type Refusal, refuse } from '@tripoint/kernel';
import { type Views } from '@tripoint/read-model';

const STRIDE = 500;

/** A statement that fits on the copy, and the registry that it leads to. */
export type NextStatement = { readonly registry: Registry; readonly digest: Digest };

/**
 * The agency's own copy of the registry, folded from what its mailbox delivered. It believes the root holders' signatures
 * and nobody else, the hub included.
 */
export class RegistryCopy {
  private constructor(
    private readonly openpgp: OpenPgp,
    readonly history: RegistryHistory,
  ) {}

  /** Folds what the journal has kept. */
  static async load(openpgp: OpenPgp, anchor: TrustAnchor, views: Views): Promise<RegistryCopy> {
    const founded = await foundRegistry(openpgp, anchor);
    if (isRefusal(founded)) throw new HubError(founded.refused, founded.detail, false);
    const copy = new RegistryCopy(openpgp, new RegistryHistory(founded));
    for (let after = -1; ;) {
      const rows = await views.registry(after, STRIDE);
      const newest = rows.at(-1);
      if (newest === undefined) return copy;
      for (const { bytes, leaf } of rows) {
        const next = await copy.read(bytes, leaf.index);
        if (isRefusal(next)) throw new HubError('registry-inconsistent', next.detail, false);
        copy.take(next);
      }
      after = newest.leaf.index;
    }
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
    return isRefusal(registry) ? registry : { registry, digest: entryDigest(entry) };
  }

  take({ registry }: NextStatement): void {
    this.history.append(registry);
  }
}
