import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LONGEST } from '@tripoint/domain';
import { type Sealed } from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import {
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type GrantFact } from '@tripoint/policy';
import { type Judgement } from './log-state.js';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
import { verifyLog } from './verify-log.js';
import { signerOf } from './verify-source.js';
import { whoCouldSee } from './who-could-see.js';

/** How many wrong grants of each kind are tried. */
const ATTACKS = Number(process.env['TRIPOINT_ATTACKS'] ?? 3);
const HOURS = 3600;

const digest = (): Digest => randomBytes(32).toString('hex') as Digest;

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found();
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const id = (member: MemberName) => federation.member(member).id;
const entryFrom = (sealed: Sealed) => entryOf(sealed.container);

const record = async (event: EventDraft): Promise<Sealed> => {
  const sealed = await log.seal(event);
  await log.record(federation.member(event.by).chain, entryFrom(sealed));
  return sealed;
};
const judged = async (event: EventDraft): Promise<Judgement> =>
  log.state.judge(
    {
      chain: federation.member(event.by).chain,
      revision: 0,
      entry: entryFrom(await log.seal(event)),
    },
    log.time,
    (it, registry) => signerOf(federation.openpgp, it, registry),
  );

/** What Bulgaria told Greece in an exchange of its own: the facts are for both, the source is not. */
type Told = { readonly exchange: ExchangeId; readonly said: Sealed };
const told = async (): Promise<Told> => {
  const exchange = randomUUID() as ExchangeId;
  const said = await record({
    by: 'bg-gdbop',
    exchange,
    family: 'contribution',
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', 'gr-police'],
        facts: {
          opens: true,
          item: randomUUID(),
          admits: [{ agency: id('gr-police'), compartments: ['core', 'facts'] }],
        },
      },
      { compartment: 'facts', to: ['bg-gdbop', 'gr-police'], changes: { handling: ['H2'] } },
      { compartment: 'source', to: ['bg-gdbop'] },
    ],
  });
  return { exchange, said };
};

const descriptor = ({ said }: Told, name: string): Digest =>
  said.compartments.find((one) => one.name === name)!.descriptorDigest;

const instant = (seconds: number): Instant =>
  new Date(log.time + seconds * 1000).toISOString() as Instant;

/** The provider decides. */
const decision = (
  it: Told,
  changes: { by?: MemberName; item?: ItemId; name?: string; until?: Instant; agency?: string } = {},
): EventDraft => ({
  by: changes.by ?? 'bg-gdbop',
  exchange: it.exchange,
  family: 'release',
  parts: [
    {
      compartment: 'core',
      to: ['bg-gdbop', 'gr-police'],
      facts: {
        item: changes.item ?? randomUUID(),
        release: {
          agency: changes.agency ?? id('tr-customs'),
          descriptors: [descriptor(it, changes.name ?? 'facts')],
          until: changes.until ?? instant(48 * HOURS),
        },
      },
    },
  ],
});

/** The provider carries it out. */
const grant = (
  { exchange }: Pick<Told, 'exchange'>,
  item: ItemId,
  fact: GrantFact,
  by: MemberName = 'bg-gdbop',
): EventDraft => ({
  by,
  exchange,
  family: 'grant',
  parts: [
    {
      compartment: 'core',
      to: [...new Set([by, fact.agency as string as MemberName])],
      facts: { item, grant: fact },
    },
  ],
});

type Decided = Told & {
  readonly item: ItemId;
  readonly fact: GrantFact;
};
const decided = async (): Promise<Decided> => {
  const it = await told();
  const item = randomUUID() as ItemId;
  const until = instant(48 * HOURS);
  const index = log.state.size;
  await record(decision(it, { item, until }));
  return {
    ...it,
    item,
    fact: {
      agency: id('tr-customs'),
      certificate: federation.member('tr-customs').fingerprint,
      header: it.said.headerDigest,
      until,
      verdict: index,
      wraps: [{ descriptor: descriptor(it, 'facts'), wrap: digest() }],
    },
  };
};
const granted = async (): Promise<Decided> => {
  const it = await decided();
  await record(grant(it, it.item, it.fact));
  return it;
};

