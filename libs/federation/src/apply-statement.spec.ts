import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  canonical,
  type JsonObject,
  OpenPgpJs,
  type SecretKey,
  sha256,
  signStatement,
  type StatementEntry,
  utf8,
} from '@tripoint/envelope';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Fingerprint,
  type Instant,
  isRefusal,
} from '@tripoint/kernel';
import { applyStatement, foundRegistry, freezeChain } from './apply-statement.js';
import { destructionClaim } from './destruction.js';
import { certificateText, countersign, draftStatement } from './draft-statement.js';
import { type Registry } from './registry.js';
import { RegistryHistory } from './registry-history.js';
import { type StatementBody } from './statement.js';

type Keys = {
  readonly certificate: Uint8Array;
  readonly fingerprint: Fingerprint;
  readonly key: SecretKey;
};

const openpgp = new OpenPgpJs();
const at = '2026-11-23T12:00:00.000Z' as Instant;
const customs = 'bg-customs' as AgencyId;
const police = 'tr-police' as AgencyId;
const chain = 'bg-customs-1' as ChainId;
const policeChain = 'tr-police-1' as ChainId;

const makeKeys = async (name: string): Promise<Keys> => {
  const { certificate, signing } = await openpgp.generate({ name, at });
  const key = await openpgp.secretKey(signing);
  if (isRefusal(key)) throw new Error(key.refused);
  return { certificate, fingerprint: key.fingerprint, key };
};

let roots: readonly Keys[];
let stranger: Keys;
let agencies: readonly Keys[];
let founded: Registry;

beforeAll(async () => {
  roots = await Promise.all(['one', 'two', 'three'].map(makeKeys));
  agencies = await Promise.all(['customs', 'customs again', 'police'].map(makeKeys));
  stranger = await makeKeys('stranger');
  const registry = await foundRegistry(openpgp, {
    federation: 'test',
    roots: roots.map(({ certificate }) => certificate),
    threshold: 2,
    log: { name: 'test/log', vkey: 'test/log+00000000+AA==' },
  });
  if (isRefusal(registry)) throw new Error(registry.refused);
  founded = registry;
});

const enrolled = (
  id: AgencyId,
  keys: Keys,
  state: string,
  term: { readonly expires?: Instant } = {},
): StatementBody => ({
  kind: 'agency-enrolled',
  agency: { id, name: { en: id }, kind: 'CUSTOMS', state, clearance: 'BPL' },
  certificate: certificateText(keys.certificate),
  chains: [`${id}-1` as ChainId],
  ...term,
});
const enrolCustoms = (term = {}): StatementBody => enrolled(customs, agencies[0]!, 'BG', term);
const enrolPolice = (): StatementBody => enrolled(police, agencies[2]!, 'TR');
const rotated = (keys: Keys, term: { readonly expires?: Instant } = {}): StatementBody => ({
  kind: 'certificate-rotated',
  agency: customs,
  certificate: certificateText(keys.certificate),
  ...term,
});

const signed = async (
  registry: Registry,
  body: StatementBody,
  signers: readonly Keys[] = roots.slice(0, 2),
  attachment?: Uint8Array,
): Promise<StatementEntry> => {
  let entry = draftStatement(registry, body, at, attachment);
  for (const { key } of signers) {
    const next = await countersign(openpgp, entry, key);
    if (isRefusal(next)) throw new Error(next.refused);
    entry = next;
  }
  return entry;
};

/** Statements, ten leaves apart: the first at leaf 10. */
const given = async (...bodies: readonly StatementBody[]): Promise<Registry> => {
  let registry = founded;
  for (const [place, body] of bodies.entries()) {
    const next = await applyStatement(
      openpgp,
      registry,
      await signed(registry, body),
      BigInt(10 * (place + 1)),
    );
    if (isRefusal(next)) throw new Error(next.refused);
    registry = next;
  }
  return registry;
};

