import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatAddCheckpoint,
  formatCheckpoint,
  generateNoteKey,
  MerkleTree,
  parseVerifierKey,
  signNote,
  type VerifierKey,
  Witness,
} from '@tripoint/transparency';
import { createWitnessKey, loadWitnessKey, WitnessFolder } from './index.js';

/** D3: requests that witnesses over one folder are asked at once. */
const RACING = Number(process.env['TRIPOINT_RACING'] ?? 200);
const ORIGIN = 'log.example/one';
const note = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('what a witness keeps in a folder', () => {
  let path: string;
  let folder: WitnessFolder;

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'tripoint-witness-'));
    folder = new WitnessFolder(path);
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('is there after a start, for each log its own', async () => {
    expect(await folder.latest(ORIGIN)).toBeUndefined();
    expect(await folder.replace(ORIGIN, undefined, note('a'))).toBe(true);
    expect(await folder.replace(ORIGIN, note('a'), note('b'))).toBe(true);
    const again = new WitnessFolder(path);
    expect(await again.latest(ORIGIN)).toEqual(note('b'));
    expect(await again.latest('log.example/two')).toBeUndefined();
  });

  it('is replaced only by whoever knows it', async () => {
    await folder.replace(ORIGIN, undefined, note('a'));
    expect(await folder.replace(ORIGIN, undefined, note('b'))).toBe(false);
    expect(await folder.replace(ORIGIN, note('b'), note('c'))).toBe(false);
    expect(await folder.latest(ORIGIN)).toEqual(note('a'));
  });

  it('is replaced by one of many, and by none who finds its number free again', async () => {
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        new WitnessFolder(path).replace(ORIGIN, undefined, note(`note ${n}`)),
      ),
    );
    expect(many.filter(Boolean)).toHaveLength(1);
    const [log = ''] = await readdir(join(path, 'cosigned'));
    // Others went on from 1 to 3 while somebody who had read 0 stood still.
    await writeFile(join(path, 'cosigned', log, '0000000000000003'), 'newer');
    const held = await folder.latest(ORIGIN);
    expect(held).toEqual(note('newer'));
    expect(await folder.replace(ORIGIN, note('note 0'), note('late'))).toBe(false);
    expect(await folder.latest(ORIGIN)).toEqual(note('newer'));
  });

  it('holds evidence once', async () => {
    await folder.keepEvidence('a'.repeat(64), note('first'));
    await folder.keepEvidence('a'.repeat(64), note('second'));
    expect([...(await folder.evidence()).values()]).toEqual([note('first')]);
  });

  it('never lets witnesses go back, however many ask at once in however many processes', async () => {
    const log = Ed25519NoteSigner.fromPem(ORIGIN, generateNoteKey(ORIGIN, 'ed25519').privateKeyPem);
    const { privateKeyPem } = generateNoteKey('w', 'cosignature-v1');
    const witnesses = [1, 2, 3].map(
      () =>
        new Witness(
          [log.verifierKey],
          Cosigner.fromPem('w', privateKeyPem, () => new Date()),
          new WitnessFolder(path),
        ),
    );
    const tree = new MerkleTree();
    for (let leaf = 0; leaf < 64; leaf += 1) tree.append(Buffer.from(`leaf ${leaf}`));
    const cosigned: { readonly from: number; readonly to: number }[] = [];
    let next = 0;
    const asker = async (witness: Witness): Promise<void> => {
      while (next < RACING) {
        const size = 1 + (next * 64) / RACING;
        const to = Math.min(64, Math.max(1, Math.round(size + ((next * 37) % 9) - 4)));
        next += 1;
        for (let old = 0; ;) {
          const text = formatCheckpoint({
            origin: ORIGIN,
            size: to,
            root: tree.root(to),
            extensions: [],
          });
          const answer = await witness.addCheckpoint(
            formatAddCheckpoint({
              old,
              proof: tree.consistencyProof(Math.min(old, to), to),
              checkpoint: await signNote(text, [log]),
            }),
          );
          if ('line' in answer) cosigned.push({ from: old, to });
          if (!('size' in answer) || answer.size > to || answer.size === old) break;
          old = answer.size;
        }
      }
    };
    await Promise.all(witnesses.flatMap((witness) => [1, 2, 3, 4].map(() => asker(witness))));
    // Every tree that was cosigned took the place of the one before: sizes link up from 0 to the largest without a fork.
    const steps = cosigned.filter(({ from, to }) => to > from);
    const froms = steps.map(({ from }) => from);
    expect(new Set(froms).size).toBe(froms.length);
    const largest = Math.max(...cosigned.map(({ to }) => to));
    let at = 0;
    for (let step = steps.find(({ from }) => from === at); step !== undefined;) {
      at = step.to;
      step = steps.find(({ from }) => from === at);
    }
    expect(at).toBe(largest);
    const newest = Buffer.from((await folder.latest(ORIGIN))!).toString();
    expect(newest.split('\n')[1]).toBe(String(largest));
  });
});

describe('the key of a witness', () => {
  it.each(['cosignature-v1', 'cosignature-ml-dsa-44'] as const)('is made once: %s', async (use) => {
    const path = await mkdtemp(join(tmpdir(), 'tripoint-witness-key-'));
    try {
      const vkey = await createWitnessKey(path, 'witness.example/bg', use);
      await expect(createWitnessKey(path, 'witness.example/bg', use)).rejects.toThrow('exists');
      const signer = await loadWitnessKey(path, () => new Date());
      const { keyId, name } = parseVerifierKey(vkey) as VerifierKey;
      expect(signer.verifierKey).toMatchObject({ keyId, name, use });
      await writeFile(join(path, 'witness.pem'), 'x', { mode: 0o600 });
      await expect(loadWitnessKey(path, () => new Date())).rejects.toThrow('no key of a witness');
    } finally {
      await rm(path, { recursive: true, force: true });
    }
  });
});
