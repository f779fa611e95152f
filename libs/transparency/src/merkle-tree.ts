import { HashColumn } from './hash-column.js';
import { emptyRoot, isHash, leafHash, nodeHash, siblingsHash, splitPoint } from './hash.js';
import { FULL_TILE, TILE_HEIGHT } from './tile-path.js';

/**
 * An append-only tree of RFC 6962, whole in memory: 64 bytes a leaf. It answers for its present size
 * and for every size it ever had, in time logarithmic in the size.
 *
 * Asking for a leaf or a size that the tree does not have is a bug of the caller and throws
 * `RangeError`; check numbers that come from outside against {@link MerkleTree.size} first.
 */
export class MerkleTree {
  /** Level k holds the hash of every full subtree of 2^k leaves, left to right. */
  readonly #levels: HashColumn[] = [new HashColumn()];

  /** Number of leaves. */
  get size(): number {
    return this.#level(0).count;
  }

  /** Adds a leaf and gives its index. */
  append(leaf: Uint8Array): number {
    return this.appendHash(leafHash(leaf));
  }

  /** Adds a leaf of which only its {@link leafHash} is known, and gives its index. */
  appendHash(hash: Uint8Array): number {
    if (!isHash(hash)) throw new RangeError('adding a leaf hash that is not 32 bytes long');
    const index = this.size;
    let level = this.#level(0);
    level.push(hash);
    for (let height = 1; level.count % 2 === 0; height += 1) {
      const parent = siblingsHash(level.peek(level.count - 2, level.count));
      level = this.#level(height);
      level.push(parent);
    }
    return index;
  }

  /** The stored hash of leaf `index`. */
  leafHash(index: number): Buffer {
    checkRange(index, this.size - 1);
    return this.#level(0).copy(index, index + 1);
  }

  /** The root that the tree had when it held `size` leaves. */
  root(size = this.size): Buffer {
    checkRange(size, this.size);
    return size === 0 ? emptyRoot() : this.#hashOf(0, size);
  }

  /** Hashes from leaf `index` up to the root of the tree of `size` leaves (RFC 6962 section 2.1.1). */
  inclusionProof(index: number, size = this.size): readonly Buffer[] {
    checkRange(size, this.size);
    checkRange(index, size - 1);
    const proof: Buffer[] = [];
    for (let begin = 0, end = size; end - begin > 1;) {
      const middle = begin + splitPoint(end - begin);
      if (index < middle) {
        proof.push(this.#hashOf(middle, end));
        end = middle;
      } else {
        proof.push(this.#hashOf(begin, middle));
        begin = middle;
      }
    }
    return proof.reverse();
  }

  /** What shows that the tree of `to` leaves begins with the tree of `from` leaves (RFC 6962 section 2.1.2). */
  consistencyProof(from: number, to = this.size): readonly Buffer[] {
    checkRange(to, this.size);
    checkRange(from, to);
    // Every tree continues the empty one and itself.
    if (from === 0 || from === to) return [];
    const proof: Buffer[] = [];
    let begin = 0;
    let end = to;
    while (end !== from) {
      const middle = begin + splitPoint(end - begin);
      if (from <= middle) {
        proof.push(this.#hashOf(middle, end));
        end = middle;
      } else {
        proof.push(this.#hashOf(begin, middle));
        begin = middle;
      }
    }
    // A verifier knows the old root already when the old tree is this subtree, whole.
    if (begin > 0) proof.push(this.#hashOf(begin, end));
    return proof.reverse();
  }

  /**
   * The first `width` hashes of a tile of C2SP tlog-tiles, side by side; undefined when the tree does
   * not hold them all. A tile once given for a width never changes.
   */
  tile(level: number, index: number, width = FULL_TILE): Buffer | undefined {
    const column = this.#levels[level * TILE_HEIGHT];
    const from = index * FULL_TILE;
    const exists =
      column !== undefined &&
      isCount(level) &&
      isCount(index) &&
      isCount(width) &&
      width >= 1 &&
      width <= FULL_TILE &&
      from + width <= column.count;
    return exists ? column.copy(from, from + width) : undefined;
  }

  /** The hash over leaves `begin` to `end`; `begin` is a multiple of the largest power of two in the span. */
  #hashOf(begin: number, end: number): Buffer {
    const count = end - begin;
    const split = count === 1 ? 1 : splitPoint(count);
    const [span, height] =
      split * 2 === count ? [count, Math.log2(count)] : [split, Math.log2(split)];
    const node = begin / span;
    const left = this.#level(height).copy(node, node + 1);
    return span === count ? left : nodeHash(left, this.#hashOf(begin + span, end));
  }

  #level(height: number): HashColumn {
    return (this.#levels[height] ??= new HashColumn());
  }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const checkRange = (value: number, most: number): void => {
  if (!isCount(value) || value > most)
    throw new RangeError(`asking the tree for \`${value}\` where it has up to \`${most}\``);
};
