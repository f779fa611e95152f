// Custodians that hand over something else than their share, and a hub that lets shares through which nobody ordered.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { entrustedContent, SHARES_ENTRUSTED, splitKey } from '@tripoint/custody';
import {
  entitle,
  type EventEntry,
  formatEntitled,
  parseChainEntry,
  parseContainer,
  rewrap,
  type Sealed,
  type SealedCompartment,
  sha256,
} from '@tripoint/envelope';
import { accepted, compartment, frame } from '@tripoint/envelope/testing';
import { type DisclosureGround } from '@tripoint/domain';
import {
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { formatDelivery } from '@tripoint/ledger';
import { type Judgement } from '@tripoint/replay';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  type MemberName,
} from '@tripoint/replay/testing';
import { Cosigner, generateNoteKey, parseVerifierKey, signNote } from '@tripoint/transparency';
import { codes, HostileHub, type Twist } from './testing/hostile-hub.js';

/** Both of them are needed. */
const CUSTODIANS = ['bg-prosecutor', 'tr-customs'] as const;
const DAY = 24 * 3_600_000;

let federation: LittleFederation;
let hub: HostileHub;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
}, 120_000);
beforeEach(async () => {
  hub = await HostileHub.open(federation);
  await hub.log.statement({
    kind: 'custody-agreed',
    custodians: CUSTODIANS.map((name) => federation.member(name).id),
    threshold: 2,
    compartments: ['facts'],
  });
}, 120_000);
afterEach(() => hub.close());

const id = (member: MemberName) => federation.member(member).id;
const content = (type: string, item: ItemId, said: object) => ({
  frame: { ...frame(), event: { type, data: { type, item, ...said } } },
});
/** The hub holds the log's key: it may say that anything was allowed. */
const allow = (judgement: Judgement): Judgement => ({
  ...judgement,
  decided: judgement.decided.map((one) => ({
    ...one,
    verdict: { ...one.verdict, allowed: true },
  })),
});

const record = async (
  event: EventDraft,
  change?: (judgement: Judgement) => Judgement,
): Promise<{ readonly sealed: Sealed; readonly leaf: number }> => {
  const sealed = await hub.log.seal(event);
  const entry = entryOf(sealed.container);
  const leaf = await hub.log.record(federation.member(event.by).chain, entry, change);
  hub.containers.set(leaf, accepted(parseContainer(sealed.container)));
  return { sealed, leaf };
};

/** What an author entrusts custodians with: shares of its key, or of any other. */
const entrusting =
  (keyOf: (facts: SealedCompartment) => Uint8Array) =>
  async (sealed: readonly SealedCompartment[]) => {
    const facts = sealed.find(({ name }) => name === 'facts')!;
    const shares = await splitKey(keyOf(facts), 2, 2);
    return CUSTODIANS.map((custodian, at) =>
      compartment(`custody-${at + 1}`, [federation.member(custodian).recipient], {
        classification: 'UNCLASSIFIED',
        handling: [],
        frame: {
          ...frame(),
          event: {
            type: SHARES_ENTRUSTED,
            data: entrustedContent({
              threshold: 2,
              count: 2,
              shares: [{ descriptor: facts.descriptorDigest, share: shares[at]! }],
            }),
          },
        },
      }),
    );
  };
/** `by` says something to itself. */
const say = (by: MemberName, keyOf = ({ sessionKey }: SealedCompartment) => sessionKey) => {
  const item = randomUUID() as ItemId;
  const part = { text: 'a lorry', language: 'en', statement: 'FACT', entities: [] };
  return record({
    by,
    exchange: randomUUID() as ExchangeId,
    family: 'contribution',
    entrusting: entrusting(keyOf),
    parts: [
      {
        compartment: 'core',
        to: [by],
        facts: { item, opens: true },
        changes: content('ContributionShared', item, { core: { to: by } }),
      },
      { compartment: 'facts', to: [by], changes: content('ContributionShared', item, { part }) },
    ],
  });
};
type Said = Awaited<ReturnType<typeof say>>;
const digestOf = ({ sealed }: Said, name: string) =>
  sealed.compartments.find((one) => one.name === name)!.descriptorDigest;

