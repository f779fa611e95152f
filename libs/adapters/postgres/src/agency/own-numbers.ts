// What the log says of the numbers of our own chains, held against what we have signed.
import { type EventId } from '@tripoint/kernel';
import { type Delivery, type NewFinding, type SubmissionProgress } from '@tripoint/read-model';
import { type Queries } from '../database.js';

export const voidNotOurs = ({ leaf }: Delivery): NewFinding => ({
  code: 'void-not-ours',
  detail: 'the log says that a number of ours was voided, and we have not signed that void',
  leaf: leaf.index,
});

/**
 * What leaves without content say of our own numbers: each stands for a void. Whoever holds the log's key can say so of any
 * number, so it is believed of a void of our own alone; of anything else, container and keys are kept.
 */
export const consumedBy = async (
  queries: Queries,
  deliveries: readonly Delivery[],
): Promise<
  readonly { readonly number: bigint; readonly progress: SubmissionProgress | undefined }[]
> => {
  const taken = deliveries.flatMap(({ consumed, number, leaf }) =>
    consumed === undefined ? [] : [{ ...consumed, number, leaf }],
  );
  if (taken.length === 0) return [];
  // Before its leaf, only what was taken back has a refusal.
  const rows = await queries.prepared<{ event: EventId; place: bigint; ours: boolean }>(
    `select event, place, outbox.header = taken.header and cardinality(refusals) > 0 as ours from outbox
     join unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as taken (chain, seq, header, place)
       using (chain, seq)
     where leaf is null`,
    [
      taken.map(({ chain }) => chain),
      taken.map(({ seq }) => seq),
      taken.map(({ header }) => header),
    ],
  );
  return rows.flatMap(({ event, place, ours }) => {
    const one = taken[Number(place) - 1];
    if (one === undefined) return [];
    const progress = { event, leaf: one.leaf, deliveredTo: 0 };
    return [{ number: one.number, progress: ours ? progress : undefined }];
  });
};

export const refusalBelied = ({ event, leaf }: SubmissionProgress): NewFinding => ({
  code: 'refusal-belied',
  detail: 'the log holds what its key has signed to us that it would not admit',
  event,
  ...(leaf === undefined ? {} : { leaf: leaf.index }),
});

/**
 * Those of our own events that come with a leaf although we have taken them back, upon a refusal that the log's key has signed. The void
 * has that refusal with it and is kept: with the leaf it proves who lied.
 */
export const beliedBy = async (
  queries: Queries,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<EventId>> => {
  const said = deliveries.flatMap(({ progress = [] }) =>
    progress.flatMap(({ event, header }) => (header === undefined ? [] : [{ event, header }])),
  );
  if (said.length === 0) return new Set();
  // Before its leaf, only what was taken back has a refusal.
  const rows = await queries.prepared<{ event: EventId }>(
    `select event from outbox
     join unnest($1::uuid[], $2::text[]) as said (event, header) using (event)
     where leaf is null and outbox.header <> said.header and cardinality(refusals) > 0`,
    [said.map(({ event }) => event), said.map(({ header }) => header)],
  );
  return new Set(rows.map(({ event }) => event));
};
