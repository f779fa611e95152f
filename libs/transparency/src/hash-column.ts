import { HASH_BYTES } from './hash.js';

/** Hashes of one level of a tree, one after another in memory that doubles when it is full. */
export class HashColumn {
  #bytes = Buffer.alloc(64 * HASH_BYTES);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(hash: Uint8Array): void {
    const at = this.#count * HASH_BYTES;
    if (at === this.#bytes.length) {
      const larger = Buffer.alloc(2 * at);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, at);
    this.#count += 1;
  }

  /** Hashes `from` to `to`, not copied: for reading at once, never for handing out. */
  peek(from: number, to: number): Buffer {
    return this.#bytes.subarray(from * HASH_BYTES, to * HASH_BYTES);
  }

  /** A copy of hashes `from` to `to`, side by side. */
  copy(from: number, to: number): Buffer {
    return Buffer.from(this.peek(from, to));
  }
}
