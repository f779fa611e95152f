import { type EventId } from '@tripoint/kernel';

/** What of an item is sealed and not recorded yet. */
export type OnItsWay = { readonly on_its_way: number; readonly last_sealed: EventId | null };

/** One row, named `way`, for the item that `item` names in SQL. */
export const onItsWay = (item: string): string =>
  `(select count(*)::int as on_its_way, (array_agg(event order by pending desc))[1] as last_sealed
    from journal where journal.item = ${item} and leaf is null) as way`;
