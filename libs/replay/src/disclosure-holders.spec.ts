import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventEntry, type Sealed } from '@tripoint/envelope';
import { type Digest, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import { openEvent } from './opened-event.js';
import { standingsOf } from './standing.js';
import { custodyIn, LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { readHanded } from './verify-leaf.js';
import { verifyLog } from './verify-log.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const { id, agree, said, digestOf, order, ordered, share } = custodyIn(() => log);

const fault = async () =>
  (await verifyLog(await log.served(), federation.anchor, federation.openpgp)).fault;
/** The rules by which leaf `index` keeps back what was said before. */
const denied = (index: number): readonly string[] =>
  (readHanded(log.handed[index]!)?.records ?? []).flatMap((one) =>
    one.about === 'verdict' && (one.verdict.question.order ?? one.verdict.question.grant)
      ? one.verdict.allowed
        ? []
        : one.verdict.rules
      : [],
  );

/** Who said it hands its facts to one more agency, for an hour: the leaf of the decision, and of the grant. */
const grants = async (of: Sealed, to: MemberName): Promise<readonly [number, number]> => {
  const item = randomUUID() as ItemId;
  const until = new Date(log.time + 3_600_000).toISOString() as Instant;
  const descriptor = digestOf(of, 'facts');
  const exchange = of.header.stream;
  const release = { agency: id(to), descriptors: [descriptor], until };
  const decision = await log.event({
    by: 'bg-gdbop',
    exchange,
    family: 'release',
    parts: [{ compartment: 'core', to: ['bg-gdbop'], facts: { item, release } }],
  });
  const grant = {
    agency: id(to),
    certificate: federation.member(to).certificate.fingerprint,
    header: of.headerDigest,
    until,
    verdict: decision,
    wraps: [{ descriptor, wrap: 'ab'.repeat(32) as Digest }],
  };
  const granted = await log.event({
    by: 'bg-gdbop',
    exchange,
    family: 'grant',
    parts: [{ compartment: 'core', to: ['bg-gdbop', to], facts: { item, grant } }],
  });
  return [decision, granted];
};
/** The item of what leaf `index` says. */
const grantAt = (index: number): ItemId => {
  const { sourced } = readHanded(log.handed[index]!)!;
  const [core] = openEvent(sourced!.entry as EventEntry, log.state.registry)!.compartments;
  return core!.part.facts.item!;
};
/** Two custodians hand over what it takes to read the facts. */
const disclosed = async (of: Sealed, hours = 24) => {
  const made = await ordered(of, order(of, { hours }));
  for (const by of ['tr-customs', 'bg-prosecutor'] as const) await log.event(share(of, made, by));
  return made;
};
const how = (of: Sealed, agency: MemberName) =>
  standingsOf(log.state, digestOf(of, 'facts'))?.find((one) => one.agency === id(agency));

describe('what an agency has already', () => {
  it('is not ordered to be disclosed to it: by a grant, as long as that lasts', async () => {
    await agree();
    const it = await said();
    const [, granted] = await grants(it, 'gr-police');
    expect(denied(granted)).toEqual([]);
    expect(denied((await ordered(it)).leaf)).toEqual(['order-is-of-something-new']);
    log.pass(3_601);
    await log.own('heartbeat');
    expect(denied((await ordered(it)).leaf)).toEqual([]);
    expect(await fault()).toBeNull();
  });

  it('nor by another order, once it can be read by that; a first share is not enough', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it, order(it, { hours: 1 }));
    await log.event(share(it, made, 'tr-customs'));
    const second = await ordered(it);
    expect(denied(second.leaf)).toEqual([]);
    await log.event(share(it, made, 'bg-prosecutor'));
    expect(denied((await ordered(it)).leaf)).toEqual(['order-is-of-something-new']);
    log.pass(3_601);
    await log.own('heartbeat');
    expect(denied((await ordered(it)).leaf)).toEqual([]);
  });

  it('is not granted while custodians disclose it, with whose order it would go', async () => {
    await agree();
    const it = await said();
    await disclosed(it, 1);
    expect(denied((await grants(it, 'gr-police'))[0])).toEqual(['grant-is-of-something-new']);
    log.pass(3_601);
    await log.own('heartbeat');
    expect(denied((await grants(it, 'gr-police'))[1])).toEqual([]);
    expect(await fault()).toBeNull();
  });
});

