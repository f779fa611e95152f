import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WitnessFolder } from '@tripoint/adapters/keys';
import { type App, createApp, JsonLog } from '@tripoint/platform';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatAddCheckpoint,
  formatCheckpoint,
  formatLogEvidence,
  generateNoteKey,
  MerkleTree,
  openCheckpoint,
  openLogEvidence,
  signNote,
} from '@tripoint/transparency';
import { WitnessModule } from './witness.module.js';

const ORIGIN = 'log.example/one';
const log = Ed25519NoteSigner.fromPem(ORIGIN, generateNoteKey(ORIGIN, 'ed25519').privateKeyPem);
const stranger = Ed25519NoteSigner.fromPem(
  ORIGIN,
  generateNoteKey(ORIGIN, 'ed25519').privateKeyPem,
);
const signer = Cosigner.fromPem(
  'witness.example/bg',
  generateNoteKey('witness.example/bg', 'cosignature-v1').privateKeyPem,
  () => new Date(),
);
const tree = new MerkleTree();
const other = new MerkleTree();
for (let leaf = 0; leaf < 20; leaf += 1) {
  tree.append(Buffer.from(`leaf ${leaf}`));
  other.append(Buffer.from(`another ${leaf}`));
}
const noteOf = (of: MerkleTree, size: number, by = log, origin = ORIGIN): Promise<Buffer> =>
  signNote(formatCheckpoint({ origin, size, root: of.root(size), extensions: [] }), [by]);
const request = async (
  of: MerkleTree,
  old: number,
  size: number,
  by = log,
  origin = ORIGIN,
): Promise<Buffer> =>
  formatAddCheckpoint({
    old,
    proof: old > size ? [] : of.consistencyProof(old, size),
    checkpoint: await noteOf(of, size, by, origin),
  });

describe('a witness on the network', () => {
  let path: string;
  let store: WitnessFolder;
  let app: App;
  let url: string;

  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'tripoint-witness-e2e-'));
    store = new WitnessFolder(path);
    app = await createApp(
      WitnessModule.with({ logs: [log.verifierKey], signer, store, now: Date.now }),
      {
        name: 'witness',
        port: 0,
        log: new JsonLog('witness', 'error', () => undefined),
        openapi: { title: 'witness', description: 'a witness', version: '0' },
      },
    );
    url = await app.listen();
  });
  afterAll(async () => {
    await app.close();
    await rm(path, { recursive: true, force: true });
  });

  const add = (body: Buffer, type?: string): Promise<Response> =>
    fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: new Uint8Array(body),
      ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    });

  it('keeps two trees of one size that it is brought, and shows them to everybody', async () => {
    const evidenceOf = (first: Buffer, second: Buffer): Buffer =>
      formatLogEvidence({ log: log.verifierKey, first, second, proof: [] });
    const bring = (body: Buffer): Promise<Response> =>
      fetch(`${url}/evidence`, { method: 'POST', body: new Uint8Array(body) });
    const split = evidenceOf(await noteOf(tree, 5), await noteOf(other, 5));
    const [first, again] = [await bring(split), await bring(split)];
    expect([first.status, again.status]).toEqual([201, 201]);
    const name = await first.text();
    expect(await again.text()).toBe(name);
    // Another proof explains it, or nobody has signed it, or it is of a stranger's log: it speaks against nobody.
    expect((await bring(evidenceOf(await noteOf(tree, 5), await noteOf(other, 6)))).status).toBe(
      422,
    );
    expect((await bring(evidenceOf(await noteOf(tree, 5), await noteOf(tree, 5)))).status).toBe(
      422,
    );
    const forged = evidenceOf(await noteOf(tree, 5), await noteOf(other, 5, stranger));
    expect((await bring(forged)).status).toBe(422);
    expect((await bring(Buffer.from('x'))).status).toBe(422);

    expect(await (await fetch(`${url}/evidence`)).text()).toBe(name);
    const shown = Buffer.from(await (await fetch(`${url}/evidence/${name.trim()}`)).arrayBuffer());
    expect(openLogEvidence(shown, log.verifierKey)).toMatchObject({ finding: 'split-view' });
    expect((await fetch(`${url}/evidence/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await fetch(`${url}/evidence/..%2fcosigned`)).status).toBe(404);
  });

  it('answers as C2SP tlog-witness says', async () => {
    const cosigned = await add(await request(tree, 0, 8));
    expect(cosigned.status).toBe(200);
    const lines = Buffer.from(await cosigned.text());
    expect(
      openCheckpoint(Buffer.concat([await noteOf(tree, 8), lines]), log.verifierKey, [
        signer.verifierKey,
      ]),
    ).toMatchObject({ checkpoint: { size: 8 }, cosignatures: [{ name: 'witness.example/bg' }] });

    const behind = await add(await request(tree, 3, 12), 'application/json');
    expect([behind.status, behind.headers.get('content-type'), await behind.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '8\n',
    ]);
    const split = await add(await request(other, 8, 8), 'text/plain');
    expect(split.status).toBe(409);
    expect(split.headers.get('content-type')).not.toBe('text/x.tlog.size');
    expect((await add(await request(other, 8, 12))).status).toBe(422);
    expect((await add(await request(tree, 13, 12))).status).toBe(400);
    expect((await add(Buffer.from('old\n\n'))).status).toBe(400);
    expect((await fetch(`${url}/add-checkpoint`, { method: 'POST' })).status).toBe(400);
    expect((await add(await request(tree, 8, 12, stranger))).status).toBe(403);
    expect((await add(await request(tree, 8, 12, log, 'log.example/two'))).status).toBe(404);
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await add(Buffer.alloc(400_000))).status).toBe(413);
    expect((await add(await request(tree, 8, 12))).status).toBe(200);

    const evidence = [...(await store.evidence()).values()].map((bytes) =>
      openLogEvidence(bytes, log.verifierKey),
    );
    expect(evidence).toEqual(
      expect.arrayContaining([
        { finding: 'split-view', origin: ORIGIN, sizes: [8, 8] },
        { finding: 'unproven', origin: ORIGIN, sizes: [8, 12] },
      ]),
    );
  });
});
