import { type Digest } from '@tripoint/kernel';
import { type Journal } from '@tripoint/read-model';

/** What a line came with, and how large the tree was that it was handed over under. */
export type Served = {
  readonly wraps: readonly { readonly descriptor: Digest }[];
  readonly size: number;
  readonly leaf: number;
};

/**
 * A hub that has the keys to what everybody was to forget still gives them to whoever asks for old lines again. What it handed over under a
 * tree with the order in it, it has handed over in spite of it; a copy from before that was only late on the way.
 */
export class ServedErased {
  readonly #said = new Set<Digest>();

  constructor(private readonly journal: Pick<Journal, 'erasedAt' | 'aside'>) {}

  /** Says of each descriptor once that a key to it was handed over. */
  async look(served: readonly Served[]): Promise<void> {
    const came = served.flatMap(({ wraps, size, leaf }) =>
      wraps.map(({ descriptor }) => ({ descriptor, size, leaf })),
    );
    if (came.length === 0) return;
    const erased = await this.journal.erasedAt(came.map(({ descriptor }) => descriptor));
    const found = came.filter(({ descriptor, size }) => {
      const ordered = erased.get(descriptor);
      return ordered !== undefined && ordered < size && !this.#said.has(descriptor);
    });
    if (found.length === 0) return;
    const leaves = [...new Set(found.map(({ leaf }) => leaf))];
    await this.journal.aside({
      findings: leaves.map((leaf) => ({
        code: 'erased-served',
        detail: 'the hub has handed over a key to what it was ordered to forget',
        leaf,
      })),
    });
    for (const { descriptor } of found) this.#said.add(descriptor);
  }
}