const outcome = async (registry: Registry, entry: StatementEntry): Promise<string> => {
  const next = await applyStatement(openpgp, registry, entry, registry.index + 10n);
  return isRefusal(next) ? next.refused : 'applied';
};
const when = async (registry: Registry, body: StatementBody): Promise<string> =>
  outcome(registry, await signed(registry, body));

describe('a statement’s signatures', () => {
  it('count when they are by as many roots as the threshold', async () => {
    const entry = await signed(founded, enrolCustoms(), [roots[2]!, roots[0]!]);
    expect(await outcome(founded, entry)).toBe('applied');
  });

  it.each<[string, () => readonly Keys[], string]>([
    ['none', () => [], 'below-threshold'],
    ['one root of two', () => [roots[0]!], 'below-threshold'],
    ['the same root twice', () => [roots[0]!, roots[0]!], 'signer-repeated'],
    ['a stranger beside a root', () => [roots[0]!, stranger], 'unknown-signer'],
    ['a stranger beside enough roots', () => [...roots.slice(0, 2), stranger], 'unknown-signer'],
    ['an agency beside a root', () => [roots[0]!, agencies[0]!], 'unknown-signer'],
  ])('do not count when they are by %s', async (_who, signers, code) => {
    expect(await outcome(founded, await signed(founded, enrolCustoms(), signers()))).toBe(code);
  });

  it('do not count when they were made for another statement', async () => {
    const one = await signed(founded, enrolCustoms());
    const other = await signed(founded, enrolPolice());
    expect(await outcome(founded, { ...other, signatures: one.signatures })).toBe('bad-signature');
  });

  it('do not count when they were made for another family of statements', async () => {
    const draft = draftStatement(founded, enrolCustoms(), at);
    const value = JSON.parse(Buffer.from(draft.body).toString()) as JsonObject;
    const signatures = await Promise.all(
      roots
        .slice(0, 2)
        .map(async ({ key }) => (await signStatement(openpgp, 'policy', value, key)).signature),
    );
    expect(await outcome(founded, { ...draft, signatures })).toBe('bad-signature');
  });
});

describe('a statement’s place', () => {
  it('is taken once: a replay is refused', async () => {
    const entry = await signed(founded, enrolCustoms());
    const next = await applyStatement(openpgp, founded, entry, 1n);
    expect(await outcome(next as Registry, entry)).toBe('out-of-sequence');
  });

  it('is the next one: a gap is refused', async () => {
    const later = await signed(await given(enrolPolice()), enrolCustoms());
    expect(await outcome(founded, later)).toBe('out-of-sequence');
  });

  it('follows the statement that it names: another history is refused', async () => {
    const other = await signed(await given(enrolPolice()), {
      kind: 'agency-suspended',
      agency: customs,
    });
    expect(await outcome(await given(enrolCustoms()), other)).toBe('wrong-prev');
  });

  it('is in one federation', async () => {
    const draft = draftStatement(founded, enrolCustoms(), at);
    const value = JSON.parse(Buffer.from(draft.body).toString()) as JsonObject;
    const body = canonical({ ...value, federation: 'elsewhere' });
    expect(await outcome(founded, { ...draft, body })).toBe('other-federation');
  });

  it('is at a later leaf than the one before', async () => {
    const registry = await given(enrolCustoms());
    const entry = await signed(registry, enrolPolice());
    expect(await applyStatement(openpgp, registry, entry, registry.index)).toMatchObject({
      refused: 'index-behind',
    });
  });
});

