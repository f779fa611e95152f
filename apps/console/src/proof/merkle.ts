// RFC 6962, section 2.1, recomputed here: what the page says of a leaf is what this arithmetic came to, and not what a server said.

const LEAF = 0x00;
const NODE = 0x01;
const HASH_BYTES = 32;
/** No tree that a browser can count has more levels. */
const DEEPEST = 53;

const sha256 = async (...parts: readonly Uint8Array[]): Promise<Uint8Array> => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
};

export const leafHash = (leaf: Uint8Array): Promise<Uint8Array> =>
  sha256(Uint8Array.of(LEAF), leaf);
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  sha256(Uint8Array.of(NODE), left, right);

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes from hexadecimal digits; undefined for anything else. */
export const bytesOf = (hex: string): Uint8Array | undefined =>
  /^([0-9a-f]{2})*$/.test(hex)
    ? Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
        Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
      )
    : undefined;

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const areHashes = (path: readonly Uint8Array[]): boolean =>
  path.length <= 2 * DEEPEST && path.every(({ length }) => length === HASH_BYTES);
const halved = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

/** One step of a recomputation, for whoever wants to follow it. */
export type Step = { readonly left: string; readonly right: string; readonly node: string };

/** The root to which an audit path leads, with every step on the way; undefined when the path does not fit the place. */
export const rootOfInclusion = async (
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Promise<{ readonly root: Uint8Array; readonly steps: readonly Step[] } | undefined> => {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes(path)) return undefined;
  let [at, last] = [index, size - 1];
  let root = await leafHash(leaf);
  const steps: Step[] = [];
  const join = async (left: Uint8Array, right: Uint8Array): Promise<void> => {
    root = await nodeHash(left, right);
    steps.push({ left: hexOf(left), right: hexOf(right), node: hexOf(root) });
  };
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (isOdd(at) || at === last) {
      await join(sibling, root);
      // Subtrees without a sibling at their level go up as they are.
      while (!isOdd(at) && at !== 0) [at, last] = [halved(at), halved(last)];
    } else await join(root, sibling);
    [at, last] = [halved(at), halved(last)];
  }
  return last === 0 ? { root, steps } : undefined;
};

/** Whether the tree of `to` leaves continues the one of `from`: RFC 9162, section 2.1.4.2. */
export const continues = async (
  from: { readonly size: number; readonly root: Uint8Array },
  to: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): Promise<boolean> => {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size || !areHashes(path))
    return false;
  if (from.size === to.size) return path.length === 0 && sameBytes(from.root, to.root);
  if (from.size === 0) return path.length === 0 && sameBytes(from.root, await sha256());
  let [at, last] = [from.size - 1, to.size - 1];
  while (isOdd(at)) [at, last] = [halved(at), halved(last)];
  const rest = [...path];
  // Where the older tree is a whole subtree of the newer one, its root is where both begin.
  const seed = at === 0 ? from.root : rest.shift();
  if (seed === undefined) return false;
  let [older, newer] = [seed, seed];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      older = await nodeHash(sibling, older);
      newer = await nodeHash(sibling, newer);
      while (!isOdd(at) && at !== 0) [at, last] = [halved(at), halved(last)];
    } else newer = await nodeHash(newer, sibling);
    [at, last] = [halved(at), halved(last)];
  }
  return last === 0 && sameBytes(older, from.root) && sameBytes(newer, to.root);
};
