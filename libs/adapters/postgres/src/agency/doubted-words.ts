// What was taken as somebody's word, and is found later to have been said with a key that may have been in other hands.
import { type Delivery } from '@tripoint/read-model';
import { type Queries } from '../database.js';

/** Whether a row of `timeline` is of an event that is in doubt. */
export const DOUBTED_WORD = `exists (
  select from findings where findings.event = timeline.event and code = 'word-in-doubt' and resolved_at is null)`;

/** The same, as a column. */
export const DOUBTED = `${DOUBTED_WORD} as doubted`;

/** Says of each event that is held that it is in doubt, once, and that it is no longer, in the order in which statements came. */
export const doubtWords = async (
  queries: Queries,
  deliveries: readonly Delivery[],
): Promise<void> => {
  for (const { doubted = [], attested = [], at } of deliveries) {
    for (const { agency, from, through } of doubted)
      await queries.prepared(
        `insert into findings (code, detail, event, leaf, at)
         select 'word-in-doubt', 'it was taken with a key that a statement of the registry puts in doubt', event, leaf, $4
         from timeline
         where issuer = $1 and leaf between $2 and $3 and not exists (
           select from findings where findings.event = timeline.event and code = 'word-in-doubt' and resolved_at is null)
         order by leaf`,
        [agency, from, through, at],
      );
    for (const { agency, from, through } of attested)
      await queries.prepared(
        `update findings set resolved_at = $4 from timeline
         where findings.event = timeline.event and code = 'word-in-doubt' and resolved_at is null
           and timeline.issuer = $1 and timeline.leaf between $2 and $3`,
        [agency, from, through, at],
      );
  }
};