describe('an agency', () => {
  it('is enrolled once, and its chain and keys are its own', async () => {
    const registry = await given(enrolCustoms());
    expect(await when(registry, enrolCustoms())).toBe('agency-known');
    expect(await when(registry, enrolled(police, agencies[0]!, 'TR'))).toBe('certificate-in-use');
    expect(await when(registry, enrolled(police, roots[0]!, 'TR'))).toBe('certificate-in-use');
    expect(await when(registry, { kind: 'chain-opened', agency: customs, chain })).toBe(
      'chain-known',
    );
    expect(
      await when(registry, { kind: 'chain-opened', agency: customs, chain: policeChain }),
    ).toBe('chain-misnamed');
    expect(await when(registry, { kind: 'agency-suspended', agency: police })).toBe(
      'agency-unknown',
    );
  });

  it('is found by id, by key and by chain', async () => {
    const registry = await given(enrolCustoms());
    const { fingerprint } = agencies[0]!;
    expect(registry.agency(customs)?.chains).toEqual([chain]);
    expect(registry.byFingerprint(fingerprint)?.id).toBe(customs);
    expect(registry.chainOwner(chain)?.id).toBe(customs);
    expect(registry.recipient(customs)?.certificate.fingerprint).toBe(fingerprint);
  });

  it('that is suspended signs nothing and is sealed nothing until it is reinstated', async () => {
    const suspended = await given(enrolCustoms(), { kind: 'agency-suspended', agency: customs });
    const key = agencies[0]!.fingerprint;
    expect(suspended.recipient(customs)).toBeUndefined();
    expect([15n, 20n].map((index) => standing(suspended, key, index))).toEqual([
      'active',
      'suspended',
    ]);
    expect(await when(suspended, { kind: 'agency-suspended', agency: customs })).toBe(
      'agency-suspended',
    );
    const back = await given(
      enrolCustoms(),
      { kind: 'agency-suspended', agency: customs },
      { kind: 'agency-reinstated', agency: customs },
    );
    expect([25n, 30n].map((index) => standing(back, key, index))).toEqual(['suspended', 'active']);
  });
});

/** Leaves are a minute apart. */
const timeOf = (index: bigint): number => Date.UTC(2026, 0, 1) + Number(index) * 60_000;
const instantOf = (index: bigint): Instant => new Date(timeOf(index)).toISOString() as Instant;
const standing = (registry: Registry, key: Fingerprint, index: bigint) =>
  registry.signerStanding(chain, key, index, timeOf(index));