describe('what was taken back from somebody', () => {
  const recall = (of: Sealed, from: MemberName) => {
    const until = new Date(log.time + 3_600_000).toISOString() as Instant;
    const descriptors = [digestOf(of, 'facts')];
    return log.event({
      by: 'bg-gdbop',
      exchange: of.header.stream,
      family: 'recall',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', from],
          facts: { item: randomUUID(), recall: { agency: id(from), descriptors, until } },
        },
      ],
    });
  };
  /** It was granted, recalled, and the time of the grant is over. */
  const recalled = async () => {
    const it = await said();
    await grants(it, 'gr-police');
    await recall(it, 'gr-police');
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false, how: 'recalled' });
    log.pass(3_601);
    await log.own('heartbeat');
    return it;
  };

  it('is not granted to it once more, which nobody would see who asks how it stands', async () => {
    await agree();
    const it = await recalled();
    const [decision, granted] = await grants(it, 'gr-police');
    for (const leaf of [decision, granted])
      expect(denied(leaf)).toEqual(['grant-is-what-was-decided']);
    expect(log.state.holdsByGrant(id('gr-police'), digestOf(it, 'facts'))).toBe(false);
    // To somebody else it is.
    expect(denied((await grants(it, 'tr-customs'))[1])).toEqual([]);
    expect(await fault()).toBeNull();
  });

  it('can be disclosed to it by custodians, and whoever asks is told that it could see it', async () => {
    await agree();
    const it = await recalled();
    await disclosed(it, 1);
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: true, how: 'disclosed' });
    log.pass(3_601);
    await log.own('heartbeat');
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false, how: 'recalled' });
    expect(await fault()).toBeNull();
  });
});

describe('what was had for a time that is over', () => {
  const receipt = (exchange: ExchangeId, item: ItemId, kept?: 'LEGAL_HOLD') =>
    log.event({
      by: 'gr-police',
      exchange,
      family: 'receipt',
      parts: [
        {
          compartment: 'core',
          to: ['gr-police', 'bg-gdbop'],
          facts: { item, ...(kept === undefined ? {} : { kept: [kept] }) },
        },
      ],
    });
  const erased = async (of: Sealed, named: readonly string[]) => {
    const item = randomUUID() as ItemId;
    const erases = {
      event: of.header.id,
      descriptors: named.map((name) => digestOf(of, name)).sort(),
      ground: 'INACCURATE' as const,
      until: new Date(log.time + 3_600_000).toISOString() as Instant,
    };
    await log.event({
      by: 'bg-gdbop',
      exchange: of.header.stream,
      family: 'erasure',
      parts: [{ compartment: 'core', to: ['bg-gdbop'], facts: { item, erases } }],
    });
    expect(await fault()).toBeNull();
    return log.state.erasure(item);
  };
  /** Whether it is to forget the facts, and is waited for. */
  const forgetting = async (of: Sealed) =>
    (await erased(of, ['facts']))?.told.includes(id('gr-police'));
  const over = async () => {
    log.pass(3_601);
    await log.own('heartbeat');
  };

  it.each<[string, boolean, (exchange: ExchangeId, item: ItemId) => Promise<unknown>]>([
    ['and of which nothing was said since', true, () => Promise.resolve()],
    ['and of which a copy stays', true, (where, item) => receipt(where, item, 'LEGAL_HOLD')],
    ['and is gone', false, (where, item) => receipt(where, item)],
    [
      'and is gone after a copy had stayed',
      false,
      async (where, item) => {
        await receipt(where, item, 'LEGAL_HOLD');
        await receipt(where, item);
      },
    ],
  ])('by a grant, %s, is forgotten there as well: %s', async (_what, isTold, said_) => {
    const it = await said();
    const [, leaf] = await grants(it, 'gr-police');
    await over();
    await said_(it.header.stream, grantAt(leaf));
    expect(await forgetting(it)).toBe(isTold);
  });

  it('by a grant is forgotten there by each order that names it', async () => {
    const it = await said(undefined, {}, ['intelligence']);
    const [, running] = await grants(it, 'gr-police');
    const [, ended] = await grants(it, 'tr-customs');
    await log.event({
      by: 'bg-gdbop',
      exchange: it.header.stream,
      family: 'grant',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'tr-customs'],
          facts: { item: grantAt(ended), revokes: true },
        },
      ],
    });
    expect(log.state.grant(grantAt(running))?.ended).toBe(false);
    for (const named of [['facts'], ['facts', 'intelligence']]) {
      const { told } = (await erased(it, named))!;
      expect(told).toEqual(expect.arrayContaining([id('gr-police'), id('tr-customs')]));
    }
    expect(await fault()).toBeNull();
  });

  it.each([true, false])('by custodians is forgotten there as well: %s', async (isTold) => {
    await agree();
    // Not all that its share opens is to be forgotten: it is not waited for as the custodian that it is.
    const it = await said(undefined, {}, ['intelligence']);
    const compartments = ['facts', 'intelligence'];
    const made = await ordered(it, order(it, { hours: 1, compartments }));
    for (const by of ['tr-customs', 'bg-prosecutor'] as const) await log.event(share(it, made, by));
    expect(how(it, 'gr-police')).toMatchObject({ how: 'disclosed' });
    // What is said while it is read is no word that it is gone.
    await receipt(made.exchange, made.item);
    await over();
    if (!isTold) await receipt(made.exchange, made.item);
    expect(await forgetting(it)).toBe(isTold);
  });
});

