// Our tree, tiles, checkpoint and proofs before the code by which Go believes its checksum database. `reference/tiles` asks it.
import { execFile } from 'node:child_process';
import { writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Ed25519NoteSigner,
  formatCheckpoint,
  formatTilePath,
  formatVerifierKey,
  generateNoteKey,
  leafHash,
  MerkleTree,
  signNote,
  tilesOf,
  verifyConsistency,
  verifyInclusion,
} from './index.js';

/** Leaves of the tree, and how much is claimed of it at random: half of that is true. */
const LEAVES = Number(process.env['TRANSPARENCY_LEAVES'] ?? 3_000);
const CLAIMS = Number(process.env['TRANSPARENCY_CLAIMS'] ?? 400);
const SEED = Number(process.env['TRIPOINT_SEED'] ?? 2026);
const ORIGIN = 'log.example/one';
const MINUTES = 300_000;

const run = promisify(execFile);
const source = fileURLToPath(new URL('../reference', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'tripoint-reference-'));
const program = join(folder, 'tiles');

/** Why Go cannot be asked here. */
const missing = async (): Promise<string | undefined> => {
  try {
    await run('go', ['build', '-o', program, './tiles'], { cwd: source, timeout: MINUTES });
    return undefined;
  } catch (error) {
    const said = error as { readonly code?: unknown; readonly stderr?: string };
    return said.code === 'ENOENT'
      ? 'there is no Go'
      : `Go cannot build reference/tiles: ${(said.stderr ?? '').trim().split('\n').at(-1) ?? ''}`;
  }
};
const reason = await missing();

/** What is said, whether it was left as it is true, and what our verifier says of it. */
type Claim = { readonly line: string; readonly honest: boolean; readonly ours: boolean };

/** Numbers that look like chance, the same for the same seed. */
const rolls = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** One thing said of a tree, true or bent in one place. */
const claim = (tree: MerkleTree, roll: (below: number) => number): Claim => {
  const size = 1 + roll(tree.size);
  const from = 1 + roll(size);
  const index = roll(size);
  const inclusion = roll(2) === 0;
  const proof = [
    ...(inclusion ? tree.inclusionProof(index, size) : tree.consistencyProof(from, size)),
  ];
  const said = {
    size,
    root: tree.root(size),
    at: inclusion ? index : from,
    hash: inclusion ? tree.leafHash(index) : tree.root(from),
    proof,
  };
  const other = leafHash(Buffer.from('of another tree'));
  const bend = [
    () => (said.root = other),
    () => (said.hash = other),
    () => (said.at = roll(size)),
    () => (said.size += 1 + roll(3)),
    () => proof.push(other),
    () => proof.pop(),
    () => proof.splice(roll(proof.length + 1), 1, other),
  ];
  const honest = roll(2) === 0;
  if (!honest) bend[roll(bend.length)]?.();
  const ours = inclusion
    ? verifyInclusion({
        ...{ leafHash: said.hash, index: said.at, size: said.size, root: said.root, proof },
      })
    : verifyConsistency({
        ...{ from: said.at, fromRoot: said.hash, to: said.size, toRoot: said.root, proof },
      });
  const words = inclusion
    ? ['inclusion', said.size, hex(said.root), said.at, hex(said.hash)]
    : ['consistency', said.at, hex(said.hash), said.size, hex(said.root)];
  return { line: [...words, ...proof.map(hex)].join(' '), honest, ours };
};

describe(`a log of ${LEAVES} leaves`, () => {
  const tree = new MerkleTree();
  const claims: Claim[] = [];
  beforeAll(() => {
    for (let leaf = 0; leaf < LEAVES; leaf += 1) tree.append(Buffer.from(`leaf ${leaf}`));
    const roll = rolls(SEED);
    while (claims.length < CLAIMS) claims.push(claim(tree, roll));
  }, MINUTES);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(`proves what is true of it, ${CLAIMS} times at random`, () => {
    expect(claims.filter(({ honest, ours }) => honest && !ours)).toEqual([]);
    expect(claims.filter(({ ours }) => !ours).length).toBeGreaterThan(CLAIMS / 4);
  });

  if (reason !== undefined) {
    // Past the reporter, which says nothing of a suite in which nothing failed.
    writeSync(2, `\nSKIPPED: a log before Go's sumdb: ${reason}\n`);
    it.skip(`is the same to Go (skipped: ${reason})`, () => undefined);
    return;
  }

  const signer = Ed25519NoteSigner.fromPem(
    ORIGIN,
    generateNoteKey(ORIGIN, 'ed25519').privateKeyPem,
  );
  const vkey = formatVerifierKey(signer.verifierKey);
  /** Answers of Go, or why it has refused. */
  const asked = async (said: readonly Claim[] = []): Promise<readonly string[] | string> =>
    new Promise((resolve) => {
      const child = execFile(
        program,
        [folder, vkey],
        { maxBuffer: 1 << 26 },
        (error, out, refused) => {
          resolve(error === null ? out.split('\n').slice(0, -1) : refused);
        },
      );
      // Who refuses need not have read what it is asked.
      child.stdin?.on('error', () => undefined).end(said.map(({ line }) => `${line}\n`).join(''));
    });

  it(
    'is opened by Go, tile by tile, and everything said of it is true or false there as here',
    async () => {
      const checkpoint = { origin: ORIGIN, size: LEAVES, root: tree.root(), extensions: [] };
      await writeFile(
        join(folder, 'checkpoint'),
        await signNote(formatCheckpoint(checkpoint), [signer]),
      );
      for (const tile of tilesOf(LEAVES)) {
        const at = join(folder, formatTilePath(tile));
        await mkdir(dirname(at), { recursive: true });
        await writeFile(at, tree.tile(tile.level, tile.index, tile.width)!);
      }
      expect(await asked(claims)).toEqual(claims.map(({ ours }) => String(ours)));
    },
    MINUTES,
  );

  it(
    'is refused by Go with one bit of it changed, wherever that is',
    async () => {
      const roll = rolls(SEED + 1);
      for (const path of ['checkpoint', ...[...tilesOf(LEAVES)].slice(0, 20).map(formatTilePath)]) {
        const at = join(folder, path);
        const bytes = await readFile(at);
        // Of a checkpoint what is signed; the last letter of a signature in base64 has bits that mean nothing.
        const place = roll(path === 'checkpoint' ? bytes.indexOf('\n\n') : bytes.length);
        await writeFile(
          at,
          bytes.map((octet, index) => (index === place ? octet ^ 1 : octet)),
        );
        expect([path, place, await asked()]).toEqual([path, place, expect.any(String)]);
        await writeFile(at, bytes);
      }
      expect(await asked()).toEqual([]);
    },
    MINUTES,
  );
});
