// An order to disclose one event: with one share fewer than it takes nothing opens, with enough the reader reads just what was
// ordered, and when the time is over all of it is gone. Oversight orders it for another agency, and has forgotten what others said.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import {
  type ImposeDisclosureBody,
  type ImposeErasureBody,
  type OrderDisclosureBody,
  type SubmittedResponse,
} from '@tripoint/contracts';
import { type Command, type DisclosureGround } from '@tripoint/domain';
import { OpenPgpJs } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Officer, type Purpose } from '@tripoint/platform';
import { HttpLogSource, type LogState, verifyLog } from '@tripoint/replay';
import { type AgencyOptions } from '../../../agency/src/agency.options.js';
import { RegisteredFederation } from '../../../agency/src/federation/registered-federation.js';
import { Desk } from '../../../agency/src/http/desk.js';
import { DisclosuresController } from '../../../agency/src/http/disclosures.controller.js';
import { OrdersController } from '../../../agency/src/http/orders.controller.js';
import { CourtBundle } from '../../../agency/src/evidence/court-bundle.js';
import { LogTime } from '../../../agency/src/queries/log-time.js';
import { Released } from '../../../agency/src/queries/released.js';
import {
  AUDITOR_TOKEN,
  confirmed,
  type Federation,
  openFederation,
} from './testing/composition.js';
import { enact } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { everyTable } from './testing/every-byte.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { contribution, give, OFFICER } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const READER = 'tr-police' as AgencyId;
const OVERSIGHT = 'oversight' as AgencyId;
const CUSTODIANS = ['bg-customs', 'gr-customs', 'tr-customs'] as AgencyId[];
const THRESHOLD = 2;
const SAID = 'a red barge with the mark QLV 7714';

let remove: () => Promise<void>;
let grounds: Grounds;
let federation: Federation;
/** By how much everybody's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR, BG, READER, OVERSIGHT, ...CUSTODIANS]);
  await enact(grounds.places, {
    kind: 'custody-agreed',
    custodians: CUSTODIANS,
    threshold: THRESHOLD,
    compartments: ['facts'],
  });
  federation = await openFederation(grounds.places, { door: true, now: () => Date.now() + ahead });
  for (const member of federation.members.values()) await confirmed(member);
}, 240_000);
afterAll(async () => {
  await federation.close();
  await grounds.remove();
  await remove();
});

const inSeconds = (seconds: number): Instant =>
  new Date(Date.now() + ahead + seconds * 1000).toISOString() as Instant;
/** Until when an order is, in seconds; and it is over then, however long it took to get there. */
const AN_HOUR = 3600;
const pass = (): void => {
  ahead += AN_HOUR * 1000;
};

const say = async (
  agency: AgencyId,
  type: Command['type'],
  exchange: ExchangeId,
  data: object,
  item = randomUUID() as ItemId,
): Promise<ItemId> => {
  const by = { agency, officer: OFFICER };
  const decision = { type, item, exchange, by, at: inSeconds(0), data } as unknown as Command;
  await give(federation.member(agency), { key: randomUUID(), decision });
  return item;
};

const tell = async (): Promise<EventId> => (await told()).event;

const told = async () => {
  const { decision } = contribution(BG, GR, SAID);
  const { submissions } = await give(federation.member(BG), { key: randomUUID(), decision });
  const [event] = submissions as [EventId];
  for (const custodian of CUSTODIANS)
    await untilTrue(
      `${custodian} keeps its share`,
      async () => (await federation.member(custodian).store.journal.shares(event)).length > 0,
    );
  return { event, exchange: decision.exchange };
};

const readBy = async (agency: AgencyId, event: EventId): Promise<string | undefined> => {
  const held = await federation.member(agency).store.journal.entry(event);
  return (held?.recorded.event.parts as { facts?: { text: string } } | undefined)?.facts?.text;
};
const disclosureOf = (agency: AgencyId, item: ItemId) =>
  federation.member(agency).store.views.disclosure(item, inSeconds(0));

