import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WitnessFolder } from '@tripoint/adapters/keys';
import { formatTrustAnchor } from '@tripoint/federation';
import { type Instant } from '@tripoint/kernel';
import { LittleFederation } from '@tripoint/replay/testing';
import {
  formatCheckpoint,
  formatLogEvidence,
  leafHash,
  parseVerifierKey,
  signNote,
} from '@tripoint/transparency';
import { dispatch, runCommand } from '../dispatch.js';
import { witness } from './witness.command.js';

describe('tripoint witness', () => {
  let dir: string;
  let anchor: string;
  let federation: LittleFederation;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-witness-command-'));
    anchor = join(dir, 'anchor.json');
    federation = await LittleFederation.found();
    await writeFile(anchor, formatTrustAnchor(federation.anchor));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const exit = await runCommand(dispatch('tripoint', 'for a test', { witness }), args, {
      out: say,
      err: say,
      environment: {},
      now: () => '2026-11-26T12:00:00.000Z' as Instant,
      fetch,
    });
    return { exit, said: lines.join('\n') };
  };
  const noteOf = async (size: number, word: string): Promise<Buffer> => {
    const { name: origin } = federation.noteSigner.verifierKey;
    const root = leafHash(Buffer.from(word));
    return signNote(formatCheckpoint({ origin, size, root, extensions: [] }), [
      federation.noteSigner,
    ]);
  };

  it.each([
    ['ed25519', 'cosignature-v1'],
    ['ml-dsa-44', 'cosignature-ml-dsa-44'],
  ])('makes a key once, and shows its verifier key: %s', async (algorithm, use) => {
    const making = [
      ...['witness', 'key', '--folder', join(dir, algorithm), '--name', 'witness.test/bg'],
      ...['--algorithm', algorithm],
    ];
    const { exit, said } = await run(...making);
    expect(exit).toBe(0);
    expect(parseVerifierKey(said)).toMatchObject({ name: 'witness.test/bg', use });
    expect((await run(...making)).said).toContain('key-exists');
    const named = await run('witness', 'key', '--folder', join(dir, 'other'), '--name', 'a b');
    expect(named.exit).toBe(2);
  });

  it('says what evidence shows, whoever has it', async () => {
    const log = federation.noteSigner.verifierKey;
    const [first, second, third] = [
      await noteOf(9, 'one'),
      await noteOf(9, 'another'),
      await noteOf(12, 'a third'),
    ];
    const split = formatLogEvidence({ log, first, second, proof: [] });
    const file = join(dir, 'evidence');
    await writeFile(file, split);
    const checking = ['witness', 'evidence', '--anchor', anchor];
    const shown = await run(...checking, '--file', file);
    expect(shown.said).toContain('split view: little.test/log has signed two trees of 9 leaves');
    expect(shown.exit).toBe(0);

    const store = new WitnessFolder(join(dir, 'store'));
    expect((await run(...checking, '--store', join(dir, 'store'))).said).toContain('no evidence');
    await store.keepEvidence('a'.repeat(64), split);
    const later = formatLogEvidence({ log, first, second: third, proof: [] });
    await store.keepEvidence('b'.repeat(64), later);
    const all = await run(...checking, '--store', join(dir, 'store'));
    expect(all.said).toContain('unproven: little.test/log has signed 9 and 12 leaves');
    expect(all.exit).toBe(0);

    await writeFile(file, formatLogEvidence({ log, first, second: first, proof: [] }));
    const none = await run(...checking, '--file', file);
    expect(none.said).toContain('no evidence: no-evidence');
    expect(none.exit).toBe(1);
    expect((await run(...checking)).exit).toBe(2);
    // No key is missing where evidence is.
    const absent = ['--anchor', anchor, '--file', join(dir, 'absent')];
    for (const words of [
      ['evidence', ...absent],
      ['report', ...absent, '--witness', 'http://witness.test'],
    ])
      expect(await run('witness', ...words)).toEqual({
        exit: 1,
        said: expect.stringContaining('tripoint: file-missing: ') as unknown,
      });
  });

  it('hands a witness what speaks against the log, and takes from it what it shows', async () => {
    const log = federation.noteSigner.verifierKey;
    const [first, second] = [await noteOf(9, 'one'), await noteOf(9, 'another')];
    const split = formatLogEvidence({ log, first, second, proof: [] });
    const kept = new Map<string, Buffer>();
    let refusing: string | undefined;
    let names = (): string => [...kept.keys()].map((name) => `${name}\n`).join('');
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const name = 'c'.repeat(64);
        if (refusing !== undefined) {
          response.writeHead(422).end(refusing);
          return;
        }
        if (request.method === 'POST') kept.set(name, Buffer.concat(chunks));
        const [, , asked] = request.url!.split('/');
        response.end(
          request.method === 'POST' ? name : asked === undefined ? names() : kept.get(asked),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const [file, at] = [join(dir, 'brought'), ['--anchor', anchor, '--witness', url]];
      await writeFile(file, split);
      const brought = await run('witness', 'report', ...at, '--file', file);
      expect([brought.exit, brought.said]).toEqual([0, expect.stringContaining('kept as ccc')]);
      const shown = await run('witness', 'evidence', ...at);
      expect([shown.exit, shown.said]).toEqual([0, expect.stringContaining('split view')]);

      // Why a witness keeps it not is the witness's to say; what it makes up is no line on a terminal.
      refusing = 'it is another log’s\n';
      const no = await run('witness', 'report', ...at, '--file', file);
      expect([no.exit, no.said]).toEqual([
        1,
        expect.stringMatching(/witness-refused: the witness answers 422: it is another log’s$/),
      ]);
      refusing = '\u001b[2Jnothing\n';
      expect((await run('witness', 'report', ...at, '--file', file)).said).toMatch(/answers 422$/);
      refusing = undefined;

      // What is none never leaves, and what a witness makes up is not believed.
      await writeFile(file, formatLogEvidence({ log, first, second: first, proof: [] }));
      expect((await run('witness', 'report', ...at, '--file', file)).exit).toBe(1);
      kept.set('d'.repeat(64), Buffer.from('made up'));
      expect((await run('witness', 'evidence', ...at)).exit).toBe(1);
      names = () => '../../anchor\n';
      expect((await run('witness', 'evidence', ...at)).said).toContain('witness-garbled');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    const gone = await run(
      'witness',
      'evidence',
      '--anchor',
      anchor,
      '--witness',
      'http://127.0.0.1:9',
    );
    expect(gone.said).toContain('witness-away');
  });
});
