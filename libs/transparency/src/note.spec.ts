import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import fc from 'fast-check';
import {
  addSignature,
  Cosigner,
  Ed25519NoteSigner,
  formatCheckpoint,
  formatLogProof,
  formatNote,
  formatVerifierKey,
  generateNoteKey,
  leafHash,
  MAX_NOTE_BYTES,
  MerkleTree,
  type Note,
  openCheckpoint,
  openLogProof,
  openNote,
  parseCheckpoint,
  parseLogProof,
  parseNote,
  parseVerifierKey,
  signNote,
  type VerifierKey,
  verifierKey,
} from './index.js';

const MUTATIONS = Number(process.env['TRANSPARENCY_MUTATIONS'] ?? 800);

const seed = (byte: number): string =>
  createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.alloc(32, byte),
    ]),
    format: 'der',
    type: 'pkcs8',
  })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();

const at = new Date('2026-11-23T12:00:00.999Z');
const log = Ed25519NoteSigner.fromPem('log.example/one', seed(1));
const witness = Cosigner.fromPem('witness.example/w1', seed(2), () => at);
const stranger = Ed25519NoteSigner.fromPem('stranger.example', seed(3));
const keys = [log.verifierKey, witness.verifierKey];

const tree = new MerkleTree();
for (let index = 0; index < 300; index += 1) tree.append(Buffer.from(`leaf ${index}`));
const checkpoint = { origin: 'log.example/one', size: 300, root: tree.root(), extensions: [] };
const text = formatCheckpoint(checkpoint);
const note = await signNote(text, [log, witness]);
const line = note.toString().split('\n').at(-3)!;
const code = (outcome: unknown): string => (isRefusal(outcome) ? outcome.refused : 'accepted');

