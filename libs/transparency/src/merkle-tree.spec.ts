import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  emptyRoot,
  leafHash,
  MerkleTree,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from './index.js';

/** Every size up to this is tried in full; the continuous integration tries more. */
const LARGEST = Number(process.env['TRANSPARENCY_TREE_SIZES'] ?? 48);

const leaf = (index: number): Buffer => Buffer.from(`leaf ${index}`);

const treeOf = (size: number): MerkleTree => {
  const tree = new MerkleTree();
  for (let index = 0; index < size; index += 1) tree.append(leaf(index));
  return tree;
};

/** The root as RFC 6962 defines it, word for word, sharing nothing with the tree. */
const definition = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leafHash(leaves[0]!);
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return nodeHash(definition(leaves.slice(0, split)), definition(leaves.slice(split)));
};

describe('a tree', () => {
  const tree = treeOf(LARGEST);
  const roots = Array.from({ length: LARGEST + 1 }, (_, size) => tree.root(size));

  it('has at every size the root that RFC 6962 defines', () => {
    const leaves = Array.from({ length: 130 }, (_, index) => leaf(index));
    const small = treeOf(130);
    for (let size = 0; size <= leaves.length; size += 1)
      expect(small.root(size)).toEqual(definition(leaves.slice(0, size)));
  });

  it('proves every leaf of every size where it stands, and there alone', () => {
    let wrong = 0;
    for (let size = 1; size <= LARGEST; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = tree.inclusionProof(index, size);
        const claim = { leafHash: tree.leafHash(index), index, size, proof, root: roots[size]! };
        if (!verifyInclusion(claim)) wrong += 1;
        for (const other of neighbours(claim, size, tree.size))
          if (verifyInclusion({ ...claim, ...other(tree) })) wrong += 1;
      }
    expect(wrong).toBe(0);
  });

  it('lets no leaf prove at another index', () => {
    const size = Math.min(Math.floor(LARGEST / 3), 48);
    let proved = 0;
    for (let index = 0; index < size; index += 1) {
      const proof = tree.inclusionProof(index, size);
      for (let leafAt = 0; leafAt < size; leafAt += 1)
        for (let at = 0; at < size; at += 1) {
          const claim = { leafHash: tree.leafHash(leafAt), index: at, size, proof };
          if (verifyInclusion({ ...claim, root: roots[size]! })) proved += 1;
        }
    }
    expect(proved).toBe(size);
  });

  it('proves of every size that it continues every smaller one, and no other', () => {
    let wrong = 0;
    for (let to = 0; to <= LARGEST; to += 1)
      for (let from = 0; from <= to; from += 1) {
        const proof = tree.consistencyProof(from, to);
        const claim = { from, fromRoot: roots[from]!, to, toRoot: roots[to]!, proof };
        if (!verifyConsistency(claim)) wrong += 1;
        const strangers = [
          { fromRoot: leafHash(leaf(0)) },
          { toRoot: leafHash(leaf(1)) },
          { proof: [...proof, roots[1]!] },
          ...(proof.length > 0 ? [{ proof: proof.slice(1) }, { proof: proof.slice(0, -1) }] : []),
        ];
        for (const stranger of strangers)
          if ((from > 0 || !('toRoot' in stranger)) && (from !== 1 || !('fromRoot' in stranger)))
            if (verifyConsistency({ ...claim, ...stranger })) wrong += 1;
      }
    expect(wrong).toBe(0);
  });

  it('gives the same root whether leaves or their hashes are added', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 40 }), (leaves) => {
        const [whole, hashed] = [new MerkleTree(), new MerkleTree()];
        leaves.forEach((bytes, index) => {
          expect(whole.append(bytes)).toBe(index);
          hashed.appendHash(leafHash(bytes));
        });
        expect(whole.root()).toEqual(hashed.root());
      }),
      { numRuns: 30 },
    );
  });

  it('proves for its present size when no size is named', () => {
    expect(tree.inclusionProof(3)).toEqual(tree.inclusionProof(3, LARGEST));
    expect(tree.consistencyProof(3)).toEqual(tree.consistencyProof(3, LARGEST));
  });

  it('hands out copies, so that nobody changes it from outside', () => {
    const before = tree.root();
    tree.leafHash(0).fill(0);
    tree.root(1).fill(0);
    tree.tile(0, 0, 3)?.fill(0);
    for (const hash of tree.inclusionProof(1)) hash.fill(0);
    for (const hash of tree.consistencyProof(3)) hash.fill(0);
    expect(tree.root()).toEqual(before);
    expect(tree.root(1)).toEqual(leafHash(leaf(0)));
  });

  it.each<[string, (tree: MerkleTree) => unknown]>([
    ['a leaf it does not have', (t) => t.leafHash(LARGEST)],
    ['a leaf before the first', (t) => t.leafHash(-1)],
    ['a size it has not reached', (t) => t.root(LARGEST + 1)],
    ['half a size', (t) => t.root(0.5)],
    ['a proof beyond the size', (t) => t.inclusionProof(4, 4)],
    ['a proof in a size to come', (t) => t.inclusionProof(0, LARGEST + 1)],
    ['a step backwards', (t) => t.consistencyProof(5, 4)],
    ['a step into the future', (t) => t.consistencyProof(5, LARGEST + 1)],
    ['a leaf hash of another length', (t) => t.appendHash(Buffer.alloc(31))],
  ])('throws when asked for %s', (_what, ask) => {
    expect(() => ask(tree)).toThrow(RangeError);
    expect(tree.size).toBe(LARGEST);
  });
});

