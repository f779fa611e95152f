import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Fingerprint,
  isRefusal,
} from '@tripoint/kernel';
import {
  canonical,
  concat,
  type Container,
  encodeCbor,
  formatChainEntry,
  formatContainer,
  type Header,
  type Json,
  mediaType,
  NO_PREVIOUS_HEADER,
  pae,
  parseChainEntry,
  parseDescriptor,
  parseHeader,
  place,
  rewrap,
  Sealer,
  sealVoid,
  sha256,
  type Routing,
  utf8,
} from './index.js';
import {
  accepted,
  compartment,
  draft,
  frame,
  seeded,
  type TestAgency,
  type World,
  world,
} from './testing/index.js';

let w: World;
beforeAll(async () => {
  w = await world();
});

/** The container with another header, signed by whoever attacks. */
const resigned = async (
  header: Json,
  by: TestAgency,
  kind = 'header',
  base = w.container,
): Promise<Container> => {
  const bytes = canonical(header);
  return {
    ...base,
    header: bytes,
    signature: await w.openpgp.sign(pae(mediaType(kind), bytes), by.signing),
  };
};
const header = (): Header => accepted(parseHeader(w.container.header));
const rerouted = async (
  changes: Partial<Routing>,
  by: TestAgency,
  issuer: AgencyId,
): Promise<Container> => {
  const routing = canonical({ ...w.sealed.routing, ...changes });
  return resigned({ ...header(), issuer, routing: sha256(routing) }, by, 'header', {
    ...w.container,
    routing,
  });
};
/** The container with one descriptor changed and everything named after it renamed, signed by the author. */
const redescribed = async (
  name: string,
  changes: Readonly<Record<string, Json>>,
  parts: Partial<Container> = {},
): Promise<Container> => {
  const base = { ...w.container, ...parts };
  const renamed = new Map<Digest, Digest>();
  const descriptors = base.descriptors.map((bytes) => {
    const descriptor = accepted(parseDescriptor(bytes));
    if (descriptor.name !== name) return bytes;
    const changed = canonical({ ...descriptor, ...changes });
    renamed.set(sha256(bytes), sha256(changed));
    return changed;
  });
  const now = (digest: Digest): Digest => renamed.get(digest) ?? digest;
  const rekeyed = <T>(map: ReadonlyMap<Digest, T>): ReadonlyMap<Digest, T> =>
    new Map([...map].map(([digest, value]) => [now(digest), value]));
  return resigned(
    { ...header(), compartments: header().compartments.map(now).sort() },
    w.author,
    'header',
    {
      ...base,
      descriptors: [...descriptors].sort((a, b) => (sha256(a) < sha256(b) ? -1 : 1)),
      bodies: rekeyed(base.bodies),
      openings: rekeyed(base.openings),
      wraps: rekeyed(base.wraps),
    },
  );
};
const digestOf = (name: string): Digest =>
  w.sealed.compartments.find((one) => one.name === name)!.descriptorDigest;
const replaced = <T>(
  map: ReadonlyMap<Digest, T>,
  name: string,
  value: (before: T) => T,
): ReadonlyMap<Digest, T> =>
  new Map(
    [...map].map(([digest, before]) => [
      digest,
      digest === digestOf(name) ? value(before) : before,
    ]),
  );
const without = <T>(map: ReadonlyMap<Digest, T>, name: string): ReadonlyMap<Digest, T> =>
  new Map([...map].filter(([digest]) => digest !== digestOf(name)));