/** The door of an agency, at which orders are given if it is oversight's. */
const doorOf = (agency: AgencyId) => {
  const { commands, deciding, options, store } = federation.member(agency);
  const fourEyes = { commands: new Set<string>(), proposals: store.proposals };
  const own: AgencyOptions = Object.assign({}, options, { fourEyes });
  const desk = new Desk(commands, own);
  const registered = deciding.get(RegisteredFederation);
  const orders = new OrdersController(desk, own, registered);
  const disclosures = new DisclosuresController(desk, own, new LogTime(own), registered);
  return { desk, orders, disclosures, officers: store.officers, proposals: store.proposals };
};
const AUDITOR = { id: 'l.todorov', name: 'L', roles: ['OVERSIGHT_AUDITOR'] } as unknown as Officer;
/** An auditor, who gives one command more. */
const asAuditor = () => ({
  officer: AUDITOR,
  key: randomUUID(),
  request: '0'.repeat(64) as Digest,
});

/** One officer has proposed it; it takes another to have it sealed, although this door was told of nothing that takes two. */
const agreed = async ({ proposal = '', events }: SubmittedResponse, agency = OVERSIGHT) => {
  expect(events).toEqual([]);
  const { desk, officers, proposals } = doorOf(agency);
  const alone = { outcome: 'CONFIRMED', by: AUDITOR.id, at: desk.now } as const;
  const roles = AUDITOR.roles;
  // Repeated, it is an account that exists.
  await officers.add({ id: AUDITOR.id, name: 'L', roles, passwordHash: 'none' });
  expect(await proposals.decide(proposal, alone, roles)).toMatchObject({ refused: 'proposal-own' });
  const other = { ...alone, by: 'e.boneva' as OfficerId };
  const decided = await proposals.decide(proposal, other, roles);
  if (isRefusal(decided)) throw new Error(decided.refused);
  return desk.carryOut(decided);
};

/** An emergency of the reader's, on the word of two. */
const orderFor = async (
  event: EventId,
  until: Instant,
  ground: DisclosureGround = 'DANGER_TO_LIFE',
) => {
  const compartments = ['facts' as const];
  const order = { event, compartments, beneficiary: READER, ground, until, emergency: true };
  const { disclosures } = doorOf(READER);
  const { item, exchange } = await agreed(await disclosures.order(order, asAuditor()), READER);
  for (const custodian of CUSTODIANS)
    await eventually(`${custodian} is told of the order`, () => disclosureOf(custodian, item));
  const release = (custodian: AgencyId) => say(custodian, 'ApproveShare', exchange, {}, item);
  return { item, exchange, release };
};

/** What an agency has found; an hour that passes at once looks like heads that were left out, until they come. */
const foundBy = async (agency: AgencyId): Promise<readonly string[]> => {
  const { rows } = await federation.member(agency).store.views.findings({ limit: 10 });
  return rows.map(({ code }) => code).filter((code) => code !== 'heads-overdue');
};

/** What the log means, recomputed from outside. */
const verified = async (): Promise<LogState> => {
  const openpgp = new OpenPgpJs();
  const { anchor } = await FederationFolder.open(openpgp, grounds.places.federation);
  const source = new HttpLogSource({ url: federation.hub.url ?? '', token: AUDITOR_TOKEN });
  let folded: LogState | undefined;
  const heard = (_: unknown, state: LogState): void => {
    folded = state;
  };
  expect((await verifyLog(source, anchor, openpgp, { heard })).fault).toBeNull();
  if (folded === undefined) throw new Error('the log is empty');
  return folded;
};

/** Nothing of the content, and no part of a key to it. */
const expectNothingHeldByOversight = async (event: EventId): Promise<void> => {
  const { journal } = federation.member(OVERSIGHT).store;
  expect(await journal.entry(event)).toBeUndefined();
  expect(await journal.shares(event)).toEqual([]);
  const tables = await everyTable(grounds.places.agencies[OVERSIGHT]!);
  expect([...tables.values()].some((rows) => rows.includes(SAID))).toBe(false);
};