type Change = (tree: MerkleTree) => object;

/** Claims next to a true one; each of them is false. */
const neighbours = (
  { index, proof }: { readonly index: number; readonly proof: readonly Buffer[] },
  size: number,
  all: number,
): readonly Change[] => [
  () => ({ index: index + 1 }),
  () => ({ index: index - 1 }),
  (tree) => ({ leafHash: tree.leafHash((index + 1) % all) }),
  (tree) => ({ root: tree.root((size + 1) % all) }),
  (tree) => ({ proof: [...proof, tree.leafHash(0)] }),
  ...(size > 1 ? [() => ({ proof: proof.slice(1) }), () => ({ proof: proof.slice(0, -1) })] : []),
];

describe('a verifier of proofs', () => {
  const tree = treeOf(9);
  const inclusion = {
    leafHash: tree.leafHash(4),
    index: 4,
    size: 9,
    proof: tree.inclusionProof(4),
    root: tree.root(),
  };
  const consistency = {
    from: 5,
    fromRoot: tree.root(5),
    to: 9,
    toRoot: tree.root(),
    proof: tree.consistencyProof(5),
  };
  const junk: readonly unknown[] = [
    undefined,
    null,
    -1,
    0.5,
    NaN,
    2 ** 53,
    '5',
    '',
    [],
    {},
    [null],
    [Buffer.alloc(31)],
    ['x'],
    Buffer.alloc(0),
    Buffer.alloc(33),
    Buffer.alloc(32),
  ];

  it('accepts the claims that the others here are bent from', () => {
    expect(verifyInclusion(inclusion)).toBe(true);
    expect(verifyConsistency(consistency)).toBe(true);
  });

  it.each(Object.keys(inclusion))('answers false to any junk for %s of an inclusion', (member) => {
    for (const value of junk)
      expect(verifyInclusion({ ...inclusion, [member]: value })).toBe(false);
  });

  it.each(Object.keys(consistency))(
    'answers false to any junk for %s of a consistency',
    (member) => {
      for (const value of junk)
        expect(verifyConsistency({ ...consistency, [member]: value })).toBe(false);
    },
  );

  it('knows the empty tree by its root alone', () => {
    const other = Buffer.alloc(32);
    const claim = { from: 0, fromRoot: emptyRoot(), to: 9, toRoot: tree.root(), proof: [] };
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, fromRoot: other })).toBe(false);
    expect(verifyConsistency({ ...claim, proof: [other] })).toBe(false);
    expect(verifyConsistency({ ...claim, to: 0, fromRoot: other, toRoot: other })).toBe(false);
  });

  it('follows paths in trees larger than 32 bits count', () => {
    const [hash, sibling] = [leafHash(leaf(0)), leafHash(leaf(1))];
    const proof = [...Array.from({ length: 40 }, () => sibling)];
    const root = proof.reduce((node, next) => nodeHash(node, next), hash);
    expect(verifyInclusion({ leafHash: hash, index: 0, size: 2 ** 40, proof, root })).toBe(true);
    expect(verifyInclusion({ leafHash: hash, index: 1, size: 2 ** 40, proof, root })).toBe(false);
  });

  it('is not kept busy by an endless proof', () => {
    const proof = Array.from({ length: 1_000_000 }, () => inclusion.root);
    expect(verifyInclusion({ ...inclusion, proof })).toBe(false);
    expect(verifyConsistency({ ...consistency, proof })).toBe(false);
  });
});