describe('an envelope at the registrar', () => {
  it('is admitted as it was sealed', async () => {
    const admitted = accepted(await w.admitted(w.sealed.container));
    expect(admitted).toMatchObject({
      kind: 'event',
      headerDigest: w.sealed.headerDigest,
      signer: w.author.fingerprint,
      signingSubkey: w.author.certificate.signing[0],
      routing: w.sealed.routing,
    });
  });

  it.each<[string, string, () => Promise<Container> | Container]>([
    [
      'signs with a key nobody enrolled',
      'unknown-signer',
      async () => resigned(header(), w.stranger),
    ],
    ['signs with another agency’s key', 'unknown-signer', async () => resigned(header(), w.reader)],
    [
      'signs for another kind of statement',
      'bad-signature',
      async () => resigned(header(), w.author, 'void'),
    ],
    [
      'signs another header',
      'bad-signature',
      () => ({ ...w.container, header: canonical({ ...header(), schema: 2 }) }),
    ],
    [
      'puts a second signature beside the first',
      'signature-profile',
      () => ({ ...w.container, signature: concat(w.container.signature, w.container.signature) }),
    ],
    [
      'signs as text',
      'signature-profile',
      () => ({
        ...w.container,
        signature: w.container.signature.map((octet, at) => (at === 3 ? 1 : octet)),
      }),
    ],
    [
      'signs in version 4',
      'signature-profile',
      () => ({
        ...w.container,
        signature: w.container.signature.map((octet, at) => (at === 2 ? 4 : octet)),
      }),
    ],
    [
      'signs in version 3',
      'signature-profile',
      () => ({
        ...w.container,
        signature: w.container.signature.map((octet, at) => (at === 2 ? 3 : octet)),
      }),
    ],
    [
      'signs with SHA-256',
      'signature-profile',
      () => ({
        ...w.container,
        signature: w.container.signature.map((octet, at) => (at === 5 ? 8 : octet)),
      }),
    ],
    [
      'takes the authorship',
      'descriptor-mismatch',
      async () =>
        resigned(
          {
            ...header(),
            compartments: header()
              .compartments.map((digest) => sha256(new TextEncoder().encode(digest)))
              .sort(),
          },
          w.reader,
        ),
    ],
    [
      'takes a chain that is not the issuer’s',
      'unknown-chain',
      async () => rerouted({ chain: w.reader.chain }, w.author, w.author.id),
    ],
    [
      'names an issuer whose chain it is not',
      'unknown-chain',
      async () => rerouted({}, w.reader, w.reader.id),
    ],
    [
      'takes a chain that nobody has',
      'unknown-chain',
      async () => rerouted({ chain: 'nobody-1' as ChainId }, w.author, w.author.id),
    ],
    [
      'gives it another place',
      'routing-mismatch',
      () => ({ ...w.container, routing: canonical({ ...w.sealed.routing, seq: 7 }) }),
    ],
    [
      'adds a member to the header',
      'header-malformed',
      async () => resigned({ ...header(), extra: 1 }, w.author),
    ],
    [
      'calls a member of the header refused',
      'header-malformed',
      async () => resigned({ refused: 'json-not-canonical', detail: '' }, w.author),
    ],
    [
      'dates it on a day that is not',
      'header-malformed',
      async () => resigned({ ...header(), at: '2026-02-30T00:00:00.000Z' }, w.author),
    ],
    [
      'dates it in a year that no calendar has, at which a database would stop',
      'header-malformed',
      async () => resigned({ ...header(), at: '0000-01-01T00:00:00.000Z' }, w.author),
    ],
    [
      'does not pad the compartments',
      'header-malformed',
      async () => resigned({ ...header(), compartments: header().compartments.slice(1) }, w.author),
    ],
    [
      'adds a space to the header',
      'header-not-canonical',
      () => ({ ...w.container, header: concat(w.container.header, Uint8Array.of(0x20)) }),
    ],
    [
      'adds a space to the routing',
      'routing-not-canonical',
      () => ({ ...w.container, routing: concat(w.container.routing, Uint8Array.of(0x20)) }),
    ],
    [
      'empties the routing',
      'routing-malformed',
      () => ({ ...w.container, routing: canonical({}) }),
    ],
    [
      'adds a space to a descriptor',
      'descriptor-not-canonical',
      () => ({
        ...w.container,
        descriptors: w.container.descriptors.map((bytes) => concat(bytes, Uint8Array.of(0x20))),
      }),
    ],
    [
      'empties a descriptor',
      'descriptor-malformed',
      () => ({ ...w.container, descriptors: [canonical({})] }),
    ],
    ['says nothing', 'descriptor-mismatch', () => ({ ...w.container, descriptors: [] })],
    [
      'turns the descriptors round',
      'descriptor-mismatch',
      () => ({ ...w.container, descriptors: [...w.container.descriptors].reverse() }),
    ],
    [
      'gives a descriptor twice',
      'descriptor-mismatch',
      () => ({
        ...w.container,
        descriptors: w.container.descriptors.flatMap((bytes) => [bytes, bytes]),
      }),
    ],
    [
      'gives two compartments one name',
      'compartment-repeated',
      async () => redescribed('source', { name: 'core' }),
    ],
    [
      'states facts outside the schema',
      'facts-not-in-schema',
      async () => redescribed('core', { facts: { outside: true } }),
    ],
    [
      'leaves a descriptor out',
      'parts-mismatch',
      () => ({ ...w.container, descriptors: w.container.descriptors.slice(1) }),
    ],
    [
      'leaves a body out',
      'parts-mismatch',
      () => ({ ...w.container, bodies: without(w.container.bodies, 'core') }),
    ],
    [
      'leaves the openings out',
      'parts-mismatch',
      () => ({ ...w.container, openings: without(w.container.openings, 'core') }),
    ],
    [
      'leaves the wraps out',
      'parts-mismatch',
      () => ({ ...w.container, wraps: without(w.container.wraps, 'core') }),
    ],
    [
      'opens nothing',
      'parts-mismatch',
      () => ({
        ...w.container,
        openings: replaced(w.container.openings, 'core', () => []),
        wraps: replaced(w.container.wraps, 'core', () => new Map()),
      }),
    ],
    [
      'opens one agency twice',
      'parts-mismatch',
      () => ({
        ...w.container,
        openings: replaced(w.container.openings, 'core', ([one]) => [one!, one!]),
      }),
    ],
    [
      'opens the agencies out of order',
      'parts-mismatch',
      () => ({
        ...w.container,
        openings: replaced(w.container.openings, 'core', (list) => [...list].reverse()),
      }),
    ],
    [
      'opens for one and wraps for another',
      'parts-mismatch',
      () => ({
        ...w.container,
        openings: replaced(w.container.openings, 'source', ([one]) => [
          { ...one!, agency: w.reader.fingerprint },
        ]),
      }),
    ],
    [
      'opens with another salt',
      'opening-mismatch',
      () => ({
        ...w.container,
        openings: replaced(w.container.openings, 'core', (list) =>
          list.map((one) => ({ ...one, salt: NO_PREVIOUS_HEADER })),
        ),
      }),
    ],
    [
      'swaps the bodies of two compartments',
      'body-mismatch',
      () => ({
        ...w.container,
        bodies: new Map(
          [...w.container.bodies.keys()].map((key, at, keys) => [
            key,
            w.container.bodies.get(keys[1 - at]!)!,
          ]),
        ),
      }),
    ],
    ['says another length', 'body-mismatch', async () => redescribed('core', { length: 1 })],
    [
      'hands a wrap to another agency',
      'wrap-mismatch',
      () => ({
        ...w.container,
        wraps: replaced(
          w.container.wraps,
          'core',
          (wraps) =>
            new Map([...wraps.keys()].map((key, at, keys) => [key, wraps.get(keys[1 - at]!)!])),
        ),
      }),
    ],
  ])('is refused when someone %s', async (_attack, refused, attack) => {
    expect(await w.admitted(formatContainer(await attack()))).toMatchObject({ refused });
  });

  /** What the author signs itself, with another body or wrap than the profile allows. */
  const withBody = async (change: (body: Uint8Array) => Uint8Array): Promise<Container> => {
    const body = change(w.container.bodies.get(digestOf('core'))!);
    return redescribed(
      'core',
      { body: sha256(body), length: body.length },
      { bodies: replaced(w.container.bodies, 'core', () => body) },
    );
  };
  const octet =
    (at: number, value: number) =>
    (body: Uint8Array): Uint8Array =>
      body.map((before, index) => (index === at ? value : before));

  it.each<[string, (body: Uint8Array) => Uint8Array]>([
    ['SEIPD version 1', octet(3, 1)],
    ['AES-128', octet(4, 7)],
    ['OCB', octet(5, 2)],
    ['EAX', octet(5, 1)],
    ['tiny chunks', octet(6, 0)],
    ['a compressed packet', octet(0, 0xc8)],
    ['an old symmetrically encrypted packet', octet(0, 0xc9)],
    ['a password’s session key packet', (body) => concat(Uint8Array.of(0xc3, 1, 4), body)],
    [
      'a session key packet beside the body',
      (body) => concat(w.container.wraps.get(digestOf('core'))!.get(w.reader.fingerprint)!, body),
    ],
    ['two bodies', (body) => concat(body, body)],
    ['octets after the body', (body) => concat(body, Uint8Array.of(0))],
    ['the legacy packet format', octet(0, 0x92)],
    [
      'a longer length than needed',
      (body) =>
        concat(
          Uint8Array.of(0xd2, 0xff, 0, 0, (body.length - 3) >> 8, (body.length - 3) & 255),
          body.subarray(3),
        ),
    ],
    [
      'partial lengths',
      (body) =>
        concat(
          Uint8Array.of(0xd2, 0xea),
          body.subarray(3, 3 + 1024),
          Uint8Array.of(body.length - 3 - 1024),
          body.subarray(3 + 1024),
        ),
    ],
    ['nothing', () => new Uint8Array()],
    ['a length that lies', octet(1, 0xdf)],
  ])('is refused when its author downgrades the body to %s', async (_attack, change) => {
    expect(await w.admitted(formatContainer(await withBody(change)))).toMatchObject({
      refused: 'body-profile',
    });
  });

  /** An envelope for reader and author whose wrap for the author's own `source` is `wrap`. */
  const withWrap = async (wrap: Uint8Array, agency: Fingerprint): Promise<Container> => {
    const { audienceDigest } = await import('./commitment.js');
    const opening = { agency, salt: sha256(), wrap: sha256(wrap) };
    const to = [
      audienceDigest(opening.salt, agency, opening.wrap),
      ...['1', '2', '3'].map((digit) => digit.repeat(64) as Digest),
    ].sort();
    return redescribed(
      'source',
      { to },
      {
        openings: replaced(w.container.openings, 'source', () => [opening]),
        wraps: replaced(w.container.wraps, 'source', () => new Map([[agency, wrap]])),
      },
    );
  };

  it.each<[string, string, () => readonly [Uint8Array, Fingerprint]]>([
    [
      'in version 3',
      'wrap-profile',
      () => [ownWrap().map((octet, at) => (at === 2 ? 3 : octet)), w.author.fingerprint],
    ],
    [
      'for a version 4 key',
      'wrap-profile',
      () => [ownWrap().map((octet, at) => (at === 4 ? 4 : octet)), w.author.fingerprint],
    ],
    [
      'of a 16 byte key',
      'wrap-profile',
      () => [ownWrap().map((octet, at) => (at === 70 ? 24 : octet)), w.author.fingerprint],
    ],
    [
      'with octets after it',
      'wrap-profile',
      () => [concat(ownWrap(), Uint8Array.of(0)), w.author.fingerprint],
    ],
    ['for nobody', 'unknown-recipient', () => [ownWrap(), w.stranger.fingerprint]],
    ['for another agency’s subkey', 'unregistered-subkey', () => [ownWrap(), w.reader.fingerprint]],
  ])('is refused when its author wraps a key %s', async (_attack, refused, made) => {
    expect(await w.admitted(formatContainer(await withWrap(...made())))).toMatchObject({ refused });
  });
  const ownWrap = (): Uint8Array =>
    w.container.wraps.get(digestOf('source'))!.get(w.author.fingerprint)!;
});