describe('a key', () => {
  // Registered at leaf 10; what comes second is at leaf 20.
  it.each<[string, () => StatementBody, readonly string[]]>([
    ['rotated', () => rotated(agencies[1]!), ['not-yet', 'active', 'active', 'superseded']],
    [
      'revoked as superseded',
      () => ({
        kind: 'certificate-revoked',
        fingerprint: agencies[0]!.fingerprint,
        reason: 'superseded',
      }),
      ['not-yet', 'active', 'active', 'superseded'],
    ],
    [
      'revoked as compromised since leaf 15',
      () => ({
        kind: 'certificate-revoked',
        fingerprint: agencies[0]!.fingerprint,
        reason: 'compromised',
        since: 15,
      }),
      ['not-yet', 'active', 'tainted', 'revoked'],
    ],
    [
      'revoked for no known reason',
      () => ({
        kind: 'certificate-revoked',
        fingerprint: agencies[0]!.fingerprint,
        reason: 'unknown',
      }),
      ['not-yet', 'tainted', 'tainted', 'revoked'],
    ],
  ])(
    '%s at leaf 20 stands as it should at leaves 9, 14, 15 and 20',
    async (_how, body, expected) => {
      const registry = await given(enrolCustoms(), body());
      const { fingerprint } = agencies[0]!;
      expect([9n, 14n, 15n, 20n].map((index) => standing(registry, fingerprint, index))).toEqual(
        expected,
      );
      expect(registry.signerAcceptedAt(chain, fingerprint, 14n, timeOf(14n))).toBe(
        expected[1] === 'active',
      );
    },
  );

  it.each<[string, (() => StatementBody) | undefined, readonly string[]]>([
    ['that nothing else is said of', undefined, ['active', 'active', 'expired', 'expired']],
    [
      'that was renewed in time',
      () => rotated(agencies[0]!, { expires: instantOf(40n) }),
      ['active', 'active', 'expired', 'active'],
    ],
    [
      'that was rotated in time',
      () => rotated(agencies[1]!),
      ['active', 'active', 'expired', 'superseded'],
    ],
    [
      'that is said to have been compromised since',
      () => ({
        kind: 'certificate-revoked',
        fingerprint: agencies[0]!.fingerprint,
        reason: 'compromised',
        since: 15,
      }),
      ['active', 'tainted', 'expired', 'revoked'],
    ],
  ])(
    'whose certificate expires when leaf 17 comes, %s, stands as it should at leaves 14, 16, 17 and 20',
    async (_how, body, expected) => {
      const enrolment = enrolCustoms({ expires: instantOf(17n) });
      const registry = await given(enrolment, ...(body === undefined ? [] : [body()]));
      const { fingerprint } = agencies[0]!;
      expect([14n, 16n, 17n, 20n].map((index) => standing(registry, fingerprint, index))).toEqual(
        expected,
      );
      // What is sealed to it still opens: who wrote to it is not to be refused for that.
      expect(registry.recipient(customs) === undefined).toBe(expected[3] === 'revoked');
    },
  );

  it('is renewed by its own certificate with another term, and by nothing else that is known', async () => {
    const expires = instantOf(17n);
    const registry = await given(enrolCustoms({ expires }));
    expect(await when(registry, rotated(agencies[0]!, { expires }))).toBe('certificate-known');
    expect(await when(registry, rotated(agencies[0]!, { expires: instantOf(40n) }))).toBe(
      'applied',
    );
    // Without a term it is good until it is ended.
    expect(await when(registry, rotated(agencies[0]!))).toBe('applied');
    const next = await given(enrolCustoms({ expires }), rotated(agencies[1]!));
    expect(await when(next, rotated(agencies[0]!, { expires: instantOf(40n) }))).toBe(
      'certificate-known',
    );
    const never = rotated(agencies[1]!, { expires: '2026-02-30T00:00:00.000Z' as Instant });
    const draft = draftStatement(registry, never, at);
    expect(await applyStatement(openpgp, registry, draft, 30n)).toMatchObject({
      refused: 'statement-unknown',
    });
  });

  it('is nobody’s on another agency’s chain', async () => {
    const registry = await given(enrolCustoms(), enrolPolice());
    expect(registry.signerStanding(policeChain, agencies[0]!.fingerprint, 30n, 0)).toBe('unknown');
    expect(registry.certificatesOf(policeChain)).toHaveLength(1);
  });

  it('that is revoked is never registered again, and no compromise is dated in the future', async () => {
    const { fingerprint } = agencies[0]!;
    const registry = await given(enrolCustoms(), {
      kind: 'certificate-revoked',
      fingerprint,
      reason: 'unknown',
    });
    expect(await when(registry, rotated(agencies[0]!))).toBe('certificate-revoked');
    expect(registry.recipient(customs)).toBeUndefined();
    expect(registry.encryptionSubkeys(fingerprint)).toEqual([]);
    expect(
      await when(await given(enrolCustoms()), {
        kind: 'certificate-revoked',
        fingerprint,
        reason: 'compromised',
        since: 21,
      }),
    ).toBe('compromise-in-future');
  });

  it('that was replaced cannot be talked back in', async () => {
    const registry = await given(enrolCustoms(), rotated(agencies[1]!));
    expect(await when(registry, rotated(agencies[0]!))).toBe('certificate-known');
    expect(registry.recipient(customs)?.certificate.fingerprint).toBe(agencies[1]!.fingerprint);
    expect(
      registry.certificatesOf(chain).map(({ certificate }) => certificate.fingerprint),
    ).toEqual([agencies[1]!.fingerprint, agencies[0]!.fingerprint]);
  });
});

