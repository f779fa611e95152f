/** Far more than anybody folds before asking what it came to. */
const KEPT = 4096;

/** What came of leaves, by index: asked for right after they were folded, and let go when many others have come since. */
export class Newest<T> {
  readonly #kept = new Map<number, T>();

  add(index: number, what: T): void {
    this.#kept.set(index, what);
    if (this.#kept.size <= KEPT) return;
    for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest);
      return;
    }
  }

  at(index: number): T | undefined {
    return this.#kept.get(index);
  }
}
