import {
  type AgencyId,
  type Digest,
  type EventId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  type Delivery,
  type ErasureFilter,
  type ErasureRow,
  type Leaf,
  type NewErasure,
  type Page,
  type PageRequest,
} from '@tripoint/read-model';
import { Conditions, limitOf, pageOf, placeOf } from '../cursor.js';
import { type Database, type Queries } from '../database.js';
import { manyInto } from '../many.js';

const erasureRows = manyInto<{
  item: string;
  exchange: string;
  event: string;
  descriptors: readonly string[];
  originator: string;
  ordered_by: string | undefined;
  ground: string;
  until: string;
  leaf: number;
  leaf_at: string;
}>(
  'erasures',
  {
    item: 'uuid',
    exchange: 'uuid',
    event: 'uuid',
    descriptors: 'text[]',
    originator: 'text',
    ordered_by: 'text',
    ground: 'text',
    until: 'timestamptz',
    leaf: 'bigint',
    leaf_at: 'timestamptz',
  },
  'on conflict (item) do nothing',
);

/** Keeps what is to be forgotten, and what the log says became of it. */
export const keepErasures = async (queries: Queries, news: readonly Delivery[]): Promise<void> => {
  await erasureRows(
    queries,
    news.flatMap(({ erasure, leaf }) =>
      erasure === undefined
        ? []
        : [
            {
              item: erasure.item,
              exchange: erasure.exchange,
              event: erasure.event,
              descriptors: erasure.descriptors,
              originator: erasure.originator,
              ordered_by: erasure.by,
              ground: erasure.ground,
              until: erasure.until,
              leaf: leaf.index,
              leaf_at: leaf.time,
            },
          ],
    ),
  );
  for (const { erasureStands } of news) {
    if (erasureStands === undefined) continue;
    const { item, overdue, completedAt } = erasureStands;
    if (overdue !== undefined)
      await queries.prepared(
        `update erasures set overdue = array_append(overdue, $2)
         where item = $1 and not $2 = any (overdue)`,
        [item, overdue],
      );
    if (completedAt !== undefined)
      await queries.prepared('update erasures set completed_at = $2 where item = $1', [
        item,
        completedAt,
      ]);
  }
};

type Claim = {
  readonly agency: AgencyId;
  readonly at: Instant;
  readonly stores: readonly string[];
  readonly backupsUntil: Instant;
  readonly kept: readonly string[] | null;
};

type ErasureRecord = Omit<
  ErasureRow,
  'leaf' | 'by' | 'saidIn' | 'instead' | 'completedAt' | 'receipts'
> & {
  readonly said_in: ItemId | null;
  readonly instead: ItemId | null;
  readonly ordered_by: AgencyId | null;
  readonly leaf: bigint;
  readonly leaf_at: Instant;
  readonly completed_at: Instant | null;
  readonly receipts: readonly Claim[] | null;
};

/** Of orders the log lets follow what is new in them: one that names nothing else than those before is in vain. */
const INSTEAD = `case when ordered_by is not null and completed_at is null and descriptors <@ array(
     select unnest(before.descriptors) from erasures as before
     where before.event = erasures.event and before.leaf < erasures.leaf)
   then (select before.item from erasures as before
     where before.event = erasures.event and before.leaf < erasures.leaf
       and before.descriptors && erasures.descriptors order by before.leaf limit 1) end`;

const SELECTED = `select item, exchange, event, descriptors, originator, ordered_by, ground, until, leaf, leaf_at,
    overdue, completed_at, ${INSTEAD} as instead,
    (select journal.item from journal where journal.event = erasures.event) as said_in,
    (select json_agg(json_build_object(
         'agency', entry->'recorded'->>'issuer',
         'at', entry->'recorded'->'leaf'->>'time',
         'stores', entry->'recorded'->'event'->'core'->'stores',
         'backupsUntil', entry->'recorded'->'event'->'core'->>'backupsUntil',
         'kept', entry->'recorded'->'event'->'core'->'kept') order by journal.leaf)
     from journal where journal.item = erasures.item and journal.leaf is not null
       and entry->'recorded'->'event'->>'type' = 'ErasurePurged') as receipts
  from erasures`;

const erasureOf = ({
  leaf,
  leaf_at,
  ordered_by,
  said_in,
  instead,
  completed_at,
  receipts,
  ...row
}: ErasureRecord): ErasureRow => ({
  ...row,
  leaf: { index: Number(leaf), time: leaf_at },
  receipts: (receipts ?? []).map(({ kept, ...claim }) => ({
    ...claim,
    ...(kept === null ? {} : { kept }),
  })),
  ...(said_in === null ? {} : { saidIn: said_in }),
  ...(ordered_by === null ? {} : { by: ordered_by }),
  ...(instead === null ? {} : { instead }),
  ...(completed_at === null ? {} : { completedAt: completed_at }),
});

/** What was to be forgotten, the newest first. */
export const erasures = async (
  database: Database,
  filter: ErasureFilter,
  page: PageRequest,
): Promise<Page<ErasureRow>> => {
  const [leaf, item] = placeOf(page, ['bigint', 'uuid']) ?? [];
  const limit = limitOf(page);
  const conditions = new Conditions()
    .and('exchange = ?', filter.exchange)
    .and('erasures.event = ?', filter.event)
    .and('(leaf, item) < (?::bigint, ?::uuid)', leaf, item);
  const records = await database.rows<ErasureRecord>(
    `${SELECTED} ${conditions.where} order by leaf desc, item desc limit ${conditions.bind(limit + 1)}`,
    conditions.values,
  );
  return pageOf(records, limit, erasureOf, (record) => [record.leaf, record.item]);
};

export const erasure = async (
  database: Database,
  item: ItemId,
): Promise<ErasureRow | undefined> => {
  const [record] = await database.prepared<ErasureRecord>(`${SELECTED} where item = $1`, [item]);
  return record && erasureOf(record);
};

/** The orders by which something of an event is to be forgotten, as they came. */
export const erasuresOf = async (
  database: Database,
  event: EventId,
): Promise<readonly (NewErasure & { readonly leaf: Leaf })[]> => {
  const rows = await database.prepared<
    Omit<NewErasure, 'by'> & {
      readonly by: AgencyId | null;
      readonly leaf: bigint;
      readonly leaf_at: Instant;
    }
  >(
    `select item, exchange, event, descriptors, originator, ordered_by as by, ground, until, leaf, leaf_at
     from erasures where event = $1 order by leaf, item`,
    [event],
  );
  return rows.map(({ by, leaf, leaf_at, ...row }) => ({
    ...row,
    ...(by === null ? {} : { by }),
    leaf: { index: Number(leaf), time: leaf_at },
  }));
};

/** Keys on their way to somebody: what was wrapped for a grant that is no more. */
export const forgetWishes = (queries: Queries, descriptors: readonly Digest[]) =>
  queries.prepared(
    `delete from to_sign where kind = 'grant' and exists (
       select from json_array_elements(body->'wraps') as wrap
       where wrap->>'descriptor' = any ($1::text[]))`,
    [descriptors],
  );

/** Keys to shares that go with these compartments: made for whom an order names, handed over or not. */
export const forgetShareWishes = (
  queries: Queries,
  pairs: readonly (readonly [event: EventId, compartment: string])[],
) =>
  queries.prepared(
    `delete from to_sign where kind = 'share' and exists (
       select from json_array_elements(body->'wraps') as wrap
       join entrusted on entrusted.descriptor = wrap->>'descriptor'
       join unnest($1::uuid[], $2::text[]) as gone (event, compartment)
         on entrusted.event = gone.event and entrusted.compartment = gone.compartment)`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
