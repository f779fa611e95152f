import { type Change } from '@tripoint/read-model';
import { type Transaction } from '../database.js';
import { type Channel } from '../listener.js';

/**
 * Adds changes as the last thing of a transaction. The head's row lock is held until it is committed, so numbers appear in
 * the order of commits and nobody who follows ever skips one.
 */
export const announce = (
  queries: Transaction,
  changes: readonly Omit<Change, 'id'>[],
  channels: readonly Channel[] = [],
): void => {
  if (changes.length > 0)
    queries.along(
      queries.prepared(
        `with head as (
           update change_head set newest = newest + $5::int returning newest)
         insert into changes (id, kind, exchange, item, version)
         select head.newest - $5::int + place, kind, exchange, item, version
         from unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[])
           with ordinality as added (kind, exchange, item, version, place), head`,
        [
          changes.map(({ kind }) => kind),
          changes.map(({ exchange }) => exchange ?? null),
          changes.map(({ item }) => item ?? null),
          changes.map(({ version }) => version),
          changes.length,
        ],
      ),
    );
  queries.tell([...(changes.length > 0 ? (['changes'] as const) : []), ...channels]);
};
