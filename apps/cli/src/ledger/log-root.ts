import { emptyRoot, leafHash, nodeHash } from '@tripoint/transparency';

/** The root of a log that is read once, leaf by leaf. It keeps one hash for each bit of the log's size. */
export class LogRoot {
  /** Hashes of full subtrees, the largest and leftmost first. */
  readonly #subtrees: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let hash = leafHash(leaf);
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) {
      const left = this.#subtrees.pop();
      if (left !== undefined) hash = nodeHash(left, hash);
    }
    this.#subtrees.push(hash);
    this.#size += 1;
  }

  /** The root over the leaves so far. */
  root(): Buffer {
    const [last, ...others] = [...this.#subtrees].reverse();
    return others.reduce((right, left) => nodeHash(left, right), last ?? emptyRoot());
  }
}