/** For whom each verdict stood, and which rules were against it; by recipient. */
const verdicts = ({ decided: all }: Judgement) =>
  all
    .map(({ recipient, verdict }) => [recipient, verdict.allowed ? 'yes' : verdict.rules] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const revocation = ({ exchange, item }: Decided, by: MemberName = 'bg-gdbop'): EventDraft => ({
  by,
  exchange,
  family: 'grant',
  parts: [{ compartment: 'core', to: ['bg-gdbop', 'tr-customs'], facts: { item, revokes: true } }],
});

const lost = (how: {
  readonly reason: 'compromised' | 'superseded' | 'unknown';
  readonly since?: number;
}) => {
  const { fingerprint } = federation.member('bg-gdbop');
  return { kind: 'certificate-revoked' as const, fingerprint, ...how };
};

describe('a grant', () => {
  it('is decided, carried out, and verified from outside with everything else', async () => {
    const it = await granted();
    const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp);
    expect(fault).toBeNull();
    expect(log.state.grant(it.item)).toMatchObject({ grantee: id('tr-customs'), ended: false });
    // What is erased is shredded only when the grantee's secret is destroyed as well.
    expect(log.state.wrapped(descriptor(it, 'facts')).map(({ agency }) => agency)).toEqual(
      [id('bg-gdbop'), id('gr-police'), id('tr-customs')].sort(),
    );
  });

  it('is told to its grantee, which is not let into the exchange by it', async () => {
    const it = await decided();
    expect(verdicts(await judged(grant(it, it.item, it.fact)))).toEqual([
      [id('bg-gdbop'), 'yes'],
      [id('tr-customs'), 'yes'],
      [id('tr-customs'), 'yes'],
    ]);
    await record(grant(it, it.item, it.fact));
    expect(
      verdicts(
        await judged({
          by: 'tr-customs',
          exchange: it.exchange,
          parts: [{ compartment: 'core', to: ['tr-customs', 'bg-gdbop'], facts: {} }],
        }),
      ),
    ).toContainEqual([id('bg-gdbop'), expect.arrayContaining(['issuer-takes-part'])]);
  });

  it('lets its grantee answer its provider, and nobody else, with receipts', async () => {
    const it = await granted();
    const receipt = (to: readonly MemberName[]): EventDraft => ({
      by: 'tr-customs',
      exchange: it.exchange,
      family: 'receipt',
      parts: [{ compartment: 'core', to, facts: { item: it.item } }],
    });
    expect(verdicts(await judged(receipt(['tr-customs', 'bg-gdbop'])))).toEqual([
      [id('bg-gdbop'), 'yes'],
      [id('tr-customs'), 'yes'],
    ]);
    expect(verdicts(await judged(receipt(['gr-police'])))).toEqual([
      [id('gr-police'), expect.arrayContaining(['issuer-takes-part'])],
    ]);
  });

  it('is not passed on: what was granted under H2 stays there', async () => {
    const it = await granted();
    const passed = await judged({
      by: 'tr-customs',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [
        {
          compartment: 'facts',
          to: ['bg-gdbop', 'gr-police', 'hub'],
          facts: {
            opens: true,
            admits: [
              { agency: id('gr-police'), compartments: ['facts'] },
              { agency: id('hub'), compartments: ['facts'] },
            ],
            derivedFrom: [descriptor(it, 'facts')],
          },
          changes: { handling: ['H2'] },
        },
      ],
    });
    expect(passed.decided.find(({ recipient }) => recipient === id('hub'))?.verdict).toMatchObject({
      allowed: false,
      rules: expect.arrayContaining(['handling-h2-needs-release']),
    });
  });

  it('does not unbind others: who holds it for good may not tell the grantee beside it', async () => {
    const it = await granted();
    const beside = await judged({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [
        {
          compartment: 'facts',
          to: ['tr-customs'],
          facts: {
            opens: true,
            admits: [{ agency: id('tr-customs'), compartments: ['facts'] }],
            derivedFrom: [descriptor(it, 'facts')],
          },
          changes: { handling: ['H2'] },
        },
      ],
    });
    expect(verdicts(beside)).toEqual([
      [id('tr-customs'), expect.arrayContaining(['handling-h2-needs-release'])],
    ]);
  });

  it('ends by itself, with a leaf that says so, and may then be given anew', async () => {
    const it = await granted();
    log.pass(48 * HOURS - 1);
    await log.own('heartbeat');
    expect(log.state.grant(it.item)?.ended).toBe(false);
    log.pass(1);
    const heartbeat = await log.own('heartbeat');
    expect(log.state.grant(it.item)?.ended).toBe(true);
    expect(log.state.grantsEndedAt(heartbeat - 1)).toMatchObject([{ item: it.item }]);
    const { fault, leaves } = await verifyLog(
      await log.served(),
      federation.anchor,
      federation.openpgp,
    );
    expect([fault, leaves.due]).toEqual([null, 1]);
    expect(verdicts(await judged(decision(it)))).toContainEqual([id('tr-customs'), 'yes']);
  });

  it('ends at once when its provider takes it back, and the grantee is told', async () => {
    const it = await granted();
    expect(verdicts(await judged(revocation(it)))).toEqual([
      [id('bg-gdbop'), 'yes'],
      [id('tr-customs'), 'yes'],
    ]);
    await record(revocation(it));
    expect(log.state.grant(it.item)?.ended).toBe(true);
    log.pass(50 * HOURS);
    await log.own('heartbeat');
    const { fault, leaves } = await verifyLog(
      await log.served(),
      federation.anchor,
      federation.openpgp,
    );
    expect([fault, leaves.due]).toEqual([null, undefined]);
  });

  it('is not ended by anybody else', async () => {
    const it = await granted();
    await record(revocation(it, 'gr-police'));
    expect(log.state.grant(it.item)?.ended).toBe(false);
  });

  it('taken back before it was carried out is not carried out any more', async () => {
    const it = await decided();
    await record(revocation(it));
    expect(verdicts(await judged(grant(it, it.item, it.fact)))).toContainEqual([
      id('tr-customs'),
      ['grant-is-what-was-decided'],
    ]);
  });

  it('is not carried out while its decision is in doubt, and is once that is attested', async () => {
    federation = await LittleFederation.found();
    log = await LittleLog.begin(federation);
    const it = await decided();
    const { verdict } = it.fact;
    const { fingerprint } = federation.member('bg-gdbop');
    await log.statement({
      kind: 'certificate-revoked',
      fingerprint,
      reason: 'compromised',
      since: verdict,
    });
    const { id: agency, files } = await federation.renew('bg-gdbop');
    const certificate = certificateText(files.certificate);
    await log.statement({ kind: 'certificate-rotated', agency, certificate });
    expect(log.state.resting(agency, [verdict, verdict + 1])).toMatchObject([
      { what: 'release', leaf: verdict, item: it.item, over: false },
    ]);
    const carriedOut = async () => verdicts(await judged(grant(it, it.item, it.fact)));
    expect(await carriedOut()).toContainEqual([id('tr-customs'), ['grant-is-what-was-decided']]);

    await log.statement({ kind: 'history-attested', agency, from: verdict, through: verdict });
    expect(await carriedOut()).toContainEqual([id('tr-customs'), 'yes']);
    await record(grant(it, it.item, it.fact));
    const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp);
    expect(fault).toBeNull();
    expect(log.state.grant(it.item)?.ended).toBe(false);
  });

  it.each<[string, (verdict: number) => ReturnType<typeof lost>, boolean]>([
    ['since before its decision', (since) => lost({ reason: 'compromised', since }), true],
    ['since after its decision', (at) => lost({ reason: 'compromised', since: at + 1 }), false],
    ['for no known reason', () => lost({ reason: 'unknown' }), true],
    ['as superseded', () => lost({ reason: 'superseded' }), false],
  ])('whose provider’s key is revoked %s is over with it, or is not', async (_how, body, over) => {
    federation = await LittleFederation.found();
    log = await LittleLog.begin(federation);
    const [it, other] = [await granted(), await granted()];
    const statement = body(it.fact.verdict);
    await log.statement(statement);
    const at = log.state.size - 1;
    const isOver = [it, other].map(({ item }) => log.state.grant(item)?.ended);
    // The other was decided later: it is in doubt where only what came after the first decision is.
    expect(isOver).toEqual([over, over || statement.reason === 'compromised']);
    const ended = log.state.grantsEndedAt(at);
    expect(ended).toHaveLength(isOver.filter(Boolean).length);
    expect(ended.every(({ wraps }) => wraps.length === 1)).toBe(true);
    const { exchanges, report } = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      at,
    );
    expect(report.fault).toBeNull();
    const rows = (exchanges.get(other.exchange) ?? []).filter(({ index }) => index === at);
    expect(rows.flatMap(({ audience }) => audience)).toMatchObject(
      isOver[1] === true ? [{ agency: id('tr-customs'), allowed: false }] : [],
    );
    const { item, exchange, fact } = it;
    const rests = { leaf: fact.verdict, item, exchange, concerns: id('tr-customs') };
    expect(log.state.resting(id('bg-gdbop'), [fact.verdict])).toEqual([
      { ...rests, what: 'grant', over },
    ]);
    expect(log.state.resting(id('gr-police'), [fact.verdict])).toEqual([]);
    // Nothing falls due any more, and what was ended stays so when it is attested; it may be decided anew.
    const { id: agency, files } = await federation.renew('bg-gdbop');
    const certificate = certificateText(files.certificate);
    await log.statement({ kind: 'certificate-rotated', agency, certificate });
    if (over) {
      const [from, through] = [it.fact.verdict, at - 1];
      await log.statement({ kind: 'history-attested', agency, from, through });
      expect(log.state.grant(it.item)?.ended).toBe(true);
      expect(verdicts(await judged(decision(it)))).toContainEqual([id('tr-customs'), 'yes']);
    }
    log.pass(50 * HOURS);
    await log.own('heartbeat');
    const { fault, leaves } = await verifyLog(
      await log.served(),
      federation.anchor,
      federation.openpgp,
    );
    expect([fault, leaves.due ?? 0]).toEqual([null, 2 - ended.length]);
  });

  it('is in what an overseer sees, from its leaf to its end', async () => {
    const it = await granted();
    const at = log.state.size - 1;
    log.pass(49 * HOURS);
    await log.own('heartbeat');
    const rows = async (index: number) => {
      const { exchanges } = await whoCouldSee(
        await log.served(),
        federation.anchor,
        federation.openpgp,
        index,
      );
      return (exchanges.get(it.exchange) ?? [])
        .filter((row) => row.descriptor === descriptor(it, 'facts'))
        .flatMap(({ index: leaf, audience, grant: handed }) =>
          audience.map(({ agency, allowed }) => [leaf, agency, allowed, handed?.until] as const),
        )
        .filter(([, agency]) => agency === id('tr-customs'));
    };
    expect(await rows(at - 1)).toEqual([]);
    expect(await rows(at)).toEqual([[at, id('tr-customs'), true, it.fact.until]]);
    expect(await rows(at + 1)).toEqual([
      [at, id('tr-customs'), true, it.fact.until],
      [at + 1, id('tr-customs'), false, undefined],
    ]);
  });
});

