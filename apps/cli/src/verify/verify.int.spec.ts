import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatTrustAnchor } from '@tripoint/federation';
import { type Instant, isRefusal } from '@tripoint/kernel';
import { firstBundle, firstSources, publishBundle } from '@tripoint/policy';
import { LittleFederation, LittleHub, LittleLog, type Played } from '@tripoint/replay/testing';
import { addSignature, Cosigner, formatTrustPolicy, generateNoteKey } from '@tripoint/transparency';
import { dispatch, runCommand } from '../dispatch.js';
import { verify } from './verify.command.js';

describe('tripoint verify', () => {
  let log: LittleLog;
  let hub: LittleHub;
  let played: Played;
  let dir: string;
  let anchor: string;
  let token: string;

  beforeAll(async () => {
    const federation = await LittleFederation.found();
    log = await LittleLog.begin(federation);
    played = await log.play();
    hub = await LittleHub.start(await log.served(), 'auditors-token');
    dir = await mkdtemp(join(tmpdir(), 'tripoint-verify-'));
    anchor = join(dir, 'anchor.json');
    token = join(dir, 'token');
    await writeFile(anchor, formatTrustAnchor(federation.anchor));
    await writeFile(token, 'auditors-token\n');
  });
  beforeEach(async () => {
    hub.served = await log.served();
    hub.breakdowns = 0;
  });
  afterAll(async () => {
    await hub.stop();
    await rm(dir, { recursive: true });
  });

  const run = async (...args: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): void => {
      lines.push(line);
    };
    const exit = await runCommand(dispatch('tripoint', 'for a test', { verify }), args, {
      out: say,
      err: say,
      environment: {},
      now: () => new Date(log.time).toISOString() as Instant,
      fetch,
    });
    return { exit, said: lines.join('\n') };
  };
  const verifying = (...args: readonly string[]) =>
    run('verify', '--log', hub.url, '--anchor', anchor, '--token-file', token, ...args);

  it('ends with 0 when all is sound, however often the hub has to be asked', async () => {
    hub.breakdowns = 2;
    const { exit, said } = await verifying();
    expect(said).toContain('sound: every leaf');
    expect(said).toContain(`${log.handed.length} of ${log.handed.length} leaves recomputed`);
    expect(exit).toBe(0);
  });

  it('ends with 1 and names what is wrong, also for programs', async () => {
    hub.served.handed.splice(4, 1);
    const { exit, said } = await verifying();
    expect(said).toContain('WRONG at leaf 4: leaf-out-of-place');
    expect(exit).toBe(1);
    const forPrograms = await verifying('--json');
    expect(forPrograms.exit).toBe(1);
    expect(JSON.parse(forPrograms.said)).toMatchObject({
      sound: false,
      fault: { index: 4, code: 'leaf-out-of-place' },
      verified: 4,
    });
  });

  it('wants a quorum of witnesses where it is told whose', async () => {
    const cosigner = Cosigner.fromPem(
      'witness.test',
      generateNoteKey('witness.test', 'cosignature-v1').privateKeyPem,
      () => new Date('2026-11-26T12:00:00Z'),
    );
    const policy = join(dir, 'trust-policy');
    const key = hub.served.signer.verifierKey;
    await writeFile(
      policy,
      formatTrustPolicy({
        logs: [{ key, url: null }],
        witnesses: [{ name: 'w', key: cosigner.verifierKey, url: null }],
        groups: [],
        quorum: 'w',
      }),
    );
    const alone = await verifying('--policy', policy);
    expect(alone.said).toContain('WRONG: not-witnessed');
    expect(alone.exit).toBe(1);
    const note = await addSignature(hub.served.note, cosigner);
    if (isRefusal(note)) throw new Error(note.detail);
    hub.served.cosignedNote = new Uint8Array(note);
    const { exit, said } = await verifying('--policy', policy);
    expect(said).toContain(`witnessed: ${log.handed.length} leaves, at 2026-11-26T12:00:00.000Z`);
    expect(exit).toBe(0);
    expect((await verifying('--policy', join(dir, 'nowhere'))).exit).toBe(2);
    await writeFile(policy, 'quorum none');
    expect((await verifying('--policy', policy)).said).toContain('not a trust policy');
  });

  it('says who could see what as of a leaf', async () => {
    const { exit, said } = await verifying('--as-of', '8');
    expect(said).toContain('kept from tr-customs: the agency does not take part in the exchange');
    expect(said).toContain('recomputed: 9 leaves');
    expect(exit).toBe(0);
  });

  it('ends with 2 when the question is wrong, and says nothing against the log', async () => {
    const size = log.handed.length;
    const beyond = await verifying('--as-of', `${size}`);
    expect(beyond).toEqual({
      exit: 2,
      said: `tripoint: beyond-log: leaf ${size} was asked about, and the log has ${size} leaves`,
    });
    expect((await verifying('--as-of', `${size - 1}`)).exit).toBe(0);
    // Oversight, as anybody else but a hub, has nothing there.
    const elsewhere = await run('verify', '--log', `${hub.url}/oversight`, '--anchor', anchor);
    expect(elsewhere.exit).toBe(2);
    expect(elsewhere.said).toMatch(/^tripoint: no-log-here: .*--log is the address of a hub/);
    // Whoever has seen the log knows better.
    const kept = join(dir, 'kept-before');
    expect((await verifying('--keep', kept)).exit).toBe(0);
    const gone = await run(
      'verify',
      '--log',
      `${hub.url}/oversight`,
      '--anchor',
      anchor,
      '--since',
      kept,
    );
    expect(gone.said).toContain('WRONG: checkpoint-missing');
    expect(gone.exit).toBe(1);
  });

  it('keeps a checkpoint, and knows when the log goes back behind it', async () => {
    const kept = join(dir, 'checkpoint');
    expect((await verifying('--keep', kept)).exit).toBe(0);
    expect(await readFile(kept, 'utf8')).toContain('little.test/log');
    expect((await verifying('--since', kept)).exit).toBe(0);
    hub.served.handed.pop();
    await hub.served.sign();
    const { exit, said } = await verifying('--since', kept);
    expect(said).toContain('log-shrunk');
    expect(exit).toBe(1);
  });

  it('ends with 2 when it is not let in', async () => {
    await writeFile(join(dir, 'wrong'), 'somebody-elses');
    const wrong = await run(
      'verify',
      '--log',
      hub.url,
      '--anchor',
      anchor,
      '--token-file',
      join(dir, 'wrong'),
    );
    expect(wrong).toEqual({
      exit: 2,
      said: 'tripoint: token-refused: the hub does not know this auditor’s token',
    });
    const none = await run('verify', '--log', hub.url, '--anchor', anchor);
    expect(none.said).toContain('a token is needed');
  });

  it('says what the next rules would change, and writes what Cedar’s own command line needs', async () => {
    const proposed = publishBundle({
      ...firstSources,
      policies: `${firstSources.policies}
@id("facts-stay-at-home")
@because("facts are for whoever wrote them")
forbid (principal, action == Action::"receive", resource == Compartment::"facts")
unless { context.sameAgency };
`,
      retention: [{ retention: 'P3Y', seconds: 45 }],
    });
    if (isRefusal(proposed)) throw new Error(proposed.detail);
    const file = join(dir, 'next.json');
    await writeFile(file, proposed.bytes);
    const { exit, said } = await verifying('--next-bundle', file);
    expect(exit).toBe(0);
    expect(said).toMatch(/by the next bundle: \d+ decided again; 0 would be allowed, [1-9]/);
    expect(said).toMatch(/P3Y: [1-9]\d* parts were to be kept for good; would be for 45 seconds/);
    expect(said).toContain('would be kept (facts are for whoever wrote them)');
    await writeFile(file, '{}');
    expect(await verifying('--next-bundle', file)).toMatchObject({
      exit: 2,
      said: expect.stringContaining('bundle-malformed') as unknown,
    });

    const folder = join(dir, 'decisions');
    expect((await verifying('--decisions', folder)).exit).toBe(2);
    const decided = await verifying('--as-of', `${played.request}`, '--decisions', folder);
    expect(decided.exit).toBe(0);
    const verdicts = await readdir(folder);
    expect(verdicts).toHaveLength(5);
    const place = join(folder, verdicts[0] ?? '');
    const read = async (name: string) => readFile(join(place, name), 'utf8');
    expect(await read('policies.cedar')).toBe(firstBundle().policies);
    expect(await read('schema.cedarschema')).toBe(firstBundle().schema);
    expect(JSON.parse(await read('request.json'))).toMatchObject({
      action: 'Action::"receive"',
    });
    const { verdict } = JSON.parse(await read('recorded.json')) as {
      verdict: { bundle: string; engine: string };
    };
    expect(verdict.bundle).toBe(firstBundle().digest);
    expect(verdict.engine).toMatch(/^cedar\//);
    const { descriptor } = JSON.parse(await read('recorded.json')) as { descriptor: string };
    const standing = await verifying('--as-of', `${played.request}`, '--descriptor', descriptor);
    expect(standing.said).toMatch(/could see {2}bg-gdbop \(given\)/);
    expect((await verifying('--descriptor', descriptor)).exit).toBe(2);
  });

  it('ends with 2 when it is not understood', async () => {
    for (const args of [
      [],
      ['--log', hub.url, '--anchor', anchor, '--token-file', anchor + 'x'],
      ['--log', 'nowhere', '--anchor', anchor],
      ['--log', hub.url, '--anchor', join(dir, 'missing')],
      ['--log', hub.url, '--anchor', anchor, '--as-of', 'never'],
    ])
      expect((await run('verify', ...args)).exit).toBe(2);
  });

  it('ends with 3 when the hub is away', async () => {
    const gone = await LittleHub.start(hub.served, 'auditors-token');
    const { url } = gone;
    await gone.stop();
    const { exit, said } = await run('verify', '--log', url, '--anchor', anchor);
    expect(said).toContain('hub-away');
    expect(exit).toBe(3);
  });
});
