import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type KeptBecause, LONGEST } from '@tripoint/domain';
import { type Sealed } from '@tripoint/envelope';
import { type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
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
const record = async (event: EventDraft): Promise<Sealed> => {
  const sealed = await log.seal(event);
  await log.record(federation.member(event.by).chain, entryOf(sealed.container));
  return sealed;
};

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
      { compartment: 'facts', to: ['bg-gdbop', 'gr-police'] },
    ],
  });
  return { exchange, said };
};
const facts = ({ said }: Told) =>
  said.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;

const recall = (
  it: Told,
  { by = 'bg-gdbop', from = 'gr-police' }: { by?: MemberName; from?: MemberName } = {},
  item = randomUUID() as ItemId,
): EventDraft & { readonly item: ItemId } => ({
  item,
  by,
  exchange: it.exchange,
  family: 'recall',
  parts: [
    {
      compartment: 'core',
      to: [...new Set<MemberName>([by, from])],
      facts: {
        item,
        recall: {
          agency: id(from),
          descriptors: [facts(it)],
          until: new Date(log.time + 600_000).toISOString() as Instant,
        },
      },
    },
  ],
});
const receipt = (
  { exchange }: Told,
  item: ItemId,
  by: MemberName,
  kept: { readonly kept?: readonly KeptBecause[] } = {},
): EventDraft => ({
  by,
  exchange,
  family: 'receipt',
  parts: [{ compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item, ...kept } }],
});

const verified = async () => {
  const { fault, leaves } = await verifyLog(
    await log.served(),
    federation.anchor,
    federation.openpgp,
  );
  return [fault, leaves.due ?? 0];
};

describe('a recall', () => {
  it('is answered within a month, whatever deadline it names', async () => {
    const it = await told();
    const made = recall(it);
    const [core] = made.parts;
    const named = core!.facts!['recall'] as object;
    const forEver = { ...named, until: '2199-01-01T00:00:00.000Z' };
    await record({ ...made, parts: [{ ...core!, facts: { ...core!.facts, recall: forEver } }] });
    const at = log.state.size - 1;
    expect(log.state.resting(id('bg-gdbop'), [at])).toMatchObject([
      { what: 'recall', leaf: at, item: made.item, concerns: id('gr-police'), over: false },
    ]);
    log.pass((LONGEST.deadline + 300_000) / 1000 - 1);
    await log.own('heartbeat');
    expect(log.state.recall(made.item)?.defaulted).toBe(false);
    log.pass(1);
    await log.own('heartbeat');
    expect(log.state.recall(made.item)?.defaulted).toBe(true);
    expect(await verified()).toEqual([null, 1]);
  });

  it('binds the holder whom it tells, until that says that its copy is gone', async () => {
    const it = await told();
    const made = recall(it);
    await record(made);
    expect(log.state.isRecalled(facts(it), id('gr-police'))).toBe(true);
    expect(log.state.isRecalled(facts(it), id('bg-gdbop'))).toBe(false);
    await record(receipt(it, made.item, 'gr-police'));
    log.pass(3600);
    await log.own('heartbeat');
    expect(await verified()).toEqual([null, 0]);
  });

  it('has a holder who says nothing default by a leaf of the log’s, which a later receipt does not undo', async () => {
    const it = await told();
    const made = recall(it);
    await record(made);
    log.pass(599);
    await log.own('heartbeat');
    expect(log.state.recall(made.item)?.defaulted).toBe(false);
    log.pass(1);
    await log.own('heartbeat');
    expect(log.state.recall(made.item)?.defaulted).toBe(true);
    await record(receipt(it, made.item, 'gr-police'));
    expect(log.state.recall(made.item)).toMatchObject({ defaulted: true, receipted: true });
    log.pass(3600);
    await log.own('heartbeat');
    expect(await verified()).toEqual([null, 1]);
  });

  it('is answered by a copy that stays, and why, until it is gone', async () => {
    const it = await told();
    const made = recall(it);
    await record(made);
    await record(receipt(it, made.item, 'gr-police', { kept: ['LEGAL_HOLD'] }));
    expect(log.state.recall(made.item)).toMatchObject({ receipted: true, kept: ['LEGAL_HOLD'] });
    log.pass(3600);
    await log.own('heartbeat');
    expect(log.state.recall(made.item)?.defaulted).toBe(false);
    await record(receipt(it, made.item, 'gr-police'));
    expect(log.state.recall(made.item)?.kept).toEqual([]);
    // What is gone does not come back.
    await record(receipt(it, made.item, 'gr-police', { kept: ['COURT_FILE'] }));
    expect(log.state.recall(made.item)?.kept).toEqual([]);
    expect(await verified()).toEqual([null, 0]);
  });

  it('is in what an overseer sees', async () => {
    const it = await told();
    await record(recall(it));
    const { exchanges } = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      log.state.size - 1,
    );
    const rows = (exchanges.get(it.exchange) ?? [])
      .filter(({ descriptor }) => descriptor === facts(it))
      .flatMap(({ audience }) => audience)
      .filter(({ agency }) => agency === id('gr-police'));
    expect(rows.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it('is not receipted by who takes it back', async () => {
    const it = await told();
    const made = recall(it);
    await record(made);
    await record(receipt(it, made.item, 'bg-gdbop'));
    expect(log.state.recall(made.item)?.receipted).toBe(false);
  });

  it('binds nobody when it is by another than who said it, or from who does not hold it', async () => {
    const it = await told();
    await record(recall(it, { by: 'gr-police', from: 'bg-gdbop' }));
    await record(recall(it, { from: 'tr-customs' }));
    expect(log.state.isRecalled(facts(it), id('bg-gdbop'))).toBe(false);
    expect(log.state.isRecalled(facts(it), id('tr-customs'))).toBe(false);
    log.pass(3600);
    await log.own('heartbeat');
    expect(await verified()).toEqual([null, 0]);
  });

  it('keeps its deadline when it is issued again under the same item', async () => {
    const it = await told();
    const made = recall(it);
    await record(made);
    log.pass(300);
    const before = log.state.recall(made.item);
    await record(recall(it, {}, made.item));
    expect(log.state.recall(made.item)).toEqual(before);
  });
});
