// What a browser recomputes, held against what the rest of the product computes: for every shape of tree, and whatever is tampered with.
import { describe, expect, it } from '@jest/globals';
import {
  addSignature,
  formatCheckpoint,
  formatVerifierKey,
  generateNoteKey,
  MerkleTree,
  type NoteSigner,
  signNote,
  Cosigner,
  Ed25519NoteSigner,
} from '@tripoint/transparency';
import { continues, hexOf, leafHash, rootOfInclusion } from '../../../console/src/proof/merkle.js';
import { readNote, readNoteKey, signedBy } from '../../../console/src/proof/note.js';

const SIZE = 20;
const leaves = Array.from({ length: SIZE }, (_, n) => new TextEncoder().encode(`leaf ${n}`));
const tree = new MerkleTree();
for (const leaf of leaves) tree.append(leaf);
const bytes = (hashes: readonly Uint8Array[]): Uint8Array[] =>
  hashes.map((hash) => new Uint8Array(hash));
const sizes = Array.from({ length: SIZE }, (_, n) => n + 1);

describe('a path that is recomputed in the browser', () => {
  it('leads from every leaf of every tree to its root', async () => {
    for (const size of sizes)
      for (let index = 0; index < size; index += 1) {
        const path = bytes(tree.inclusionProof(index, size));
        const led = await rootOfInclusion(leaves[index]!, index, size, path);
        expect([size, index, led && hexOf(led.root)]).toEqual([
          size,
          index,
          tree.root(size).toString('hex'),
        ]);
        expect(led?.steps).toHaveLength(path.length);
      }
  });

  it('leads nowhere when it is too short, too long, or of another place', async () => {
    const path = bytes(tree.inclusionProof(7, SIZE));
    const root = tree.root(SIZE).toString('hex');
    const led = async (index: number, size: number, taken: readonly Uint8Array[]) => {
      const found = await rootOfInclusion(leaves[7]!, index, size, taken);
      return found && hexOf(found.root);
    };
    expect(await led(7, SIZE, path)).toBe(root);
    expect(await led(7, SIZE, path.slice(0, -1))).toBeUndefined();
    expect(await led(7, SIZE, [...path, path[0]!])).toBeUndefined();
    expect(await led(7, SIZE, [path[0]!.slice(1), ...path.slice(1)])).toBeUndefined();
    expect(await led(6, SIZE, path)).not.toBe(root);
    expect(await led(SIZE, SIZE, path)).toBeUndefined();
    expect(await led(-1, SIZE, path)).toBeUndefined();
    expect(await led(0.5, SIZE, path)).toBeUndefined();
    expect(hexOf(await leafHash(leaves[7]!))).toBe(tree.leafHash(7).toString('hex'));
  });

  it('shows of every two sizes that the larger continues the smaller', async () => {
    for (const to of sizes)
      for (let from = 0; from <= to; from += 1) {
        const path = bytes(tree.consistencyProof(from, to));
        const [older, newer] = [
          { size: from, root: new Uint8Array(tree.root(from)) },
          { size: to, root: new Uint8Array(tree.root(to)) },
        ];
        expect([from, to, await continues(older, newer, path)]).toEqual([from, to, true]);
        if (from === 0) continue;
        const other = { size: from, root: older.root.map((byte) => byte ^ 1) };
        expect([from, to, await continues(other, newer, path)]).toEqual([from, to, false]);
        const extra = [...path, new Uint8Array(32)];
        expect([from, to, await continues(older, newer, extra)]).toEqual([from, to, false]);
        if (path.length > 0) expect(await continues(older, newer, path.slice(0, -1))).toBe(false);
      }
    const [small, large] = [3, 9].map((size) => ({ size, root: new Uint8Array(tree.root(size)) }));
    expect(await continues(large!, small!, [])).toBe(false);
  });
});

describe('a note that is verified in the browser', () => {
  const pem = generateNoteKey('demo.example/log', 'ed25519');
  const signer = Ed25519NoteSigner.fromPem('demo.example/log', pem.privateKeyPem);
  const cosigning = generateNoteKey('witness.example', 'cosignature-v1');
  const witness = Cosigner.fromPem(
    'witness.example',
    cosigning.privateKeyPem,
    () => new Date('2026-11-26T12:00:00Z'),
  );
  const checkpoint = {
    origin: 'demo.example/log',
    size: SIZE,
    root: tree.root(SIZE),
    extensions: [],
  };
  const text = async (): Promise<string> => {
    const signed = await signNote(formatCheckpoint(checkpoint), [signer]);
    return Buffer.from((await addSignature(signed, witness)) as Uint8Array).toString();
  };
  const keyOf = (of: NoteSigner | Cosigner) => readNoteKey(formatVerifierKey(of.verifierKey));

  it('is read, and found to be signed and cosigned', async () => {
    const note = readNote(await text())!;
    expect({ ...note.checkpoint, root: hexOf(note.checkpoint.root) }).toEqual({
      origin: checkpoint.origin,
      size: SIZE,
      root: checkpoint.root.toString('hex'),
    });
    expect(await signedBy(note, await keyOf(signer))).toEqual({ found: 'good' });
    expect(await signedBy(note, await keyOf(witness))).toEqual({
      found: 'good',
      at: Date.parse('2026-11-26T12:00:00Z') / 1000,
    });
  });

  it.each<[string, (note: string) => string]>([
    ['changes the size', (note) => note.replace('\n20\n', '\n21\n')],
    ['changes the origin', (note) => note.replace('demo.example/log\n', 'demo.example/lag\n')],
    ['adds a line', (note) => note.replace('\n\n', '\nmore\n\n')],
  ])('is not when somebody %s', async (_attack, tamper) => {
    const note = readNote(tamper(await text()))!;
    expect((await signedBy(note, await keyOf(signer))).found).toBe('bad');
    expect((await signedBy(note, await keyOf(witness))).found).toBe('bad');
  });

  it('is not signed by whoever has not, and is refused where it is none', async () => {
    const note = readNote(await text())!;
    const stranger = generateNoteKey('demo.example/log', 'ed25519');
    const other = Ed25519NoteSigner.fromPem('demo.example/log', stranger.privateKeyPem);
    expect((await signedBy(note, await keyOf(other))).found).toBe('absent');
    const twice = (await text()).replace(/(\n\n)(— demo.*\n)/, '$1$2$2');
    expect((await signedBy(readNote(twice)!, await keyOf(signer))).found).toBe('bad');
    for (const none of ['', 'a\n', 'a\n1\nAA==\n\n— x AAAA\n', (await text()).slice(0, -1)])
      expect(readNote(none)).toBeUndefined();
    const key = formatVerifierKey(signer.verifierKey);
    await expect(readNoteKey(key.replace(/\+\w{8}\+/, '+00000000+'))).rejects.toThrow('another');
    await expect(readNoteKey('nothing')).rejects.toThrow('not a verifier key');
  });
});