describe('the decision to grant', () => {
  it.each<[string, (it: Told) => EventDraft, string]>([
    [
      'by another than the provider',
      (it) => decision(it, { by: 'gr-police' }),
      'grant-is-by-the-provider',
    ],
    ['of a source', (it) => decision(it, { name: 'source' }), 'kind-may-hold-the-compartment'],
    ['of a core', (it) => decision(it, { name: 'core' }), 'core-is-not-granted'],
    [
      'to who holds it',
      (it) => decision(it, { agency: id('gr-police') }),
      'grant-is-of-something-new',
    ],
    [
      'to the provider itself',
      (it) => decision(it, { agency: id('bg-gdbop') }),
      'grant-is-of-something-new',
    ],
    ['to a hub', (it) => decision(it, { agency: id('hub') }), 'hub-receives-no-content'],
    ['for a time that is over', (it) => decision(it, { until: instant(0) }), 'grant-is-in-time'],
    [
      'for longer than it may be',
      (it) => decision(it, { until: instant(LONGEST.grant / 1000 + 301) }),
      'grant-is-in-time',
    ],
    [
      'in another exchange',
      (it) => ({ ...decision(it), exchange: randomUUID() as ExchangeId }),
      'grant-is-by-the-provider',
    ],
  ])('is not allowed %s', async (_, made, rule) => {
    const judgement = await judged(made(await told()));
    const about = judgement.decided.filter(({ verdict }) => verdict.question.grant !== undefined);
    expect(about.map(({ verdict }) => [verdict.allowed, verdict.rules])).toEqual([
      [false, expect.arrayContaining([rule])],
    ]);
  });

  it('is not allowed of what nobody has said', async () => {
    const it = await told();
    const facts = { ...decision(it).parts[0]!.facts };
    const judgement = await judged({
      ...decision(it),
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: {
            ...facts,
            release: { agency: id('tr-customs'), descriptors: [digest()], until: instant(60) },
          },
        },
      ],
    });
    expect(judgement.decided.at(-1)?.verdict).toMatchObject({ allowed: false });
  });

  it('is not allowed twice while the first grant lasts', async () => {
    expect(verdicts(await judged(decision(await granted())))).toContainEqual([
      id('tr-customs'),
      ['grant-is-of-something-new'],
    ]);
  });

  it('gives nobody anything yet', async () => {
    const it = await decided();
    const { exchanges } = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      log.state.size - 1,
    );
    const seen = exchanges.get(it.exchange)?.flatMap(({ audience }) => audience) ?? [];
    expect(seen.map(({ agency }) => agency)).not.toContain(id('tr-customs'));
  });
});

