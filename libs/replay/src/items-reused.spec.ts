// Items are random ids that their issuers choose, and the item of a term that is over can be reckoned by anybody. One agency's event
// about the item of another's leads to nothing that the other has not said.
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Facts, type Sealed } from '@tripoint/envelope';
import {
  type Digest,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { REGISTRY_CHAIN } from '@tripoint/ledger';
import { CUSTODY_COMPARTMENTS, firstSources, publishBundle } from '@tripoint/policy';
import { itemOf } from './retention.js';
import { LittleFederation, LittleLog, entryOf, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const DAY = 86_400;
const CUSTODIANS = ['bg-prosecutor', 'gr-police', 'tr-customs'] as const;
const id = (member: MemberName) => federation.member(member).id;
const soon = (seconds: number) => new Date(log.time + seconds * 1000).toISOString() as Instant;
const fault = async () =>
  (await verifyLog(await log.served(), federation.anchor, federation.openpgp)).fault;

type Told = { readonly exchange: ExchangeId; readonly said: Sealed; readonly descriptor: Digest };
/** Facts for the issuer, and for those named. */
const told = async (
  to: readonly MemberName[],
  {
    by = 'bg-gdbop',
    exchange = randomUUID() as ExchangeId,
    more = [],
  }: {
    readonly by?: MemberName;
    readonly exchange?: ExchangeId;
    readonly more?: readonly { readonly compartment: string; readonly to: readonly MemberName[] }[];
  } = {},
): Promise<Told> => {
  const admits = to.map((member) => ({ agency: id(member), compartments: ['core', 'facts'] }));
  const sealed = await log.seal({
    by,
    exchange,
    family: 'contribution',
    parts: [
      {
        compartment: 'core',
        to: [by, ...to],
        facts: { item: randomUUID(), opens: true, ...(admits.length > 0 ? { admits } : {}) },
      },
      { compartment: 'facts', to: [by, ...to] },
      ...more,
    ],
  });
  await log.record(federation.member(by).chain, entryOf(sealed.container));
  const { descriptorDigest } = sealed.compartments.find(({ name }) => name === 'facts')!;
  return { exchange, said: sealed, descriptor: descriptorDigest };
};
const says = (by: MemberName, exchange: ExchangeId, family: string, facts: Facts, to = [by]) =>
  log.event({ by, exchange, family, parts: [{ compartment: 'core', to, facts }] });
const orders = (by: MemberName, item: ItemId, { exchange, said, descriptor }: Told) =>
  says(by, exchange, 'erasure', {
    item,
    erases: {
      event: said.header.id,
      descriptors: [descriptor],
      ground: 'INACCURATE',
      until: soon(600),
    },
  });
/** Hands `descriptor` on, under the item. */
const grants = async (by: MemberName, to: MemberName, item: ItemId, it: Told, seconds: number) => {
  const until = soon(seconds);
  const release = { agency: id(to), descriptors: [it.descriptor], until };
  const verdict = await says(by, it.exchange, 'release', { item, release });
  const grant = {
    agency: id(to),
    certificate: federation.member(to).fingerprint,
    header: it.said.headerDigest,
    until,
    verdict,
    wraps: [{ descriptor: it.descriptor, wrap: randomBytes(32).toString('hex') }],
  };
  await says(by, it.exchange, 'grant', { item, grant }, [by, to]);
  expect(log.state.grant(item)).toMatchObject({ ended: false });
};

describe('the item of a term that is over', () => {
  it('is nobody’s to order under: what was kept long enough is forgotten all the same', async () => {
    const bundle = publishBundle({
      ...firstSources,
      retention: [{ retention: 'P3Y', seconds: DAY }],
    });
    if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
    const rules = await federation.rules(log.state.registry, soon(0), bundle);
    await log.record(REGISTRY_CHAIN, rules);
    const it = await told(['gr-police']);
    const own = await told([], { by: 'gr-police', exchange: it.exchange });
    // Who is to forget knows the event, and so the item under which it will be told.
    await orders('gr-police', itemOf(it.said.header.id, 'P3Y'), own);
    log.pass(DAY);
    await log.own('heartbeat');
    expect(log.state.isErased(it.descriptor)).toBe(true);
    expect(log.state.erasure(itemOf(it.said.header.id, 'P3Y'))).toMatchObject({
      event: it.said.header.id,
      ground: 'RETENTION_OVER',
    });
    expect(await fault()).toBeNull();
  });
});

describe('the item of an order to disclose', () => {
  it('is ended by its own time, and not by that of what a custodian granted under it', async () => {
    await log.statement({
      kind: 'custody-agreed',
      custodians: CUSTODIANS.map(id),
      threshold: 2,
      compartments: ['facts'],
    });
    const { said } = await told([], {
      more: CUSTODIANS.map((custodian, at) => ({
        compartment: CUSTODY_COMPARTMENTS[at]!,
        to: [custodian],
      })),
    });
    const item = randomUUID() as ItemId;
    const exchange = randomUUID() as ExchangeId;
    const order = {
      agency: id('gr-police'),
      event: said.header.id,
      compartments: ['facts'],
      until: soon(DAY),
      emergency: false,
    };
    const admits = CUSTODIANS.map((one) => ({ agency: id(one), compartments: ['core', 'facts'] }));
    await log.event({
      by: 'oversight',
      exchange,
      family: 'disclosure',
      parts: [
        {
          compartment: 'core',
          to: ['oversight', ...CUSTODIANS],
          facts: { item, opens: true, admits, order },
        },
      ],
    });
    expect(log.state.disclosure(item)).toMatchObject({ ended: false });
    const own = await told([], { by: 'tr-customs', exchange });
    await grants('tr-customs', 'bg-gdbop', item, own, 60);
    log.pass(61);
    await log.own('heartbeat');
    expect(log.state.grant(item)).toMatchObject({ ended: true });
    expect(log.state.disclosure(item)).toMatchObject({ ended: false });
    log.pass(DAY);
    await log.own('heartbeat');
    expect(log.state.disclosure(item)).toMatchObject({ ended: true });
    expect(await fault()).toBeNull();
  });
});

describe('an order to forget that is without effect', () => {
  it('leaves what was granted granted, until its time is over', async () => {
    const it = await told([]);
    const other = await told([], { exchange: it.exchange });
    const [granted, ordered] = [randomUUID() as ItemId, randomUUID() as ItemId];
    await grants('bg-gdbop', 'tr-customs', granted, it, 3600);
    await orders('bg-gdbop', ordered, other);
    await orders('bg-gdbop', ordered, it);
    expect(log.state.isErased(it.descriptor)).toBe(false);
    expect(log.state.holdsByGrant(id('tr-customs'), it.descriptor)).toBe(true);
    log.pass(3600);
    await log.own('heartbeat');
    expect(log.state.holdsByGrant(id('tr-customs'), it.descriptor)).toBe(false);
    expect(log.state.grantsEndedAt(log.state.size - 3)).toMatchObject([{ item: granted }]);
    expect(await fault()).toBeNull();
  });
});