describe('a submission', () => {
  it.each([
    ['too large', () => new Uint8Array(900_001), 'too-large'],
    ['no CBOR', () => Uint8Array.of(0xff), 'container-malformed'],
    ['no map', () => encodeCbor([1]), 'container-malformed'],
    ['nothing known', () => encodeCbor({ kind: 'other' }), 'container-malformed'],
    [
      'made to look like a refusal',
      () => encodeCbor({ refused: 'cbor-not-deterministic', detail: 'x' }),
      'container-malformed',
    ],
    ['not deterministic', () => Uint8Array.of(0x18, 0x17), 'container-not-canonical'],
    [
      'a void with no body',
      () => {
        const nothing = new Uint8Array();
        return encodeCbor({ kind: 'void', body: nothing, signature: nothing, notice: nothing });
      },
      'void-malformed',
    ],
  ])('is refused when it is %s', async (_case, bytes, refused) => {
    expect(await w.admitted(bytes())).toMatchObject({ refused });
  });

  it('may be a void by the chain’s issuer, and by nobody else', async () => {
    const body = {
      v: 1,
      issuer: w.author.id,
      chain: w.author.chain,
      seq: 3,
      prev: NO_PREVIOUS_HEADER,
      at: '2026-03-01T12:00:00.000Z' as never,
      reason: 'LOST',
    } as const;
    const notice = utf8('what the registrar refused');
    const good = await sealVoid(w.openpgp, body, notice, w.author.signing);
    expect(await w.admitted(good.submission)).toMatchObject({
      kind: 'void',
      void: { ...body, notice: sha256(notice) },
      notice,
      headerDigest: good.headerDigest,
      routing: { seq: 3 },
    });
    const theirs = await sealVoid(w.openpgp, body, notice, w.reader.signing);
    expect(await w.admitted(theirs.submission)).toMatchObject({ refused: 'unknown-signer' });

    const entry = accepted(parseChainEntry(good.submission));
    if (entry.kind !== 'void') throw new Error('a void was sealed');
    const other = formatChainEntry({ ...entry, notice: utf8('of something else') });
    expect(await w.admitted(other)).toMatchObject({ refused: 'notice-mismatch' });
  });
});