describe('an order to disclose one event', () => {
  it('opens with as many shares as it takes and not before, and ends with its time', async () => {
    const event = await tell();
    const other = await tell();
    const until = inSeconds(AN_HOUR);
    const { item, exchange, release } = await orderFor(event, until);
    const [first, second, third] = CUSTODIANS as [AgencyId, AgencyId, AgencyId];

    const { views } = federation.member(BG).store;
    const toldToAuthor = () => views.toldDisclosures({ limit: 5 });
    await untilTrue('who said it is told', async () => (await toldToAuthor()).rows.length > 0);
    expect((await toldToAuthor()).rows).toMatchObject([
      { item, event, by: READER, beneficiary: READER, ground: 'DANGER_TO_LIFE', emergency: true },
    ]);
    // Of the order itself it holds nothing, and of what custodians say it hears nothing.
    expect(await disclosureOf(BG, item)).toBeUndefined();

    await say(third, 'DeclineShare', exchange, {}, item);
    await release(first);
    await untilTrue('one share has come', async () => {
      const row = await disclosureOf(READER, item);
      return row?.released.join() === first && row.declined.join() === third;
    });
    // One fewer than it takes.
    expect(await readBy(READER, event)).toBeUndefined();
    expect(await federation.member(READER).store.journal.shares(event)).toHaveLength(1);

    await release(second);
    await untilTrue('it is read', async () => (await readBy(READER, event)) === SAID);
    const held = await federation.member(READER).store.journal.entry(event);
    expect(held?.descriptors.map(({ compartment }) => compartment)).toEqual(['facts']);
    expect(held?.recorded.issuer).toBe(BG);
    expect(await readBy(READER, other)).toBeUndefined();
    // For its reader and its time: no verdict and no grant gave it, and a court would see nothing else.
    const { options } = federation.member(READER);
    const court = new CourtBundle(options, new Released(options), new LogTime(options));
    const wished = {
      item: held!.recorded.event.item,
      compartments: ['facts'],
      keys: false,
    } as const;
    const purpose = { code: 'JUDICIAL_PROCEEDINGS' } as unknown as Purpose;
    expect(await court.build(AUDITOR, purpose, wished)).toMatchObject({
      refused: 'opened-by-custodians',
    });
    for (const custodian of CUSTODIANS) expect(await readBy(custodian, event)).toBeUndefined();

    // A hold of the reader's own does not make a year of its hour.
    const hold = { event, compartments: ['facts'], ground: 'COURT_ORDER', until: inSeconds(9e6) };
    const holding = await say(READER, 'PlaceHold', held!.exchange, hold);
    await eventually('the hold is placed', () =>
      federation.member(READER).store.views.hold(holding, inSeconds(0)),
    );

    pass();
    await untilTrue('the reader says that it is gone', async () => {
      return (await disclosureOf(READER, item))?.status === 'PURGED';
    });
    expect(await readBy(READER, event)).toBeUndefined();
    expect(await federation.member(READER).store.journal.shares(event)).toEqual([]);
    const tables = await everyTable(grounds.places.agencies[READER]!);
    expect([...tables].filter(([, rows]) => rows.includes(SAID)).map(([name]) => name)).toEqual([]);
    // What custodians keep themselves stays.
    expect(await federation.member(first).store.journal.shares(event)).toHaveLength(1);
    expect(await foundBy(READER)).toEqual([]);

    const outcome = 'EXCESSIVE';
    const reviewing = (of: ItemId) =>
      doorOf(OVERSIGHT).disclosures.review({ item: of }, { outcome }, asAuditor());
    await expect(reviewing(randomUUID() as ItemId)).rejects.toMatchObject({ code: 'item-unknown' });
    const overseen = federation.member(OVERSIGHT).store.views;
    await eventually('oversight is told', () => overseen.toldDisclosure(item));
    // Of two auditors who look at it in the same instant, one is told that it was reviewed.
    const both = await Promise.allSettled([reviewing(item), reviewing(item)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'already-reviewed' }),
    });
    // Sealed or recorded, there is one.
    await expect(reviewing(item)).rejects.toMatchObject({ code: 'already-reviewed' });
    await untilTrue('oversight knows of its own review', async () => {
      return (await overseen.toldDisclosure(item))?.review?.by === OVERSIGHT;
    });
    await expect(reviewing(item)).rejects.toMatchObject({ code: 'already-reviewed' });
    await untilTrue('who invoked it is told what oversight thinks of it', async () => {
      return (await disclosureOf(READER, item))?.review?.outcome === outcome;
    });
    await untilTrue('and who said it', async () => {
      return (await toldToAuthor()).rows[0]?.review?.outcome === outcome;
    });
    expect((await verified()).disclosure(item)?.review).toMatchObject({ outcome, by: OVERSIGHT });
  }, 240_000);
});

