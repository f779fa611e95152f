import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sealed } from '@tripoint/envelope';
import { disclosureStanding, drillStanding } from './disclosure-standing.js';
import { custodyIn, LittleFederation, LittleLog, type Order } from './testing/index.js';
import { readHanded } from './verify-leaf.js';
import { verifyLog } from './verify-log.js';

const QUARTER = 92 * 24 * 3600;

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const { agree, said, noise, order, ordered, share, proof, review } = custodyIn(() => log);
const drill = () => drillStanding(log.state.drill, log.time);
const verified = async () =>
  verifyLog(await log.served(), federation.anchor, federation.openpgp, {});
const rulesAt = (index: number) =>
  (readHanded(log.handed[index]!)?.records ?? []).flatMap((one) =>
    one.about === 'verdict' && one.verdict.question.order !== undefined
      ? [one.verdict.allowed ? [] : one.verdict.rules]
      : [],
  );
const ask = (of: Sealed) =>
  ordered(of, order(of, { by: 'gr-police', emergency: true, ground: 'DRILL' }));
const handedOver = async (of: Sealed, made: Order & { readonly leaf: number }) => {
  for (const by of ['tr-customs', 'bg-prosecutor'] as const) await log.event(share(of, made, by));
};

describe('a drill of custodians', () => {
  it('is proven by the key of noise, which anybody holds against what its author committed to', async () => {
    expect(drill()).toBeNull();
    await agree();
    const of = await noise();
    const made = await ask(of);
    await handedOver(of, made);
    expect(drill()).toMatchObject({ proven: null, overdue: false });
    const leaf = await log.event(proof(of, made));
    expect(drill()).toMatchObject({ proven: { leaf }, overdue: false });
    const report = await verified();
    expect(report).toMatchObject({ fault: null, drill: { proven: { leaf } } });
  });

  it('is proven by no other key, by nobody but its reader, and not before the shares were handed over', async () => {
    await agree();
    const of = await noise();
    const made = await ask(of);
    await log.event(proof(of, made));
    await log.event(share(of, made, 'tr-customs'));
    await log.event(proof(of, made));
    await log.event(share(of, made, 'bg-prosecutor'));
    await log.event(proof(of, made, { key: new Uint8Array(32).fill(3) }));
    await log.event(proof(of, made, { by: 'tr-customs' }));
    expect(drill()?.proven).toBeNull();
    await log.event(proof(of, made));
    expect(drill()?.proven).not.toBeNull();
  });

  it('is of noise, and noise is ordered for nothing else', async () => {
    await agree();
    const [real, practice] = [await said(), await noise()];
    expect(rulesAt((await ask(real)).leaf)).toEqual([['order-is-of-what-is-in-custody']]);
    const other = order(practice, { by: 'gr-police', emergency: true });
    expect(rulesAt((await ordered(practice, other)).leaf)).toEqual([
      ['order-is-of-what-is-in-custody'],
    ]);
    expect(rulesAt((await ask(practice)).leaf)).toEqual([[]]);
    expect((await verified()).fault).toBeNull();
  });

  it('discloses nothing else: the key of what was really said proves nothing, and is asked of nobody', async () => {
    await agree();
    const of = await said();
    const made = await ordered(of, order(of, { by: 'gr-police', emergency: true }));
    await handedOver(of, made);
    await log.event(proof(of, made));
    expect(drill()?.proven).toBeNull();
  });

  it('is due a quarter after custody was agreed on, and after each that was proven', async () => {
    await agree();
    log.pass(QUARTER - 1);
    expect(drill()).toMatchObject({ overdue: false });
    log.pass(1);
    expect(drill()).toMatchObject({ overdue: true });
    const of = await noise();
    const made = await ask(of);
    await handedOver(of, made);
    await log.event(proof(of, made));
    expect(drill()).toMatchObject({ overdue: false });
    log.pass(QUARTER);
    expect(drill()).toMatchObject({ overdue: true });
    // Whoever keeps shares by another agreement has shown nothing yet.
    const at = log.time;
    await agree();
    expect(drill()).toMatchObject({ overdue: false, due: at + QUARTER * 1000 });
  });

  it('waits for no review', async () => {
    await agree();
    const of = await noise();
    const made = await ask(of);
    await log.event(review(made.item));
    const found = log.state.disclosure(made.item);
    expect(found && disclosureStanding(found, log.time + QUARTER * 1000)).toMatchObject({
      reviewDue: null,
      review: null,
      overdue: false,
    });
  });
});