describe('a place on a chain', () => {
  const a = 'a'.repeat(64) as Digest;
  const b = 'b'.repeat(64) as Digest;
  it.each([
    ['the first', undefined, { seq: 0, prev: NO_PREVIOUS_HEADER }, b, undefined, 'next'],
    ['a first that follows something', undefined, { seq: 0, prev: a }, b, undefined, 'out-of-turn'],
    ['the next', { seq: 4, digest: a }, { seq: 5, prev: a }, b, undefined, 'next'],
    [
      'a next after another history',
      { seq: 4, digest: a },
      { seq: 5, prev: b },
      b,
      undefined,
      'out-of-turn',
    ],
    ['one too far', { seq: 4, digest: a }, { seq: 6, prev: a }, b, undefined, 'out-of-turn'],
    ['the newest again', { seq: 4, digest: a }, { seq: 4, prev: b }, a, undefined, 'duplicate'],
    ['another newest', { seq: 4, digest: a }, { seq: 4, prev: b }, b, undefined, 'fork'],
    ['an old one again', { seq: 4, digest: a }, { seq: 2, prev: b }, b, { digest: b }, 'duplicate'],
    ['another old one', { seq: 4, digest: a }, { seq: 2, prev: b }, b, { digest: a }, 'fork'],
    [
      'one that was taken back',
      { seq: 4, digest: a },
      { seq: 2, prev: b },
      b,
      { digest: a, void: true },
      'voided',
    ],
    [
      'the newest that was taken back',
      { seq: 4, digest: a, void: true },
      { seq: 4, prev: b },
      b,
      undefined,
      'voided',
    ],
    [
      'a next after what was taken back',
      { seq: 4, digest: a, void: true },
      { seq: 5, prev: b },
      b,
      undefined,
      'voided',
    ],
    [
      'the next after a void',
      { seq: 4, digest: a, void: true },
      { seq: 5, prev: a },
      b,
      undefined,
      'next',
    ],
  ] as const)('knows %s', (_case, head, routing, digest, recorded, placement) => {
    expect(place(head, routing, { digest }, recorded)).toBe(placement);
  });

  it.each([
    ['the newest', { seq: 4, prev: a }, undefined],
    ['what was said before', { seq: 2, prev: a }, { digest: b }],
  ])('is no fork when a void would take back %s', (_case, routing, recorded) => {
    const head = { seq: 4, digest: a };
    expect(
      place(head, routing, { digest: b.replace('b', 'c') as Digest, void: true }, recorded),
    ).toBe('voided');
  });
});

