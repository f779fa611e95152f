import { describe, expect, it } from '@jest/globals';
import { atADoor } from '../testing/at-a-door.js';
import { oversight } from './oversight.command.js';

const ITEM = 'd3b07384-d9a0-4c9b-8f3e-2f1e5a6b7c8d';
const row = {
  item: ITEM,
  event: 'e-1',
  originator: 'bg-gdbop',
  orderedBy: 'gr-police',
  beneficiary: 'gr-police',
  ground: 'DANGER_TO_LIFE',
  emergency: true,
  leaf: '9',
  released: ['tr-customs', 'bg-customs'],
  reviewDue: '2026-11-04T12:00:00.000Z',
  overdue: false,
};
const SAID =
  'leaf 9: gr-police had event e-1 of bg-gdbop disclosed to gr-police (DANGER_TO_LIFE, emergency), 2 shares handed over';
const review = { outcome: 'EXCESSIVE', by: 'oversight', leaf: '12' };
const drill = { due: '2027-01-01T00:00:00.000Z', overdue: false };

const listing = (body: object) => atADoor({ oversight }, () => ({ body })).run;

describe('tripoint oversight disclosures', () => {
  it('lists orders, which of them wait for a review, and how it stands with drills', async () => {
    const rows = [row, { ...row, overdue: true }, { ...row, review }];
    expect(await listing({ rows, drill })('oversight', 'disclosures')).toEqual({
      exit: 0,
      out: [
        `${ITEM}  ${SAID}: to be reviewed by 2026-11-04T12:00:00.000Z`,
        `${ITEM}  ${SAID}: REVIEW OVERDUE since 2026-11-04T12:00:00.000Z`,
        `${ITEM}  ${SAID}: EXCESSIVE (oversight, leaf 12)`,
        'drill of custodians: never proven, the next by 2027-01-01T00:00:00.000Z',
      ],
      err: ['3 orders'],
    });
  });

  it('ends with 1 for what is overdue, a review or a drill, and shows nothing else then', async () => {
    const overdue = ['oversight', 'disclosures', '--overdue'];
    expect(await listing({ rows: [row], drill })(...overdue)).toMatchObject({ exit: 0, out: [] });
    const late = await listing({ rows: [row, { ...row, overdue: true }] })(...overdue);
    expect([late.exit, late.out.length]).toEqual([1, 1]);
    const undrilled = { ...drill, provenLeaf: '4', overdue: true };
    expect(await listing({ rows: [row], drill: undrilled })(...overdue)).toMatchObject({
      exit: 1,
      out: ['drill of custodians: proven at leaf 4, OVERDUE since 2027-01-01T00:00:00.000Z'],
    });
  });
});

describe('tripoint oversight review', () => {
  const at = (answer: { readonly status?: number; readonly body: unknown }) =>
    atADoor({ oversight }, () => answer);
  const words = (outcome = 'EXCESSIVE', item = ITEM) => [
    ...['oversight', 'review', '--disclosure', item, '--outcome', outcome],
  ];

  it('says at oversight’s own door what it thinks of one', async () => {
    const { run, asked } = at({ status: 202, body: { item: 'i-1', events: [] } });
    const { exit, out } = await run(...words());
    expect([exit, out]).toEqual([0, [`${ITEM}: EXCESSIVE, sealed and on its way`]]);
    expect(asked).toMatchObject([
      { method: 'POST', path: `/disclosures/${ITEM}/review`, body: { outcome: 'EXCESSIVE' } },
    ]);
    expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['already-reviewed', 'item-unknown'])('says no as the door does: %s', async (code) => {
    const { run } = at({ status: 409, body: { code, detail: 'why' } });
    expect(await run(...words())).toEqual({ exit: 1, out: [], err: [`tripoint: ${code}: why`] });
  });

  it('asks nobody where it is not understood', async () => {
    const { run, asked } = at({ body: {} });
    for (const wrong of [words('GOOD'), words('EXCESSIVE', 'everything')])
      expect((await run(...wrong)).exit).toBe(2);
    expect(asked).toEqual([]);
  });
});
