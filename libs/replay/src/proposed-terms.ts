import { type Registry } from '@tripoint/federation';
import { type Digest, isRefusal } from '@tripoint/kernel';
import { type Bundle, loadBundle, type RetentionTerm } from '@tripoint/policy';
import { readOnce } from './read-once.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** For how long what is of a class would be kept, where that is another time than the one under which it was said. */
export type ChangedTerm = {
  readonly retention: string;
  /** In seconds; null: for good. */
  readonly was: number | null;
  readonly would: number | null;
  /** How many compartments were said under it; their cores, which stay, not counted. */
  readonly parts: number;
};

type Terms = readonly RetentionTerm[];

const termIn = (terms: Terms, retention: string): number | null =>
  terms.find((one) => one.retention === retention)?.seconds ?? null;

/** Holds the terms of rules that are not in force against those under which things were said. */
export class ProposedTerms {
  readonly #said = new Map<string, Omit<ChangedTerm, 'would'>>();
  #inForce: { readonly digest: Digest; readonly terms: Terms } | undefined;

  constructor(
    private readonly proposed: Terms,
    private readonly since: number,
  ) {}

  take(
    { leaf, sourced }: Pick<AuditedLeaf, 'leaf' | 'sourced'>,
    registry: Pick<Registry, 'policyBundle'>,
  ): void {
    const terms = this.#termsBy(registry);
    if (leaf.index < this.since || leaf.kind !== 'event' || sourced?.entry.kind !== 'event') return;
    const event = readOnce(sourced.entry);
    if (isRefusal(event)) return;
    for (const { descriptor } of event.compartments)
      if (descriptor.name !== 'core')
        this.#add(descriptor.retention, termIn(terms, descriptor.retention), 1);
  }

  /** By class, the shortest first. Those in force are there although nothing was said under them yet. */
  get changed(): readonly ChangedTerm[] {
    const inForce = this.#inForce?.terms ?? [];
    for (const { retention } of [...inForce, ...this.proposed])
      this.#add(retention, termIn(inForce, retention), 0);
    return [...this.#said.values()]
      .map((one) => ({ ...one, would: termIn(this.proposed, one.retention) }))
      .filter(({ was, would }) => was !== would)
      .sort(
        (a, b) =>
          Number(a.retention > b.retention) - Number(a.retention < b.retention) ||
          (a.was ?? Infinity) - (b.was ?? Infinity),
      );
  }

  #add(retention: string, was: number | null, parts: number): void {
    const key = `${retention} ${was}`;
    const before = this.#said.get(key)?.parts ?? 0;
    this.#said.set(key, { retention, was, parts: before + parts });
  }

  #termsBy(registry: Pick<Registry, 'policyBundle'>): Terms {
    const active = registry.policyBundle();
    if (active === undefined) return [];
    if (this.#inForce?.digest !== active.digest) {
      const loaded: Bundle | { readonly refused: string } = loadBundle(active.bytes);
      this.#inForce = {
        digest: active.digest,
        terms: 'refused' in loaded ? [] : loaded.retention,
      };
    }
    return this.#inForce.terms;
  }
}
