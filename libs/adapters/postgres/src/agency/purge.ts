import { type EventId } from '@tripoint/kernel';
import { type Change, type Purge, type StoredEntry } from '@tripoint/read-model';
import { type Queries } from '../database.js';
import { forgetShareWishes, forgetWishes } from './erasures.js';
import { foldedBefore, heldEntries, projectEntries } from './projections.js';

/**
 * Forgets compartments of events: content, wraps, entities and the keys under which they are searched; that the event happened,
 * who said it and when stays. It is part of the caller's transaction. What is not held changes nothing, nor does repeating it.
 */
export const purge = async (
  queries: Queries,
  purges: readonly Purge[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  if (purges.length === 0) return [];
  await queries.prepared('select forgot()');
  const pairs = purges.flatMap(({ event, compartments }) =>
    compartments.map((compartment) => [event, compartment] as const),
  );
  await queries.prepared(
    `delete from kept_wraps using unnest($1::uuid[], $2::text[]) as gone (event, compartment)
     where kept_wraps.event = gone.event and kept_wraps.compartment = gone.compartment`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
  await forgetShareWishes(queries, pairs);
  await queries.prepared(
    `delete from entrusted using unnest($1::uuid[], $2::text[]) as gone (event, compartment)
     where entrusted.event = gone.event and entrusted.compartment = gone.compartment`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
  await keepKeysIn(queries, purges);
  // What came as it came is as much of it as what was read.
  const evidence = purges.flatMap((one) => one.evidence ?? []);
  if (evidence.length > 0)
    await queries.prepared(
      `update handed_over set bytes = left_of.bytes
       from unnest($1::bigint[], $2::bytea[]) as left_of (mailbox, bytes)
       where handed_over.mailbox = left_of.mailbox`,
      [evidence.map(({ number }) => number), evidence.map(({ bytes }) => bytes)],
    );
  await queries.prepared(
    `delete from held_keys using unnest($1::uuid[], $2::text[]) as gone (event, compartment)
     where held_keys.event = gone.event and held_keys.compartment = gone.compartment`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
  const everywhere = purges.flatMap((one) => (one.everywhere === true ? [one.event] : []));
  if (everywhere.length > 0)
    await forgetWishes(
      queries,
      purges.flatMap((one) => (one.everywhere === true ? one.descriptors : [])),
    );
  // That it is not there any more is explained by now.
  await queries.prepared(
    `update findings set resolved_at = now()
     where code = 'erasure-unordered' and resolved_at is null and event = any ($1::uuid[])`,
    [purges.map(({ event }) => event)],
  );
  const gone = new Map<EventId, Set<string>>();
  for (const [event, compartment] of pairs)
    gone.set(event, (gone.get(event) ?? new Set()).add(compartment));
  for (const event of everywhere) gone.set(event, gone.get(event) ?? new Set());
  const held = await heldEntries(queries, [...gone.keys()]);
  await forgetProposals(queries, [...held.values()]);
  const left = [...held.values()].flatMap((entry) => {
    const compartments = gone.get(entry.recorded.id) ?? new Set();
    // What is forgotten everywhere is so once, whether it was there or came without it.
    return everywhere.includes(entry.recorded.id) ||
      entry.descriptors.some(({ compartment }) => compartments.has(compartment))
      ? [without(entry, compartments)]
      : [];
  });
  return rewritten(queries, left);
};

/**
 * What two officers agreed on says what the event says; what came to nothing became no event that could be forgotten. That it was
 * proposed, by whom, and what was decided stays.
 */
const forgetProposals = (queries: Queries, entries: readonly StoredEntry[]) =>
  queries.prepared(
    `update proposals set data = '{}', seen = null
     where (outcome = 'CONFIRMED' and item = any ($1::uuid[]))
        or (exchange = any ($2::uuid[]) and (outcome = 'REJECTED' or (outcome is null and until < now())))`,
    [
      [...new Set(entries.map(({ recorded }) => recorded.event.item))],
      [...new Set(entries.map(({ exchange }) => exchange))],
    ],
  );

/** Has the journal, and everything that is made from it, say these entries in place of what it said. */
export const rewritten = async (
  queries: Queries,
  left: readonly StoredEntry[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  if (left.length === 0) return [];
  await queries.prepared(
    `update journal set revision = left_of.revision, entry = left_of.entry
     from unnest($1::uuid[], $2::int[], $3::json[]) as left_of (event, revision, entry)
     where journal.event = left_of.event`,
    [
      left.map(({ recorded }) => recorded.id),
      left.map(({ revision }) => revision),
      left.map(({ exchange, recorded, facts, descriptors }) =>
        JSON.stringify({ exchange, recorded, facts, descriptors }),
      ),
    ],
  );
  await queries.prepared(
    `update exchange_versions set version = version + 1 where exchange = any ($1::uuid[])`,
    [[...new Set(left.map(({ exchange }) => exchange))]],
  );
  return projectEntries(queries, left, await foldedBefore(queries, left));
};

/** A key on its way to a court file would open what is kept of the delivery. */
export const keepKeysIn = (queries: Queries, purges: readonly Pick<Purge, 'event'>[]) =>
  queries.prepared(
    'update court_keys set session_key = null where session_key is not null and event = any ($1::uuid[])',
    [purges.map(({ event }) => event)],
  );

export const without = (entry: StoredEntry, gone: ReadonlySet<string>): StoredEntry => {
  const { recorded, descriptors } = entry;
  const parts = Object.fromEntries(
    Object.entries(recorded.event.parts).filter(([compartment]) => !gone.has(compartment)),
  );
  return {
    ...entry,
    revision: entry.revision + 1,
    recorded: { ...recorded, event: { ...recorded.event, parts } as typeof recorded.event },
    descriptors: descriptors.filter(({ compartment }) => !gone.has(compartment)),
  };
};
