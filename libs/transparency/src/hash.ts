import { hash } from 'node:crypto';

/** Length of every hash in the tree: SHA-256. */
export const HASH_BYTES = 32;

/** Root of the tree without leaves. */
export const emptyRoot = (): Buffer => hash('sha256', '', 'buffer');

/** The hash under which the tree commits to `leaf` (RFC 6962 section 2.1). */
export const leafHash = (leaf: Uint8Array): Buffer => {
  const input = Buffer.allocUnsafe(1 + leaf.length);
  input[0] = 0;
  input.set(leaf, 1);
  return hash('sha256', input, 'buffer');
};

// One-shot hashing of a reused block: a million leaves need a million of these, and nothing here awaits.
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** The hash of an inner node. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return hash('sha256', pair, 'buffer');
};

/** The hash of an inner node whose two children lie side by side in `children`. */
export const siblingsHash = (children: Uint8Array): Buffer => {
  pair.set(children, 1);
  return hash('sha256', pair, 'buffer');
};

/** Whether something that a stranger sent can be a hash at all. */
export const isHash = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.length === HASH_BYTES;

export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The largest power of two below `count`, which is at least 2: where RFC 6962 splits a tree. */
export const splitPoint = (count: number): number => {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
};

/** The root over subtrees of equal height, the last of which may be ragged. */
export const rootOf = (hashes: readonly Uint8Array[]): Buffer => {
  const [first] = hashes;
  if (first === undefined) return emptyRoot();
  if (hashes.length === 1) return Buffer.from(first);
  const split = splitPoint(hashes.length);
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
};
