// Whoever opened an exchange shows out of it who said something there, and would keep what that one takes back.
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { type Digest, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import { type Facts } from '@tripoint/policy';
import { entryOf, LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

const [OWNER, PROVIDER, GRANTEE] = ['gr-police', 'bg-gdbop', 'tr-customs'] as const;

let federation: LittleFederation;
let log: LittleLog;
let exchange: ExchangeId;
let of: Digest;
let header: Digest;
const id = (member: MemberName) => federation.member(member).id;
const inAnHour = () => new Date(log.time + 3_600_000).toISOString() as Instant;
const say = (by: MemberName, family: string, to: readonly MemberName[], facts: Facts) =>
  log.event({ by, exchange, family, parts: [{ compartment: 'core', to, facts }] });
const told = (member: MemberName, leaf: number) =>
  log.lines.some(({ entry }) => entry.agency === id(member) && entry.leaf === leaf);
const verified = async () =>
  (await verifyLog(await log.served(), federation.anchor, federation.openpgp)).fault;

beforeEach(async () => {
  federation = await LittleFederation.found();
  log = await LittleLog.begin(federation);
  exchange = randomUUID() as ExchangeId;
  const item = randomUUID() as ItemId;
  await say(OWNER, 'request', [OWNER, PROVIDER], {
    opens: true,
    item,
    admits: [{ agency: id(PROVIDER), compartments: ['core', 'facts'] }],
  });
  const said = await log.seal({
    by: PROVIDER,
    exchange,
    parts: [
      { compartment: 'core', to: [PROVIDER, OWNER], facts: { item } },
      { compartment: 'facts', to: [PROVIDER, OWNER] },
    ],
  });
  await log.record(federation.member(PROVIDER).chain, entryOf(said.container));
  of = said.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;
  header = said.headerDigest;
});
const throwOut = () => say(OWNER, 'membership', [OWNER], { removes: [id(PROVIDER)] });

it('is bound by a recall all the same', async () => {
  await throwOut();
  const item = randomUUID() as ItemId;
  const recall = { agency: id(OWNER), descriptors: [of], until: inAnHour() };
  const leaf = await say(PROVIDER, 'recall', [PROVIDER, OWNER], { item, recall });
  expect(log.state.isRecalled(of, id(OWNER))).toBe(true);
  expect(told(OWNER, leaf)).toBe(true);
  log.pass(3_600);
  await log.own('heartbeat');
  expect(log.state.recall(item)).toMatchObject({ defaulted: true });
  expect(await verified()).toBeNull();
});

it('is told of a recall by who was shown out, and nothing beside it', async () => {
  await throwOut();
  const recall = { agency: id(OWNER), descriptors: [of], until: inAnHour() };
  const leaf = await log.event({
    by: PROVIDER,
    exchange,
    family: 'recall',
    parts: [
      { compartment: 'core', to: [PROVIDER, OWNER], facts: { item: randomUUID(), recall } },
      { compartment: 'facts', to: [PROVIDER, OWNER] },
    ],
  });
  const line = log.lines.find(({ entry }) => entry.agency === id(OWNER) && entry.leaf === leaf);
  expect(line?.entry.entitled).toHaveLength(1);
  expect(await verified()).toBeNull();
});

it('is told nothing else by who was shown out, nor is anybody else', async () => {
  await throwOut();
  const others = [
    { item: randomUUID() as ItemId },
    // Of what it never said, or from who holds nothing of it.
    {
      item: randomUUID() as ItemId,
      recall: { agency: id(OWNER), descriptors: ['ab'.repeat(32) as Digest], until: inAnHour() },
    },
    {
      item: randomUUID() as ItemId,
      recall: { agency: id(GRANTEE), descriptors: [of], until: inAnHour() },
    },
  ];
  for (const facts of others) {
    const to: MemberName = facts.recall?.agency === id(GRANTEE) ? GRANTEE : OWNER;
    expect(told(to, await say(PROVIDER, 'recall', [PROVIDER, to], facts))).toBe(false);
  }
  expect(await verified()).toBeNull();
});

/** It is granted for an hour. */
const granted = async (): Promise<ItemId> => {
  const item = randomUUID() as ItemId;
  const until = inAnHour();
  const release = { agency: id(GRANTEE), descriptors: [of], until };
  const verdict = await say(PROVIDER, 'release', [PROVIDER], { item, release });
  const grant = {
    agency: id(GRANTEE),
    certificate: federation.member(GRANTEE).fingerprint,
    header,
    until,
    verdict,
    wraps: [{ descriptor: of, wrap: 'cd'.repeat(32) as Digest }],
  };
  expect(told(GRANTEE, await say(PROVIDER, 'grant', [PROVIDER, GRANTEE], { item, grant }))).toBe(
    true,
  );
  return item;
};

it('does not keep from a grantee that its grant is taken back', async () => {
  const item = await granted();
  await throwOut();
  const leaf = await say(PROVIDER, 'grant', [PROVIDER, GRANTEE], { item, revokes: true });
  expect(log.state.grant(item)?.ended).toBe(true);
  expect(told(GRANTEE, leaf)).toBe(true);
  expect(await verified()).toBeNull();
});

it('hears when its time is over of a grant that was taken back without telling it', async () => {
  const item = await granted();
  await say(PROVIDER, 'grant', [PROVIDER], { item, revokes: true });
  // Whoever could still have fetched it cannot any more.
  expect(log.state.grant(item)?.ended).toBe(true);
  expect(log.state.holdsByGrant(id(GRANTEE), of)).toBe(false);
  const leaf = log.state.size;
  log.pass(3_600);
  expect(log.state.dues(log.time)).toMatchObject([{ item, grant: true }]);
  await log.own('heartbeat');
  expect(told(GRANTEE, leaf)).toBe(true);
  expect(log.state.dues(log.time)).toEqual([]);
  expect(await verified()).toBeNull();
});