describe('oversight', () => {
  it('orders a disclosure for another agency, and reads nothing of it', async () => {
    const event = await tell();
    const until = inSeconds(AN_HOUR);
    const order: ImposeDisclosureBody = {
      event,
      compartments: ['facts'],
      beneficiary: READER,
      ground: 'COURT_ORDER',
      until,
    };
    await expect(doorOf(GR).orders.disclosure(order, asAuditor())).rejects.toMatchObject({
      code: 'not-an-authority',
    });
    // Nobody is asked to confirm what would be refused.
    const { proposals } = doorOf(OVERSIGHT);
    for (const [changes, code] of [
      [{ until: inSeconds(-1) }, 'order-is-for-a-day-at-most'],
      [{ beneficiary: 'nobody' as AgencyId }, 'unknown-agency'],
    ] as const)
      await expect(
        doorOf(OVERSIGHT).orders.disclosure(Object.assign({}, order, changes), asAuditor()),
      ).rejects.toMatchObject({ code });
    expect(await proposals.newest(10)).toEqual([]);
    const { item, exchange } = await agreed(
      await doorOf(OVERSIGHT).orders.disclosure(order, asAuditor()),
    );
    for (const custodian of CUSTODIANS)
      await eventually(`${custodian} is told of the order`, () => disclosureOf(custodian, item));
    const [first, second, third] = CUSTODIANS as [AgencyId, AgencyId, AgencyId];
    await say(third, 'DeclineShare', exchange, {}, item);
    for (const custodian of [first, second])
      await say(custodian, 'ApproveShare', exchange, {}, item);
    await untilTrue('it is read', async () => (await readBy(READER, event)) === SAID);
    pass();
    await untilTrue('the reader says that it is gone', async () => {
      return (await disclosureOf(READER, item))?.status === 'PURGED';
    });
    expect(await readBy(READER, event)).toBeUndefined();
    expect(await federation.member(READER).store.journal.shares(event)).toEqual([]);
    await expectNothingHeldByOversight(event);
    const disclosed = (await verified()).disclosure(item);
    expect(disclosed).toMatchObject({
      orderedBy: OVERSIGHT,
      beneficiary: READER,
      declined: [third],
      ended: true,
    });
    expect([...(disclosed?.shares.keys() ?? [])].sort()).toEqual([first, second]);
  }, 120_000);

  it('has forgotten what another agency said, and nobody else has', async () => {
    const { event, exchange } = await told();
    await untilTrue('GR reads it', async () => (await readBy(GR, event)) === SAID);
    const held = await eventually('it is recorded', () =>
      federation.member(BG).store.journal.entry(event),
    );
    const named = held.descriptors.filter(({ compartment }) => compartment === 'facts');
    const data = {
      event,
      compartments: ['facts'] as const,
      descriptors: named.map(({ descriptor }) => descriptor),
      ground: 'SUPERVISORY_ORDER' as const,
      until: inSeconds(600),
    };
    // Whoever holds a signing key can have an order logged; that it is by who may give one it cannot say.
    const forged = await say(GR, 'OrderErasure', exchange, { ...data, saidBy: GR });
    await untilTrue('its own node finds it out', async () => {
      const { rows } = await federation.member(GR).store.views.findings({ limit: 10 });
      return rows.some((one) => one.code === 'erasure-not-by-provider' && one.event === event);
    });
    expect(await readBy(GR, event)).toBe(SAID);
    expect(await readBy(BG, event)).toBe(SAID);
    expect((await verified()).erasure(forged)).toBeUndefined();

    const body: ImposeErasureBody = {
      exchange,
      event,
      saidBy: BG,
      parts: named.map(({ descriptor }) => ({ compartment: 'facts', descriptor })),
      ground: data.ground,
      until: data.until,
    };
    await expect(doorOf(GR).orders.erasure(body, asAuditor())).rejects.toMatchObject({
      code: 'not-an-authority',
    });
    const { item } = await agreed(await doorOf(OVERSIGHT).orders.erasure(body, asAuditor()));
    for (const holder of [BG, GR])
      await untilTrue(`${holder} forgets`, async () => (await readBy(holder, event)) === undefined);
    for (const custodian of CUSTODIANS)
      await untilTrue(`${custodian} keeps no share`, async () => {
        return (await federation.member(custodian).store.journal.shares(event)).length === 0;
      });
    await untilTrue('everybody has said so, and who said it is told', async () => {
      return (await federation.member(BG).store.views.erasure(item))?.completedAt !== undefined;
    });
    expect(await federation.member(BG).store.views.erasure(item)).toMatchObject({
      by: OVERSIGHT,
      originator: BG,
    });
    expect((await verified()).erasure(item)).toMatchObject({
      by: OVERSIGHT,
      originator: BG,
      told: [...CUSTODIANS, BG, GR].sort(),
      completed: true,
    });
    await expectNothingHeldByOversight(event);
    for (const agency of [OVERSIGHT, BG, GR])
      expect((await foundBy(agency)).filter((code) => code !== 'erasure-not-by-provider')).toEqual(
        [],
      );
  }, 120_000);
});