describe('a delivery at its recipient', () => {
  it('opens to what the author said, for the compartments it is entitled to', async () => {
    const opened = accepted(
      await w.opened(w.part(w.sealed, w.reader, ['core']), w.wraps(w.sealed, w.reader), w.reader),
    );
    expect(opened.compartments).toMatchObject([
      { frame: frame({ compartment: 'core' }), descriptorDigest: digestOf('core') },
    ]);
    const all = accepted(
      await w.opened(
        w.part(w.sealed, w.author, ['core', 'source']),
        w.wraps(w.sealed, w.author),
        w.author,
      ),
    );
    expect(all.compartments.map(({ descriptor }) => descriptor.name).sort()).toEqual([
      'core',
      'source',
    ]);
  });

  it('counts neither the compartments nor the recipients that it does not show', async () => {
    const lengths = await Promise.all(
      [
        [compartment('core', [w.author.recipient, w.reader.recipient])],
        [
          compartment('core', [w.author.recipient, w.reader.recipient, w.other.recipient]),
          compartment('source', [w.author.recipient]),
          compartment('needs', [w.other.recipient]),
        ],
      ].map(async (compartments) => {
        const part = w.part(await w.seal(compartments), w.reader, ['core']);
        return [
          part.header.length,
          part.signature.length,
          ...part.compartments.flatMap(({ descriptor, body }) => [descriptor.length, body.length]),
        ];
      }),
    );
    expect(lengths[0]).toEqual(lengths[1]);
  });

  it('verifies and leaves out what was erased', async () => {
    const opened = accepted(
      await w.opened(
        w.part(w.sealed, w.author, ['core', 'source']),
        w.wraps(w.sealed, w.author),
        w.author,
        { erased: new Set([digestOf('source')]) },
      ),
    );
    expect(opened.compartments.map(({ descriptor }) => descriptor.name)).toEqual(['core']);
  });

  it('opens by a later grant to whom the author did not address it', async () => {
    const core = w.sealed.compartments.find(({ name }) => name === 'core')!;
    const { wrap, opening } = await rewrap(
      w.openpgp,
      seeded('grant'),
      core.sessionKey,
      w.other.recipient,
    );
    const granted = new Map([[core.descriptorDigest, opening.wrap]]);
    const part = w.part(w.sealed, w.other, ['core']);
    const wraps = new Map([[core.descriptorDigest, wrap]]);
    expect(isRefusal(await w.opened(part, wraps, w.other, { granted }))).toBe(false);
    expect(await w.opened(part, wraps, w.other)).toMatchObject({ refused: 'not-addressed' });
  });

  it.each(['core', 'source'])('refuses a later grant of another key for %s', async (name) => {
    const granting = w.sealed.compartments.find((one) => one.name !== name)!;
    const { wrap, opening } = await rewrap(
      w.openpgp,
      seeded('grant'),
      granting.sessionKey,
      w.other.recipient,
    );
    const granted = new Map([[digestOf(name), opening.wrap]]);
    expect(
      await w.opened(
        w.part(w.sealed, w.other, [name]),
        new Map([[digestOf(name), wrap]]),
        w.other,
        { granted },
      ),
    ).toMatchObject({ refused: 'commitment-mismatch' });
  });

  it('refuses an envelope whose author claims what another wrote', async () => {
    // The thief knows the ciphertext and the session key, and signs a header of its own around the same descriptor.
    const part = w.part(w.sealed, w.reader, ['core']);
    const stolen = canonical({ ...accepted(parseHeader(part.header)), issuer: w.other.id });
    const signature = await w.openpgp.sign(pae(mediaType('header'), stolen), w.other.signing);
    expect(
      await w.opened({ ...part, header: stolen, signature }, w.wraps(w.sealed, w.reader), w.reader),
    ).toMatchObject({ refused: 'commitment-mismatch' });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'keeps the wrap back',
      'wrap-missing',
      async () => w.opened(w.part(w.sealed, w.reader, ['core']), new Map(), w.reader),
    ],
    [
      'hands over another’s wrap',
      'wrap-mismatch',
      async () =>
        w.opened(w.part(w.sealed, w.reader, ['core']), w.wraps(w.sealed, w.author), w.reader),
    ],
    [
      'hands over another’s opening and wrap',
      'not-addressed',
      async () =>
        w.opened(w.part(w.sealed, w.author, ['core']), w.wraps(w.sealed, w.author), w.reader),
    ],
    [
      'hands it to whom the wrap is not for',
      'cannot-unwrap',
      async () =>
        w.opened(w.part(w.sealed, w.author, ['core']), w.wraps(w.sealed, w.author), w.reader, {
          own: w.author.fingerprint,
        }),
    ],
    [
      'swaps the body',
      'body-mismatch',
      async () => {
        const part = w.part(w.sealed, w.reader, ['core']);
        return w.opened(
          {
            ...part,
            compartments: part.compartments.map((one) => ({
              ...one,
              body: w.container.bodies.get(digestOf('source'))!,
            })),
          },
          w.wraps(w.sealed, w.reader),
          w.reader,
        );
      },
    ],
    [
      'brings a descriptor of another envelope',
      'descriptor-mismatch',
      async () => {
        const other = w.part(await w.seal([compartment('core', [w.reader.recipient])]), w.reader, [
          'core',
        ]);
        return w.opened(
          { ...w.part(w.sealed, w.reader, ['core']), compartments: other.compartments },
          w.wraps(w.sealed, w.reader),
          w.reader,
        );
      },
    ],
    [
      'brings no compartment',
      'descriptor-mismatch',
      async () =>
        w.opened(
          { ...w.part(w.sealed, w.reader, ['core']), compartments: [] },
          new Map(),
          w.reader,
        ),
    ],
    [
      'is by an issuer that nobody knows',
      'unknown-signer',
      async () => {
        const sealed = await w.seal([compartment('core', [w.reader.recipient])], {}, w.stranger);
        return w.opened(w.part(sealed, w.reader, ['core']), w.wraps(sealed, w.reader), w.reader);
      },
    ],
    [
      'damages the header',
      'header-malformed',
      async () =>
        w.opened(
          { ...w.part(w.sealed, w.reader, ['core']), header: new Uint8Array() },
          new Map(),
          w.reader,
        ),
    ],
  ])('is refused when someone %s', async (_attack, refused, attack) => {
    expect(await attack()).toMatchObject({ refused });
  });
});

