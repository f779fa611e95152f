import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import {
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  formatTrustPolicy,
  formatVerifierKey,
  generateNoteKey,
  leafHash,
  openWitnessed,
  parseTrustPolicy,
  quorumTime,
  signNote,
  type TrustPolicy,
} from './index.js';

const MUTATIONS = Number(process.env['TRANSPARENCY_MUTATIONS'] ?? 800);
const clock = new Map<string, Date>();
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 26, 12, 0, second));
const logKey = generateNoteKey('log.example/one', 'ed25519');
const log = Ed25519NoteSigner.fromPem('log.example/one', logKey.privateKeyPem);
const witnesses = ['bg', 'gr', 'tr', 'oversight'].map((name, place) => {
  const use = place === 3 ? 'cosignature-ml-dsa-44' : 'cosignature-v1';
  const { privateKeyPem } = generateNoteKey(`witness.example/${name}`, use);
  return Cosigner.fromPem(`witness.example/${name}`, privateKeyPem, () => clock.get(name) ?? at(0));
});
const vkeys = witnesses.map(({ verifierKey }) => formatVerifierKey(verifierKey));
const [bg = '', gr = '', tr = '', oversight = ''] = vkeys;
const text = formatCheckpoint({
  origin: 'log.example/one',
  size: 12,
  root: leafHash(Buffer.from('x')),
  extensions: [],
});
const FILE = `# who is believed
log ${logKey.verifierKey} https://hub.example/

witness bg ${bg} https://bg.example
\twitness  gr\t${gr}
witness tr ${tr}
witness ов ${oversight}
group states 2 bg gr tr
group both all states ов
quorum both
`;
const policy = parseTrustPolicy(Buffer.from(FILE)) as TrustPolicy;
const code = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'accepted');
const cosigned = (...places: readonly number[]): Promise<Buffer> =>
  signNote(text, [log, ...places.map((place) => witnesses[place]!)]);

describe('a trust policy', () => {
  it('is read with its comments and its white space', () => {
    expect(policy).toMatchObject({
      logs: [{ key: { name: 'log.example/one' }, url: 'https://hub.example/' }],
      witnesses: [
        { name: 'bg', url: 'https://bg.example' },
        { name: 'gr', url: null },
        { name: 'tr', key: { use: 'cosignature-v1' } },
        { name: 'ов', key: { use: 'cosignature-ml-dsa-44' } },
      ],
      groups: [
        { name: 'states', threshold: 2, members: ['bg', 'gr', 'tr'] },
        { name: 'both', threshold: 2, members: ['states', 'ов'] },
      ],
      quorum: 'both',
    });
  });

  it('is written and read again', () => {
    const again = parseTrustPolicy(formatTrustPolicy(policy)) as TrustPolicy;
    expect(formatTrustPolicy(again)).toEqual(formatTrustPolicy(policy));
    expect(() => formatTrustPolicy({ ...policy, quorum: 'nobody' })).toThrow(RangeError);
  });

  it.each<[string, (file: string) => string]>([
    ['does not end in a newline', (f) => f.slice(0, -1)],
    ['has carriage returns', (f) => f.replaceAll('\n', '\r\n')],
    ['has a control character', (f) => f.replace('# who', '# \u{1}who')],
    ['has a delete character', (f) => f.replace('# who', '# \u{7f}who')],
    ['has an unknown line', (f) => `${f}threshold 3\n`],
    ['has no quorum', (f) => f.replace('quorum both\n', '')],
    ['has two quorums', (f) => `${f}quorum bg\n`],
    ['has a quorum that is not defined', (f) => f.replace('quorum both', 'quorum nobody')],
    ['has a quorum before what it names', (f) => `quorum both\n${f.replace('quorum both\n', '')}`],
    ['has two words for a quorum', (f) => f.replace('quorum both', 'quorum both bg')],
    ['has a group before its members', (f) => `group early any bg\n${f}`],
    ['has a group without members', (f) => f.replace('2 bg gr tr', '2')],
    ['asks for none of a group', (f) => f.replace('states 2', 'states 0')],
    ['asks for more than there are', (f) => f.replace('states 2', 'states 4')],
    ['spells a number otherwise', (f) => f.replace('states 2', 'states 02')],
    ['has a member twice', (f) => f.replace('2 bg gr tr', '2 bg gr gr')],
    ['has a member in two groups', (f) => f.replace('all states ов', 'all states bg')],
    ['has a group of the name of a witness', (f) => f.replace('group both', 'group bg')],
    ['has a member called none', (f) => f.replace('2 bg gr tr', '2 bg gr none')],
    ['has a witness called none', (f) => f.replace('witness bg', 'witness none')],
    ['has a name twice', (f) => f.replace('witness\u{20}\u{20}gr', 'witness bg')],
    ['has a key twice', (f) => f.replace(gr, bg)],
    ['has a log twice', (f) => `log ${logKey.verifierKey}\n${f}`],
    ['has a log for a witness', (f) => f.replace(gr, logKey.verifierKey)],
    ['has a witness for a log', (f) => `log ${bg}\n${f}`],
    ['has no key', (f) => f.replace(gr, '')],
    ['has words behind an address', (f) => f.replace('bg.example', 'bg.example more')],
    ['has words behind a log', (f) => f.replace('hub.example/', 'hub.example/ more')],
    ['is empty', () => ''],
    ['is huge', (f) => `#${'x'.repeat(300_000)}\n${f}`],
  ])('is refused when it %s', (_what, spoil) => {
    const spoilt = spoil(FILE);
    expect(spoilt).not.toBe(FILE);
    expect(code(parseTrustPolicy(Buffer.from(spoilt)))).toBe('malformed-policy');
  });

  it('is refused when it is not utf-8, and beyond its bounds', () => {
    expect(code(parseTrustPolicy(Buffer.concat([Buffer.of(0x23, 0xff), Buffer.from(FILE)])))).toBe(
      'malformed-policy',
    );
    const many = (kind: (n: number) => string, count: number): string =>
      code(
        parseTrustPolicy(
          Buffer.from(`${Array.from({ length: count }, (_, n) => kind(n)).join('')}quorum none\n`),
        ),
      );
    const newLog = (n: number): string =>
      `log ${generateNoteKey(`log${n}`, 'ed25519').verifierKey}\n`;
    const newWitness = (n: number): string =>
      `witness w${n} ${generateNoteKey('w', 'cosignature-v1').verifierKey}\n`;
    const newGroup = (n: number): string => (n === 0 ? newWitness(0) : `group g${n} any w0\n`);
    expect([many(newLog, 32), many(newLog, 33)]).toEqual(['accepted', 'malformed-policy']);
    expect([many(newWitness, 32), many(newWitness, 33)]).toEqual(['accepted', 'malformed-policy']);
    expect([many(newGroup, 2), many(newGroup, 3)]).toEqual(['accepted', 'malformed-policy']);
    const nested = (n: number): string =>
      n === 0 ? newWitness(0) : `group g${n} any ${n === 1 ? 'w0' : `g${n - 1}`}\n`;
    expect([many(nested, 33), many(nested, 34)]).toEqual(['accepted', 'malformed-policy']);
  });

  it('never throws, whatever its bytes are, and says the same of what it writes', () => {
    const bytes = Buffer.from(FILE);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (where, flip) => {
        const mutated = Buffer.from(bytes);
        mutated[where]! ^= flip;
        const parsed = parseTrustPolicy(mutated);
        if (!isRefusal(parsed))
          expect(
            formatTrustPolicy(parseTrustPolicy(formatTrustPolicy(parsed)) as TrustPolicy),
          ).toEqual(formatTrustPolicy(parsed));
      }),
      { numRuns: MUTATIONS },
    );
  });
});

