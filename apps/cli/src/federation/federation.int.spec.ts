import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseChainEntry, sha256 } from '@tripoint/envelope';
import { type Instant } from '@tripoint/kernel';
import { type Surroundings } from '../command.js';
import { dispatch, runCommand } from '../dispatch.js';
import { federation } from './federation.command.js';
import { type Shown } from './show.js';

const tripoint = dispatch('tripoint', 'test', { federation });
let dir: string;
let out: string[];
let err: string[];
/** What the hub answers, in turn; when there is nothing left, that it took it. */
let answers: Response[];
let hubNext: number;
let posted: { readonly url: string; readonly type: string | null; readonly body: Uint8Array }[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tripoint-cli-'));
  [out, err, posted, answers] = [[], [], [], []];
  hubNext = 0;
});
afterEach(() => rm(dir, { recursive: true }));

const surroundings: Surroundings = {
  out: (line) => out.push(line),
  err: (line) => err.push(line),
  environment: {},
  now: () => '2026-11-23T12:00:00.000Z' as Instant,
  fetch: async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'GET') return Response.json({ seq: hubNext, prev: '' });
    posted.push({
      url: request.url,
      type: request.headers.get('content-type'),
      body: new Uint8Array(await request.arrayBuffer()),
    });
    return answers.shift() ?? Response.json({}, { status: 202 });
  },
};
const run = (...words: string[]): Promise<number> =>
  runCommand(tripoint, ['federation', ...words], surroundings);
const here = (): string[] => ['--dir', join(dir, 'f')];
const SIGNED = ['--sign-with', 'root-1', '--sign-with', 'root-3'];
const enrol = (id: string, state: string, ...more: string[]): Promise<number> =>
  run(
    'enrol',
    ...here(),
    '--agency',
    id,
    '--name',
    `en=${id}`,
    '--kind',
    'POLICE',
    '--state',
    state,
    ...more,
  );
const shown = async (): Promise<Shown> => {
  out = [];
  expect(await run('show', ...here(), '--json')).toBe(0);
  return JSON.parse(out.join('\n')) as Shown;
};

