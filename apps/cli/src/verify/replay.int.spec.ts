import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatTrustAnchor } from '@tripoint/federation';
import { type ExchangeId, type Instant } from '@tripoint/kernel';
import { firstBundle } from '@tripoint/policy';
import {
  entryOf,
  LittleFederation,
  LittleHub,
  LittleLog,
  type Played,
} from '@tripoint/replay/testing';
import { dispatch, runCommand } from '../dispatch.js';
import { replay } from './replay.command.js';
import { verify } from './verify.command.js';

describe('a log that was saved', () => {
  let federation: LittleFederation;
  let log: LittleLog;
  let hub: LittleHub;
  let played: Played;
  let dir: string;
  let saved: string;
  const at = (name: string): string => join(dir, name);

  const run = async (ask: typeof fetch, ...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): unknown => lines.push(line);
    const exit = await runCommand(dispatch('tripoint', 'for a test', { replay, verify }), args, {
      out: say,
      err: say,
      environment: {},
      now: () => new Date(log.time).toISOString() as Instant,
      fetch: ask,
    });
    return { exit, said: lines.join('\n') };
  };
  const online = (word: string, ...args: readonly string[]) =>
    run(
      fetch,
      ...[word, '--log', hub.url, '--anchor', at('anchor'), '--token-file', at('token')],
      ...args,
    );
  /** Nobody is there to be asked. */
  const alone = (word: string, ...args: readonly string[]) =>
    run(
      () => Promise.reject(new Error('somebody was asked')),
      ...[word, '--log', saved, '--anchor', at('anchor')],
      ...args,
    );
  const flip = async (name: string, place: number): Promise<void> => {
    const bytes = await readFile(join(saved, name));
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await writeFile(join(saved, name), bytes);
  };

  beforeAll(async () => {
    federation = await LittleFederation.found();
    log = await LittleLog.begin(federation);
    played = await log.play();
    hub = await LittleHub.start(await log.served(), 'auditors-token');
    dir = await mkdtemp(join(tmpdir(), 'tripoint-saved-'));
    await writeFile(at('anchor'), formatTrustAnchor(federation.anchor));
    await writeFile(at('token'), 'auditors-token\n');
  });
  beforeEach(async () => {
    hub.served = await log.served();
    saved = at(`saved-${randomUUID()}`);
    expect((await online('verify', '--save', saved)).exit).toBe(0);
  });
  afterAll(async () => {
    await hub.stop();
    await rm(dir, { recursive: true });
  });

  it('is verified, and a decision of it replayed, with nobody to ask', async () => {
    const verified = await alone('verify');
    expect(verified.said).toContain('sound: every leaf');
    expect(verified.exit).toBe(0);
    const { exit, said } = await alone('replay', '--leaf', `${played.request}`);
    expect(said).toContain(`by the rules of bundle ${firstBundle().digest}`);
    expect(said).toContain('core for tr-customs: kept (recipient-takes-part');
    expect(said).toContain('  relation.participant = false');
    expect(said).toContain('agrees: 5 decisions came out byte for byte as they are recorded');
    expect(exit).toBe(0);
    const same = await online('replay', '--leaf', `${played.request}`);
    expect(same).toEqual({ exit, said });
  });

  it('gives what Cedar needs, and says the same to programs', async () => {
    const folder = at('decisions');
    const asked = ['--leaf', `${played.request}`, '--out', folder, '--json'];
    const { exit, said } = await alone('replay', ...asked);
    expect(exit).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ agrees: true, fault: null });
    const [first = ''] = await readdir(folder);
    expect((await readdir(join(folder, first))).sort()).toEqual([
      'again.json',
      'entities.json',
      'policies.cedar',
      'recorded.json',
      'request.json',
      'schema.cedarschema',
    ]);
    const read = (name: string) => readFile(join(folder, first, name), 'utf8');
    expect(await read('again.json')).toBe(await read('recorded.json'));
  });

  it('has nothing to decide at a leaf that judges nothing, and no leaf beyond its end', async () => {
    const { exit, said } = await alone('replay', '--leaf', '0');
    expect([exit, said]).toEqual([0, expect.stringContaining('nothing was decided at it')]);
    const beyond = await alone('replay', '--leaf', `${log.handed.length}`);
    expect([beyond.exit, beyond.said]).toEqual([2, expect.stringContaining('beyond-log')]);
  });

  it('is named wrong where a byte of it was changed, a leaf is missing, or it is another’s', async () => {
    const [stretch = ''] = (await readdir(saved)).filter((name) => name.startsWith('leaves-'));
    const { length } = await readFile(join(saved, stretch));
    await flip(stretch, length - 40);
    expect((await alone('verify')).exit).toBe(1);
    await flip(stretch, length - 40);
    expect((await alone('verify')).exit).toBe(0);
    await flip('checkpoint', 40);
    expect((await alone('verify')).said).toContain('WRONG');
    await flip('checkpoint', 40);
    await rm(join(saved, stretch));
    expect((await alone('verify')).said).toContain('leaf-missing');
    await rm(join(saved, 'checkpoint'));
    expect((await alone('verify')).said).toContain('no-log-here');
    expect(
      (await run(fetch, 'verify', '--log', at('nowhere'), '--anchor', at('anchor'))).exit,
    ).toBe(2);
  });

  it('is saved whole, into an empty folder', async () => {
    expect((await online('verify', '--save', saved)).exit).toBe(2);
    expect((await online('verify', '--save', at('part'), '--as-of', '3')).exit).toBe(2);
  });

  it('shows both where a decision is recorded otherwise than it comes out', async () => {
    const other = await LittleLog.begin(federation);
    const sealed = await other.seal({
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'tr-customs'],
          facts: { item: randomUUID(), opens: true },
        },
      ],
    });
    const { chain } = federation.member('bg-gdbop');
    const leaf = await other.record(chain, entryOf(sealed.container), (judgement) => ({
      ...judgement,
      decided: judgement.decided.map((one) => ({
        ...one,
        verdict: { ...one.verdict, allowed: true, rules: [], because: 'the hub says so' },
      })),
    }));
    hub.served = await other.served();
    saved = at('lying');
    expect((await online('verify', '--save', saved)).exit).toBe(1);
    const { exit, said } = await alone('replay', '--leaf', `${leaf}`);
    expect(exit).toBe(1);
    expect(said).toContain('DIFFERS');
    expect(said).toContain('the hub says so');
    expect(said).toContain('core for tr-customs: kept (recipient-takes-part');
    expect(said).toContain(`WRONG at leaf ${leaf}: decision-differs`);
  });
});