describe('how somebody stands to what custodians keep', () => {
  it('is that it could see it once there are enough shares, be they handed over upon two orders', async () => {
    await agree();
    const it = await said();
    const [first, second] = [
      await ordered(it, order(it, { hours: 1 })),
      await ordered(it, order(it)),
    ];
    const one = await log.event(share(it, first, 'bg-prosecutor'));
    expect(log.state.disclosedAt(one)).toBeUndefined();
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false });
    const other = await log.event(share(it, second, 'tr-customs'));
    expect(log.state.disclosedAt(other)?.descriptors).toEqual([digestOf(it, 'facts')]);
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: true, how: 'disclosed' });
    // What it can read it is ordered and granted no more.
    expect(denied((await ordered(it, order(it))).leaf)).toEqual(['order-is-of-something-new']);
    log.pass(24 * 3_600);
    await log.own('heartbeat');
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false });
    expect(await fault()).toBeNull();
  });

  it('is that it could not, where the second is handed over when the first is over', async () => {
    await agree();
    const it = await said();
    const [first, second] = [
      await ordered(it, order(it, { hours: 1 })),
      await ordered(it, order(it)),
    ];
    await log.event(share(it, first, 'bg-prosecutor'));
    log.pass(3_600);
    await log.own('heartbeat');
    await log.event(share(it, second, 'tr-customs'));
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false });
    expect(await fault()).toBeNull();
  });

  it('is that it could see it once there are enough shares, until the time is over', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it, order(it, { hours: 1 }));
    await log.event(share(it, made, 'tr-customs'));
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false });
    await log.event(share(it, made, 'bg-prosecutor'));
    expect(how(it, 'gr-police')).toMatchObject({
      couldSee: true,
      how: 'disclosed',
      because: expect.stringContaining(`leaf ${made.leaf}`) as unknown,
    });
    expect(how(it, 'tr-customs')).toMatchObject({ couldSee: false });
    log.pass(3_601);
    await log.own('heartbeat');
    expect(how(it, 'gr-police')).toMatchObject({ couldSee: false });
  });

  it('is that it is suspended, and keeps what it was given', async () => {
    await agree();
    const it = await said();
    await disclosed(it);
    expect(how(it, 'gr-police')).toMatchObject({ suspended: false });
    await log.statement({ kind: 'agency-suspended', agency: id('gr-police') });
    await log.statement({ kind: 'agency-suspended', agency: id('bg-gdbop') });
    expect(how(it, 'gr-police')).toMatchObject({ suspended: true, couldSee: true });
    expect(how(it, 'bg-gdbop')).toMatchObject({ suspended: true, couldSee: true, how: 'given' });
    expect(how(it, 'tr-customs')).toMatchObject({ suspended: false });
  });
});
