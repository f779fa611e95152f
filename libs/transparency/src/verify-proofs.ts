import { emptyRoot, isHash, nodeHash, sameHash } from './hash.js';

// Everything a claim says may come from a stranger. A proof that is wrong in any way, in its types
// too, is answered with false. Halving is done by division: sizes go beyond 32 bits.

/** That the leaf with this hash stands at `index` of the tree of `size` leaves with this root. */
export type InclusionClaim = {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

/** That the tree of `to` leaves begins with the tree of `from` leaves. */
export type ConsistencyClaim = {
  readonly from: number;
  readonly fromRoot: Uint8Array;
  readonly to: number;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Whether the claim is proved (RFC 9162 section 2.1.3.2). Never throws for what the claim contains. */
export const verifyInclusion = ({
  leafHash,
  index,
  size,
  proof,
  root,
}: InclusionClaim): boolean => {
  if (!isCount(size) || !isCount(index) || index >= size) return false;
  if (!isHash(leafHash) || !isHash(root) || !isList(proof)) return false;
  const path = new Path(index, size - 1);
  let hash = leafHash;
  for (const sibling of proof) {
    if (path.atRoot || !isHash(sibling)) return false;
    hash = path.climb() === 'from-right' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return path.atRoot && sameHash(hash, root);
};

/** Whether the claim is proved (RFC 9162 section 2.1.4.2). Never throws for what the claim contains. */
export const verifyConsistency = (claim: ConsistencyClaim): boolean => {
  const { from, fromRoot, to, toRoot, proof } = claim;
  if (!isCount(from) || !isCount(to) || from > to) return false;
  if (!isHash(fromRoot) || !isHash(toRoot) || !isList(proof)) return false;
  if (from === to)
    return proof.length === 0 && sameHash(fromRoot, toRoot) && emptyIsEmpty(from, fromRoot);
  if (from === 0) return proof.length === 0 && emptyIsEmpty(from, fromRoot);

  // The old tree is one full subtree of the new one: its root is where the path starts, and is not repeated.
  const roots = rootsBy(from, to, isFullSubtree(from) ? [fromRoot, ...proof] : proof);
  return roots !== undefined && sameHash(roots.old, fromRoot) && sameHash(roots.new, toRoot);
};

/**
 * Whether the proof shows that the tree with `toRoot` begins with another tree of `from` leaves than the one with `fromRoot`. It is a
 * consistency proof of the log's that tells on it; where the old tree is one full subtree, with the hash of that before it.
 */
export const contradicts = ({ from, fromRoot, to, toRoot, proof }: ConsistencyClaim): boolean => {
  if (!isCount(from) || !isCount(to) || from === 0 || from >= to) return false;
  if (!isHash(fromRoot) || !isHash(toRoot) || !isList(proof)) return false;
  const roots = rootsBy(from, to, proof);
  return roots !== undefined && sameHash(roots.new, toRoot) && !sameHash(roots.old, fromRoot);
};

/** Whether a tree of so many leaves stands whole within every larger one. */
export const isFullSubtree = (size: number): boolean =>
  size > 0 && new Path(size - 1, size - 1).skipLeftTurns();

/** The roots that a whole path leads to; undefined when it leads nowhere. */
const rootsBy = (
  from: number,
  to: number,
  [first, ...rest]: readonly unknown[],
): { readonly old: Uint8Array; readonly new: Uint8Array } | undefined => {
  if (!isHash(first)) return undefined;
  const path = new Path(from - 1, to - 1);
  path.skipLeftTurns();
  let old: Uint8Array = first;
  let current: Uint8Array = first;
  for (const hash of rest) {
    if (path.atRoot || !isHash(hash)) return undefined;
    if (path.climb() === 'from-right') {
      old = nodeHash(hash, old);
      current = nodeHash(hash, current);
    } else current = nodeHash(current, hash);
  }
  return path.atRoot ? { old, new: current } : undefined;
};

/** The way from a node up to the root, beside the way from the last node. */
class Path {
  #node: number;
  #last: number;

  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get atRoot(): boolean {
    return this.#last === 0;
  }

  /** Goes up past one sibling and says on which side of it the path came. */
  climb(): 'from-right' | 'from-left' {
    const fromRight = this.#node % 2 === 1 || this.#node === this.#last;
    // A last node without a sibling is its own parent.
    if (fromRight) while (this.#node % 2 === 0 && this.#node !== 0) this.#up();
    this.#up();
    return fromRight ? 'from-right' : 'from-left';
  }

  /** Goes up while the node closes a subtree; whether that subtree is the leftmost of its height. */
  skipLeftTurns(): boolean {
    while (this.#node % 2 === 1) this.#up();
    return this.#node === 0;
  }

  #up(): void {
    this.#node = Math.floor(this.#node / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

// Without the narrowing of Array.isArray, which turns a readonly array into any[].
const isList = (value: unknown): boolean => Array.isArray(value);

const emptyIsEmpty = (size: number, root: Uint8Array): boolean =>
  size > 0 || sameHash(root, emptyRoot());
