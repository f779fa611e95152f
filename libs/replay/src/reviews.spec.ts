import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ItemId } from '@tripoint/kernel';
import { disclosureStanding } from './disclosure-standing.js';
import { custodyIn, LittleFederation, LittleLog, type MemberName } from './testing/index.js';
import { verifyLog } from './verify-log.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

const { id, agree, said, noise, order, ordered, share, review } = custodyIn(() => log);
const HOUR = 3600;

/** To whom leaf `index` gave a line. */
const toldOf = (index: number) =>
  log.lines.filter(({ entry }) => entry.leaf === index).map(({ entry }) => entry);
const verified = async () =>
  verifyLog(await log.served(), federation.anchor, federation.openpgp, {});
const emergency = async () => {
  await agree();
  const it = await said();
  return { it, made: await ordered(it, order(it, { by: 'gr-police', emergency: true })) };
};
const standing = (item: ItemId) => {
  const found = log.state.disclosure(item);
  return found && disclosureStanding(found, log.time);
};

describe('who said what is to be disclosed', () => {
  it('is told at the order’s leaf, and given nothing of it to open', async () => {
    const { made } = await emergency();
    const lines = toldOf(made.leaf);
    expect(lines.find(({ agency }) => agency === id('bg-gdbop'))).toMatchObject({ entitled: [] });
    for (const custodian of ['tr-customs', 'bg-prosecutor'] as const)
      expect(lines.find(({ agency }) => agency === id(custodian))?.entitled).toHaveLength(1);
    expect(standing(made.item)).toMatchObject({
      originator: id('bg-gdbop'),
      ground: 'DANGER_TO_LIFE',
    });
    expect((await verified()).fault).toBeNull();
  });

  it('is not told of an order that the rules do not let be', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it, order(it, { by: 'bg-prosecutor' }));
    expect(toldOf(made.leaf).map(({ agency }) => agency)).not.toContain(id('bg-gdbop'));
  });
});

describe('oversight', () => {
  it('is told of an emergency, which it is to review, and of no drill and no order of its own', async () => {
    const { it, made } = await emergency();
    const lineOf = (leaf: number) =>
      toldOf(leaf).find(({ agency }) => agency === id('oversight'))?.entitled;
    expect(lineOf(made.leaf)).toEqual([]);
    const practice = await noise();
    const drill = order(practice, { by: 'gr-police', emergency: true, ground: 'DRILL' });
    expect(lineOf((await ordered(practice, drill)).leaf)).toBeUndefined();
    const denied = await ordered(it, order(it, { by: 'bg-prosecutor', emergency: true }));
    expect(lineOf(denied.leaf)).toBeUndefined();
    expect((await verified()).fault).toBeNull();
  });
});

describe('an emergency', () => {
  it('is to be reviewed within 72 hours of its order, and overdue from then on', async () => {
    const { made } = await emergency();
    expect(standing(made.item)).toMatchObject({ review: null, overdue: false });
    log.pass(72 * HOUR - 1);
    expect(standing(made.item)).toMatchObject({ overdue: false });
    log.pass(1);
    expect(standing(made.item)).toMatchObject({ overdue: true });
    await log.own('heartbeat');
    const [shown] = (await verified()).ordered;
    expect(shown).toMatchObject({ item: made.item, overdue: true, orderedBy: id('gr-police') });
    // Late is better than never.
    await log.event(review(made.item, 'UNJUSTIFIED'));
    expect(standing(made.item)).toMatchObject({
      overdue: false,
      review: { outcome: 'UNJUSTIFIED', by: id('oversight') },
    });
  });

  it('is reviewed once, and who is concerned is told what oversight thinks of it', async () => {
    const { it, made } = await emergency();
    await log.event(share(it, made, 'tr-customs'));
    const leaf = await log.event(review(made.item, 'EXCESSIVE'));
    const again = await log.event(review(made.item, 'JUSTIFIED'));
    expect(standing(made.item)).toMatchObject({ review: { outcome: 'EXCESSIVE', leaf } });
    const told = toldOf(leaf).filter(({ agency }) => agency !== id('oversight'));
    expect(told.every(({ entitled }) => entitled.length === 0)).toBe(true);
    expect(told.map(({ agency }) => agency).sort()).toEqual(
      (['bg-gdbop', 'gr-police', 'tr-customs'] as const).map(id).sort(),
    );
    expect(toldOf(again).filter(({ agency }) => agency !== id('oversight'))).toEqual([]);
    expect((await verified()).fault).toBeNull();
  });

  it.each<[string, MemberName]>([
    ['who invoked it', 'gr-police'],
    ['who said what was disclosed', 'bg-gdbop'],
    ['a custodian', 'tr-customs'],
  ])('is not reviewed by %s', async (_, by) => {
    const { made } = await emergency();
    const leaf = await log.event(review(made.item, 'JUSTIFIED', by));
    expect(standing(made.item)?.review).toBeNull();
    expect(toldOf(leaf).map(({ agency }) => agency)).toEqual([id(by)]);
  });

  it('is no order of oversight’s own, and nothing that nobody ordered', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    await log.event(review(made.item));
    await log.event(review(randomUUID() as ItemId));
    expect(standing(made.item)).toMatchObject({ reviewDue: null, review: null, overdue: false });
    expect((await verified()).fault).toBeNull();
  });
});
