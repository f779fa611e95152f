import { type AgencyId, type Instant, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  type Page,
  type PageRequest,
  type ReviewRow,
  type ToldDisclosureRow,
} from '@tripoint/read-model';
import { Conditions, limitOf, pageOf, placeOf } from '../cursor.js';
import { type Database, type Queries } from '../database.js';
import { manyInto } from '../many.js';

const toldRows = manyInto<{
  item: string;
  exchange: string;
  event: string;
  ordered_by: string;
  beneficiary: string;
  compartments: readonly string[];
  ground: string | undefined;
  emergency: boolean;
  until: string;
  leaf: number;
  leaf_at: string;
}>(
  'told_disclosures',
  {
    item: 'uuid',
    exchange: 'uuid',
    event: 'uuid',
    ordered_by: 'text',
    beneficiary: 'text',
    compartments: 'text[]',
    ground: 'text',
    emergency: 'boolean',
    until: 'timestamptz',
    leaf: 'bigint',
    leaf_at: 'timestamptz',
  },
  'on conflict (item) do nothing',
);

const reviewRows = manyInto<{
  item: string;
  outcome: string;
  reviewed_by: string;
  leaf: number;
  leaf_at: string;
}>(
  'disclosure_reviews',
  { item: 'uuid', outcome: 'text', reviewed_by: 'text', leaf: 'bigint', leaf_at: 'timestamptz' },
  'on conflict (item) do nothing',
);

/** Keeps what the log tells of orders of what this agency said, and of reviews. */
export const keepToldDisclosures = async (
  queries: Queries,
  news: readonly Delivery[],
): Promise<void> => {
  await toldRows(
    queries,
    news.flatMap(({ told, leaf: { index: leaf, time: leaf_at } }) => {
      if (told === undefined) return [];
      const { by: ordered_by, ground, ...row } = told;
      return [{ ...row, ordered_by, ground, leaf, leaf_at }];
    }),
  );
  await reviewRows(
    queries,
    news.flatMap(({ reviewed, leaf: { index: leaf, time: leaf_at } }) => {
      if (reviewed === undefined) return [];
      const { by: reviewed_by, ...row } = reviewed;
      return [{ ...row, reviewed_by, leaf, leaf_at }];
    }),
  );
};

type ReviewRecord = {
  readonly item: ItemId;
  readonly outcome: string;
  readonly reviewed_by: AgencyId;
  readonly leaf: bigint;
  readonly leaf_at: Instant;
};

/** What oversight thinks of these orders, as far as this agency was told. */
export const reviewsOf = async (
  database: Database,
  items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, ReviewRow>> => {
  const records = await database.prepared<ReviewRecord>(
    'select item, outcome, reviewed_by, leaf, leaf_at from disclosure_reviews where item = any ($1::uuid[])',
    [items],
  );
  return new Map(
    records.map(({ item, outcome, reviewed_by: by, leaf, leaf_at: time }) => [
      item,
      { outcome, by, leaf: { index: Number(leaf), time } },
    ]),
  );
};

type ToldRecord = Omit<ToldDisclosureRow, 'leaf' | 'by' | 'ground' | 'review'> & {
  readonly ordered_by: AgencyId;
  readonly ground: string | null;
  readonly leaf: bigint;
  readonly leaf_at: Instant;
};

const toldOf = ({ ordered_by: by, ground, leaf, leaf_at, ...row }: ToldRecord) => ({
  ...row,
  by,
  leaf: { index: Number(leaf), time: leaf_at },
  ...(ground === null ? {} : { ground }),
});

const TOLD_COLUMNS =
  'item, exchange, event, ordered_by, beneficiary, compartments, ground, emergency, until, leaf, leaf_at';

/** One order of which this agency was told, and whether it has said itself what it thinks of it. */
export const toldDisclosure = async (
  database: Database,
  item: ItemId,
): Promise<(ToldDisclosureRow & { readonly reviewedHere: boolean }) | undefined> => {
  const [record] = await database.prepared<ToldRecord & { readonly reviewed_here: boolean }>(
    `select ${TOLD_COLUMNS}, exists (
       select from journal where entry #>> '{recorded,event,type}' = 'DisclosureReviewed'
         and entry #>> '{recorded,event,core,disclosure}' = told_disclosures.item::text) as reviewed_here
     from told_disclosures where item = $1`,
    [item],
  );
  if (record === undefined) return undefined;
  const { reviewed_here: reviewedHere, ...told } = record;
  const review = (await reviewsOf(database, [item])).get(item);
  return { ...toldOf(told), reviewedHere, ...(review === undefined ? {} : { review }) };
};

/** What was ordered of this agency's own, the newest first. */
export const toldDisclosures = async (
  database: Database,
  page: PageRequest,
): Promise<Page<ToldDisclosureRow>> => {
  const [leaf, item] = placeOf(page, ['bigint', 'uuid']) ?? [];
  const limit = limitOf(page);
  const conditions = new Conditions().and('(leaf, item) < (?::bigint, ?::uuid)', leaf, item);
  const records = await database.rows<ToldRecord>(
    `select ${TOLD_COLUMNS} from told_disclosures ${conditions.where} order by leaf desc, item desc limit ${conditions.bind(limit + 1)}`,
    conditions.values,
  );
  const reviews = await reviewsOf(
    database,
    records.map((record) => record.item),
  );
  const withReview = (record: ToldRecord): ToldDisclosureRow => {
    const review = reviews.get(record.item);
    return { ...toldOf(record), ...(review === undefined ? {} : { review }) };
  };
  return pageOf(records, limit, withReview, (record) => [record.leaf, record.item]);
};
