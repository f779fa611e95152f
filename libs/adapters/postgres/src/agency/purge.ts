import { type EventId } from '@tripoint/kernel';
import { type Change, type Purge, type StoredEntry } from '@tripoint/read-model';
import { type Queries } from '../database.js';
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
  const pairs = purges.flatMap(({ event, compartments }) =>
    compartments.map((compartment) => [event, compartment] as const),
  );
  await queries.prepared(
    `delete from kept_wraps using unnest($1::uuid[], $2::text[]) as gone (event, compartment)
     where kept_wraps.event = gone.event and kept_wraps.compartment = gone.compartment`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
  await queries.prepared(
    `delete from entrusted using unnest($1::uuid[], $2::text[]) as gone (event, compartment)
     where entrusted.event = gone.event and entrusted.compartment = gone.compartment`,
    [pairs.map(([event]) => event), pairs.map(([, compartment]) => compartment)],
  );
  // A key on its way to a court file would open what is kept of the delivery.
  await queries.prepared(
    'update court_keys set session_key = null where session_key is not null and event = any ($1::uuid[])',
    [purges.map(({ event }) => event)],
  );
  const gone = new Map<EventId, Set<string>>();
  for (const [event, compartment] of pairs)
    gone.set(event, (gone.get(event) ?? new Set()).add(compartment));
  const held = await heldEntries(queries, [...gone.keys()]);
  const left = [...held.values()].flatMap((entry) => {
    const compartments = gone.get(entry.recorded.id) ?? new Set();
    return entry.descriptors.some(({ compartment }) => compartments.has(compartment))
      ? [without(entry, compartments)]
      : [];
  });
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

const without = (entry: StoredEntry, gone: ReadonlySet<string>): StoredEntry => {
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
