// H1: nobody is shown anything of which the record of reads does not know, wherever the node dies between the two.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';
import { Nursery } from './testing/children.js';
import { confirmed, openFederation } from './testing/composition.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { drained } from './testing/oracle.js';
import { countFrom, seeded } from './testing/random.js';
import { type ReadingTask, type ReadingTold } from './testing/reading-child.js';
import { contribution, give } from './testing/traffic.js';

/** Reads that are under way when their process dies: so many readers, so often. */
const READS = countFrom('TRIPOINT_READS_KILLED', 64);
const READERS = 16;
const SEED = countFrom('TRIPOINT_SEED', 1);
const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;

describe('a node that dies while its officers read', () => {
  const nursery = new Nursery('reading-child.ts');
  const random = seeded(SEED);
  const told = contribution(GR, BG, 'seen at the crossing');
  let keys: Awaited<ReturnType<typeof ceremony>>;
  let grounds: Grounds;
  let database: AgencyDatabase;

  const settings = () => {
    const of = grounds.places.agencies[BG];
    if (of === undefined) throw new Error('no database');
    return of;
  };

  beforeAll(async () => {
    keys = await ceremony();
    grounds = await freshGrounds(keys.path, [GR, BG]);
    const federation = await openFederation(grounds.places);
    await Promise.all([...federation.members.values()].map((member) => confirmed(member)));
    await give(federation.member(GR), told);
    await drained(grounds.places);
    await federation.close();
    database = new AgencyDatabase(settings());
  }, 180_000);

  afterAll(async () => {
    await nursery.close();
    await database.close();
    await grounds.remove();
    await keys.remove();
  }, 180_000);

  const recorded = async (): Promise<readonly string[]> => {
    const keysRead: string[] = [];
    for (let from = 0n; ; from = BigInt(keysRead.length)) {
      const rows = await database.reads.rows(from, 1000);
      if (rows.length === 0) return keysRead;
      keysRead.push(...rows.map(({ fields }) => fields.join()));
    }
  };

  /** The reads of one process of which somebody was shown the outcome before it died. */
  const shownBefore = async (dies: number): Promise<readonly string[]> => {
    const child = nursery.take();
    const shown: string[] = [];
    let failed: string | undefined;
    child.on((word) => {
      const heard = word as unknown as ReadingTold;
      if (heard.told === 'failed') failed = heard.why;
      if (heard.told !== 'shown') return;
      expect(heard.events).toBeGreaterThan(0);
      shown.push(heard.key);
      if (shown.length === dies) child.signal('SIGKILL');
    });
    const task: ReadingTask = {
      settings: settings(),
      exchange: told.decision.exchange,
      item: told.decision.item,
      readers: READERS,
      mark: randomUUID(),
    };
    await child.begin(task);
    const { signal, lines } = await child.ended;
    if (failed !== undefined || signal !== 'SIGKILL') throw new Error(failed ?? lines);
    return shown;
  };

  it(
    `has on record whatever was shown by ${READS} reads that it died in`,
    async () => {
      const shown: string[] = [];
      for (let trial = 0; trial < Math.ceil(READS / READERS); trial += 1)
        shown.push(...(await shownBefore(1 + Math.floor(random() * 3 * READERS))));
      const record = await recorded();
      const known = new Set(record);
      expect(shown.filter((key) => !known.has(key))).toEqual([]);
      expect(known.size).toBe(record.length);
      expect(await database.reads.firstBroken()).toBeUndefined();
    },
    120_000 + READS * 2_000,
  );
});