/** Oversight orders it to be disclosed. */
const order = async (
  of: Said,
  to: MemberName = 'gr-police',
  hours = 24,
  ground: DisclosureGround = 'COURT_ORDER',
) => {
  const item = randomUUID() as ItemId;
  const exchange = randomUUID() as ExchangeId;
  const until = new Date(hub.log.time + hours * 3_600_000).toISOString();
  const event: EventId = of.sealed.header.id;
  const said = { beneficiary: id(to), event, compartments: ['facts'], until, emergency: false };
  const core = { ...said, ground };
  const asked = [...new Set<MemberName>([to, ...CUSTODIANS])];
  const { leaf } = await record({
    by: 'oversight',
    exchange,
    family: 'disclosure',
    parts: [
      {
        compartment: 'core',
        to: ['oversight', ...asked],
        facts: {
          item,
          opens: true,
          admits: asked
            .map((one) => ({ agency: id(one), compartments: ['core'] }))
            .sort((a, b) => (a.agency < b.agency ? -1 : 1)),
          order: {
            agency: id(to),
            event,
            compartments: ['facts'],
            until,
            emergency: false,
            ground,
          },
        },
        changes: content('DisclosureOrdered', item, { core }),
      },
    ],
  });
  return { item, exchange, until, leaf };
};
type Order = Awaited<ReturnType<typeof order>>;

type Share = {
  readonly by?: (typeof CUSTODIANS)[number];
  /** Which compartment's key it wraps; its own share's, unless it lies. */
  readonly place?: number;
  readonly key?: Uint8Array;
};
/** A custodian hands a share to the Greek police, upon an order or not. */
const share = async (of: Said, made: Order, { by = 'tr-customs', ...lie }: Share = {}) => {
  const { place = CUSTODIANS.indexOf(by), key } = lie;
  const own = of.sealed.compartments.find(({ name }) => name === `custody-${place + 1}`)!;
  const { wrap } = await rewrap(
    federation.openpgp,
    (length) => new Uint8Array(length),
    key ?? own.sessionKey,
    hub.gr.recipient,
  );
  const descriptor = own.descriptorDigest;
  const core = { beneficiary: hub.gr.id, until: made.until };
  const { leaf, sealed } = await record(
    {
      by,
      exchange: made.exchange,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: [by, 'gr-police'],
          facts: {
            item: made.item,
            grant: {
              agency: hub.gr.id,
              certificate: hub.gr.fingerprint,
              header: of.sealed.headerDigest,
              until: made.until,
              verdict: made.leaf,
              wraps: [{ descriptor, wrap: sha256(wrap) }],
            },
          },
          changes: content('ShareReleased', made.item, { core }),
        },
      ],
    },
    allow,
  );
  const { wraps, ...container } = accepted(parseContainer(sealed.container));
  const added = [descriptor, new Map([[hub.gr.fingerprint, wrap]])] as const;
  hub.containers.set(leaf, { ...container, wraps: new Map([...wraps, added]) });
  return { leaf, descriptor };
};
/** What the hub hands over with a share: the earlier leaf, the share, and what it is a key of. Proofs are of the newest tree. */
const withEarlier = async (of: Said, { leaf, descriptor }: Awaited<ReturnType<typeof share>>) => {
  const granted = hub.handedOn(
    of.leaf,
    [descriptor, digestOf(of, 'facts')],
    await hub.log.served(),
  );
  return { leaf, twist: (() => ({ granted })) satisfies Twist };
};
/** The event as it is told to somebody to whom nothing of it is addressed. */
const told = (leaf: number): { readonly leaf: number; readonly twist: Twist } => {
  const entry = accepted(parseChainEntry(hub.log.handed[leaf]!.source!)) as EventEntry;
  const [core] = [...entry.bodies.keys()];
  const source = formatEntitled(entitle(entry, [core!], '' as Fingerprint));
  return { leaf, twist: () => ({ source }) };
};

const text = async ({ sealed }: Said): Promise<string | undefined> => {
  const entry = await hub.store.journal.entry(sealed.header.id);
  return (entry?.recorded.event.parts as { facts?: { text: string } } | undefined)?.facts?.text;
};
/** Delivers an order, and the shares upon it. */
const disclose = async (of: Said, lies: readonly [Share, Share]) => {
  const made = await order(of);
  const shares = [await share(of, made, lies[0]), await share(of, made, lies[1])];
  const lines = await Promise.all(shares.map((one) => withEarlier(of, one)));
  return { made, lines, findings: await hub.deliver({ leaf: made.leaf }, ...lines) };
};
const BOTH = [{ by: 'bg-prosecutor' }, { by: 'tr-customs' }] as const;

