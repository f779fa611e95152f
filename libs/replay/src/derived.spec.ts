// Somebody passes on what it took from another, towards whom that other has taken it back, or declares it where nobody looks.
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Sealed } from '@tripoint/envelope';
import { type Digest, type EventId, type ExchangeId, type Instant } from '@tripoint/kernel';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
import { verifyLog } from './verify-log.js';
import { signerOf } from './verify-source.js';

const [PROVIDER, TAKER, THIRD] = ['bg-gdbop', 'gr-police', 'bg-prosecutor'] as const;
const NEEDS_RELEASE = 'handling-h2-needs-release';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found([THIRD]);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const id = (member: MemberName) => federation.member(member).id;
const inAnHour = () => new Date(log.time + 3_600_000).toISOString() as Instant;
const record = async (event: EventDraft): Promise<Sealed> => {
  const sealed = await log.seal(event);
  await log.record(federation.member(event.by).chain, entryOf(sealed.container));
  return sealed;
};
/** By which rules the hub would decide on what an event gives of `name`, or hands on. */
const decided = async (event: EventDraft, to: MemberName, descriptor?: Digest) => {
  const sealed = await log.seal(event);
  const { decided: all } = await log.state.judge(
    { chain: federation.member(event.by).chain, revision: 0, entry: entryOf(sealed.container) },
    log.time,
    (one, registry) => signerOf(federation.openpgp, one, registry),
  );
  const of = descriptor ?? facts(sealed);
  const found = all.find((one) => one.recipient === id(to) && one.descriptor === of);
  return found?.verdict.allowed === true ? 'allowed' : found?.verdict.rules;
};
const facts = ({ compartments }: Sealed): Digest =>
  compartments.find(({ name }) => name === 'facts')!.descriptorDigest;

const telling = (
  by: MemberName,
  to: readonly MemberName[],
  from: { readonly core?: readonly Digest[]; readonly facts?: readonly Digest[] } = {},
  exchange = randomUUID() as ExchangeId,
): EventDraft => ({
  by,
  exchange,
  family: 'contribution',
  parts: [
    {
      compartment: 'core',
      to: [by, ...to],
      facts: {
        opens: true,
        item: randomUUID(),
        admits: [...to].sort().map((one) => ({ agency: id(one), compartments: ['core', 'facts'] })),
        ...(from.core && { derivedFrom: from.core }),
      },
      changes: { handling: ['H2'] },
    },
    {
      compartment: 'facts',
      to: [by, ...to],
      facts: { ...(from.facts && { derivedFrom: from.facts }) },
      changes: { handling: ['H2'] },
    },
  ],
});
const verified = async () =>
  (await verifyLog(await log.served(), federation.anchor, federation.openpgp)).fault;

it('is not passed on to whom its provider has taken it back from', async () => {
  const said = telling(PROVIDER, [TAKER, THIRD]);
  const of = facts(await record(said));
  const passedOn = () => telling(TAKER, [THIRD], { core: [of], facts: [of] });
  // Whoever was given it itself is told nothing new.
  expect(await decided(passedOn(), THIRD)).toBe('allowed');
  const item = randomUUID();
  await record({
    by: PROVIDER,
    exchange: said.exchange,
    family: 'recall',
    parts: [
      {
        compartment: 'core',
        to: [PROVIDER, THIRD],
        facts: { item, recall: { agency: id(THIRD), descriptors: [of], until: inAnHour() } },
      },
    ],
  });
  const [behind, below] = [passedOn(), await record(passedOn())];
  expect(await decided(behind, THIRD)).toContain(NEEDS_RELEASE);
  // Nor through what was taken from it and could not be given.
  expect(await decided(telling(TAKER, [THIRD], { facts: [facts(below)] }), THIRD)).toContain(
    NEEDS_RELEASE,
  );
  // From whom it was not taken back it is not kept.
  expect(await decided(telling(THIRD, [TAKER], { facts: [of] }), TAKER)).toBe('allowed');
  expect(await verified()).toBeNull();
});

it('is not passed on once everybody is to forget it', async () => {
  const event = randomUUID() as EventId;
  const said = { ...telling(PROVIDER, [TAKER, THIRD]), id: event };
  const of = facts(await record(said));
  expect(await decided(telling(TAKER, [THIRD], { facts: [of] }), THIRD)).toBe('allowed');
  await record({
    by: PROVIDER,
    exchange: said.exchange,
    family: 'erasure',
    parts: [
      {
        compartment: 'core',
        to: [PROVIDER],
        facts: {
          item: randomUUID(),
          erases: { event, descriptors: [of], ground: 'INACCURATE', until: inAnHour() },
        },
      },
    ],
  });
  expect(log.state.isErased(of)).toBe(true);
  expect(await decided(telling(TAKER, [THIRD], { facts: [of] }), THIRD)).toContain(NEEDS_RELEASE);
  expect(await verified()).toBeNull();
});

it.each(['core', 'facts'] as const)(
  'binds all that is said with it, declared beside the %s alone',
  async (where) => {
    const of = facts(await record(telling(PROVIDER, [TAKER])));
    const exchange = randomUUID() as ExchangeId;
    const own = facts(await record(telling(TAKER, [PROVIDER], { [where]: [of] }, exchange)));
    // Derived twice, it is the provider’s still.
    expect(await decided(telling(TAKER, [THIRD], { facts: [own] }), THIRD)).toContain(
      NEEDS_RELEASE,
    );
    // And handed on.
    const handingOn: EventDraft = {
      by: TAKER,
      exchange,
      family: 'release',
      parts: [
        {
          compartment: 'core',
          to: [TAKER],
          facts: {
            item: randomUUID(),
            release: { agency: id(THIRD), descriptors: [own], until: inAnHour() },
          },
        },
      ],
    };
    expect(await decided(handingOn, THIRD, own)).toContain(NEEDS_RELEASE);
    expect(await verified()).toBeNull();
  },
);