describe('an epoch', () => {
  let next: Keys & { readonly files: { readonly certificate: Uint8Array } };
  beforeAll(async () => {
    const files = await openpgp.generate({ name: 'epochs', at });
    const longer = await openpgp.addEncryptionSubkey(files, at);
    const key = await openpgp.secretKey(files.signing);
    if (isRefusal(key)) throw new Error(key.refused);
    next = {
      certificate: longer.certificate,
      fingerprint: key.fingerprint,
      key,
      files: { certificate: files.certificate },
    };
  });
  const parsed = async (bytes: Uint8Array) => {
    const certificate = await openpgp.certificate(bytes);
    if (isRefusal(certificate)) throw new Error(certificate.refused);
    return certificate;
  };
  const enrolFirst = (): StatementBody =>
    enrolled(customs, { ...next, certificate: next.files.certificate }, 'BG');
  const retired = (subkey: Fingerprint): StatementBody => ({
    kind: 'epoch-retired',
    agency: customs,
    subkey,
    keepSeconds: 60,
  });
  const destroyed = async (subkey: Fingerprint, key = next.key): Promise<StatementBody> => ({
    kind: 'epoch-destroyed',
    agency: customs,
    subkey,
    claim: await destructionClaim(openpgp, { federation: 'test', agency: customs, subkey }, key),
  });

  it('is wrapped to until it is retired, also when the next one is in force', async () => {
    const [current, first] = (await parsed(next.certificate)).encryption as [
      Fingerprint,
      Fingerprint,
    ];
    const both = await given(enrolFirst(), rotated(next));
    expect(both.recipient(customs)?.subkey).toBe(current);
    expect(both.encryptionSubkeys(next.fingerprint)).toEqual([current, first]);
    expect(both.epochs(customs)).toEqual([
      { agency: customs, subkey: first, from: 10n },
      { agency: customs, subkey: current, from: 20n },
    ]);

    const one = await given(enrolFirst(), rotated(next), retired(first));
    expect(one.encryptionSubkeys(next.fingerprint)).toEqual([current]);
    expect(one.isRetired(first)).toBe(true);
    expect(one.epoch(first)).toMatchObject({ from: 10n, retired: 30n, keepSeconds: 60 });
    const between = (from: bigint, until: bigint) =>
      one.epochsBetween(customs, from, until).map(({ subkey }) => subkey);
    expect(between(11n, 19n)).toEqual([first]);
    expect(between(11n, 20n)).toEqual([first, current]);
    expect(between(29n, 29n)).toEqual([first, current]);
    expect(between(30n, 40n)).toEqual([first, current]);
    const gone = await given(enrolFirst(), rotated(next), retired(first), await destroyed(first));
    const after = (from: bigint) => gone.epochsBetween(customs, from, 50n).map((e) => e.subkey);
    expect([after(39n), after(40n)]).toEqual([[first, current], [current]]);
  });

  it('is retired by its own name, once, and never while it is in force', async () => {
    const [current, first] = (await parsed(next.certificate)).encryption as [
      Fingerprint,
      Fingerprint,
    ];
    const registry = await given(enrolFirst(), enrolPolice(), rotated(next), retired(first));
    expect(await when(registry, retired(current))).toBe('epoch-in-force');
    expect(await when(registry, retired(first))).toBe('epoch-retired');
    expect(await when(registry, retired(stranger.fingerprint))).toBe('epoch-unknown');
    expect(await when(registry, { ...retired(current), agency: police } as StatementBody)).toBe(
      'epoch-unknown',
    );
    // The old certificate is not talked back in, nor is another one whose epoch was retired.
    const back = { ...next, certificate: next.files.certificate };
    expect(await when(registry, rotated(back))).toBe('certificate-known');
    const otherwise = await given(enrolled(customs, next, 'BG'), retired(first));
    expect(await when(otherwise, rotated(back))).toBe('epoch-retired');
  });

  it('is destroyed by the word of its own agency, once, and never before it is retired', async () => {
    const [current, first] = (await parsed(next.certificate)).encryption as [
      Fingerprint,
      Fingerprint,
    ];
    const registry = await given(enrolFirst(), rotated(next), retired(first));
    expect(await when(registry, await destroyed(current))).toBe('epoch-not-retired');
    expect(await when(registry, await destroyed(stranger.fingerprint))).toBe('epoch-unknown');
    expect(await when(registry, await destroyed(first, stranger.key))).toBe('claim-refused');
    expect(
      await when(registry, { ...(await destroyed(current)), subkey: first } as StatementBody),
    ).toBe('claim-refused');
    const gone = await given(enrolFirst(), rotated(next), retired(first), await destroyed(first));
    expect(gone.epoch(first)?.destroyed).toBe(40n);
    expect(await when(gone, await destroyed(first))).toBe('epoch-destroyed');
  });
});