describe('a checkpoint under a policy', () => {
  it.each<[string, string, readonly number[]]>([
    ['accepted', 'two states and oversight', [0, 2, 3]],
    ['accepted', 'everybody', [0, 1, 2, 3]],
    ['below-quorum', 'all states without oversight', [0, 1, 2]],
    ['below-quorum', 'one state with oversight', [1, 3]],
    ['below-quorum', 'nobody', []],
  ])('is %s with %s', async (expected, _who, places) => {
    expect(code(openWitnessed(await cosigned(...places), policy))).toBe(expected);
  });

  it('is as old as the quorum can be made young', async () => {
    clock.set('bg', at(5)).set('gr', at(40)).set('tr', at(20)).set('oversight', at(30));
    const opened = openWitnessed(await cosigned(0, 1, 2, 3), policy);
    expect(opened).toMatchObject({ time: at(20).getTime() / 1000, checkpoint: { size: 12 } });
  });

  it('is of a log of the policy, and of whichever key that log has signed with', async () => {
    const other = generateNoteKey('log.example/one', 'ed25519');
    const two = parseTrustPolicy(Buffer.from(`log ${other.verifierKey}\n${FILE}`)) as TrustPolicy;
    const note = await cosigned(0, 1, 3);
    expect(code(openWitnessed(note, two))).toBe('accepted');
    expect(code(openWitnessed(note, { ...policy, logs: [] }))).toBe('other-log');
    expect(code(openWitnessed(note, { ...two, logs: two.logs.slice(0, 1) }))).toBe(
      'not-signed-by-log',
    );
    expect(code(openWitnessed(Buffer.from('x'), policy))).toBe('note-without-signatures');
    expect(code(openWitnessed(await signNote('hello\n', [log]), policy))).toBe(
      'malformed-checkpoint',
    );
  });

  it('needs nobody where the policy asks for nobody', async () => {
    const nobody = parseTrustPolicy(
      Buffer.from(`log ${logKey.verifierKey}\nquorum none\n`),
    ) as TrustPolicy;
    expect(openWitnessed(await cosigned(), nobody)).toMatchObject({ time: null });
  });

  it('is witnessed by every subset that suffices and by no other', () => {
    for (let subset = 0; subset < 16; subset += 1) {
      const times = new Map(
        ['bg', 'gr', 'tr', 'ов'].flatMap((name, place) =>
          (subset >> place) % 2 === 1 ? [[name, 7] as const] : [],
        ),
      );
      const states = ['bg', 'gr', 'tr'].filter((name) => times.has(name)).length;
      expect(quorumTime(policy, times)).toBe(states >= 2 && times.has('ов') ? 7 : undefined);
    }
  });

  it('is never believed mutated', async () => {
    const note = await cosigned(0, 1, 3);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (where, flip) => {
        const mutated = Buffer.from(note);
        mutated[where]! ^= flip;
        expect(code(openWitnessed(mutated, policy))).not.toBe('accepted');
      }),
      { numRuns: MUTATIONS },
    );
  });
});