describe('a draft', () => {
  const prepared = async (
    compartments: Parameters<typeof draft>[1],
    changes = {},
  ): Promise<unknown> =>
    new Sealer(w.openpgp, seeded('drafts')).prepare(draft(w.author, compartments, changes));
  const core = (changes = {}, to = [w.author.recipient]): ReturnType<typeof compartment> =>
    compartment('core', to, changes);

  it.each<[string, string, () => Promise<unknown>]>([
    ['has no compartment', 'draft-malformed', async () => prepared([])],
    ['has two compartments of one name', 'draft-malformed', async () => prepared([core(), core()])],
    [
      'has more than sixteen compartments',
      'too-many-compartments',
      async () =>
        prepared(
          Array.from({ length: 17 }, (_, at) => compartment(`c${at}`, [w.author.recipient])),
        ),
    ],
    ['is for nobody', 'draft-malformed', async () => prepared([core({}, [])])],
    [
      'is for somebody twice',
      'draft-malformed',
      async () => prepared([core({}, [w.author.recipient, w.author.recipient])]),
    ],
    [
      'has a name that is no word',
      'draft-malformed',
      async () => prepared([core({ name: 'Core!' })]),
    ],
    [
      'repeats a handling code',
      'draft-malformed',
      async () => prepared([core({ handling: ['H1', 'H1'] })]),
    ],
    [
      'states a fraction as fact',
      'draft-malformed',
      async () => prepared([core({ facts: { dueInSeconds: 0.5 } })]),
    ],
    [
      'states facts with a hole in them',
      'draft-malformed',
      // eslint-disable-next-line no-sparse-arrays -- a hole is what is to be refused
      async () => prepared([core({ facts: { tried: [, 'a'] } })]),
    ],
    [
      'nests its facts deeper than a reader looks',
      'draft-malformed',
      async () => prepared([core({ facts: { a: [[[[[1]]]]] } })]),
    ],
    [
      'states more facts than a reader takes',
      'draft-malformed',
      async () => prepared([core({ facts: { a: 'x'.repeat(33_000) } })]),
    ],
    [
      'has a family that is no word',
      'draft-malformed',
      async () => prepared([core()], { type: 'RFI' }),
    ],
    ['says a fraction', 'draft-malformed', async () => prepared([core({ frame: frame(0.5) })])],
    [
      'has an officer without a name',
      'draft-malformed',
      async () => prepared([core({ frame: { ...frame(), officer: '' } })]),
    ],
    [
      'says more than a frame holds',
      'frame-too-large',
      async () => prepared([core({ frame: frame('x'.repeat(262_144)) })]),
    ],
    [
      'says more than an envelope holds',
      'too-large',
      async () =>
        prepared(
          ['a', 'b', 'c', 'd'].map((name) =>
            compartment(name, [w.author.recipient], { frame: frame('x'.repeat(250_000)) }),
          ),
        ),
    ],
    [
      'is for more than thirty-two',
      'too-many-recipients',
      async () =>
        prepared([
          core(
            {},
            Array.from({ length: 33 }, (_, at) => ({
              ...w.author.recipient,
              certificate: {
                ...w.author.certificate,
                fingerprint: String(at).padStart(64, '0') as Fingerprint,
              },
            })),
          ),
        ]),
    ],
  ])('is refused when it %s', async (_case, refused, attempt) => {
    expect(await attempt()).toMatchObject({ refused });
  });
});