describe('an attestation', () => {
  const revoked = (since: number | undefined): StatementBody => ({
    kind: 'certificate-revoked',
    fingerprint: agencies[0]!.fingerprint,
    ...(since === undefined ? { reason: 'unknown' } : { reason: 'compromised', since }),
  });
  const attested = (from: number, through: number): StatementBody => ({
    kind: 'history-attested',
    agency: customs,
    from,
    through,
  });
  const tainted = (registry: Registry, until = 40): readonly number[] =>
    [...Array(until).keys()].filter((leaf) => registry.isTainted(customs, BigInt(leaf)));

  it('takes out of doubt just what it names', async () => {
    expect(tainted(await given(enrolCustoms(), revoked(15)))).toEqual([15, 16, 17, 18, 19]);
    const cleared = await given(enrolCustoms(), revoked(15), attested(16, 17), attested(19, 29));
    expect(tainted(cleared)).toEqual([15, 18]);
    const { fingerprint } = agencies[0]!;
    expect([14n, 15n, 16n, 20n].map((leaf) => standing(cleared, fingerprint, leaf))).toEqual([
      'active',
      'tainted',
      'active',
      'revoked',
    ]);
  });

  it('keeps a compromise from being dated before it, and stands against a key lost for no known reason', async () => {
    const registry = await given(enrolCustoms(), enrolPolice(), attested(10, 14));
    expect(await when(registry, revoked(14))).toBe('compromise-attested');
    expect(await when(registry, revoked(15))).toBe('applied');
    const unknown = await given(
      enrolCustoms(),
      enrolPolice(),
      attested(10, 14),
      revoked(undefined),
    );
    expect(tainted(unknown)).toEqual([...Array(25).keys()].map((n) => n + 15));
    // Another agency's says nothing of this one.
    const other = { ...attested(10, 14), agency: police } as StatementBody;
    expect(await when(await given(enrolCustoms(), enrolPolice(), other), revoked(12))).toBe(
      'applied',
    );
  });

  it('is of leaves that are there, in order, and of an agency that is', async () => {
    const registry = await given(enrolCustoms());
    expect(await when(registry, attested(10, 20))).toBe('attestation-in-future');
    expect(await when(registry, { ...attested(10, 11), agency: police } as StatementBody)).toBe(
      'agency-unknown',
    );
  });
});

describe('a pair', () => {
  it('across the Union’s border lets nothing through until it has agreed', async () => {
    const before = await given(enrolCustoms(), enrolPolice());
    expect(before.pair(customs, police)).toMatchObject({
      agreed: false,
      transfer: { permitted: false },
    });
    const clocks = { urgentDirect: 20, urgentIndirect: 40, routine: 60, grace: 10 };
    const after = await given(enrolCustoms(), enrolPolice(), {
      kind: 'pair-agreed',
      a: customs,
      b: police,
      clocks,
      transfer: { permitted: true, ceiling: 'BPL', onward: 'WITH_AUTHORISATION' },
    });
    expect(after.pair(police, customs)).toMatchObject({ agreed: true, clocks });
  });
});

