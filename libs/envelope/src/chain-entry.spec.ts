import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Digest } from '@tripoint/kernel';
import {
  type Cbor,
  type ChainEntry,
  encodeCbor,
  entryDigest,
  formatChainEntry,
  formatContainer,
  formatEntitled,
  parseChainEntry,
  parseContainer,
  parseEntitled,
  readEvent,
  sha256,
  signStatement,
  utf8,
  verifyStatement,
} from './index.js';
import { accepted, type World, world } from './testing/index.js';

let w: World;
beforeAll(async () => {
  w = await world();
});
const event = (): ChainEntry => {
  const { header, signature, routing, descriptors, bodies, openings } = w.container;
  return { kind: 'event', header, signature, routing, descriptors, bodies, openings };
};
const bytes = utf8('x');
const void_ = { kind: 'void', body: bytes, signature: bytes, notice: bytes } as const;

describe('a chain entry', () => {
  it.each<[string, () => ChainEntry]>([
    ['an event', event],
    ['a void', () => ({ kind: 'void', body: bytes, signature: bytes, notice: bytes })],
    [
      'a statement',
      () => ({ kind: 'statement', statement: 'registry', body: bytes, signatures: [bytes, bytes] }),
    ],
    [
      'a statement with an attachment',
      () => ({
        kind: 'statement',
        statement: 'policy',
        body: bytes,
        signatures: [],
        attachment: bytes,
      }),
    ],
  ])('is read as it was written when it is %s', (_case, entry) => {
    const written = formatChainEntry(entry());
    expect(parseChainEntry(written)).toEqual(entry());
    expect(formatChainEntry(accepted(parseChainEntry(written)))).toEqual(written);
  });

  it('has the digest that the next one names', () => {
    expect(entryDigest(event())).toBe(w.sealed.headerDigest);
    expect(entryDigest({ ...void_, body: utf8('y') })).toBe(sha256(utf8('y')));
  });

  it('holds no wrap, and all that the sequencer reads', async () => {
    const admitted = accepted(await w.admitted(w.sealed.container));
    const entry = accepted(parseChainEntry(admitted.entryBytes));
    expect('wraps' in entry).toBe(false);
    if (entry.kind !== 'event') throw new Error('an event was admitted');
    expect(accepted(readEvent(entry))).toMatchObject({
      headerDigest: w.sealed.headerDigest,
      routing: w.sealed.routing,
    });
  });

  const statement = { kind: 'statement', statement: 'registry', body: bytes, signatures: [bytes] };
  it.each<[string, Cbor]>([
    ['of no kind', { body: bytes }],
    ['a void with a member more', { ...void_, more: 1 }],
    ['a void without bytes', { ...void_, body: 'x' }],
    ['a void without a signature', { ...void_, signature: 1 }],
    ['a void that answers nothing', { kind: 'void', body: bytes, signature: bytes }],
    ['a void that answers no bytes', { ...void_, notice: 'x' }],
    ['a statement of a kind that is no word', { ...statement, statement: 'Registry' }],
    ['a statement of a kind that is no text', { ...statement, statement: 1 }],
    ['a statement without bytes', { ...statement, body: 1 }],
    ['a statement whose signatures are no list', { ...statement, signatures: bytes }],
    ['a statement whose signatures are no bytes', { ...statement, signatures: [1] }],
    [
      'a statement with too many signatures',
      { ...statement, signatures: Array<Uint8Array>(33).fill(bytes) },
    ],
    ['a statement with a member more', { ...statement, more: 1 }],
    ['a statement whose attachment is no bytes', { ...statement, attachment: 1 }],
    ['an event with members missing', { kind: 'event' }],
    [
      'an event with members of another form',
      {
        kind: 'event',
        header: 1,
        signature: 1,
        routing: 1,
        descriptors: 1,
        bodies: 1,
        openings: 1,
      },
    ],
  ])('is refused when it is %s', (_case, value) => {
    expect(parseChainEntry(encodeCbor(value))).toMatchObject({ refused: 'entry-malformed' });
  });

  it('is refused when it is too large or not canonical', () => {
    expect(parseChainEntry(new Uint8Array(900_001))).toMatchObject({ refused: 'too-large' });
    expect(parseChainEntry(Uint8Array.of(0x18, 0x17))).toMatchObject({
      refused: 'entry-not-canonical',
    });
  });
});

describe('a container', () => {
  it('is read as it was written', () => {
    expect(formatContainer(w.container)).toEqual(w.sealed.container);
  });

  const digest = 'a'.repeat(64) as Digest;
  const whole = (changes: Readonly<Record<string, Cbor>>): Uint8Array =>
    encodeCbor({
      kind: 'event',
      header: bytes,
      signature: bytes,
      routing: bytes,
      descriptors: [],
      bodies: {},
      openings: {},
      wraps: {},
      ...changes,
    });
  const long = new Uint8Array(32);
  it.each<[string, Readonly<Record<string, Cbor>>]>([
    ['a body under no digest', { bodies: { x: bytes } }],
    ['a body that is no bytes', { bodies: { [digest]: 1 } }],
    ['an opening of two parts', { openings: { [digest]: [[long, long]] } }],
    ['an opening of four parts', { openings: { [digest]: [[long, long, long, long]] } }],
    ['an opening of short parts', { openings: { [digest]: [[long, long, bytes]] } }],
    ['wraps that are a list', { wraps: { [digest]: [] } }],
    [
      'more bodies than compartments',
      {
        bodies: Object.fromEntries(
          Array.from({ length: 17 }, (_, at) => [String(at).padStart(64, '0'), bytes]),
        ),
      },
    ],
    ['more descriptors than compartments', { descriptors: Array<Uint8Array>(17).fill(bytes) }],
    ['a header that is no bytes', { header: 1 }],
  ])('is refused with %s', (_case, changes) => {
    expect(parseContainer(whole(changes))).toMatchObject({ refused: 'container-malformed' });
  });

  it('is refused when it is too large, not canonical or no map', () => {
    expect(parseContainer(new Uint8Array(900_001))).toMatchObject({ refused: 'too-large' });
    expect(parseContainer(Uint8Array.of(0x18, 0x17))).toMatchObject({
      refused: 'container-not-canonical',
    });
    expect(parseContainer(Uint8Array.of(0xf6))).toMatchObject({ refused: 'container-malformed' });
    expect(parseContainer(whole({}))).toMatchObject({ descriptors: [] });
  });
});

