import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LONGEST } from '@tripoint/domain';
import { type Facts, parseHeader, type Sealed } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import {
  type Digest,
  type ExchangeId,
  type Instant,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { REGISTRY_CHAIN } from '@tripoint/ledger';
import { firstSources, publishBundle } from '@tripoint/policy';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  logEntry,
  type MemberName,
} from './testing/index.js';
import { type Due } from './clocks.js';
import { standingOf } from './erasures.js';
import { forgettingFaultsAt } from './forgetting.js';
import { verifyLog } from './verify-log.js';
import { whoCouldSee } from './who-could-see.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found();
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const id = (member: MemberName) => federation.member(member).id;
const soon = (seconds: number) => new Date(log.time + seconds * 1000).toISOString() as Instant;
const record = async (event: EventDraft): Promise<Sealed> => {
  const sealed = await log.seal(event);
  await log.record(federation.member(event.by).chain, entryOf(sealed.container));
  return sealed;
};

type Told = {
  readonly exchange: ExchangeId;
  readonly event: string;
  readonly said: Sealed;
  readonly descriptor: Digest;
};
const told = async (to: readonly MemberName[] = ['gr-police']): Promise<Told> => {
  const exchange = randomUUID() as ExchangeId;
  const said = await record({
    by: 'bg-gdbop',
    exchange,
    family: 'contribution',
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', ...to],
        facts: {
          opens: true,
          item: randomUUID(),
          admits: to.map((member) => ({ agency: id(member), compartments: ['core', 'facts'] })),
        },
      },
      { compartment: 'facts', to: ['bg-gdbop', ...to] },
    ],
  });
  const { header } = entryOf(said.container) as { readonly header: Uint8Array };
  const descriptor = said.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;
  return { exchange, said, descriptor, event: accepted(parseHeader(header)).id };
};

const said = (by: MemberName, exchange: ExchangeId, family: string, facts: Facts): EventDraft => ({
  by,
  exchange,
  family,
  parts: [{ compartment: 'core', to: [by], facts }],
});
const order = (
  { exchange, event, descriptor }: Told,
  by: MemberName = 'bg-gdbop',
  item = randomUUID() as ItemId,
  saidBy?: MemberName,
): EventDraft & { readonly item: ItemId } => ({
  item,
  ...said(by, exchange, 'erasure', {
    item,
    erases: {
      event,
      descriptors: [descriptor],
      ground: 'INACCURATE',
      ...(saidBy === undefined ? {} : { saidBy: id(saidBy) }),
      until: soon(600),
    },
  }),
});
const receipt = ({ exchange }: Told, item: ItemId, by: MemberName): EventDraft =>
  said(by, exchange, 'receipt', {
    item,
    purged: { stores: ['CONTENT', 'KEYS'], backups: soon(86_400) },
  });

/** What leaves say against those who were to forget, or who said that others are to. */
const against = async () => {
  const found: (readonly [string, string, number])[] = [];
  const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp, {
    heard: (audited, state) => {
      for (const { code, agency, leaf } of forgettingFaultsAt(audited, state))
        found.push([code, agency, leaf]);
    },
  });
  expect(fault).toBeNull();
  return found;
};

const verified = async () => {
  const { fault, leaves } = await verifyLog(
    await log.served(),
    federation.anchor,
    federation.openpgp,
  );
  return [fault, leaves.due ?? 0];
};

