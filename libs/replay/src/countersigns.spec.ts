import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accepted } from '@tripoint/envelope/testing';
import { type AgencyId, type Digest, type ExchangeId } from '@tripoint/kernel';
import { parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

let federation: LittleFederation;
let log: LittleLog;
let bg: AgencyId;
let gr: AgencyId;
let tr: AgencyId;
beforeAll(async () => {
  federation = await LittleFederation.found();
  bg = federation.member('bg-gdbop').id;
  gr = federation.member('gr-police').id;
  tr = federation.member('tr-customs').id;
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

/** Something that bg tells another. */
const told = (to: MemberName): Promise<number> =>
  log.event({
    by: 'bg-gdbop',
    exchange: randomUUID() as ExchangeId,
    parts: [
      {
        compartment: 'core',
        to: ['bg-gdbop', to],
        facts: {
          opens: true,
          item: randomUUID(),
          admits: [{ agency: federation.member(to).id, compartments: ['core'] }],
        },
      },
    ],
  });

/** Who has a line by this leaf. */
const given = (leaf: number): readonly AgencyId[] =>
  log.lines.filter(({ entry }) => entry.leaf === leaf).map(({ entry }) => entry.agency);

const verdictOn = (leaf: number) => {
  const { kind, code } = accepted(parseLeaf(accepted(parseLogEntry(log.handed[leaf]!.entry)).leaf));
  return code ?? kind;
};

const fault = async () => {
  const served = await log.served();
  const report = await verifyLog(served, federation.anchor, federation.openpgp);
  return report.fault === null ? null : [report.fault.index, report.fault.code];
};

const standingOf = (agency: AgencyId) =>
  log.state.countersigns.standings(log.state.time).find((one) => one.agency === agency);

describe('a countersignature', () => {
  it('covers every leaf before the heads that it is of, and is told to whoever said something', async () => {
    await told('gr-police');
    const heads = await log.heads();
    const leaf = await log.countersign('gr-police');
    expect(verdictOn(leaf)).toBe('countersigned');
    expect(given(leaf)).toEqual([gr, bg]);
    expect(standingOf(gr)).toMatchObject({
      countersigned: { heads, leaf, contradicts: false },
      outstanding: undefined,
      overdue: false,
    });
    expect(await fault()).toBeNull();
  });

  it('is told once, and again for what was said after the heads', async () => {
    await told('gr-police');
    await log.heads();
    await told('gr-police');
    expect(given(await log.countersign('gr-police'))).toEqual([gr, bg]);
    await log.heads();
    expect(given(await log.countersign('gr-police'))).toEqual([gr, bg]);
    await log.heads();
    expect(given(await log.countersign('gr-police'))).toEqual([gr]);
  });

  it('is told to nobody who has said nothing to its signer', async () => {
    await told('tr-customs');
    await log.heads();
    expect(given(await log.countersign('gr-police'))).toEqual([gr]);
    expect(given(await log.countersign('tr-customs'))).toEqual([tr, bg]);
  });

  it('proves nothing to an author where it contradicts the log, which is on record', async () => {
    await told('gr-police');
    await log.heads();
    const head = 'ab'.repeat(32) as Digest;
    const leaf = await log.countersign('gr-police', { end: { head } });
    expect(verdictOn(leaf)).toBe('countersigned');
    expect(given(leaf)).toEqual([gr]);
    expect(standingOf(gr)?.countersigned).toMatchObject({ contradicts: true });
    expect(await fault()).toBeNull();
  });

  it('is overdue half an hour after the oldest head that it was not given for', async () => {
    const heads = await log.heads();
    const since = new Date(log.time).toISOString();
    log.pass(30 * 60);
    await log.own('heartbeat');
    expect(standingOf(gr)).toMatchObject({ outstanding: { heads, at: since }, overdue: false });
    log.pass(1);
    await log.own('heartbeat');
    expect(standingOf(gr)).toMatchObject({ countersigned: undefined, overdue: true });
    await log.countersign('gr-police');
    expect(standingOf(gr)).toMatchObject({ outstanding: undefined, overdue: false });
    expect(await fault()).toBeNull();
  });

  it.each<[string, string, Parameters<LittleLog['countersign']>[1]]>([
    [
      'of another log',
      'countersignature-elsewhere',
      { said: { leafHash: 'ab'.repeat(32) as Digest } },
    ],
    ['of heads that were never logged', 'countersignature-stale', { said: { leaf: 3 } }],
    ['by another agency', 'unknown-signer', { signer: 'tr-customs' }],
    [
      'that opens another mailbox',
      'malformed-countersignature',
      { said: { mailbox: 'ab'.repeat(32) as Digest } },
    ],
  ])('%s is refused, and cannot be recorded as one', async (_, code, change) => {
    await log.heads();
    expect(verdictOn(await log.countersign('gr-police', change))).toBe(code);
    expect(await fault()).toBeNull();
    expect(standingOf(gr)?.outstanding).toBeDefined();
    const judgement = {
      judgement: (honest: object) => ({ ...honest, kind: 'countersigned', code: null }) as never,
    };
    const lie = await log.countersign('gr-police', { ...change, ...judgement });
    expect(await fault()).toEqual([lie, 'statement-refused']);
  });

  it('counts once', async () => {
    await log.heads();
    await log.countersign('gr-police');
    expect(verdictOn(await log.countersign('gr-police'))).toBe('countersignature-stale');
  });

  it('cannot be put on the chain of the hub by anybody else', async () => {
    await log.heads();
    const leaf = await log.countersign('gr-police');
    const served = await log.served();
    const { source } = served.handed[leaf]!;
    const text = Buffer.from(source!).toString('latin1').replace('countersigned', 'countersignec');
    served.handed[leaf] = { ...served.handed[leaf]!, source: Buffer.from(text, 'latin1') };
    const report = await verifyLog(served, federation.anchor, federation.openpgp);
    expect(report.fault).toMatchObject({ index: leaf, code: 'signature-refused' });
  });
});