describe('a drill of custodians', () => {
  it('is of nothing that is known to be no noise, and of nobody’s own', async () => {
    const event = await tell();
    await untilTrue('GR reads it', async () => (await readBy(GR, event)) === SAID);
    const order = (beneficiary: AgencyId): OrderDisclosureBody => ({
      event,
      compartments: ['facts'],
      beneficiary,
      ground: 'DRILL',
      until: inSeconds(3600),
      emergency: true,
    });
    for (const [agency, code] of [
      [GR, 'order-is-of-what-is-in-custody'],
      [BG, 'order-is-of-something-new'],
    ] as const)
      await expect(
        doorOf(agency).disclosures.order(order(agency), asAuditor()),
      ).rejects.toMatchObject({ code });
  }, 60_000);

  it('is proven in the log by the key of noise, and discloses nothing else', async () => {
    const exchange = randomUUID() as ExchangeId;
    const by = { agency: BG, officer: OFFICER };
    const { submissions } = await give(federation.member(BG), {
      key: randomUUID(),
      decision: {
        type: 'PrepareDrill',
        item: randomUUID() as ItemId,
        exchange,
        by,
        at: inSeconds(0),
        data: { compartments: ['facts'], noise: 'a1b2' },
      },
    });
    const [event] = submissions as [EventId];
    for (const custodian of CUSTODIANS)
      await untilTrue(
        `${custodian} keeps its share`,
        async () => (await federation.member(custodian).store.journal.shares(event)).length > 0,
      );
    const drill = await orderFor(event, inSeconds(3600), 'DRILL');
    const [first, second] = CUSTODIANS as [AgencyId, AgencyId];
    for (const custodian of [first, second]) await drill.release(custodian);
    const { journal } = federation.member(READER).store;
    const proven = await eventually('the log shows the key', async () =>
      (await journal.history(drill.exchange)).entries.find(
        ({ recorded }) => recorded.event.type === 'DrillProven' && recorded.leaf !== undefined,
      ),
    );
    expect(proven.facts).toMatchObject({
      item: drill.item,
      proves: [{ key: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown }],
    });
    expect((await verified()).drill?.proven).toMatchObject({ leaf: proven.recorded.leaf?.index });
  }, 120_000);
});

describe('an erasure of what is in custody', () => {
  it('takes along what custodians keep and what they have handed over', async () => {
    const { event, exchange } = await told();
    const { item, release } = await orderFor(event, inSeconds(3600));
    const [first, second] = CUSTODIANS as [AgencyId, AgencyId];
    for (const custodian of [first, second]) await release(custodian);
    await untilTrue('it is read', async () => (await readBy(READER, event)) === SAID);
    const said = await federation.member(BG).store.journal.entry(event);
    const facts = said?.descriptors.find(({ compartment }) => compartment === 'facts');
    const order = await say(BG, 'OrderErasure', exchange, {
      event,
      compartments: ['facts'],
      descriptors: [facts?.descriptor],
      saidBy: BG,
      ground: 'INACCURATE',
      until: inSeconds(600),
    });
    for (const keeper of [...CUSTODIANS, READER]) {
      const { journal } = federation.member(keeper).store;
      await untilTrue(`${keeper} keeps no share`, async () => {
        return (await journal.shares(event)).length === 0;
      });
      const tables = await everyTable(grounds.places.agencies[keeper]!);
      expect(tables.get('public.kept_wraps')?.includes(event)).toBe(false);
    }
    expect(await readBy(READER, event)).toBeUndefined();
    expect((await disclosureOf(READER, item))?.status).toBe('ORDERED');
    // Whoever keeps a share says so too, in the log alone.
    await untilTrue('everybody has said so', async () => {
      return (await federation.member(BG).store.views.erasure(order))?.completedAt !== undefined;
    });
  }, 120_000);
});