describe('shares that custodians hand over', () => {
  it('open what was ordered, when they are what the author entrusted', async () => {
    const it = await say('bg-gdbop');
    expect(codes((await disclose(it, BOTH)).findings)).toEqual([]);
    expect(await text(it)).toBe('a lorry');
    expect(await hub.store.journal.toSign(0n, 10)).toEqual([]);
  });

  it('are found out by name when they are wrapped in another key, and open nothing', async () => {
    const it = await say('bg-gdbop');
    const [honest, lying] = BOTH;
    const key = new Uint8Array(32).fill(3);
    const { findings } = await disclose(it, [honest, { ...lying, key }]);
    expect(findings).toMatchObject([
      {
        code: 'share-wrong',
        detail: expect.stringContaining('tr-customs') as unknown,
        event: it.sealed.header.id,
      },
    ]);
    expect(await text(it)).toBeUndefined();
  });

  it('are found when an author entrusted them with shares of another key than its own', async () => {
    const it = await say('bg-gdbop', () => new Uint8Array(32).fill(7));
    expect(codes((await disclose(it, BOTH)).findings)).toEqual(['shares-do-not-fit']);
    expect(await text(it)).toBeUndefined();
  });

  it('are nobody’s but the custodian’s to whom they were entrusted', async () => {
    const it = await say('bg-gdbop');
    const { findings } = await disclose(it, [
      { by: 'bg-prosecutor' },
      { by: 'bg-prosecutor', place: 1 },
    ]);
    expect(codes(findings)).toEqual(['share-not-by-custodian']);
    expect(await text(it)).toBeUndefined();
  });
});

describe('shares of noise', () => {
  /** `bg` says noise to nobody. */
  const noise = () => {
    const item = randomUUID() as ItemId;
    const part = { noise: 'a1b2' };
    return record({
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      family: 'disclosure',
      entrusting: entrusting(({ sessionKey }) => sessionKey),
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: { item, opens: true, practice: true },
          changes: content('DrillPrepared', item, { core: {} }),
        },
        {
          compartment: 'facts',
          to: ['bg-gdbop'],
          changes: content('DrillPrepared', item, { part }),
        },
      ],
    });
  };

  it('are proven by the wish to show the key that they gave; no other order makes one', async () => {
    const it = await noise();
    const made = await order(it, 'gr-police', 24, 'DRILL');
    const shares = [await share(it, made, BOTH[0]), await share(it, made, BOTH[1])];
    const lines = await Promise.all(shares.map((one) => withEarlier(it, one)));
    expect(codes(await hub.deliver({ leaf: made.leaf }, ...lines))).toEqual([]);
    const facts = it.sealed.compartments.find(({ name }) => name === 'facts')!;
    const key = Buffer.from(facts.sessionKey).toString('hex');
    expect(await hub.store.journal.toSign(0n, 10)).toMatchObject([
      {
        kind: 'receipt',
        item: made.item,
        body: {
          command: 'ProveDrill',
          data: { proves: [{ descriptor: facts.descriptorDigest, key }] },
        },
      },
    ]);
  });
});

describe('a hub that lets shares through which nobody ordered', () => {
  it.each<[string, (of: Said) => Promise<Order>]>([
    [
      'upon no order at all',
      async () => {
        const until = new Date(hub.log.time + DAY).toISOString();
        const [item, exchange] = [randomUUID() as ItemId, randomUUID() as ExchangeId];
        return Promise.resolve({ item, exchange, until, leaf: 3 });
      },
    ],
    ['upon an order for somebody else', (of) => order(of, 'tr-customs')],
    ['upon an order of something else', async () => order(await say('bg-gdbop'))],
    [
      'for longer than the order',
      async (of) => {
        const made = await order(of, 'gr-police', 1);
        return { ...made, until: new Date(hub.log.time + DAY).toISOString() };
      },
    ],
    [
      'upon another leaf than the order’s',
      async (of) => {
        const made = await order(of);
        return { ...made, leaf: made.leaf - 1 };
      },
    ],
  ])('is found out: %s', async (_, ordered) => {
    const it = await say('bg-gdbop');
    const made = await ordered(it);
    const shares = [await share(it, made, BOTH[0]), await share(it, made, BOTH[1])];
    const lines = await Promise.all(shares.map((one) => withEarlier(it, one)));
    const isOurs = hub.log.state.disclosure(made.item)?.beneficiary === hub.gr.id;
    const orders = isOurs ? [{ leaf: hub.log.state.disclosure(made.item)!.leaf }] : [];
    const findings = await hub.deliver(...orders, ...lines);
    expect(codes(findings)).toEqual(['share-without-order', 'share-without-order']);
    expect(await text(it)).toBeUndefined();
    expect(await hub.store.journal.shares(it.sealed.header.id)).toEqual([]);
    for (const { descriptor } of shares)
      expect(await hub.store.journal.wraps([descriptor])).toEqual([]);
  });
});