describe('an erasure', () => {
  it('is of what its issuer said, and tells everybody who holds it', async () => {
    const it = await told();
    const made = order(it);
    await record(made);
    const leaf = log.state.size - 1;
    expect(log.state.isErased(it.descriptor)).toBe(true);
    expect(log.state.erasedAt(leaf)?.told).toEqual([id('bg-gdbop'), id('gr-police')]);
    await record(receipt(it, made.item, 'gr-police'));
    await record(receipt(it, made.item, 'bg-gdbop'));
    log.pass(3600);
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)).toMatchObject({ completed: true, overdue: new Set() });
    // That it is done is said once, and by the log.
    expect(await verified()).toEqual([null, 1]);
    const { forgotten } = await verifyLog(
      await log.served(),
      federation.anchor,
      federation.openpgp,
    );
    // Nobody has said that a secret is destroyed.
    expect(forgotten).toMatchObject([
      { item: made.item, event: it.event, leaf, status: 'ERASED', waitingFor: [], overdue: [] },
    ]);
    const [erasure] = log.state.erasures();
    expect(standingOf(erasure!, (_, until) => until === leaf).status).toBe('SHREDDED');
    expect(standingOf({ ...erasure!, completed: false }, () => true).status).toBe('ORDERED');
  });

  it('is overdue where nobody has said so in time, and done when that comes late', async () => {
    const it = await told();
    const made = order(it);
    await record(made);
    await record(receipt(it, made.item, 'bg-gdbop'));
    log.pass(600);
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)?.overdue).toEqual(new Set([id('gr-police')]));
    expect((await against()).map(([code, agency]) => [code, agency])).toEqual([
      ['erasure-overdue', id('gr-police')],
    ]);
    await record(receipt(it, made.item, 'gr-police'));
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)).toMatchObject({
      completed: true,
      overdue: new Set([id('gr-police')]),
    });
    expect(await verified()).toEqual([null, 2]);
  });

  it('is overdue after a month, whatever deadline it names', async () => {
    const it = await told();
    const made = order(it);
    const [core] = made.parts;
    const named = core!.facts!['erases'] as object;
    const erases = { ...named, until: '2199-01-01T00:00:00.000Z' };
    await record({ ...made, parts: [{ ...core!, facts: { ...core!.facts, erases } }] });
    await record(receipt(it, made.item, 'bg-gdbop'));
    log.pass((LONGEST.deadline + 300_000) / 1000);
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)?.overdue).toEqual(new Set([id('gr-police')]));
    expect(await verified()).toEqual([null, 1]);
  });

  it('is not done, and not overdue, where somebody says why a copy stays, until nobody does', async () => {
    const it = await told();
    const made = order(it);
    await record(made);
    await record(receipt(it, made.item, 'bg-gdbop'));
    const kept = receipt(it, made.item, 'gr-police');
    const [core] = kept.parts;
    const facts = { ...core!.facts, kept: ['LEGAL_HOLD'] };
    await record({ ...kept, parts: [{ ...core!, facts }] });
    log.pass(600);
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)).toMatchObject({
      completed: false,
      overdue: new Set(),
      kept: new Map([[id('gr-police'), ['LEGAL_HOLD']]]),
    });
    await record(kept);
    await log.own('heartbeat');
    expect(log.state.erasure(made.item)).toMatchObject({ completed: true, kept: new Map() });
    expect(await verified()).toEqual([null, 1]);
  });

  it('may be ordered by oversight, and by nobody else who did not say it', async () => {
    const it = await told();
    await record(order(it, 'gr-police'));
    const forged = log.state.size - 1;
    expect(log.state.isErased(it.descriptor)).toBe(false);
    expect(await against()).toEqual([['erasure-in-vain', id('gr-police'), forged]]);
    // Two auditors have confirmed what the order says, and it says that somebody else said it.
    await record(order(it, 'oversight', undefined, 'gr-police'));
    expect(log.state.isErased(it.descriptor)).toBe(false);
    const made = order(it, 'oversight', undefined, 'bg-gdbop');
    await record(made);
    expect(log.state.erasure(made.item)).toMatchObject({
      by: id('oversight'),
      originator: id('bg-gdbop'),
      told: [id('bg-gdbop'), id('gr-police')],
    });
    expect(await verified()).toEqual([null, 0]);
    expect((await against()).map(([code, agency]) => [code, agency])).toEqual([
      ['erasure-in-vain', id('gr-police')],
      ['erasure-in-vain', id('oversight')],
    ]);
  });

  it('is of nothing else than it names: another event, another exchange or the core', async () => {
    const [it, other] = [await told(), await told()];
    const core = it.said.compartments.find(({ name }) => name === 'core')!.descriptorDigest;
    await record(order({ ...it, event: other.event }));
    await record(order({ ...it, exchange: other.exchange }));
    await record(order({ ...it, descriptor: core }));
    expect([it.descriptor, core].map((one) => log.state.isErased(one))).toEqual([false, false]);
    expect((await against()).map(([code]) => code)).toEqual(Array(3).fill('erasure-in-vain'));
  });

  it('is not ordered twice, and not done by who was not told', async () => {
    const it = await told();
    const made = order(it);
    await record(made);
    const before = log.state.erasure(made.item);
    const again = order(it);
    await record(again);
    await record(order(it, 'bg-gdbop', made.item));
    await record(order(it, 'oversight', undefined, 'bg-gdbop'));
    await record(receipt(it, made.item, 'tr-customs'));
    expect(log.state.erasure(again.item)).toBeUndefined();
    expect(log.state.erasure(made.item)).toEqual(before);
    // Whoever raced past its own door is told by oversight that nothing comes of it.
    expect((await against()).map(([code, agency]) => [code, agency])).toEqual([
      ['erasure-in-vain', id('bg-gdbop')],
      ['erasure-in-vain', id('bg-gdbop')],
      ['erasure-in-vain', id('oversight')],
    ]);
  });

  it('hands on no more what is forgotten', async () => {
    const it = await told();
    await record(order(it));
    await record(
      said('bg-gdbop', it.exchange, 'release', {
        item: randomUUID(),
        release: { agency: id('tr-customs'), descriptors: [it.descriptor], until: soon(3600) },
      }),
    );
    const { exchanges } = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      log.state.size - 1,
    );
    const rows = (exchanges.get(it.exchange) ?? [])
      .filter(({ descriptor }) => descriptor === it.descriptor)
      .flatMap(({ audience }) => audience);
    expect(rows.filter(({ agency }) => agency === id('tr-customs'))).toMatchObject([
      { allowed: false },
    ]);
    // Whoever could see it is shown, and that they no longer do.
    expect(rows.filter(({ agency }) => agency === id('gr-police'))).toMatchObject([
      { allowed: true },
      { allowed: false, because: 'it is forgotten everywhere' },
    ]);
  });
});

