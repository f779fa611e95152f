// An order to disclose one event: with one share fewer than it takes nothing opens, with enough the reader reads just what was
// ordered, and when the time is over all of it is gone.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Command } from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { enact } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { everyTable } from './testing/every-byte.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { contribution, give, OFFICER } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const READER = 'tr-police' as AgencyId;
const CUSTODIANS = ['bg-customs', 'gr-customs', 'tr-customs'] as AgencyId[];
const THRESHOLD = 2;
const SAID = 'a red barge with the mark QLV 7714';

let remove: () => Promise<void>;
let grounds: Grounds;
let federation: Federation;

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR, BG, READER, ...CUSTODIANS]);
  await enact(grounds.places, {
    kind: 'custody-agreed',
    custodians: CUSTODIANS,
    threshold: THRESHOLD,
    compartments: ['facts'],
  });
  federation = await openFederation(grounds.places);
  for (const member of federation.members.values()) await confirmed(member);
}, 240_000);
afterAll(async () => {
  await federation.close();
  await grounds.remove();
  await remove();
});

const inSeconds = (seconds: number): Instant =>
  new Date(Date.now() + seconds * 1000).toISOString() as Instant;

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

const orderFor = async (event: EventId, until: Instant) => {
  const exchange = randomUUID() as ExchangeId;
  const item = await say(READER, 'OrderDisclosure', exchange, {
    event,
    compartments: ['facts'],
    beneficiary: READER,
    ground: 'DANGER_TO_LIFE',
    until,
    emergency: true,
    custodians: CUSTODIANS,
  });
  for (const custodian of CUSTODIANS)
    await eventually(`${custodian} is told of the order`, () => disclosureOf(custodian, item));
  const release = (custodian: AgencyId) => say(custodian, 'ApproveShare', exchange, {}, item);
  return { item, exchange, release };
};

describe('an order to disclose one event', () => {
  it('opens with as many shares as it takes and not before, and ends with its time', async () => {
    const event = await tell();
    const other = await tell();
    const until = inSeconds(30);
    const { item, exchange, release } = await orderFor(event, until);
    const [first, second, third] = CUSTODIANS as [AgencyId, AgencyId, AgencyId];

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
    for (const custodian of CUSTODIANS) expect(await readBy(custodian, event)).toBeUndefined();

    await untilTrue('the reader says that it is gone', async () => {
      return (await disclosureOf(READER, item))?.status === 'PURGED';
    });
    expect(await readBy(READER, event)).toBeUndefined();
    expect(await federation.member(READER).store.journal.shares(event)).toEqual([]);
    const tables = await everyTable(grounds.places.agencies[READER]!);
    expect([...tables].filter(([, rows]) => rows.includes(SAID)).map(([name]) => name)).toEqual([]);
    // What custodians keep themselves stays.
    expect(await federation.member(first).store.journal.shares(event)).toHaveLength(1);
    const { rows } = await federation.member(READER).store.views.findings({ limit: 10 });
    expect(rows).toEqual([]);
  }, 240_000);
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
    await say(BG, 'OrderErasure', exchange, {
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
  }, 120_000);
});