describe('an order that is in doubt', () => {
  it.each([
    ['goes with the statement that says so, whatever the hub says', 'before it'],
    ['opens nothing that comes behind that statement', 'behind it'],
  ])('%s', async (_what, when) => {
    const it = await say('bg-gdbop');
    const made = await order(it);
    const shares = [await share(it, made, BOTH[0]), await share(it, made, BOTH[1])];
    const fingerprint = federation.member('oversight').fingerprint;
    const lost = { kind: 'certificate-revoked', fingerprint, reason: 'compromised' } as const;
    const statement = { leaf: await hub.log.statement({ ...lost, since: made.leaf }) };
    const ordered = { leaf: made.leaf };
    const lines = await Promise.all(shares.map((one) => withEarlier(it, one)));
    const late = when === 'behind it';
    const handed = late ? [ordered, statement, ...lines] : [ordered, ...lines, statement];
    const found = codes(await hub.deliver(...handed));
    expect(found.filter((code) => code.startsWith('share'))).toEqual([]);
    expect(await text(it)).toBeUndefined();
    expect(await hub.store.journal.shares(it.sealed.header.id)).toEqual([]);
    expect(await hub.store.journal.wraps(shares.map(({ descriptor }) => descriptor))).toEqual([]);
    if (late) return;
    expect(await hub.store.journal.toSign(0n, 10)).toMatchObject([
      { kind: 'receipt', body: { command: 'ConfirmDisclosurePurge' } },
    ]);
    const now = new Date(hub.log.time).toISOString() as Instant;
    expect(await hub.store.views.disclosure(made.item, now)).toMatchObject({ expired: true });
    // A rebuild of the views brings nothing back.
    const digest = await hub.store.journal.viewsDigest();
    await hub.store.journal.rebuild();
    expect(await hub.store.journal.viewsDigest()).toBe(digest);
  });
});