describe('an entitled part', () => {
  it('is read as it was written, with an opening or without', () => {
    const own = w.part(w.sealed, w.reader, ['core']);
    const granted = w.part(w.sealed, w.other, ['core']);
    expect(own.compartments[0]?.opening?.agency).toBe(w.reader.fingerprint);
    expect(granted.compartments[0]?.opening).toBeUndefined();
    for (const part of [own, granted]) expect(parseEntitled(formatEntitled(part))).toEqual(part);
  });

  const part = (compartment: Cbor, more: Readonly<Record<string, Cbor>> = {}): Uint8Array =>
    encodeCbor({ header: bytes, signature: bytes, compartments: [compartment], ...more });
  it.each<[string, Uint8Array]>([
    ['a member more', part({ descriptor: bytes, body: bytes }, { more: 1 })],
    ['a header that is no bytes', part({ descriptor: bytes, body: bytes }, { header: 1 })],
    ['a compartment that is no map', part(1)],
    ['a compartment without a body', part({ descriptor: bytes })],
    ['a compartment without a descriptor', part({ body: bytes })],
    ['a compartment with a member more', part({ descriptor: bytes, body: bytes, more: 1 })],
    ['an opening of another form', part({ descriptor: bytes, body: bytes, opening: 1 })],
    [
      'an opening and a member more',
      part({
        descriptor: bytes,
        body: bytes,
        opening: [new Uint8Array(32), new Uint8Array(32), new Uint8Array(32)],
        more: 1,
      }),
    ],
    ['nothing', encodeCbor(1)],
  ])('is refused with %s', (_case, encoded) => {
    expect(parseEntitled(encoded)).toMatchObject({ refused: 'entitled-malformed' });
  });

  it('is refused when it is too large or not canonical', () => {
    expect(parseEntitled(new Uint8Array(900_001))).toMatchObject({ refused: 'too-large' });
    expect(parseEntitled(Uint8Array.of(0x18, 0x17))).toMatchObject({
      refused: 'entitled-not-canonical',
    });
  });
});

describe('a statement', () => {
  const verified = async (
    signers: readonly ('author' | 'reader' | 'other' | 'stranger')[],
    threshold: number,
    change: (written: Uint8Array) => Uint8Array = (same) => same,
    kind = 'registry',
  ): Promise<unknown> => {
    const signed = await Promise.all(
      signers.map(async (name) => signStatement(w.openpgp, 'registry', { v: 1 }, w[name].signing)),
    );
    const roots = [w.author, w.reader, w.other].map(({ certificate }) => certificate);
    return verifyStatement(
      w.openpgp,
      kind,
      change(signed[0]?.bytes ?? utf8('{"v":1}')),
      signed.map(({ signature }) => signature),
      roots,
      threshold,
    );
  };

  it('is believed when enough signed it', async () => {
    expect(await verified(['author', 'other'], 2)).toEqual({
      body: { v: 1 },
      signers: [w.author.fingerprint, w.other.fingerprint],
    });
  });

  it.each([
    ['too few signed it', 'below-threshold', async () => verified(['author'], 2)],
    [
      'too many signed it',
      'below-threshold',
      async () => verified(Array<'author'>(33).fill('author'), 1),
    ],
    ['one signed it twice', 'signer-repeated', async () => verified(['author', 'author'], 2)],
    [
      'a stranger signed it too',
      'unknown-signer',
      async () => verified(['author', 'other', 'stranger'], 2),
    ],
    [
      'it was signed as another kind',
      'bad-signature',
      async () => verified(['author'], 1, undefined, 'policy'),
    ],
    ['it was changed', 'bad-signature', async () => verified(['author'], 1, () => utf8('{"v":2}'))],
  ])('is refused when %s', async (_case, refused, attempt) => {
    expect(await attempt()).toMatchObject({ refused });
  });

  it.each([
    ['not canonical', '{ "v":1}', 'statement-not-canonical'],
    ['no object', '[1]', 'statement-malformed'],
    ['no JSON', '{', 'statement-malformed'],
  ])('is refused when its own signer wrote what is %s', async (_case, text, refused) => {
    const { mediaType, pae } = await import('./index.js');
    const signature = await w.openpgp.sign(
      pae(mediaType('registry'), utf8(text)),
      w.author.signing,
    );
    expect(
      await verifyStatement(
        w.openpgp,
        'registry',
        utf8(text),
        [signature],
        [w.author.certificate],
        1,
      ),
    ).toMatchObject({ refused });
  });

  it('cannot be asked for with a threshold of none', async () => {
    await expect(verified([], 0)).rejects.toThrow(RangeError);
  });
});