describe('retention', () => {
  const DAY = 86_400;
  const activate = async (seconds: number) => {
    const bundle = publishBundle({ ...firstSources, retention: [{ retention: 'P3Y', seconds }] });
    if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
    const at = new Date(log.time).toISOString() as Instant;
    await log.record(REGISTRY_CHAIN, await federation.rules(log.state.registry, at, bundle));
  };

  it('has the log forget by itself what was said under a term, when that is over', async () => {
    const before = await told();
    await activate(DAY);
    const it = await told(['gr-police', 'tr-customs']);
    log.pass(DAY - 1);
    await log.own('heartbeat');
    expect(log.state.isErased(it.descriptor)).toBe(false);
    log.pass(1);
    await log.own('heartbeat');
    expect(log.state.isErased(it.descriptor)).toBe(true);
    expect(log.state.isErased(before.descriptor)).toBe(false);
    const [erasure] = log.state.erasures();
    expect(erasure).toMatchObject({
      ground: 'RETENTION_OVER',
      by: undefined,
      event: it.event,
      told: [id('bg-gdbop'), id('gr-police'), id('tr-customs')],
    });
    // Each is told at a leaf of its own, and of nobody else.
    const parties = [3, 2, 1].map((n) => log.state.erasedAt(log.state.size - 1 - n)?.told);
    expect(parties).toEqual([[id('bg-gdbop')], [id('gr-police')], [id('tr-customs')]]);
    expect(await verified()).toEqual([null, 3]);
  });

  it('is over once for a hub that starts again behind it, or in the middle of it', async () => {
    await activate(DAY);
    await told(['gr-police', 'tr-customs']);
    log.pass(DAY);
    const dues = log.state.dues(log.time);
    expect(dues).toHaveLength(3);
    for (const [said, due] of dues.entries()) {
      const again = await log.startedAgain();
      expect(again.dues(log.time)).toEqual(dues.slice(said));
      await log.own('due', [{ about: 'due', ...due }]);
    }
    const again = await log.startedAgain();
    expect(again.dues(log.time)).toEqual([]);
    log.pass(DAY);
    expect(again.dues(log.time)).toEqual(log.state.dues(log.time));
    expect(await verified()).toEqual([null, 3]);
  });

  it('orders nothing of what was forgotten before', async () => {
    await activate(DAY);
    const it = await told();
    const made = order(it);
    await record(made);
    await record(receipt(it, made.item, 'gr-police'));
    await record(receipt(it, made.item, 'bg-gdbop'));
    log.pass(DAY);
    await log.own('heartbeat');
    expect(log.state.erasures()).toHaveLength(1);
    expect(await verified()).toEqual([null, 1]);
  });
});

describe('a hub that', () => {
  const hang = async (due: Due | undefined) => {
    const bare = { entry: null, signature: null, late: false, code: null };
    const leaf = { kind: 'due' as const, index: log.state.size, time: soon(0), ...bare };
    if (due !== undefined)
      log.handed.push({
        entry: logEntry(leaf, undefined, [{ about: 'due', ...due }]),
        source: null,
      });
    const { fault } = await verifyLog(await log.served(), federation.anchor, federation.openpgp);
    return fault?.code;
  };
  const due = (it: Told, changes: Partial<Due>): Due => ({
    item: randomUUID() as ItemId,
    exchange: it.exchange,
    parties: [id('bg-gdbop'), id('gr-police')],
    due: soon(0),
    withoutReceipt: false,
    ...changes,
  });

  it('claims that something is over, done or late is found', async () => {
    const it = await told();
    const erases = { event: it.event as never, descriptors: [it.descriptor] };
    expect(await hang(due(it, { erasure: 'ordered', erases }))).toBe('due-unexpected');
  });

  it('claims that everybody has done it is found', async () => {
    const it = await told();
    const made = order(it);
    await record(made);
    const parties = [id('bg-gdbop'), id('bg-gdbop')] as const;
    expect(await hang(due(it, { item: made.item, erasure: 'completed', parties }))).toBe(
      'due-unexpected',
    );
  });

  it('omits who is late is found', async () => {
    const it = await told();
    await record(order(it));
    log.pass(600);
    const index = log.state.size;
    const bare = { entry: null, signature: null, late: false, code: null };
    const leaf = { kind: 'heartbeat' as const, index, time: soon(0), ...bare };
    log.handed.push({ entry: logEntry(leaf, undefined, []), source: null });
    expect(await hang(undefined)).toBe('due-missing');
  });
});