describe('the end of an order, where a quorum of witnesses is asked for', () => {
  const witness = Cosigner.fromPem(
    'w',
    generateNoteKey('w', 'cosignature-v1').privateKeyPem,
    () => new Date(),
  );
  const until = async (what: () => Promise<boolean>): Promise<void> => {
    while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('seals off what was disclosed at once, and deletes it with the shares when a quorum has seen it', async () => {
    await hub.end();
    hub.begin({
      logs: [{ key: accepted(parseVerifierKey(federation.anchor.log.vkey)), url: null }],
      witnesses: [{ name: 'w', key: witness.verifierKey, url: null }],
      groups: [],
      quorum: 'w',
    });
    const it = await say('bg-gdbop');
    const made = await order(it, 'gr-police', 1);
    const shares = [await share(it, made, BOTH[0]), await share(it, made, BOTH[1])];
    hub.log.pass(3_601);
    await hub.log.own('heartbeat');
    const due = hub.log.handed.findIndex((_, leaf) =>
      hub.log.state.disclosuresEndedAt(leaf).some(({ item }) => item === made.item),
    );
    const lines = await Promise.all(shares.map((one) => withEarlier(it, one)));
    const event = it.sealed.header.id;
    const wraps = async () =>
      (await hub.store.journal.wraps(shares.map(({ descriptor }) => descriptor))).length;
    expect(codes(await hub.deliver({ leaf: made.leaf }, ...lines, { leaf: due }))).toEqual([]);
    expect(await text(it)).toBeUndefined();
    expect(await wraps()).toBe(2);
    expect(await hub.store.journal.toSign(0n, 10)).toEqual([]);

    const { note, tree } = await hub.log.served();
    const [body = ''] = Buffer.from(note).toString().split('\n\n');
    const [, line = ''] = (await signNote(`${body}\n`, [witness])).toString().split('\n\n');
    const cosigned = Buffer.from(note).toString() + line;
    const proofs = [{ from: tree.size, hashes: [] }];
    hub.bus.hand([formatDelivery({ kind: 'cosigned', note: cosigned, proofs })]);
    await until(async () => (await hub.store.journal.toSign(0n, 10)).length > 0);
    expect(await hub.store.journal.toSign(0n, 10)).toMatchObject([
      { kind: 'receipt', body: { command: 'ConfirmDisclosurePurge' } },
    ]);
    expect([await text(it), await wraps()]).toEqual([undefined, 0]);
    expect(await hub.store.journal.shares(event)).toEqual([]);
    expect(await hub.store.journal.sealedOff(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });
});

describe('who said what is to be disclosed', () => {
  const rows = async () => (await hub.store.views.toldDisclosures({ limit: 5 })).rows;
  const review = (disclosure: ItemId, by: MemberName) =>
    record({
      by,
      exchange: randomUUID() as ExchangeId,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: [by],
          facts: { item: randomUUID(), reviews: { disclosure, outcome: 'EXCESSIVE' } },
        },
      ],
    });

  it('is told, and of the review, and opens neither', async () => {
    const it = await say('gr-police');
    const made = await order(it, 'tr-customs');
    const reviewed = await review(made.item, 'oversight');
    const lines = [told(made.leaf), told(reviewed.leaf)];
    for (const { leaf } of lines) hub.containers.delete(leaf);
    expect(codes(await hub.deliver({ leaf: it.leaf }, ...lines))).toEqual([]);
    expect(await rows()).toMatchObject([
      {
        item: made.item,
        event: it.sealed.header.id,
        by: 'oversight',
        beneficiary: 'tr-customs',
        compartments: ['facts'],
        ground: 'COURT_ORDER',
        emergency: false,
        review: { outcome: 'EXCESSIVE', by: 'oversight' },
      },
    ]);
    expect(await hub.store.journal.history(made.exchange)).toMatchObject({ entries: [] });
  });

  it('is not made to believe that something of others was its own', async () => {
    const it = await say('bg-gdbop');
    const made = await order(it, 'tr-customs');
    hub.containers.delete(made.leaf);
    expect(codes(await hub.deliver(told(made.leaf)))).toEqual(['disclosure-not-of-ours']);
    expect(await rows()).toEqual([]);
  });

  it('is not made to believe in a review by anybody but oversight', async () => {
    const it = await say('gr-police');
    const made = await order(it, 'tr-customs');
    const reviewed = await review(made.item, 'tr-customs');
    const lines = [told(made.leaf), told(reviewed.leaf)];
    for (const { leaf } of lines) hub.containers.delete(leaf);
    const findings = await hub.deliver({ leaf: it.leaf }, ...lines);
    expect(codes(findings)).toEqual(['review-not-by-oversight']);
    expect((await rows())[0]).not.toHaveProperty('review');
  });
});

describe('a share of several keys', () => {
  const KEEPERS = ['gr-police', 'tr-customs'] as const;
  const PARTS = ['facts', 'intelligence'];
  beforeEach(() =>
    hub.log.statement({
      kind: 'custody-agreed',
      custodians: KEEPERS.map(id),
      threshold: 2,
      compartments: PARTS,
    }),
  );

  const entrustingAll = async (sealed: readonly SealedCompartment[]) => {
    const kept = sealed.filter(({ name }) => PARTS.includes(name));
    const split = await Promise.all(kept.map(({ sessionKey }) => splitKey(sessionKey, 2, 2)));
    return KEEPERS.map((keeper, at) =>
      compartment(`custody-${at + 1}`, [federation.member(keeper).recipient], {
        classification: 'UNCLASSIFIED',
        handling: [],
        frame: {
          ...frame(),
          event: {
            type: SHARES_ENTRUSTED,
            data: entrustedContent({
              threshold: 2,
              count: 2,
              shares: kept.map(({ descriptorDigest: descriptor }, one) => ({
                descriptor,
                share: split[one]![at]!,
              })),
            }),
          },
        },
      }),
    );
  };
  /** `bg` says two things, of which the Greek police, who keep a share of both keys, are told the facts, or nothing. */
  const sayBoth = (to: readonly MemberName[] = []) => {
    const item = randomUUID() as ItemId;
    const part = { text: 'a lorry', language: 'en', statement: 'FACT', entities: [] };
    const core = { to: id('gr-police') };
    const said = (name: string, readers: readonly MemberName[], what: object) => ({
      compartment: name,
      to: ['bg-gdbop' as const, ...readers],
      facts: {},
      changes: content('ContributionShared', item, what),
    });
    return record({
      by: 'bg-gdbop',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      entrusting: entrustingAll,
      parts: [
        {
          ...said('core', to, { core }),
          facts: {
            item,
            opens: true,
            admits: to.map((one) => ({ agency: id(one), compartments: ['core', 'facts'] })),
          },
        },
        said('facts', to, { part }),
        said('intelligence', [], { part }),
      ],
    });
  };
  /** An order to forget one of them, as whoever opens nothing of it is told. */
  const forget = async (of: Said, name: string, by: MemberName = 'bg-gdbop') => {
    const item = randomUUID() as ItemId;
    const erases = {
      event: of.sealed.header.id,
      descriptors: [digestOf(of, name)],
      ground: 'INACCURATE',
      until: new Date(hub.log.time + 3_600_000).toISOString(),
    };
    const { leaf } = await record(
      {
        by,
        exchange: of.sealed.header.stream,
        family: 'erasure',
        parts: [
          {
            compartment: 'core',
            to: [by],
            facts: { item, erases },
            changes: content('ErasureOrdered', item, { core: {} }),
          },
        ],
      },
      allow,
    );
    hub.containers.delete(leaf);
    return { item, ...told(leaf) };
  };
  const shares = async (of: Said) => hub.store.journal.shares(of.sealed.header.id);
  const answered = async () =>
    (await hub.store.journal.toSign(0n, 10)).flatMap(({ kind, item }) =>
      kind === 'receipt' ? [item] : [],
    );

  it('stays until all that it opens is to be forgotten, and goes with the last of it', async () => {
    const it = await sayBoth();
    const lines = [{ leaf: it.leaf }, await forget(it, 'facts')] as const;
    expect(codes(await hub.deliver(...lines))).toEqual([]);
    expect(await shares(it)).toMatchObject([
      { opens: expect.arrayContaining(PARTS.map((name) => digestOf(it, name))) as unknown },
    ]);
    // Nobody waits for who goes on keeping it.
    expect(await answered()).toEqual([]);
    const last = await forget(it, 'intelligence');
    expect(codes(await hub.deliver(...lines, last))).toEqual([]);
    expect(await shares(it)).toEqual([]);
    expect(await hub.store.journal.wraps([digestOf(it, 'custody-1')])).toEqual([]);
    expect(await answered()).toEqual([last.item]);
  });

  it('stays with who was told one of the things, although that is to be forgotten', async () => {
    const it = await sayBoth(['gr-police']);
    const first = await forget(it, 'facts');
    expect(codes(await hub.deliver({ leaf: it.leaf }, first))).toEqual([]);
    expect(await text(it)).toBeUndefined();
    expect(await shares(it)).toHaveLength(1);
    expect(await answered()).toContain(first.item);
    const last = await forget(it, 'intelligence');
    // This hub serves again what it was to forget, which is another finding.
    await hub.deliver({ leaf: it.leaf }, first, last);
    expect(await shares(it)).toEqual([]);
  });

  it('does not go by an order of one thing, and of the other by who may not give it', async () => {
    const it = await sayBoth();
    const first = await forget(it, 'facts');
    const theirs = await forget(it, 'intelligence', 'tr-customs');
    const findings = await hub.deliver({ leaf: it.leaf }, theirs, first);
    expect(codes(findings)).toEqual(['erasure-not-by-provider']);
    expect(await shares(it)).toHaveLength(1);
  });

  it('is kept behind one order, and not behind both', async () => {
    const [one, other] = [await sayBoth(), await sayBoth()];
    const orders = [
      await forget(one, 'facts'),
      await forget(other, 'facts'),
      await forget(other, 'intelligence'),
    ];
    const lines = [...orders, { leaf: one.leaf }, { leaf: other.leaf }];
    expect(codes(await hub.deliver(...lines))).toEqual([]);
    expect([await shares(one), await shares(other)]).toMatchObject([[{}], []]);
  });

  it('says what it opens where that was not written down when it came', async () => {
    const it = await sayBoth();
    expect(codes(await hub.deliver({ leaf: it.leaf }))).toEqual([]);
    const client = new Client({ ...hub.database });
    await client.connect();
    await client.query('update entrusted set opens = null');
    await client.end();
    const lines = [{ leaf: it.leaf }, await forget(it, 'facts')] as const;
    expect(codes(await hub.deliver(...lines))).toEqual([]);
    expect(await shares(it)).toHaveLength(1);
    expect(codes(await hub.deliver(...lines, await forget(it, 'intelligence')))).toEqual([]);
    expect(await shares(it)).toEqual([]);
  });
});