describe('a note', () => {
  it('is opened by the keys that signed it, with the time of the cosignature', () => {
    expect(openNote(note, keys)).toEqual({
      text,
      verified: [
        { name: 'log.example/one', keyId: log.verifierKey.keyId, time: null },
        { name: 'witness.example/w1', keyId: witness.verifierKey.keyId, time: 1795435200 },
      ],
    });
  });

  it('is opened whoever else signed it', async () => {
    const more = await addSignature(note, stranger);
    expect(code(openNote(more as Buffer, keys))).toBe('accepted');
    expect(code(openNote(more as Buffer, [witness.verifierKey]))).toBe('accepted');
  });

  it.each<[string, string, (note: string) => string | Buffer]>([
    ['leaves the final newline out', 'note-without-signatures', (n) => n.slice(0, -1)],
    ['adds a newline', 'note-without-signatures', (n) => `${n}\n`],
    ['ends lines in CR LF', 'note-not-text', (n) => n.replaceAll('\n', '\r\n')],
    ['puts a tab into it', 'note-not-text', (n) => n.replace('\n', '\t\n')],
    ['breaks the utf-8', 'note-not-text', (n) => Buffer.concat([Buffer.of(0xff), Buffer.from(n)])],
    ['puts a byte order mark in front', 'bad-note-signature', (n) => `\ufeff${n}`],
    ['changes the size', 'bad-note-signature', (n) => n.replace('300', '301')],
    ['adds a line to the text', 'bad-note-signature', (n) => n.replace('\n\n', '\nmore\n\n')],
    ['repeats a signature line', 'repeated-signature', (n) => `${n}${line}\n`],
    ['takes the signatures off', 'note-without-signatures', (n) => n.slice(0, n.indexOf('—'))],
    ['takes the blank line out', 'note-without-signatures', (n) => n.replace('\n\n', '\n')],
    [
      'spells the base64 otherwise',
      'malformed-signature-line',
      (n) => n.replace(/=\n— w/, '\n— w'),
    ],
    ['leaves base64', 'malformed-signature-line', (n) => n.replace(/.{4}\n$/, '!!!!\n')],
    ['uses a plain dash', 'malformed-signature-line', (n) => n.replace('—', '-')],
    ['adds a word to the line', 'malformed-signature-line', (n) => n.replace(/\n$/, ' more\n')],
    ['adds a space to the line', 'malformed-signature-line', (n) => n.replace(/\n$/, ' \n')],
    [
      'cuts a signature to its key id',
      'malformed-signature-line',
      (n) => n.replace(/ \S+\n$/, ' AAAAAA==\n'),
    ],
    ['puts a plus into the name', 'malformed-signature-line', (n) => n.replace('— log', '— l+g')],
    ['shortens a signature', 'bad-note-signature', (n) => shortened(n, 60)],
    ['shortens a cosignature below its time', 'bad-note-signature', (n) => shortened(n, 6)],
    ['moves the cosignature beyond safe integers', 'bad-note-signature', (n) => retimed(n, 0x7f)],
    ['moves the cosignature in time', 'bad-note-signature', (n) => retimed(n, 0)],
    ['renames the signers', 'unknown-keys', (n) => n.replaceAll('— ', '— x')],
    [
      'signs with sixty-five lines',
      'malformed-signature-line',
      (n) => `${n}${`${line}\n`.repeat(63)}`,
    ],
    ['makes it huge', 'note-too-large', (n) => 'x'.repeat(MAX_NOTE_BYTES) + n],
    ['empties it', 'note-without-signatures', () => ''],
  ])('is refused when someone %s', (_attack, expected, tamper) => {
    const tampered = tamper(note.toString());
    const bytes = Buffer.from(tampered);
    expect(code(openNote(typeof tampered === 'string' ? bytes : tampered, keys))).toBe(expected);
  });

  it('is refused when a line has the right name and the wrong key id, or the other way round', async () => {
    const other = Ed25519NoteSigner.fromPem('log.example/one', seed(3));
    expect(code(openNote(await signNote(text, [other]), keys))).toBe('unknown-keys');
  });

  it('is not opened with two keys that cannot be told apart', () => {
    expect(code(openNote(note, [...keys, log.verifierKey]))).toBe('ambiguous-keys');
  });

  it('is never cosigned, nor its cosignature believed, unless it is a checkpoint', async () => {
    await expect(signNote('hello\n', [witness])).rejects.toThrow(RangeError);
    const signature = parseNote(note) as Note;
    const forged = formatNote({ text: 'hello\n', signatures: [signature.signatures[1]!] });
    expect(code(openNote(forged, keys))).toBe('bad-note-signature');
  });

  it('keeps its malformation when a signature is added', async () => {
    expect(code(await addSignature(Buffer.from('x'), log))).toBe('note-without-signatures');
  });

  const name = fc.stringMatching(/^[a-z/.]{1,20}$/);
  const signature = fc.record({
    name,
    keyId: fc.stringMatching(/^[0-9a-f]{8}$/),
    signature: fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  });
  const body = fc
    .array(fc.string({ unit: 'grapheme' }).filter((t) => !/[\u{0}-\u{1f}]/u.test(t))) // eslint-disable-line no-control-regex -- these are what a note must not hold
    .map((lines) => `${lines.join('\n')}\n`);

  it('is parsed to what was formatted, and formatted to what was parsed', () => {
    fc.assert(
      fc.property(body, fc.array(signature, { minLength: 1, maxLength: 5 }), (t, signatures) => {
        const bytes = formatNote({ text: t, signatures });
        expect(parseNote(bytes)).toEqual({ text: t, signatures });
      }),
    );
  });

  it('is never accepted mutated, and never throws', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (where, flip) => {
        const mutated = Buffer.from(note);
        mutated[where]! ^= flip;
        const opened = openNote(mutated, keys);
        // A flip in a signature line's name or key id makes the line a stranger's; the text stays as signed.
        if (!isRefusal(opened)) {
          expect(opened.text).toBe(text);
          expect(opened.verified).toHaveLength(1);
        }
        const parsed = parseNote(mutated);
        if (!isRefusal(parsed)) expect(formatNote(parsed).equals(mutated)).toBe(true);
      }),
      { numRuns: MUTATIONS },
    );
  });

  it.each([
    ['without a newline', { text: 'x', signatures: [] }],
    ['without a signature', { text: 'x\n', signatures: [] }],
    [
      'with a nameless key',
      { text: 'x\n', signatures: [{ name: '', keyId: '00000000', signature: note }] },
    ],
    [
      'with a key id of another form',
      { text: 'x\n', signatures: [{ name: 'a', keyId: '0', signature: note }] },
    ],
    [
      'with an empty signature',
      { text: 'x\n', signatures: [{ name: 'a', keyId: '00000000', signature: Buffer.of() }] },
    ],
    [
      'with half a character',
      { text: '\ud800\n', signatures: [{ name: 'a', keyId: '00000000', signature: note }] },
    ],
  ])('is not formatted %s', (_what, broken) => {
    expect(() => formatNote(broken)).toThrow(RangeError);
  });
});

