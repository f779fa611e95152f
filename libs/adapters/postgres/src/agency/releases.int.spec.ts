import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type Recorded, UNMARKED } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type Delivery, type RecordedEntry } from '@tripoint/read-model';
import { AgencyDatabase } from './agency-database.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString() as Instant;
const random = () => randomBytes(32).toString('hex') as Digest;
const item = () => randomUUID() as ItemId;
const LATER = inMinutes(10_000);

describe('a grant that is carried out', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;
  let exchange: ExchangeId;
  let event: EventId;
  let release: ItemId;
  let facts: Digest;
  let source: Digest;
  let next = { number: 0n, previous: '0'.repeat(64) as Digest, leaf: 0 };

  beforeAll(async () => {
    fresh = await freshDatabase('releases');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });
  beforeEach(async () => {
    [exchange, event] = [randomUUID() as ExchangeId, randomUUID() as EventId];
    [release, facts, source] = [item(), random(), random()];
    const wraps = [facts, source].map((descriptor) => ({ descriptor, wrap: random() }));
    await take(
      say('GrantMade', release, GR, {
        core: { event, grantee: BG, until: LATER, compartments: ['facts', 'source'] },
        facts: { grant: { wraps } },
      }),
    );
  });

  /** Takes the next lines, a minute apart by the log. */
  const take = async (...said: readonly Partial<Delivery>[]) => {
    const deliveries = said.map(({ entry, ...rest }): Delivery => {
      const leaf = { index: next.leaf, time: inMinutes(next.leaf) };
      const { number, previous } = next;
      const digest = random();
      next = { number: number + 1n, previous: digest, leaf: next.leaf + 1 };
      const placed = entry && { ...entry, recorded: { ...entry.recorded, leaf } };
      return {
        number,
        previous,
        digest,
        leaf,
        at: leaf.time,
        ...(placed ? { entry: placed } : {}),
        ...rest,
      };
    });
    expect(await database.journal.append(deliveries)).toMatchObject({ applied: said.length });
  };
  const say = (
    type: string,
    of: ItemId,
    issuer: AgencyId,
    { core = {}, facts: said = {} }: { readonly core?: object; readonly facts?: object } = {},
  ): Partial<Delivery> => ({
    entry: {
      exchange,
      recorded: {
        id: randomUUID() as EventId,
        issuer,
        at: inMinutes(0),
        event: { type, item: of, core, parts: {} },
      } as unknown as Recorded,
      facts: said,
      descriptors: [{ compartment: 'core', descriptor: random(), marking: UNMARKED }],
    } as unknown as RecordedEntry,
  });

  const recall = (descriptors: readonly Digest[], to = BG) => {
    const of = item();
    const core = { to, event, compartments: ['facts'], until: LATER };
    return {
      issued: say('RecallIssued', of, GR, {
        core,
        facts: { recall: { agency: to, descriptors, until: LATER } },
      }),
      purged: say('RecallPurged', of, to),
      stays: say('RecallCopyKept', of, to, { core: { because: ['LEGAL_HOLD'] } }),
    };
  };
  const erasure = (descriptors: readonly Digest[]) => {
    const of = item();
    const order = { item: of, exchange, event, descriptors, originator: GR, by: GR };
    const claim = { stores: ['JOURNAL'], backupsUntil: LATER };
    return {
      ordered: { erasure: { ...order, ground: 'DATA_SUBJECT_REQUEST', until: LATER } },
      purged: (by = BG) => say('ErasurePurged', of, by, { core: claim }),
      stays: say('ErasurePurged', of, BG, { core: { ...claim, kept: ['COURT_FILE'] } }),
      completed: { erasureStands: { item: of, completedAt: inMinutes(1) } },
    };
  };
  const shown = async () => {
    const { status, open, purgedAt, kept } = (await database.views.release(release))!;
    const listed = async (filter: object) =>
      (await database.views.releases({ exchange, ...filter }, { limit: 5 })).rows.length === 1;
    expect(await listed({ status })).toBe(true);
    expect([await listed({ open: true }), await listed({ open: false })]).toEqual([open, !open]);
    const waiting = await database.views.recalls({ exchange, open: true }, LATER, { limit: 5 });
    const stillOpen = waiting.rows.length + (open ? 1 : 0);
    expect((await database.views.exchange(exchange))?.open).toBe(stillOpen);
    const among = await database.views.exchanges({ open: stillOpen > 0 }, { limit: 100 });
    expect(among.rows.map((one) => one.exchange)).toContain(exchange);
    return [status, purgedAt !== undefined, ...(kept ?? [])];
  };

  const OPEN = ['USED', false] as const;
  const GONE = ['EXPIRED', true] as const;
  it.each<[string, () => readonly Partial<Delivery>[], readonly (string | boolean)[]]>([
    ['open while nothing is said of it', () => [], OPEN],
    [
      'over when all of it was recalled and has gone',
      () => {
        const all = recall([facts, source]);
        return [all.issued, all.purged];
      },
      GONE,
    ],
    [
      'over when one part after the other was',
      () => [recall([facts]), recall([source])].flatMap(({ issued, purged }) => [issued, purged]),
      GONE,
    ],
    [
      'open while a part is left',
      () => {
        const part = recall([facts]);
        return [part.issued, part.purged];
      },
      OPEN,
    ],
    ['open while its grantee has not answered', () => [recall([facts, source]).issued], OPEN],
    [
      'open when somebody else was to let go of it',
      () => {
        const other = recall([facts, source], TR);
        return [other.issued, other.purged];
      },
      OPEN,
    ],
    [
      'kept when its grantee has said why a copy stays',
      () => {
        const [part, rest] = [recall([facts]), recall([source])];
        return [part.issued, part.stays, rest.issued, rest.purged];
      },
      [...OPEN, 'LEGAL_HOLD'],
    ],
    [
      'over when its grantee has forgotten it',
      () => {
        const order = erasure([facts, source]);
        return [order.ordered, order.purged()];
      },
      GONE,
    ],
    [
      'open when another has, or why a copy stays is not all that there is to say',
      () => {
        const order = erasure([facts]);
        return [order.ordered, order.purged(TR), order.stays];
      },
      OPEN,
    ],
    [
      'over when everybody has, whom it was said to',
      () => {
        const order = erasure([facts, source]);
        return [order.ordered, order.completed];
      },
      GONE,
    ],
    [
      'kept when it is forgotten but for a copy',
      () => {
        const order = erasure([facts, source]);
        return [order.ordered, order.stays];
      },
      [...OPEN, 'COURT_FILE'],
    ],
    [
      'over when that copy goes as well',
      () => {
        const [order, part] = [erasure([facts]), recall([source])];
        return [part.issued, part.purged, order.ordered, order.stays, order.purged()];
      },
      GONE,
    ],
    [
      'over with the word that it was decided by, before anybody says so',
      () => [{ overByDoubt: [release] }],
      ['EXPIRED', false],
    ],
    [
      'gone when its grantee says so of the grant itself',
      () => [{ overByDoubt: [release] }, say('GrantPurged', release, BG)],
      GONE,
    ],
  ])('is %s', async (_how, said, expected) => {
    const lines = said();
    if (lines.length > 0) await take(...lines);
    expect(await shown()).toEqual(expected);
    // It says so after a rebuild as well.
    await database.journal.rebuild();
    expect(await shown()).toEqual(expected);
  });
});
