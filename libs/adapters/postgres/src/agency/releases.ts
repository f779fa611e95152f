// A release as it stands for a reader. The item itself hears of a grant that is used, taken back or over by its time; that the copy
// went by another way (a recall of the same, an order to forget it), or that its grant is over with the word that it was decided by,
// is said elsewhere.
import { KEPT_BECAUSE, type KeptBecause, type Release } from '@tripoint/domain';
import { type Instant } from '@tripoint/kernel';
import { type Change, type Delivery, type ReleaseRow } from '@tripoint/read-model';
import { type Queries } from '../database.js';
import { manyInto } from '../many.js';

/** What a row of {@link RELEASES} has beside the columns of an item. */
export type Standing = {
  readonly state: Release;
  /** When the grantee had said of everything that it is gone. */
  readonly gone_at: Instant | null;
  /** Of what it has not said that of: why it stays, null where nothing is said. */
  readonly staying: readonly (readonly KeptBecause[] | null)[] | null;
};

const TYPE = `entry #>> '{recorded,event,type}'`;
const ISSUER = `entry #>> '{recorded,issuer}'`;
const KEPT = `'{recorded,event,core,kept}'`;

/** Recalls of what `wrap` is of, from this grantee by this provider. */
const RECALLS = `items as back
  where back.kind = 'recall' and back.exchange = items.exchange
    and back.sender = items.state ->> 'provider' and back.addressee = items.state ->> 'grantee'
    and exists (
      select from journal cross join lateral json_array_elements_text(entry #> '{facts,recall,descriptors}') as named
      where journal.item = back.item and ${TYPE} = 'RecallIssued' and named = wrap ->> 'descriptor')`;

/** What this grantee has said of orders to forget it, as far as this agency is told; that everybody has said so, who said it is told. */
const FORGETTINGS = `erasures left join journal as claim
    on claim.item = erasures.item and claim.leaf is not null
    and claim.${TYPE} = 'ErasurePurged' and claim.${ISSUER} = items.state ->> 'grantee'
  where erasures.event = (items.state ->> 'event')::uuid
    and wrap ->> 'descriptor' = any (erasures.descriptors)`;

const COPY = `(
  select bool_and(part.gone_at is not null) as is_gone, max(part.gone_at) as gone_at,
    json_agg(part.kept) filter (where part.gone_at is null) as staying
  from journal as made
  cross join lateral json_array_elements(made.entry #> '{facts,grant,wraps}') as wrap
  cross join lateral (
    select
      least(
        (select min((back.state ->> 'purgedAt')::timestamptz) from ${RECALLS}),
        (select min(case when claim.entry #> ${KEPT} is null then
             coalesce((claim.entry #>> '{recorded,leaf,time}')::timestamptz, completed_at) end)
         from ${FORGETTINGS})
      ) as gone_at,
      coalesce(
        (select back.state -> 'kept' from ${RECALLS} and back.status = 'CANNOT_PURGE' limit 1),
        (select claim.entry #> ${KEPT} from ${FORGETTINGS} order by claim.leaf desc nulls last limit 1)
      ) as kept
  ) as part
  where made.item = items.item and made.leaf is not null
    and made.${TYPE} = 'GrantMade' and made.${ISSUER} = items.state ->> 'provider'
)`;

/** Releases in place of `items`: over where nothing is left to be read, although nobody has said so of the item. */
export const RELEASES = `(
  select item, exchange, kind, sender, addressee, first, first_at, newest, newest_at, version, state,
    case when is_over then 'EXPIRED' else status end as status, open and not is_over as open, is_over, gone_at, staying
  from items
  cross join lateral ${COPY} as copy
  cross join lateral (
    select status = 'USED' and (
      coalesce(is_gone, false) or exists (select from over_by_doubt where over_by_doubt.item = items.item)) as is_over
  ) as standing
  where kind = 'release') as items`;

/** What became of the copy: what the grantee says of the grant itself goes before what it said elsewhere. */
export const copyOf = ({
  state: { purgedAt, kept },
  gone_at,
  staying,
}: Standing): Pick<ReleaseRow, 'purgedAt' | 'kept'> => {
  const gone = purgedAt ?? (staying === null ? gone_at : null);
  if (gone !== null) return { purgedAt: gone };
  const said = staying?.filter((one) => one !== null) ?? [];
  const because =
    kept ??
    (said.length === staying?.length
      ? KEPT_BECAUSE.filter((reason) => said.some((one) => one.includes(reason)))
      : []);
  return because.length === 0 ? {} : { kept: because };
};

const doubtedRows = manyInto<{ item: string; leaf: number; leaf_at: string }>(
  'over_by_doubt',
  { item: 'uuid', leaf: 'bigint', leaf_at: 'timestamptz' },
  'on conflict (item) do nothing',
);

/** Keeps what is over with the word that it rests on: grants, and orders to disclose. */
export const endByDoubt = async (
  queries: Queries,
  news: readonly Delivery[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  const over = news.flatMap(({ overByDoubt = [], leaf }) =>
    overByDoubt.map((item) => ({ item, leaf: leaf.index, leaf_at: leaf.time })),
  );
  if (over.length === 0) return [];
  await doubtedRows(queries, over);
  return queries.prepared<Pick<Change, 'kind' | 'item' | 'exchange' | 'version'>>(
    `select kind, item, exchange, version from items
       where item = any ($1::uuid[]) and kind in ('release', 'disclosure')`,
    [over.map(({ item }) => item)],
  );
};
