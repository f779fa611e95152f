import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { PostgresBus } from '@tripoint/adapters/embedded';
import { type AgencyId } from '@tripoint/kernel';
import { submissionsTopic } from '@tripoint/ledger';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { HostileBus } from './testing/hostile-bus.js';
import { drained, examine, rowsOf } from './testing/oracle.js';
import { countFrom, seeded } from './testing/random.js';
import { contribution, give, request } from './testing/traffic.js';

const SCHEDULES = countFrom('TRIPOINT_SCHEDULES', 1);
const SEED = countFrom('TRIPOINT_SEED', 1);
const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const EVENTS = 30;

/**
 * What a bus that loses copies makes people see, and is no fault of the record: that a copy was damaged, that something has not come for
 * minutes of this clock, and that heads which were late say a time that is over.
 */
const NOTED = /found (submission-quarantined|delivery-withheld|heads-overdue|leaf-time-behind)$/;

describe('a bus that cannot be relied upon', () => {
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let federation: Federation | undefined;

  beforeAll(async () => {
    keys = await ceremony();
  }, 120_000);
  afterEach(async () => {
    await federation?.close();
    federation = undefined;
    await grounds.remove();
  }, 120_000);
  afterAll(() => keys.remove());

  it.each(Array.from({ length: SCHEDULES }, (_, at) => SEED + at))(
    'delivers everything once and in order, schedule %i',
    async (seed) => {
      grounds = await freshGrounds(keys.path, [GR, BG]);
      const random = seeded(seed);
      const buses: HostileBus[] = [];
      // Patience is measured on this clock: a day of a slow bus passes in a moment.
      let ahead = 0;
      federation = await openFederation(grounds.places, {
        now: () => Date.now() + ahead,
        between: {
          bus: (inner) => {
            const bus = new HostileBus(inner, random, {
              duplicated: 10,
              dropped: 3,
              delayed: 4,
              damaged: 4,
            });
            buses.push(bus);
            return bus;
          },
        },
      });
      const [gr, bg] = [federation.member(GR), federation.member(BG)];
      // A cut tail, be it the registry's last line, is noticed by the heads that the log states every ten minutes.
      const passing = (): NodeJS.Timeout =>
        setInterval(() => {
          ahead += 60_000;
        }, 200);
      const beginning = passing();
      try {
        await Promise.all([confirmed(gr, 200_000), confirmed(bg, 200_000)]);
      } finally {
        clearInterval(beginning);
      }
      for (let count = 0; count < EVENTS; count += 1) {
        const text = `event ${count}`;
        await give(gr, count % 3 === 0 ? request(GR, BG, text) : contribution(GR, BG, text));
        if (count % 5 === 0) await give(bg, contribution(BG, GR, text));
        ahead += 11_000;
      }
      // While time passes agencies go on to say something, their hourly roots for one: it has to arrive when time stands still as well.
      const settled = async (): Promise<boolean> => {
        const clock = passing();
        try {
          await drained(grounds.places, 200_000);
        } finally {
          clearInterval(clock);
        }
        return drained(grounds.places, 5_000).then(
          () => true,
          () => false,
        );
      };
      while (!(await settled())) continue;
      const { faults, issued, alone, leaves, projected } = await examine(grounds.places);
      expect(faults.filter((fault) => !NOTED.test(fault))).toEqual([]);
      expect(leaves).toBe(issued);
      expect(projected).toBe(2 * issued - alone);
      const suffered = buses.map(({ done }) => done);
      for (const what of ['duplicated', 'dropped', 'delayed', 'damaged'] as const)
        expect(suffered.reduce((sum, done) => sum + done[what], 0)).toBeGreaterThan(0);
    },
    500_000,
  );

  it('puts a message aside that nobody can read, and two hundred others pass it by', async () => {
    grounds = await freshGrounds(keys.path, [GR, BG]);
    const { places } = grounds;
    const bus = new PostgresBus(places.bus);
    await bus.publish(submissionsTopic(GR), [{ value: Buffer.from('this is not a submission') }]);
    federation = await openFederation(places);
    const gr = federation.member(GR);
    await confirmed(gr);
    for (let batch = 0; batch < 10; batch += 1)
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => give(gr, contribution(GR, BG, `${batch} ${at}`))),
      );
    await bus.publish(submissionsTopic(GR), [{ value: new Uint8Array(700).fill(0xa5) }]);
    await bus.close();
    await drained(places);
    const { faults, issued, leaves } = await examine(places);
    expect(faults.filter((fault) => !NOTED.test(fault))).toEqual([]);
    // A contribution and its receipt each.
    expect(issued).toBe(200);
    expect(leaves).toBe(200);
    await untilTrue('both are put aside', async () => {
      const rows = await rowsOf(places.hub, 'select 1 from quarantine');
      return rows.length === 2;
    });
  }, 240_000);
});