describe('custody', () => {
  const agreed = (change: object = {}): StatementBody => ({
    kind: 'custody-agreed',
    custodians: [customs, police],
    threshold: 2,
    compartments: ['facts', 'intelligence'],
    ...change,
  });

  it('is in the hands of those whom the newest statement names', async () => {
    const before = await given(enrolCustoms(), enrolPolice());
    expect(before.custody).toBeUndefined();
    const after = await given(enrolCustoms(), enrolPolice(), agreed());
    expect(after.custody).toEqual({
      custodians: [customs, police],
      threshold: 2,
      compartments: ['facts', 'intelligence'],
    });
  });

  it('is not given to strangers, to the hub or to oversight', async () => {
    expect(await when(await given(enrolCustoms()), agreed())).toBe('agency-unknown');
    const hub = enrolled(police, agencies[2]!, 'TR') as Extract<
      StatementBody,
      { readonly kind: 'agency-enrolled' }
    >;
    for (const kind of ['HUB', 'OVERSIGHT'] as const) {
      const enrolment = { ...hub, agency: { ...hub.agency, kind } };
      const chains = kind === 'HUB' ? ['tr-police' as ChainId] : hub.chains;
      const registry = await given(enrolCustoms(), { ...enrolment, chains });
      expect(await when(registry, agreed())).toBe('custodian-unfit');
    }
  });

  it.each<[string, object]>([
    ['one custodian', { custodians: [customs] }],
    ['custodians out of order', { custodians: [police, customs] }],
    ['a threshold of one', { threshold: 1 }],
    ['a threshold beyond the custodians', { threshold: 3 }],
    ['nothing to keep', { compartments: [] }],
    ['privileged advice', { compartments: ['legal'] }],
    ['what items are', { compartments: ['core'] }],
    ['shares of shares', { compartments: ['custody-1'] }],
  ])('is never of %s', async (_, change) => {
    const registry = await given(enrolCustoms(), enrolPolice());
    const draft = draftStatement(registry, agreed(), at);
    const value = JSON.parse(Buffer.from(draft.body).toString()) as JsonObject;
    const body = canonical({ ...value, ...(change as JsonObject) });
    expect(await outcome(registry, { ...draft, body })).toBe('statement-unknown');
  });
});

describe('a policy', () => {
  const bundle = utf8('rules');
  const activation = (digest: Digest): StatementBody => ({
    kind: 'policy-activated',
    bundle: digest,
  });

  it('comes into force with its bundle attached', async () => {
    const entry = await signed(founded, activation(sha256(bundle)), undefined, bundle);
    const next = await applyStatement(openpgp, founded, entry, 7n);
    expect(isRefusal(next) ? next : next.policyBundle()).toMatchObject({
      digest: sha256(bundle),
      since: 7n,
    });
  });

  it('does not come into force without it, or with another', async () => {
    const entry = await signed(founded, activation(sha256(bundle)), undefined, bundle);
    const { attachment, ...bare } = entry;
    expect(attachment).toBe(bundle);
    expect(await outcome(founded, bare)).toBe('attachment-missing');
    expect(await outcome(founded, { ...entry, attachment: utf8('others') })).toBe(
      'attachment-mismatch',
    );
  });
});

describe('roots', () => {
  const rotation = (threshold = 2): StatementBody => ({
    kind: 'root-rotated',
    certificates: [roots[0]!, stranger].map(({ certificate }) => certificateText(certificate)),
    threshold,
  });

  it('change when enough of the old and of the new ones sign', async () => {
    const entry = await signed(founded, rotation(), [roots[0]!, roots[1]!, stranger]);
    const next = await applyStatement(openpgp, founded, entry, 1n);
    expect(isRefusal(next) ? next : next.roots.map(({ fingerprint }) => fingerprint)).toEqual([
      roots[0]!.fingerprint,
      stranger.fingerprint,
    ]);
  });

  it.each<[string, () => readonly Keys[]]>([
    ['a new one stands in for an old one', () => [roots[0]!, stranger]],
    ['the new one does not sign', () => [roots[0]!, roots[1]!]],
  ])('do not change when %s', async (_how, signers) => {
    expect(await outcome(founded, await signed(founded, rotation(), signers()))).toBe(
      'below-threshold',
    );
  });

  it('are never satisfied with fewer signatures than before', async () => {
    const entry = await signed(founded, rotation(1), [roots[0]!, roots[1]!, stranger]);
    expect(await outcome(founded, entry)).toBe('threshold-lowered');
  });
});

