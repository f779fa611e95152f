import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { FederationFolder } from '@tripoint/adapters/keys';
import { scrub } from '@tripoint/adapters/postgres';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId } from '@tripoint/kernel';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { type Child, Nursery } from './testing/children.js';
import { AUDITOR_TOKEN, openFederation } from './testing/composition.js';
import { type Task, type Told } from './testing/federation-child.js';
import { untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained, examine, type Given, rowsOf } from './testing/oracle.js';
import { countFrom, seeded } from './testing/random.js';
import { type Order } from './testing/traffic.js';
import { HOPS, MOMENTS, type Trap } from './testing/tripwire.js';

const KILLS = countFrom('TRIPOINT_KILLS', 2);
const SEED = countFrom('TRIPOINT_SEED', 1);
/** A child that has not reached its trap by then never will. */
const PATIENCE = 60_000;
/** What no child comes to. */
const NEVER: Trap = {
  hop: 'outbox commit',
  moment: 'before',
  nth: Number.MAX_SAFE_INTEGER,
  from: 'start',
};
const AGENCIES = ['gr-police', 'bg-border-police'] as AgencyId[];

describe('a federation that is killed', () => {
  const nursery = new Nursery('federation-child.ts');
  const random = seeded(SEED);
  const orders = new Map<
    string,
    { readonly agency: string; readonly order: Order; heard: boolean }
  >();
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, AGENCIES);
  }, 180_000);

  afterAll(async () => {
    await nursery.close();
    await grounds.remove();
    await keys.remove();
  }, 180_000);

  /** What a child is asked to do, and what is heard of it until it is dead: by its trap, unless somebody else kills it. */
  const killed = async (
    how: Pick<Task, 'trap' | 'scrubs'>,
    kill: (child: Child) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> => {
    const child = nursery.take();
    const outcome: { failed?: string } = {};
    child.on((told: Told) => {
      if (told.told === 'ordered')
        orders.set(told.order.key, { agency: told.agency, order: told.order, heard: false });
      const order = told.told === 'acknowledged' ? orders.get(told.key) : undefined;
      if (order !== undefined) order.heard = true;
      if (told.told === 'failed') outcome.failed = told.why;
    });
    const task: Task = {
      places: grounds.places,
      ...how,
      again: [...orders.values()].filter(({ heard }) => !heard),
    };
    await child.begin(task);
    const waited = { late: false };
    const patience = setTimeout(() => {
      waited.late = true;
      child.signal('SIGKILL');
    }, PATIENCE);
    await Promise.race([kill(child), child.ended]);
    const { signal, lines } = await child.ended;
    clearTimeout(patience);
    if (outcome.failed !== undefined || waited.late || signal !== 'SIGKILL')
      throw new Error(`it did not die at ${JSON.stringify(how.trap)}: ${outcome.failed ?? lines}`);
  };

  const given = (): Given[] =>
    [...orders.values()].map(({ agency, order, heard }) => ({
      agency,
      item: order.decision.item,
      acknowledged: heard,
    }));

  const recovered = async (): Promise<void> => {
    const federation = await openFederation(grounds.places, { door: true });
    try {
      await drained(grounds.places);
      const { url } = federation.hub;
      if (url === undefined) throw new Error('the hub has no door');
      const openpgp = new OpenPgpJs();
      const { anchor } = await FederationFolder.open(openpgp, keys.path);
      const source = new HttpLogSource({ url, token: AUDITOR_TOKEN });
      const { fault } = await verifyLog(source, anchor, openpgp);
      expect(fault).toBeNull();
    } finally {
      await federation.close();
    }
    const found = await examine(grounds.places, given());
    expect(found.faults).toEqual([]);
    expect(found.issued).toBeGreaterThan(0);
    expect(found.leaves).toBe(found.issued);
    expect(found.projected).toBe(2 * found.issued);
  };

  it.each(HOPS)(
    `loses nothing and repeats nothing when it dies ${KILLS} times at: %s`,
    async (hop) => {
      for (let trial = 0; trial < KILLS; trial += 1)
        await killed({
          trap: {
            hop,
            moment: MOMENTS[(trial + HOPS.indexOf(hop)) % MOMENTS.length] ?? 'before',
            ...(hop === 'keep what came aside'
              ? // The hub answers each agency once, before anything else can happen.
                { nth: 1 + (trial % AGENCIES.length), from: 'start' as const }
              : {
                  nth: 1 + Math.floor(random() * 4),
                  from: trial % 4 === 3 ? ('start' as const) : ('traffic' as const),
                }),
          },
        });
      await recovered();
    },
    60_000 + KILLS * PATIENCE,
  );

  it(
    'loses nothing and repeats nothing when it dies while it writes tables anew, and does that whole the next time',
    async () => {
      const { hub, agencies } = grounds.places;
      const scrubbed = [
        ['hub', hub],
        ...Object.values(agencies).map((at) => ['agency', at] as const),
      ] as const;
      const names = scrubbed.map(([, { database }]) => `'${database}'`).join();
      for (let trial = 0; trial < KILLS; trial += 1)
        await killed({ trap: NEVER, scrubs: true }, async (child) => {
          await child.hears('acknowledged');
          await untilTrue('a table is being written anew', async () => {
            const rewriting = await rowsOf(
              testSuperuser(),
              `select from pg_stat_activity where application_name = 'tripoint-scrub' and state = 'active'
                 and query like 'vacuum (full)%' and datname in (${names})`,
            );
            return rewriting.length > 0;
          });
          child.signal('SIGKILL');
        });
      await recovered();
      for (const [kind, { database }] of scrubbed)
        await untilTrue(`${database} is scrubbed`, async () => {
          const at = { ...testSuperuser(), database };
          const { idle, left, log } = await scrub(at, kind, { always: true });
          return !idle && left.length === 0 && log;
        });
    },
    60_000 + KILLS * PATIENCE,
  );
});