const shortened = (n: string, to: number): string =>
  n.replace(
    / (\S+)\n$/,
    (_all, b: string) => ` ${Buffer.from(b, 'base64').subarray(0, to).toString('base64')}\n`,
  );
const retimed = (n: string, high: number): string =>
  n.replace(/ (\S+)\n$/, (_all, b: string) => {
    const bytes = Buffer.from(b, 'base64');
    bytes[4] = high;
    bytes[11]! ^= 1;
    return ` ${bytes.toString('base64')}\n`;
  });

describe('a verifier key', () => {
  const vkey = formatVerifierKey(log.verifierKey);

  it.each(['ed25519', 'cosignature-v1'] as const)(
    'is generated, formatted and parsed: %s',
    (use) => {
      const generated = generateNoteKey('a.example', use);
      const parsed = parseVerifierKey(generated.verifierKey) as VerifierKey;
      expect(parsed.use).toBe(use);
      expect(formatVerifierKey(parsed)).toBe(generated.verifierKey);
      const signer =
        use === 'ed25519'
          ? Ed25519NoteSigner.fromPem('a.example', generated.privateKeyPem)
          : Cosigner.fromPem('a.example', generated.privateKeyPem, () => at);
      expect(formatVerifierKey(signer.verifierKey)).toBe(generated.verifierKey);
    },
  );

  it.each<[string, string]>([
    ['nothing', ''],
    ['a name alone', 'log.example'],
    ['another name', vkey.replace('log', 'lot')],
    ['another key id', vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['a key id in capitals', vkey.replace(/\+[0-9a-f]{8}\+/, (id) => id.toUpperCase())],
    ['a space in the name', vkey.replace('log', 'l g')],
    ['an unknown type', vkey.replace(/\+A/, '+B')],
    ['no base64', vkey.replace(/.$/, '!')],
    ['a longer key', `${vkey}AAAA`],
    ['a newline behind', `${vkey}\n`],
  ])('is refused when it is %s', (_what, broken) => {
    expect(code(parseVerifierKey(broken))).toBe('malformed-verifier-key');
  });

  it('has a usable name and is ed25519', () => {
    expect(() => verifierKey('a b', 'ed25519', log.verifierKey.publicKey)).toThrow(RangeError);
    const { publicKey } = generateKeyPairSync('x25519');
    expect(() => verifierKey('a', 'ed25519', publicKey)).toThrow(RangeError);
  });
});

describe('a checkpoint', () => {
  it('is opened when the log signed it, with its witnesses', () => {
    expect(openCheckpoint(note, log.verifierKey, [witness.verifierKey])).toMatchObject({
      checkpoint,
      cosignatures: [{ name: 'witness.example/w1' }],
    });
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['not-signed-by-log', () => signNote(text, [witness])],
    ['other-log', () => signNote(text.replace('one', 'two'), [log])],
    ['malformed-checkpoint', () => signNote('hello\n', [log])],
    ['unknown-keys', () => signNote(text, [stranger])],
  ])('is refused: %s', async (expected, make) => {
    expect(code(openCheckpoint(await make(), log.verifierKey, [witness.verifierKey]))).toBe(
      expected,
    );
    expect(code(openCheckpoint(await make(), log.verifierKey))).not.toBe('accepted');
  });

  it.each<[string, string]>([
    ['too few lines', 'a\n1\n'],
    ['no newline at the end', text.slice(0, -1)],
    ['an empty line', `${text}\n`],
    ['no origin', text.replace('log.example/one', '')],
    ['a leading zero', text.replace('300', '0300')],
    ['a sign', text.replace('300', '+300')],
    ['a size beyond safe integers', text.replace('300', '9007199254740992')],
    ['a short root', text.replace(/\n\S{44}\n/, '\nAAAA\n')],
    ['a root in another spelling', text.replace('=', '')],
    ['a control character', text.replace('one', 'one\r')],
  ])('is refused with %s', (_what, broken) => {
    expect(code(parseCheckpoint(broken))).toBe('malformed-checkpoint');
  });

  it('is parsed to what was formatted', () => {
    const extended = { ...checkpoint, extensions: ['more', 'and more'] };
    expect(parseCheckpoint(formatCheckpoint(extended))).toEqual(extended);
    for (const broken of [
      { size: -1 },
      { origin: 'a\nb' },
      { root: Buffer.of() },
      { extensions: [''] },
    ])
      expect(() => formatCheckpoint({ ...checkpoint, ...broken })).toThrow(RangeError);
  });
});

describe('a proof for keeping', () => {
  const proof = { extra: null, index: 7, hashes: tree.inclusionProof(7), checkpoint: note };
  const bytes = formatLogProof(proof);
  const hash = leafHash(Buffer.from('leaf 7'));
  const open = (b: Uint8Array, h = hash): string => code(openLogProof(b, h, log.verifierKey));

  it('verifies without the log', () => {
    expect(openLogProof(bytes, hash, log.verifierKey, [witness.verifierKey])).toMatchObject({
      index: 7,
      extra: null,
      checkpoint,
    });
  });

  it.each([null, Buffer.from('extra')])(
    'is parsed to what was formatted, with extra %s',
    (extra) => {
      expect(parseLogProof(formatLogProof({ ...proof, extra }))).toEqual({ ...proof, extra });
    },
  );

  it.each<[string, string, (proof: string) => string]>([
    ['changes the header', 'malformed-proof', (p) => p.replace('@v1', '@v2')],
    ['changes the index', 'not-included', (p) => p.replace('index 7', 'index 6')],
    ['puts a zero before the index', 'malformed-proof', (p) => p.replace('index 7', 'index 07')],
    ['spells a hash otherwise', 'malformed-proof', (p) => p.replace('=\n', '\n')],
    ['adds broken extra', 'malformed-proof', (p) => p.replace('index', 'extra !\nindex')],
    [
      'makes the extra too large',
      'malformed-proof',
      (p) => p.replace('index', `extra ${'AAAA'.repeat(22_000)}\nindex`),
    ],
    [
      'adds sixty hashes',
      'malformed-proof',
      (p) => p.replace('7\n', `7\n${`${'A'.repeat(43)}=\n`.repeat(60)}`),
    ],
    ['takes a hash away', 'not-included', (p) => p.replace(/7\n.{44}\n/, '7\n')],
    ['takes the checkpoint away', 'malformed-proof', (p) => p.slice(0, p.indexOf('\n\n') + 2)],
    ['takes the blank line away', 'malformed-proof', (p) => p.replaceAll('\n\n', '\n')],
    ['makes it huge', 'malformed-proof', (p) => p + 'x'.repeat(500_000)],
    ['changes the checkpoint', 'bad-note-signature', (p) => p.replace('\n300\n', '\n299\n')],
  ])('is refused when someone %s', (_attack, expected, tamper) => {
    expect(open(Buffer.from(tamper(bytes.toString())))).toBe(expected);
  });

  it('is of one leaf', () => {
    expect(open(bytes, leafHash(Buffer.from('leaf 8')))).toBe('not-included');
    expect(open(Buffer.concat([Buffer.of(0xff), bytes]))).toBe('malformed-proof');
  });

  it.each([
    { extra: Buffer.of() },
    { index: -1 },
    { hashes: [Buffer.of()] },
    { checkpoint: Buffer.of() },
  ])('is not formatted when no one could read it', (broken) => {
    expect(() => formatLogProof({ ...proof, ...broken })).toThrow(RangeError);
  });
});
