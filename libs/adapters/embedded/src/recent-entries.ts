import { type LedgerEntry, type Position } from '@tripoint/ledger';

import { type Appended } from './ledger-writer.js';

/** What is kept for readers that are close behind the writer. */
const KEPT = { count: 2048, bytes: 8 * 1024 * 1024 };

/** A stretch of the ledger, as far as it concerns a reader. */
export type Stretch = {
  readonly entries: readonly LedgerEntry[];
  /** The position up to which nothing more is to be found. */
  readonly scanned: Position;
};

const placeOf = (stream: string, revision: bigint): string => `${stream} ${revision.toString()}`;

/**
 * The newest entries that this process has appended, without a gap between them, so that they need not be read back.
 *
 * INVARIANT: what is here is committed, and nothing that is not here stands between two entries that are.
 */
export class RecentEntries {
  #after: bigint | undefined;
  #entries: LedgerEntry[] = [];
  #bytes = 0;
  readonly #places = new Map<string, LedgerEntry>();

  add({ after, entries }: Appended): void {
    if (this.#end() !== BigInt(after)) {
      this.forget();
      this.#after = BigInt(after);
    }
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#places.set(placeOf(entry.stream, entry.revision), entry);
      this.#bytes += entry.bytes.length;
    }
    if (this.#entries.length > KEPT.count || this.#bytes > KEPT.bytes) this.#shed();
  }

  /** Another process has appended: only the store knows what follows now. */
  forget(): void {
    this.#after = undefined;
    this.#entries = [];
    this.#bytes = 0;
    this.#places.clear();
  }

  /** These `count` entries of one stream, or undefined when not all of them are here. */
  read(stream: string, from: bigint, count: number): readonly LedgerEntry[] | undefined {
    const found: LedgerEntry[] = [];
    for (let at = 0; at < count; at += 1) {
      const entry = this.#places.get(placeOf(stream, from + BigInt(at)));
      if (entry === undefined) return undefined;
      found.push(entry);
    }
    return found;
  }

  /** What follows `cursor` here, or undefined when what is here does not begin there. */
  since(
    prefixes: readonly string[],
    cursor: Position,
    most: { readonly count: number; readonly bytes: number },
  ): Stretch | undefined {
    const [from, end] = [BigInt(cursor), this.#end()];
    if (this.#after === undefined || end === undefined || from < this.#after || from > end)
      return undefined;
    const entries: LedgerEntry[] = [];
    let bytes = 0;
    for (let at = Number(from - this.#after); at < this.#entries.length; at += 1) {
      const entry = this.#entries[at];
      if (entry === undefined || !prefixes.some((prefix) => entry.stream.startsWith(prefix)))
        continue;
      if (entries.length > 0 && (entries.length >= most.count || bytes >= most.bytes))
        return { entries, scanned: entries.at(-1)?.position ?? cursor };
      entries.push(entry);
      bytes += entry.bytes.length;
    }
    return { entries, scanned: end.toString() as Position };
  }

  #end(): bigint | undefined {
    return this.#after === undefined ? undefined : this.#after + BigInt(this.#entries.length);
  }

  /** Half at a time, so that it costs little for each entry. */
  #shed(): void {
    const gone = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
    for (const { stream, revision, bytes } of gone) {
      this.#bytes -= bytes.length;
      this.#places.delete(placeOf(stream, revision));
    }
    this.#after = this.#after === undefined ? undefined : this.#after + BigInt(gone.length);
  }
}