describe('a chain that forked', () => {
  it('is frozen until the roots say so', async () => {
    const registry = await given(enrolCustoms());
    const frozen = freezeChain(registry, chain, 15n);
    expect([registry.frozen(chain), frozen.frozen(chain)]).toEqual([false, true]);
    expect(frozen.digest).not.toBe(registry.digest);
    const body: StatementBody = { kind: 'chain-unfrozen', chain, reason: 'OPERATOR_ERROR' };
    const next = await applyStatement(openpgp, frozen, await signed(frozen, body), 20n);
    expect((next as Registry).frozen(chain)).toBe(false);
  });
});

describe('history', () => {
  it('answers with the registry that a leaf found', async () => {
    const history = new RegistryHistory(founded);
    const one = await given(enrolCustoms());
    const two = await given(enrolCustoms(), enrolPolice());
    history.append(one);
    history.append(two);
    expect([9n, 10n, 19n, 20n, 99n].map((index) => history.at(index).digest)).toEqual(
      [founded, one, one, two, two].map(({ digest }) => digest),
    );
    expect(() => {
      history.append(one);
    }).toThrow(RangeError);
  });
});

describe('hostile bytes', () => {
  it('are refused and never thrown, whatever is damaged', async () => {
    const entry = await signed(founded, enrolCustoms());
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let trial = 0; trial < 600; trial++) {
      const body = new Uint8Array(entry.body);
      body[random(body.length)]! ^= 1 + random(255);
      const cut = trial % 3 === 0 ? body.subarray(0, random(body.length)) : body;
      expect(await outcome(founded, { ...entry, body: cut })).not.toBe('applied');
    }
  });

  it.each<[string, unknown]>([
    ['an unknown member', { extra: 1 }],
    ['another version', { v: 2 }],
    ['an unknown kind', { kind: 'agency-promoted' }],
    ['an inherited name as its kind', { kind: 'constructor' }],
    ['a day that does not exist', { at: '2026-02-30T00:00:00.000Z' }],
    ['a certificate in two spellings', { certificate: 'AB==' }],
    ['no chain at all', { chains: [] }],
    [
      'a clearance above what is handled',
      { agency: { id: 'x', name: { en: 'x' }, kind: 'NGO', state: 'BG', clearance: 'S-UE/EU-S' } },
    ],
  ])('with %s are no statement', async (_what, change) => {
    const draft = draftStatement(founded, enrolCustoms(), at);
    const value = JSON.parse(Buffer.from(draft.body).toString()) as JsonObject;
    const body = canonical({ ...value, ...(change as JsonObject) });
    expect(await outcome(founded, { ...draft, body })).toBe('statement-unknown');
  });

  it.each<[string, StatementBody]>([
    [
      'a secret that is kept for no time',
      {
        kind: 'epoch-retired',
        agency: customs,
        subkey: 'a'.repeat(64) as Fingerprint,
        keepSeconds: 0,
      },
    ],
    [
      'a claim that is no base64',
      {
        kind: 'epoch-destroyed',
        agency: customs,
        subkey: 'a'.repeat(64) as Fingerprint,
        claim: '?',
      },
    ],
    ['leaves out of order', { kind: 'history-attested', agency: customs, from: 2, through: 1 }],
  ])('of %s are no statement', async (_what, body) => {
    expect(await outcome(founded, draftStatement(founded, body, at))).toBe('statement-unknown');
  });
});
