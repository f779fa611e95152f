import { describe, expect, it } from '@jest/globals';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { canonical } from '@tripoint/envelope';
import fc from 'fast-check';
import { formatDelivery, formatSubmission, parseDelivery, parseSubmission } from './crossing.js';
import {
  formatLeaf,
  formatLogEntry,
  formatOrigin,
  type Leaf,
  LEAF_KINDS,
  originDigest,
  parseLeaf,
  parseLogEntry,
  parseOrigin,
  recordDigest,
  recordDigests,
} from './leaf.js';
import {
  formatMailboxEnd,
  formatSignedCountersignature,
  parseCountersignature,
  parseCountersigned,
  parseMailboxEnd,
  parseSignedCountersignature,
} from './countersignature.js';
import {
  formatMailboxEntry,
  type MailboxEntry,
  NO_PREVIOUS,
  parseMailboxEntry,
} from './mailbox.js';

const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex') as Digest);
const sortedDigests = (maxLength: number) =>
  fc.uniqueArray(digest, { maxLength }).map((digests) => digests.sort());
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const index = fc.nat({ max: 1_000_000 });
const bytes = fc.uint8Array({ maxLength: 200 });
const salted = fc.record({ salt: fc.uint8Array({ minLength: 32, maxLength: 32 }), record: bytes });
const time = '2026-03-01T10:00:00.000Z' as Instant;

const leaf: fc.Arbitrary<Leaf> = fc.record({
  v: fc.constant(1 as const),
  kind: fc.constantFrom(...LEAF_KINDS),
  index,
  time: fc.constant(time),
  nonce: digest,
  entry: fc.option(digest),
  signature: fc.option(digest),
  origin: fc.option(digest),
  late: fc.boolean(),
  code: fc.option(fc.constantFrom('issuer-revoked', 'entry-malformed')),
  records: sortedDigests(8),
});

const mailbox: fc.Arbitrary<MailboxEntry> = fc.record({
  v: fc.constant(1 as const),
  agency: fc.constant('gr-police' as AgencyId),
  number: index,
  previous: digest,
  leaf: index,
  leafHash: digest,
  entitled: sortedDigests(4),
});

const delivery = fc.record({
  kind: fc.constant('entry' as const),
  mailbox: bytes,
  leaf: bytes,
  proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 20 }),
  checkpoint: fc.string(),
  source: fc.option(bytes),
  origin: fc.option(bytes),
  wraps: fc.array(fc.record({ descriptor: digest, wrap: bytes }), { maxLength: 4 }),
  erased: fc.array(digest, { maxLength: 4 }),
  records: fc.array(salted, { maxLength: 4 }),
  granted: fc.option(
    fc.record({
      leaf: bytes,
      proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 3 }),
      source: bytes,
    }),
  ),
});

/** Any one-byte change of well-formed bytes either is refused or reads as something that is written just so. */
const survives = <T>(
  made: fc.Arbitrary<T>,
  format: (value: T) => Uint8Array,
  parse: (bytes: Uint8Array) => unknown,
): void => {
  fc.assert(
    fc.property(made, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, flip) => {
      const written = Uint8Array.from(format(value));
      expect(parse(written)).toEqual(value);
      const place = at % written.length;
      written[place] = (written[place] ?? 0) ^ flip;
      const read = parse(written);
      if (!isRefusal(read))
        expect(Buffer.from(format(read as T)).equals(Buffer.from(written))).toBe(true);
    }),
    { numRuns: 200 },
  );
};

describe('a leaf', () => {
  it('is read just as it was written, and no other way', () => {
    survives(leaf, formatLeaf, parseLeaf);
  });

  it.each<[string, (leaf: Leaf) => unknown]>([
    ['has a member too many', (one) => ({ ...one, extra: 1 })],
    ['is of another version', (one) => ({ ...one, v: 2 })],
    ['is of an unknown kind', (one) => ({ ...one, kind: 'gossip' })],
    ['has a negative index', (one) => ({ ...one, index: -1 })],
    [
      'names its records out of order',
      (one) => ({ ...one, records: ['b'.repeat(64), 'a'.repeat(64)] }),
    ],
    ['names a record twice', (one) => ({ ...one, records: ['a'.repeat(64), 'a'.repeat(64)] })],
    ['has a time without milliseconds', (one) => ({ ...one, time: '2026-03-01T10:00:00Z' })],
  ])('is refused when it %s', (_what, change) => {
    const [one] = fc.sample(leaf, { numRuns: 1, seed: 7 });
    if (one === undefined) throw new Error('no sample');
    expect(parseLeaf(formatLeaf(change(one) as Leaf))).toMatchObject({ refused: 'malformed-leaf' });
  });

  it('commits to its records one by one, and hides how many there are', () => {
    fc.assert(
      fc.property(fc.array(salted, { minLength: 1, maxLength: 20 }), (records) => {
        const digests = recordDigests(records);
        expect(digests).toHaveLength(records.length > 16 ? 64 : 16);
        expect(digests).toEqual([...digests].sort());
        for (const record of records) expect(digests).toContain(recordDigest(record));
      }),
    );
    expect(recordDigests([])).toEqual([]);
  });

  it('commits to a salt and not to the record alone', () => {
    const record = new Uint8Array([1, 2, 3]);
    const salt = new Uint8Array(32);
    const other = Uint8Array.from(salt, () => 1);
    expect(recordDigest({ salt, record })).not.toBe(recordDigest({ salt: other, record }));
  });
});

