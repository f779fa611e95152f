import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256, utf8 } from '@tripoint/envelope';
import { formatTrustAnchor } from '@tripoint/federation';
import { type ExchangeId, type Instant } from '@tripoint/kernel';
import { LittleFederation, LittleHub, LittleLog } from '@tripoint/replay/testing';
import { MerkleTree } from '@tripoint/transparency';
import { dispatch, runCommand } from '../dispatch.js';
import { verify } from '../verify/verify.command.js';
import { oversight } from './oversight.command.js';

const SIZE = 60;
const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

const text = (number: number): string =>
  JSON.stringify([
    'tripoint/read/v2',
    ...[`${number}`, 'eleni', 'PREVENTION', null, null, null, null, ['core']],
    ...['2026-03-01T12:00:00.000Z', '0'.repeat(64), 'ef'],
  ]);

describe('reads that are shown to oversight', () => {
  let hub: LittleHub;
  let dir: string;
  let lie = false;
  const tree = new MerkleTree();
  const at = (name: string): string => join(dir, name);

  /** An agency's door, and after it oversight's, which believes nothing that is a lie. */
  const door: typeof fetch = (input, init) => {
    const url = new URL(input as URL);
    if (url.port === new URL(hub.url).port) return fetch(input, init);
    const answer = (body: unknown): Promise<Response> =>
      Promise.resolve(new Response(JSON.stringify(body)));
    if (url.pathname === '/sessions') return answer({ token: 'a-session' });
    if (init?.method === 'DELETE') return Promise.resolve(new Response(null, { status: 204 }));
    if (init?.method === 'POST')
      return answer(lie ? { sound: false, wrong: '7' } : { sound: true });
    const from = Number(url.searchParams.get('from'));
    const rows = Array.from({ length: Math.min(50, SIZE - from) }, (_, n) => ({
      number: `${from + n}`,
      text: text(from + n),
      path: tree
        .inclusionProof(from + n)
        .map(hexOf)
        .join(''),
    }));
    const next = from + rows.length;
    return answer({ agency: 'gr-police', size: `${SIZE}`, rows, ...(next < SIZE && { next }) });
  };

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): unknown => lines.push(line);
    const exit = await runCommand(dispatch('tripoint', 'for a test', { oversight, verify }), args, {
      out: say,
      err: say,
      environment: { TRIPOINT_OFFICER_PASSWORD: 'correct horse battery staple' },
      now: () => '2026-03-02T00:00:00.000Z' as Instant,
      fetch: door,
    });
    return { exit, said: lines.join('\n') };
  };
  const atDoor = (word: string, ...more: readonly string[]) =>
    run('oversight', word, '--door', 'http://door.test', '--officer', 'l.todorov', ...more);
  const verifying = (file: string) =>
    run(
      'verify',
      '--log',
      hub.url,
      '--anchor',
      at('anchor'),
      '--token-file',
      at('token'),
      '--reads',
      at(file),
    );

  beforeAll(async () => {
    const federation = await LittleFederation.found();
    const log = await LittleLog.begin(federation);
    for (let n = 0; n < SIZE; n += 1) tree.append(Buffer.from(sha256(utf8(text(n))), 'hex'));
    const reads = { size: SIZE, root: hexOf(tree.root()), since: 0, proof: [] };
    await log.event({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      family: 'reads',
      parts: [{ compartment: 'core', to: ['gr-police'], facts: { item: randomUUID(), reads } }],
    });
    hub = await LittleHub.start(await log.served(), 'auditors-token');
    dir = await mkdtemp(join(tmpdir(), 'tripoint-reads-'));
    await writeFile(at('anchor'), formatTrustAnchor(federation.anchor));
    await writeFile(at('token'), 'auditors-token\n');
  });
  afterAll(async () => {
    await hub.stop();
    await rm(dir, { recursive: true });
  });

  it('are taken from an agency to the last page, and stand under its root in the log', async () => {
    const taken = await atDoor('take-reads', '--size', `${SIZE}`, '--out', at('reads.json'));
    expect(taken).toEqual({ exit: 0, said: `60 reads of gr-police: ${at('reads.json')}` });
    const { exit, said } = await verifying('reads.json');
    expect(said).toContain(`reads of gr-police: 60 under the root at leaf`);
    expect(said).toContain('reads: 60 of gr-police are under its root over 60');
    expect(exit).toBe(0);
    expect((await atDoor('check-reads', '--file', at('reads.json'))).exit).toBe(0);
    const { rows, ...taking } = JSON.parse(await readFile(at('reads.json'), 'utf8')) as {
      rows: object[];
    };
    const some = [...rows.slice(0, 7), ...rows.slice(8)];
    await writeFile(at('some.json'), JSON.stringify({ ...taking, rows: some }));
    for (const held of [
      await verifying('some.json'),
      await atDoor('check-reads', '--file', at('some.json')),
    ])
      expect(held).toMatchObject({
        exit: 1,
        said: expect.stringContaining('LEFT OUT: 1 of the 60 reads of gr-police were not shown'),
      });
    lie = true;
    expect(await atDoor('check-reads', '--file', at('reads.json'))).toMatchObject({
      exit: 1,
      said: expect.stringContaining('WRONG: read 7 of gr-police'),
    });
  });

  it('are not believed when they are others', async () => {
    const shown = await readFile(at('reads.json'), 'utf8');
    await writeFile(at('changed.json'), shown.replace('PREVENTION', 'RETENTION!'));
    expect(await verifying('changed.json')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('WRONG: read 0 of gr-police is not under its root'),
    });
    await writeFile(at('other.json'), shown.replace('"size":"60"', '"size":"59"'));
    expect((await verifying('other.json')).said).toContain('has published no root over 59 reads');
    for (const nothing of ['', 'null', '{}', '{"agency":"a","size":"1","rows":[1]}']) {
      await writeFile(at('nothing.json'), nothing);
      expect((await verifying('nothing.json')).exit).toBe(2);
    }
    expect((await verifying('nowhere.json')).exit).toBe(2);
  });
});