describe('tripoint federation', () => {
  it('founds a federation and governs it, statement by statement', async () => {
    expect(await run('init', ...here(), '--name', 'test')).toBe(0);
    expect(await enrol('bg-a', 'BG', ...SIGNED, '--hub', 'http://hub.test')).toBe(0);
    expect(await enrol('tr-b', 'TR', ...SIGNED)).toBe(0);
    await writeFile(join(dir, 'bundle'), 'rules');
    for (const words of [
      ['pair', '--a', 'tr-b', '--b', 'bg-a', '--urgent-direct', '20s'],
      ['rotate', '--agency', 'bg-a'],
      ['retire-epoch', '--agency', 'bg-a', '--keep', '60s'],
      ['attest', '--agency', 'bg-a', '--from', '0', '--through', '5'],
      ['open-chain', '--agency', 'bg-a'],
      ['unfreeze', '--chain', 'bg-a-1', '--reason', 'OPERATOR_ERROR', '--hub', 'http://hub.test'],
      ['activate-policy', '--bundle', join(dir, 'bundle')],
      ['revoke', '--agency', 'tr-b', '--reason', 'compromised', '--since', '3'],
      ['rotate', '--agency', 'tr-b', '--replace'],
      ['suspend', '--agency', 'tr-b'],
      ['reinstate', '--agency', 'tr-b'],
      [
        'rotate-roots',
        '--root',
        'root-1',
        '--root',
        'root-4',
        '--threshold',
        '2',
        '--sign-with',
        'root-4',
      ],
    ])
      expect([words[0], await run(...words, ...here(), ...SIGNED), err]).toEqual([words[0], 0, []]);
    const { agencies, statements, threshold, roots, pending } = await shown();
    expect({ statements, threshold, roots: roots.length, pending }).toEqual({
      statements: 14,
      threshold: 2,
      roots: 2,
    });
    expect(agencies.map(({ id, chains }) => [id, chains])).toEqual([
      ['bg-a', ['bg-a-1', 'bg-a-2']],
      ['tr-b', ['tr-b-1']],
    ]);
    expect(agencies[1]?.certificates.map(({ standing }) => standing)).toEqual([
      'active',
      'revoked, once in other hands',
    ]);
    expect(posted.map(({ url, type }) => [url, type])).toEqual([
      ['http://hub.test/registry/statements', 'application/cbor'],
      ['http://hub.test/registry/statements', 'application/cbor'],
    ]);
    expect(parseChainEntry(posted[0]!.body)).toMatchObject({
      kind: 'statement',
      statement: 'registry',
    });
    expect(await run('submit', ...here(), '--hub', 'http://hub.test/')).toBe(0);
    expect(posted).toHaveLength(16);
  });

  it('goes on over what the hub has, and while it is still recording', async () => {
    await run('init', ...here(), '--name', 'test');
    for (const id of ['bg-a', 'bg-b', 'bg-c']) await enrol(id, 'BG', ...SIGNED);
    answers = [
      Response.json({ seq: 0 }, { status: 200 }),
      Response.json({ code: 'registry-moved' }, { status: 503 }),
      Response.json({ seq: 1 }, { status: 202 }),
    ];
    hubNext = 1;
    expect(await run('submit', ...here(), '--hub', 'http://hub.test')).toBe(0);
    expect(out.at(-1)).toBe('the hub took 2 statements, and had 1 already');
    expect(posted).toHaveLength(4);
    expect(await run('submit', ...here(), '--hub', 'http://hub.test', '--from', '2')).toBe(2);
    expect(err.at(-1)).toContain('--from 2 is ahead of the hub, whose next statement is 1');
    expect(posted).toHaveLength(4);
  });

  it('keeps nothing that a hub has something against, and says what', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    const unfreeze = ['unfreeze', '--chain', 'bg-a-1', '--reason', 'OPERATOR_ERROR', ...here()];
    expect(await run(...unfreeze, ...SIGNED)).toBe(2);
    const refusal = (detail: string): Response =>
      Response.json({ code: 'statement-refused', detail }, { status: 409 });
    answers = [refusal('chain-not-frozen: bg-a-1 is not frozen'), refusal('out-of-sequence: 0')];
    expect(await run(...unfreeze, ...SIGNED, '--hub', 'http://hub.test')).toBe(1);
    expect(err.at(-1)).toBe(
      'tripoint: chain-not-frozen: the hub refused the statement: bg-a-1 is not frozen',
    );
    expect((await shown()).statements).toBe(1);
    // What merely comes too early is kept: it is sent after those before it.
    expect(await enrol('bg-b', 'BG', ...SIGNED, '--hub', 'http://hub.test')).toBe(1);
    expect(err.at(-1)).toContain('tripoint: out-of-sequence: ');
    expect((await shown()).statements).toBe(2);
  });

  it('waits for roots that sign in turn, and lets nothing else in between', async () => {
    await run('init', ...here(), '--name', 'test');
    expect(await enrol('bg-a', 'BG', '--sign-with', 'root-1', '--hub', 'http://hub.test')).toBe(0);
    expect((await shown()).pending).toBe('agency-enrolled');
    expect(await enrol('bg-b', 'BG', ...SIGNED)).toBe(1);
    expect(err.at(-1)).toContain('statement-pending');
    expect(await run('sign', ...here(), '--sign-with', 'root-1')).toBe(1);
    expect(err.at(-1)).toContain('signer-repeated');
    expect(posted).toEqual([]);
    expect(await run('sign', ...here(), '--sign-with', 'root-2', '--hub', 'http://hub.test')).toBe(
      0,
    );
    expect((await shown()).statements).toBe(1);
    expect(posted).toHaveLength(1);
  });

  it('touches no key while a statement waits for roots, and takes that statement back', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    const own = join(dir, 'f', 'keys', 'bg-a');
    const files = async () => {
      const names = (await readdir(own)).sort();
      return Promise.all(
        names.map(async (name) => [name, sha256(await readFile(join(own, name)))]),
      );
    };
    const before = await files();
    const rotate = ['rotate', ...here(), '--agency', 'bg-a'];
    const withdraw = ['withdraw', ...here(), '--hub', 'http://hub.test'];
    expect(await run('suspend', ...here(), '--agency', 'bg-a', '--sign-with', 'root-1')).toBe(0);
    for (const words of [
      rotate,
      [...rotate, '--replace'],
      ['rotate-roots', ...here(), '--root', 'root-9', '--threshold', '1'],
    ]) {
      expect(await run(...words, ...SIGNED)).toBe(1);
      expect(err.at(-1)).toContain('statement-pending');
    }
    expect(await enrol('bg-b', 'BG', ...SIGNED)).toBe(1);
    expect(await files()).toEqual(before);
    expect(await readdir(join(dir, 'f', 'roots'))).toEqual(['root-1', 'root-2', 'root-3']);
    expect(await readdir(join(dir, 'f', 'keys'))).toEqual(['bg-a']);

    // Somebody has completed a copy, and sent it: then it is said, and not taken back.
    hubNext = 2;
    expect(await run(...withdraw)).toBe(1);
    expect(err.at(-1)).toContain('tripoint: statement-recorded: ');
    expect((await shown()).pending).toBe('agency-suspended');
    hubNext = 1;
    expect(await run(...withdraw)).toBe(0);
    expect(out.at(-1)).toBe('statement 1, agency-suspended, is taken back');
    expect(await shown()).toMatchObject({ statements: 1 });
    expect((await shown()).pending).toBeUndefined();
    expect(posted).toEqual([]);
    // What enough roots have signed is taken back by nobody, sent or not.
    expect(await run(...withdraw)).toBe(1);
    expect(err.at(-1)).toContain('tripoint: nothing-pending: ');
    expect(await run(...rotate, ...SIGNED)).toBe(0);
  });

  it('replaces keys of which only an epoch is new', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    const rotate = ['rotate', ...here(), '--agency', 'bg-a'];
    expect(await run(...rotate)).toBe(0);
    expect(await run('withdraw', ...here())).toBe(0);
    expect(await run(...rotate, '--replace', ...SIGNED)).toBe(0);
    const [{ certificates } = { certificates: [] }] = (await shown()).agencies;
    expect(new Set(certificates.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('understands no stretch of a log that ends before it begins', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    const stretch = ['--agency', 'bg-a', '--from', '6', '--through', '5'];
    expect(await run('attest', ...here(), ...stretch, ...SIGNED)).toBe(2);
    expect(err.at(-1)).toContain('--from 6 is behind --through 5');
  });

  it('says what it does not send because it lacks signatures', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    await enrol('bg-b', 'BG');
    expect(await run('submit', ...here(), '--hub', 'http://hub.test')).toBe(1);
    expect(out.at(-1)).toBe('the hub took 1 statements, and had 0 already');
    expect(err.at(-1)).toContain('lacks signatures and was not sent');
    expect(await run('sign', ...here(), ...SIGNED)).toBe(0);
    expect(await run('submit', ...here(), '--hub', 'http://hub.test')).toBe(0);
  });

  it('puts shares into the hands of custodians that are enrolled', async () => {
    await run('init', ...here(), '--name', 'test');
    for (const id of ['bg-a', 'bg-b', 'bg-c']) await enrol(id, 'BG', ...SIGNED);
    const custody = (...who: readonly string[]): Promise<number> =>
      run(
        'custody',
        ...here(),
        ...who.flatMap((id) => ['--custodian', id]),
        ...SIGNED,
        '--threshold',
        '2',
        '--compartment',
        'facts',
      );
    expect(await custody('bg-a', 'bg-d')).toBe(1);
    expect(err.at(-1)).toBe('tripoint: agency-unknown: bg-d is not enrolled');
    expect(await custody('bg-a', 'bg-a')).toBe(2);
    for (const [name, why] of [
      [undefined, '--compartment is missing'],
      ['core', '--compartment core: core, legal and shares'],
      ['custody-1', '--compartment custody-1:'],
      ['Facts', '--compartment Facts:'],
    ] as const) {
      const both = ['--custodian', 'bg-a', '--custodian', 'bg-b', '--threshold', '2'];
      const named = name === undefined ? [] : ['--compartment', name];
      expect(await run('custody', ...here(), ...both, ...named, ...SIGNED)).toBe(2);
      expect(err.at(-1)).toContain(why);
    }
    expect(await custody('bg-c', 'bg-a', 'bg-b')).toBe(0);
    expect((await shown()).custody).toEqual({
      custodians: ['bg-a', 'bg-b', 'bg-c'],
      threshold: 2,
      compartments: ['facts'],
    });
  });

  it('gives an agency new keys when its signing key was lost, or all of them', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED);
    const own = join(dir, 'f', 'keys', 'bg-a');
    const rotate = ['rotate', ...here(), '--agency', 'bg-a', ...SIGNED];
    await rm(join(own, 'signing.pgp'));
    expect(await run(...rotate, '--replace')).toBe(0);
    // What was sealed before opens as before: only what signs was lost.
    expect(await readdir(join(own, 'retired'))).toHaveLength(1);
    expect(await readdir(own)).toContain('signing.pgp');

    await rm(own, { recursive: true });
    expect(await run(...rotate, '--replace')).toBe(1);
    expect(err.at(-1)).toContain('key-missing');
    const elsewhere = join(dir, 'machine');
    expect(await run('keys', '--agency', 'bg-a', '--dir', elsewhere)).toBe(0);
    const certificate = join(elsewhere, 'certificate.pgp');
    expect(await run(...rotate, '--certificate', certificate)).toBe(0);
    expect(await run('open-chain', ...here(), '--agency', 'bg-a', ...SIGNED)).toBe(0);
    const [{ certificates, chains } = { certificates: [], chains: [] }] = (await shown()).agencies;
    expect(certificates.map(({ standing }) => standing)).toEqual([
      'active',
      'superseded',
      'superseded',
    ]);
    expect(chains).toEqual(['bg-a-1', 'bg-a-2']);
  });

  it('gives a certificate a term, and renews it without a new key', async () => {
    await run('init', ...here(), '--name', 'test');
    await enrol('bg-a', 'BG', ...SIGNED, '--expires', '30d');
    const rotate = ['rotate', ...here(), '--agency', 'bg-a', ...SIGNED];
    expect(await run(...rotate, '--renew', '--expires', '365d')).toBe(0);
    const [{ certificates } = { certificates: [] }] = (await shown()).agencies;
    const [renewed, first] = certificates;
    expect(certificates).toHaveLength(2);
    expect(renewed?.fingerprint).toBe(first?.fingerprint);
    expect(renewed?.epoch).toBe(first?.epoch);
    expect(certificates.map(({ standing }) => standing)).toEqual(['active', 'registered again']);
    const days =
      (Date.parse(renewed?.expires ?? '') - Date.parse(first?.expires ?? '')) / 86_400_000;
    expect(Math.round(days)).toBe(335);
    out = [];
    await run('show', ...here());
    expect(out.join('\n')).toContain(`active  ${renewed?.fingerprint}  until ${renewed?.expires}`);
    expect(await run(...rotate, '--renew', '--replace')).toBe(2);
  });

  it('outlives the loss of a root’s key, with files alone, and takes no fewer than its threshold', async () => {
    await run('init', ...here(), '--name', 'test', '--roots', '5', '--threshold', '3');
    // Each root holds its own folder, and gets the public part of the ceremony: what it signs goes back as a file.
    const media = join(dir, 'media');
    await rename(join(dir, 'f', 'roots'), media);
    const hand = async (from: string, to: string): Promise<void> => {
      for (const name of ['anchor.json', 'statements'])
        await cp(join(dir, from, name), join(dir, to, name), { recursive: true, force: true });
    };
    const at = (place: string): string[] => ['--dir', join(dir, place)];
    const root = (n: number): string[] => ['--sign-with', join(media, `root-${n}`)];
    expect(await enrol('bg-a', 'BG', ...root(1), ...root(2), '--hub', 'http://hub.test')).toBe(0);
    expect((await shown()).pending).toBe('agency-enrolled');
    await hand('f', 'at-root-4');
    expect(await run('sign', ...at('at-root-4'), ...root(4))).toBe(0);
    await hand('at-root-4', 'f');
    expect(await run('submit', ...here(), '--hub', 'http://hub.test')).toBe(0);
    expect([posted.length, (await shown()).statements]).toEqual([1, 1]);

    // The third root's key is lost: the other four put another one in its place.
    await rm(join(media, 'root-3'), { recursive: true });
    const next = ['root-1', 'root-2', 'root-4', 'root-5', 'root-6'].flatMap((name) => [
      '--root',
      name,
    ]);
    const rotate = ['rotate-roots', ...here(), ...next];
    await cp(media, join(dir, 'f', 'roots'), { recursive: true });
    expect(await run(...rotate, '--threshold', '2', ...root(1), ...root(2), ...root(4))).toBe(1);
    expect(err.at(-1)).toContain('threshold-lowered');
    expect(await run(...rotate, '--threshold', '3', ...root(1), ...root(2))).toBe(0);
    expect((await shown()).pending).toBe('root-rotated');
    // Two of the old and one of the new are neither.
    expect(await run('sign', ...here(), '--sign-with', 'root-6')).toBe(0);
    expect((await shown()).pending).toBe('root-rotated');
    expect(await run('sign', ...here(), ...root(5))).toBe(0);
    expect(await shown()).toMatchObject({ statements: 2, threshold: 3 });
    expect((await shown()).roots).toHaveLength(5);

    // Who is out of office signs nothing any more, were its key found.
    expect(await run('suspend', ...here(), '--agency', 'bg-a', ...root(1), ...root(2))).toBe(0);
    expect((await shown()).pending).toBe('agency-suspended');
    expect(await run('sign', ...here(), '--sign-with', 'root-6')).toBe(0);
    expect((await shown()).statements).toBe(3);
  });

  it('refuses what the registry would refuse, before anybody signs', async () => {
    await run('init', ...here(), '--name', 'test');
    expect(await run('suspend', ...here(), '--agency', 'bg-a', '--sign-with', 'root-1')).toBe(1);
    expect(err.at(-1)).toBe('tripoint: agency-unknown: bg-a is not enrolled');
    expect((await shown()).pending).toBeUndefined();
    expect(await run('init', ...here(), '--name', 'test')).toBe(1);
    expect(err.at(-1)).toContain('key-exists');
  });

  it.each([
    ['unknown-command', ['found']],
    ['bad-arguments', ['init']],
    ['bad-arguments', ['init', '--name', 'test', '--threshold', '4']],
    ['bad-arguments', ['enrol', '--agency', 'A B', '--name', 'en=x']],
    ['bad-arguments', ['show', '--nonsense']],
  ])('says %s and exits with 2 for %j', async (code, words) => {
    expect(await run(...words)).toBe(2);
    expect(err.join()).toContain(`tripoint: ${code}: `);
  });

  it('explains every command', async () => {
    expect(await run('--help')).toBe(0);
    const words = [...out.join('\n').matchAll(/^ {2}([a-z-]+) /gm)].map(([, word]) => word ?? '');
    expect(words).toHaveLength(20);
    for (const word of words) expect(await run(word, '--help')).toBe(0);
    expect(out.slice(1).every((usage) => usage.startsWith('tripoint federation '))).toBe(true);
  });
});
