import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  generateNoteKey,
  MerkleTree,
  openCheckpoint,
  signNote,
  TREE_SIZE_TYPE,
  Witness,
  WitnessStore,
} from '@tripoint/transparency';
import { AskedWitness } from './asked-witness.js';

const ORIGIN = 'log.example/one';
const log = Ed25519NoteSigner.fromPem(ORIGIN, generateNoteKey(ORIGIN, 'ed25519').privateKeyPem);
const cosigner = Cosigner.fromPem(
  'w',
  generateNoteKey('w', 'cosignature-v1').privateKeyPem,
  () => new Date(),
);
const grown = (word: string): MerkleTree => {
  const tree = new MerkleTree();
  for (let leaf = 0; leaf < 40; leaf += 1) tree.append(Buffer.from(`${word} ${leaf}`));
  return tree;
};
const tree = grown('leaf');
const other = grown('another');

class MemoryStore extends WitnessStore {
  note: Uint8Array | undefined;
  override latest(): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.note);
  }
  override replace(_o: string, _b: Uint8Array | undefined, next: Uint8Array): Promise<boolean> {
    this.note = next;
    return Promise.resolve(true);
  }
  override evidence(): Promise<ReadonlyMap<string, Uint8Array>> {
    return Promise.resolve(new Map());
  }
  override keepEvidence(): Promise<void> {
    return Promise.resolve();
  }
}

const asked = async (of: MerkleTree, size: number) => {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: of.root(size), extensions: [] });
  return { size, tree: of, note: (await signNote(text, [log])).toString() };
};

describe('a witness that a hub asks', () => {
  let server: Server;
  let witness: AskedWitness;
  let clock: number;
  let requests: number;
  /** Answers in the witness's place. */
  let instead: ((response: ServerResponse) => void) | undefined;
  const never = new AbortController().signal;

  beforeEach(async () => {
    clock = 0;
    requests = 0;
    instead = undefined;
    const real = new Witness([log.verifierKey], cosigner, new MemoryStore());
    server = createServer((request, response) => {
      void (async () => {
        requests += 1;
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        if (instead !== undefined) {
          instead(response);
          return;
        }
        const answer = await real.addCheckpoint(Buffer.concat(parts));
        if (isRefusal(answer))
          response.writeHead(answer.refused === 'inconsistent' ? 422 : 409).end();
        else if ('size' in answer)
          response.writeHead(409, { 'content-type': TREE_SIZE_TYPE }).end(`${answer.size}\n`);
        else response.writeHead(200).end(answer.line);
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const named = { name: 'w', key: cosigner.verifierKey, url };
    witness = new AskedWitness(named, log.verifierKey, () => clock);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('cosigns what continues, and says from where it goes on', async () => {
    for (const size of [7, 7, 30]) {
      const about = await asked(tree, size);
      const lines = await witness.cosign(about, never);
      const note = Buffer.from(about.note + (lines ?? ''));
      expect(openCheckpoint(note, log.verifierKey, [cosigner.verifierKey])).toMatchObject({
        cosignatures: [{ name: 'w' }],
      });
    }
    // A hub that has just been started knows nothing of it.
    const { key, url } = witness.witness;
    const anew = new AskedWitness({ name: 'w', key, url }, log.verifierKey, () => clock);
    expect(await anew.cosign(await asked(tree, 35), never)).toContain('— w ');
    expect(witness.failures).toBe(0);
  });

  it('is told from one that has seen another log, or a larger one', async () => {
    await witness.cosign(await asked(tree, 30), never);
    await expect(witness.cosign(await asked(other, 30), never)).rejects.toMatchObject({
      code: 'split-view',
    });
    clock = 1e9;
    await expect(witness.cosign(await asked(other, 35), never)).rejects.toMatchObject({
      code: 'split-view',
    });
    clock = 2e9;
    await expect(witness.cosign(await asked(tree, 20), never)).rejects.toMatchObject({
      code: 'witness-ahead',
    });
    expect(witness.failures).toBe(3);
  });

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['witness-refused', 'says no', (r) => r.writeHead(403).end()],
    ['witness-not-understood', 'signs nothing', (r) => r.writeHead(200).end('hello\n')],
    ['witness-not-understood', 'answers with nothing', (r) => r.writeHead(200).end()],
    [
      'witness-ahead',
      'makes up a size',
      (r) => r.writeHead(409, { 'content-type': TREE_SIZE_TYPE }).end('many\n'),
    ],
    ['witness-away', 'never ends', (r) => r.writeHead(200).end('x'.repeat(600_000))],
    ['witness-away', 'breaks off', (r) => r.destroy()],
    ['witness-away', 'sends us elsewhere', (r) => r.writeHead(307, { location: '/' }).end()],
  ])('is %s when it %s, and then left alone for longer and longer', async (code, _how, answer) => {
    instead = answer;
    const about = await asked(tree, 7);
    await expect(witness.cosign(about, never)).rejects.toMatchObject({ code });
    const before = requests;
    expect(await witness.cosign(about, never)).toBeUndefined();
    expect(requests).toBe(before);
    clock = 10_000;
    await expect(witness.cosign(about, never)).rejects.toMatchObject({ code });
    clock = 20_000;
    expect(await witness.cosign(about, never)).toBeUndefined();
    instead = undefined;
    clock = 40_000;
    expect(await witness.cosign(about, never)).toContain('— w ');
  });
});