describe('an origin', () => {
  it('is read just as it was written, and is told apart by its salt', () => {
    const origin = {
      v: 1 as const,
      salt: NO_PREVIOUS,
      chain: 'gr-police-1' as ChainId,
      revision: 4,
    };
    const written = formatOrigin(origin);
    expect(parseOrigin(written)).toEqual(origin);
    const salt = 'f'.repeat(64) as Digest;
    expect(originDigest(formatOrigin({ ...origin, salt }))).not.toBe(originDigest(written));
    expect(parseOrigin(formatOrigin({ ...origin, revision: -4 }))).toMatchObject({
      refused: 'malformed-origin',
    });
  });
});

describe('a log entry', () => {
  it('is read just as it was written, and no other way', () => {
    survives(
      fc.record({
        leaf: bytes,
        origin: fc.option(bytes),
        records: fc.array(salted, { maxLength: 6 }),
      }),
      formatLogEntry,
      parseLogEntry,
    );
  });
});

describe('a mailbox line', () => {
  it('is read just as it was written, and no other way', () => {
    survives(mailbox, formatMailboxEntry, parseMailboxEntry);
  });
});

describe('a countersignature', () => {
  it('is read just as it was written, and no other way', () => {
    survives(
      fc.record({ v: fc.constant(1 as const), salt: digest, number: index, head: digest }),
      formatMailboxEnd,
      parseMailboxEnd,
    );
    survives(
      fc.record({ body: bytes, signature: bytes, mailbox: fc.option(bytes) }),
      formatSignedCountersignature,
      parseSignedCountersignature,
    );
    survives(
      fc.record({
        v: fc.constant(1 as const),
        agency: fc.constant('gr-police' as AgencyId),
        leaf: index,
        leafHash: digest,
        mailbox: digest,
        at: fc.constant(time),
      }),
      canonical,
      parseCountersignature,
    );
    survives(
      fc.record({
        v: fc.constant(1 as const),
        seq: index,
        prev: digest,
        at: fc.constant(time),
        countersignature: digest,
      }),
      canonical,
      parseCountersigned,
    );
  });
});

describe('what crosses the bus', () => {
  it('is read just as it was written, and no other way', () => {
    survives(delivery, formatDelivery, parseDelivery);
    survives(
      fc.record({ kind: fc.constant('head' as const), nonce: bytes, note: fc.string() }),
      formatDelivery,
      parseDelivery,
    );
    survives(
      fc.record({ kind: fc.constant('quarantined' as const), note: fc.string() }),
      formatDelivery,
      parseDelivery,
    );
    survives(
      fc.record({
        kind: fc.constant('cosigned' as const),
        note: fc.string(),
        proofs: fc.array(fc.record({ from: index, hashes: fc.array(hash, { maxLength: 20 }) }), {
          maxLength: 64,
        }),
      }),
      formatDelivery,
      parseDelivery,
    );
    survives(
      fc.oneof(
        fc.record({ kind: fc.constant('container' as const), bytes }),
        fc.record({ kind: fc.constant('resume' as const), from: index }),
        fc.record({
          kind: fc.constant('countersign' as const),
          body: bytes,
          signature: bytes,
          mailbox: bytes,
        }),
        fc.record({
          kind: fc.constant('prove' as const),
          sizes: fc.array(index, { maxLength: 64 }),
        }),
        fc.record({
          kind: fc.constant('hello' as const),
          chain: fc.constant('gr-police-1' as ChainId),
          nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
        }),
      ),
      formatSubmission,
      parseSubmission,
    );
  });

  it('is refused when it asks for too many proofs, or brings too many', () => {
    const sizes = Array.from({ length: 65 }, (_, size) => size);
    expect(parseSubmission(formatSubmission({ kind: 'prove', sizes }))).toHaveProperty('refused');
    const delivery = (proofs: readonly { from: number; hashes: Uint8Array[] }[]): unknown =>
      parseDelivery(formatDelivery({ kind: 'cosigned', note: '', proofs }));
    expect(delivery(sizes.map((from) => ({ from, hashes: [] })))).toHaveProperty('refused');
    expect(delivery([{ from: 0, hashes: [new Uint8Array(31)] }])).toHaveProperty('refused');
    const hashes = Array.from({ length: 65 }, () => new Uint8Array(32));
    expect(delivery([{ from: 0, hashes }])).toHaveProperty('refused');
  });

  it('is refused when it is random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        for (const parse of [
          parseDelivery,
          parseSubmission,
          parseLogEntry,
          parseLeaf,
          parseMailboxEntry,
        ])
          expect(isRefusal(parse(noise))).toBe(true);
      }),
    );
  });
});