describe(`a wrong grant, each kind tried ${ATTACKS} times`, () => {
  const later = ({ until }: GrantFact): Instant =>
    new Date(Date.parse(until) + 1 + randomInt(1e9)).toISOString() as Instant;

  it.each<[string, (it: Decided) => EventDraft | Promise<EventDraft>]>([
    ['by another issuer', (it) => grant(it, it.item, it.fact, 'gr-police')],
    ['by its grantee', (it) => grant(it, it.item, it.fact, 'tr-customs')],
    [
      'of another compartment of the same event',
      (it) =>
        grant(it, it.item, {
          ...it.fact,
          wraps: [{ descriptor: descriptor(it, 'source'), wrap: digest() }],
        }),
    ],
    [
      'of more than was decided on',
      (it) =>
        grant(it, it.item, {
          ...it.fact,
          wraps: [...it.fact.wraps, { descriptor: descriptor(it, 'source'), wrap: digest() }].sort(
            (a, b) => (a.descriptor < b.descriptor ? -1 : 1),
          ),
        }),
    ],
    [
      'of an event of another exchange',
      async (it) => {
        const other = await told();
        return grant(it, it.item, {
          ...it.fact,
          header: other.said.headerDigest,
          wraps: [{ descriptor: descriptor(other, 'facts'), wrap: digest() }],
        });
      },
    ],
    ['under another header', (it) => grant(it, it.item, { ...it.fact, header: digest() })],
    ['for longer', (it) => grant(it, it.item, { ...it.fact, until: later(it.fact) })],
    [
      'by a decision that was none',
      (it) => grant(it, it.item, { ...it.fact, verdict: randomInt(it.fact.verdict) }),
    ],
    [
      'by a decision that is to come',
      (it) => grant(it, it.item, { ...it.fact, verdict: log.state.size + randomInt(9) }),
    ],
    [
      'to another agency',
      (it) =>
        grant(it, it.item, {
          ...it.fact,
          agency: id('gr-police'),
          certificate: federation.member('gr-police').fingerprint,
        }),
    ],
    [
      'to the key of another agency',
      (it) =>
        grant(it, it.item, {
          ...it.fact,
          certificate: federation.member('gr-police').fingerprint,
        }),
    ],
    [
      'to the key of nobody',
      (it) => grant(it, it.item, { ...it.fact, certificate: digest() as string as Fingerprint }),
    ],
    ['under another item', (it) => grant(it, randomUUID() as ItemId, it.fact)],
    [
      'in another exchange',
      (it) => grant({ exchange: randomUUID() as ExchangeId }, randomUUID() as ItemId, it.fact),
    ],
    [
      'that was carried out before',
      async (it) => {
        await record(grant(it, it.item, it.fact));
        return grant(it, it.item, it.fact);
      },
    ],
    [
      'that was carried out before and has ended',
      async (it) => {
        await record(grant(it, it.item, it.fact));
        await record(revocation(it));
        return grant(it, it.item, it.fact);
      },
    ],
    [
      'whose time is over',
      (it) => {
        log.pass(48 * HOURS + randomInt(HOURS));
        return grant(it, it.item, it.fact);
      },
    ],
  ])(
    '%s is denied, and its grantee not told',
    async (_, attack) => {
      for (let n = 0; n < ATTACKS; n += 1) {
        log = await LittleLog.begin(federation);
        const event = await attack(await decided());
        const { decided: all } = await judged(event);
        const about = all.filter(({ verdict }) => verdict.question.grant !== undefined);
        expect(about.length).toBeGreaterThan(0);
        expect(about.filter(({ verdict }) => verdict.allowed)).toEqual([]);
        const toldOf = all.filter(
          ({ recipient, verdict }) =>
            verdict.question.grant === undefined && recipient !== id(event.by) && verdict.allowed,
        );
        // A participant may follow that its host tried; who was to be given it hears nothing.
        expect(toldOf.map(({ recipient }) => recipient)).not.toContain(id('tr-customs'));
      }
    },
    3_600_000,
  );
});
