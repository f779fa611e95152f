// How many mutations: TRIPOINT_MUTATIONS of each kind, a few hundred unless told.
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Digest, isRefusal, type Refusal } from '@tripoint/kernel';
import {
  admit,
  type Container,
  entitle,
  type Entitled,
  type EventEntry,
  formatChainEntry,
  formatContainer,
  formatEntitled,
  NO_PREVIOUS_HEADER,
  open,
  OpenPgpJs,
  parseChainEntry,
  parseContainer,
  parseEntitled,
  type Random,
  sameBytes,
  Sealer,
  type Sealed,
} from './index.js';
import {
  accepted,
  below,
  compartment,
  draft,
  enrol,
  mutated,
  registry,
  seeded,
  type TestAgency,
} from './testing/index.js';

const COUNT = Number(process.env['TRIPOINT_MUTATIONS'] ?? 200);
jest.setTimeout(10_000 + COUNT * 5);

const openpgp = new OpenPgpJs();
let author: TestAgency;
let reader: TestAgency;
let sealed: Sealed;
let container: Container;
let entryBytes: Uint8Array;
let part: Entitled;
let wraps: ReadonlyMap<Digest, Uint8Array>;

beforeAll(async () => {
  author = await enrol(openpgp, 'gr-police');
  reader = await enrol(openpgp, 'bg-border-police');
  const sealer = new Sealer(openpgp, seeded('mutations'));
  const both = [author.recipient, reader.recipient];
  const prepared = accepted(
    await sealer.prepare(
      draft(author, [compartment('core', both), compartment('source', [author.recipient])]),
    ),
  );
  const place = { chain: author.chain, seq: 0, prev: NO_PREVIOUS_HEADER };
  sealed = await sealer.finish(prepared, place, author.signing);
  container = accepted(parseContainer(sealed.container));
  const entry: EventEntry = { kind: 'event', ...container };
  entryBytes = formatChainEntry(entry);
  const core = sealed.compartments.filter(({ name }) => name === 'core');
  const digests = core.map(({ descriptorDigest }) => descriptorDigest);
  part = entitle(entry, digests, reader.fingerprint);
  wraps = new Map(
    core.map(({ descriptorDigest, wraps }) => [descriptorDigest, wraps.get(reader.fingerprint)!]),
  );
});

const admitted = async (bytes: Uint8Array): Promise<unknown> =>
  admit(openpgp, bytes, registry(author, reader));

const opened = async (entitled: Entitled, own: typeof wraps): Promise<unknown> =>
  open(openpgp, entitled, own, {
    certificatesOf: (issuer) => (issuer === author.id ? [author.certificate] : []),
    key: reader.decryption,
    own: reader.fingerprint,
  });

/** Runs every mutation and counts how each was refused; what is not refused is counted as accepted. */
const outcomes = async (
  seed: string,
  mutate: (random: Random) => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> => {
  const random = seeded(seed);
  const counts = new Map<string, number>();
  for (let count = 0; count < COUNT; count++) {
    const outcome = await mutate(random);
    const code = isRefusal(outcome) ? (outcome as Refusal).refused : 'accepted';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
};

const expectAllRefused = (counts: ReadonlyMap<string, number>): void => {
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(COUNT);
  expect(counts.get('accepted')).toBeUndefined();
  expect(counts.size).toBeGreaterThan(1);
};

const changed = <T>(list: readonly T[], at: number, change: (member: T) => T): readonly T[] =>
  list.map((member, index) => (index === at ? change(member) : member));

const changedMap = <K, T>(
  map: ReadonlyMap<K, T>,
  random: Random,
  change: (value: T) => T,
): ReadonlyMap<K, T> => {
  const at = below(random, map.size);
  return new Map(
    [...map].map(([key, value], index) => [key, index === at ? change(value) : value]),
  );
};

describe('a mutated envelope', () => {
  it('is as it was sealed before anything is mutated', async () => {
    expect(isRefusal(await admitted(sealed.container))).toBe(false);
    expect(isRefusal(await opened(part, wraps))).toBe(false);
  });

  it('is refused by the registrar whatever bytes are damaged', async () => {
    expectAllRefused(
      await outcomes('bytes', async (random) => admitted(mutated(sealed.container, random))),
    );
  });

  it('is refused by the registrar whatever part is damaged and packed again', async () => {
    const damage = (random: Random): Container => {
      const hurt = (bytes: Uint8Array): Uint8Array => mutated(bytes, random);
      const at = below(random, container.descriptors.length);
      const kinds: (() => Container)[] = [
        () => ({ ...container, header: hurt(container.header) }),
        () => ({ ...container, signature: hurt(container.signature) }),
        () => ({ ...container, routing: hurt(container.routing) }),
        () => ({ ...container, descriptors: changed(container.descriptors, at, hurt) }),
        () => ({ ...container, bodies: changedMap(container.bodies, random, hurt) }),
        () => ({
          ...container,
          wraps: changedMap(container.wraps, random, (wraps) => changedMap(wraps, random, hurt)),
        }),
        () => ({
          ...container,
          openings: changedMap(container.openings, random, (openings) =>
            changed(openings, below(random, openings.length), (opening) => ({
              ...opening,
              salt: Buffer.from(random(32)).toString('hex') as Digest,
            })),
          ),
        }),
        () => ({
          ...container,
          openings: changedMap(container.openings, random, (list) => list.slice(1)),
        }),
        () => ({ ...container, descriptors: [...container.descriptors].reverse() }),
        () => ({
          ...container,
          bodies: new Map(
            [...container.bodies.keys()].map((key, index, keys) => [
              key,
              container.bodies.get(keys[(index + 1) % keys.length]!)!,
            ]),
          ),
        }),
      ];
      return kinds[below(random, kinds.length)]!();
    };
    expectAllRefused(
      await outcomes('structure', async (random) => admitted(formatContainer(damage(random)))),
    );
  });

  it('is refused by the recipient whatever was done to its delivery', async () => {
    const bytes = formatEntitled(part);
    expectAllRefused(
      await outcomes('delivery', async (random) => {
        const kind = below(random, 3);
        if (kind === 0)
          return opened(
            part,
            changedMap(wraps, random, (wrap) => mutated(wrap, random)),
          );
        if (kind === 1) {
          const entitled = parseEntitled(mutated(bytes, random));
          return isRefusal(entitled) ? entitled : opened(entitled, wraps);
        }
        const hurt = (member: Uint8Array): Uint8Array => mutated(member, random);
        const parts: (() => Entitled)[] = [
          () => ({ ...part, header: hurt(part.header) }),
          () => ({ ...part, signature: hurt(part.signature) }),
          () => ({
            ...part,
            compartments: part.compartments.map((one) => ({
              ...one,
              descriptor: hurt(one.descriptor),
            })),
          }),
          () => ({
            ...part,
            compartments: part.compartments.map((one) => ({ ...one, body: hurt(one.body) })),
          }),
        ];
        return opened(parts[below(random, parts.length)]!(), wraps);
      }),
    );
  });
});

describe('a mutated chain entry', () => {
  it('is refused, or is another entry down to its last byte', () => {
    const random = seeded('entry');
    let differing = 0;
    for (let count = 0; count < COUNT; count++) {
      const bytes = mutated(entryBytes, random);
      const entry = parseChainEntry(bytes);
      if (!isRefusal(entry) && !sameBytes(formatChainEntry(entry), bytes)) differing++;
    }
    expect(differing).toBe(0);
  });
});
