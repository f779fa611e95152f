// What is to go by a leaf that no quorum of witnesses is known to have seen. A hub may have made that leaf for this agency alone, so
// nothing is deleted because of it; and it may be true, so nothing is read any more.
import { type Compartment, type Marking } from '@tripoint/domain';
import { type Digest, type EventId, type Instant } from '@tripoint/kernel';
import {
  type Change,
  type Purge,
  type SealedOff,
  type SignedTree,
  type StoredEntry,
} from '@tripoint/read-model';
import { type Queries } from '../database.js';
import { manyInto } from '../many.js';
import { forget, type Forgotten, type Order } from './forget.js';
import { heldEntries } from './projections.js';
import { keepKeysIn, rewritten, without } from './purge.js';

/** An order, and the tree that its leaf was handed over under. */
export type NewSealedOff = Order & { readonly tree: SignedTree | undefined };

type Changes = readonly Omit<Change, 'id'>[];

const orderRows = manyInto<{
  key: string;
  event: string;
  compartments: readonly string[];
  descriptors: readonly string[];
  everywhere: boolean;
  answer: unknown;
  leaf: number;
  size: number | undefined;
  root: string | undefined;
  not_before: string | undefined;
}>(
  'sealed_off',
  {
    key: 'text',
    event: 'uuid',
    compartments: 'text[]',
    descriptors: 'text[]',
    everywhere: 'boolean',
    answer: 'json',
    leaf: 'bigint',
    size: 'bigint',
    root: 'text',
    not_before: 'timestamptz',
  },
  'on conflict (key) do nothing',
);

const pieceRows = manyInto<{ event: string; compartment: string; piece: unknown }>(
  'sealed_pieces',
  { event: 'uuid', compartment: 'text', piece: 'json' },
  'on conflict (event, compartment) do nothing',
);

type Piece = {
  readonly event: EventId;
  readonly compartment: Compartment;
  readonly piece: {
    readonly descriptor: Digest;
    readonly marking: Marking;
    readonly retention?: string;
    readonly content: unknown;
  };
};

/**
 * Takes what is ordered to go out of everything that is read and searched; what is to wait for its time is only written down. It is
 * part of the caller's transaction.
 */
export const sealOff = async (
  queries: Queries,
  orders: readonly NewSealedOff[],
): Promise<Changes> => {
  if (orders.length === 0) return [];
  await orderRows(
    queries,
    orders.map((order) => {
      const { event, compartments, descriptors, everywhere = false, answer, leaf, tree } = order;
      return {
        key: `${leaf}:${answer?.key ?? event}`,
        event,
        compartments,
        descriptors,
        everywhere,
        answer,
        leaf,
        size: tree?.size,
        root: tree?.root,
        not_before: order.notBefore,
      };
    }),
  );
  return takeOut(
    queries,
    orders.filter(({ notBefore }) => notBefore === undefined),
  );
};

/**
 * Has what waited for this moment go on as what is sealed off, unless it was put back meanwhile. A hold that was placed while it waited
 * was placed in time: nobody shortens the time for that by ending something early.
 */
export const ripen = async (queries: Queries, moment: Instant): Promise<Changes | undefined> => {
  const rows = await queries.prepared<SealedRecord & { readonly given_back: boolean }>(
    `update sealed_off set not_before = null, since = now(),
       leaf = greatest(sealed_off.leaf, (select mailbox.leaf + 1 from mailbox))
     where not_before <= $1 returning ${COLUMNS}, given_back`,
    [moment],
  );
  if (rows.length === 0) return undefined;
  return takeOut(queries, rows.filter(({ given_back }) => !given_back).map(sealedOf));
};

const takeOut = async (
  queries: Queries,
  orders: readonly Pick<Purge, 'event' | 'compartments'>[],
): Promise<Changes> => {
  if (orders.length === 0) return [];
  await keepKeysIn(queries, orders);
  const gone = compartmentsOf(orders);
  const held = [...(await heldEntries(queries, [...gone.keys()])).values()].filter((entry) =>
    entry.descriptors.some(
      ({ compartment }) => gone.get(entry.recorded.id)?.has(compartment) === true,
    ),
  );
  const names = ({ recorded }: StoredEntry): ReadonlySet<string> =>
    gone.get(recorded.id) ?? new Set();
  await pieceRows(
    queries,
    held.flatMap((entry) => piecesOf(entry, names(entry))),
  );
  return rewritten(
    queries,
    held.map((entry) => without(entry, names(entry))),
  );
};

const compartmentsOf = (
  orders: readonly Pick<Purge, 'event' | 'compartments'>[],
): ReadonlyMap<EventId, ReadonlySet<string>> => {
  const gone = new Map<EventId, Set<string>>();
  for (const { event, compartments } of orders)
    gone.set(event, new Set([...(gone.get(event) ?? []), ...compartments]));
  return gone;
};

const piecesOf = (
  { recorded, descriptors }: StoredEntry,
  names: ReadonlySet<string>,
): readonly Piece[] =>
  descriptors
    .filter(({ compartment }) => names.has(compartment))
    .map(({ compartment, ...held }) => ({
      event: recorded.id,
      compartment,
      piece: {
        ...held,
        content: (recorded.event.parts as Readonly<Record<string, unknown>>)[compartment],
      },
    }));

type SealedRecord = Omit<SealedOff, 'leaf' | 'answer' | 'everywhere' | 'notBefore'> & {
  readonly leaf: bigint;
  readonly everywhere: boolean;
  readonly answer: SealedOff['answer'] | null;
};

const COLUMNS = 'key, event, compartments, descriptors, everywhere, answer, leaf';

const sealedOf = ({ leaf, everywhere, answer, ...row }: SealedRecord): SealedOff => ({
  ...row,
  leaf: Number(leaf),
  ...(everywhere ? { everywhere } : {}),
  ...(answer === null || answer === undefined ? {} : { answer }),
});

/** What is sealed off because of leaves below `size`, the first first. */
export const sealedOffBelow = async (
  queries: Pick<Queries, 'prepared'>,
  size: number,
  limit: number,
): Promise<readonly SealedOff[]> => {
  const rows = await queries.prepared<SealedRecord>(
    `select ${COLUMNS} from sealed_off where leaf < $1 and not_before is null
     order by leaf, key limit $2`,
    [size, limit],
  );
  return rows.map(sealedOf);
};

/** By which leaves something has been sealed off for longer than so many seconds, the first first. */
export const sealedOffFor = async (
  queries: Pick<Queries, 'prepared'>,
  seconds: number,
): Promise<readonly number[]> => {
  const rows = await queries.prepared<{ leaf: bigint }>(
    `select distinct leaf from sealed_off
     where not given_back and not_before is null and since < now() - make_interval(secs => $1) order by leaf`,
    [seconds],
  );
  return rows.map(({ leaf }) => Number(leaf));
};

/** Makes go what was sealed off, as if it had never been more than read. It is part of the caller's transaction. */
export const letSealedGo = async (
  queries: Queries,
  orders: readonly SealedOff[],
  time: Instant,
): Promise<Forgotten> => {
  const known = await queries.prepared<{ key: string }>(
    'delete from sealed_off where key = any ($1::text[]) returning key',
    [orders.map(({ key }) => key)],
  );
  const keys = new Set(known.map(({ key }) => key));
  const going = orders.filter(({ key }) => keys.has(key));
  if (going.length === 0) return { changes: [], toSign: [] };
  // Nobody sees it come back: what a hold keeps is decided in one place, from the journal as it was.
  const back = await putBack(queries, going);
  const forgotten = await forget(queries, going, time);
  return { ...forgotten, changes: [...back, ...forgotten.changes] };
};

/** Puts back what was sealed off because of leaves of a tree that is not the log's, unless something else seals it off as well. */
export const giveSealedBack = async (
  queries: Queries,
  { size, root }: SignedTree,
): Promise<Changes> => {
  const rows = await queries.prepared<SealedRecord>(
    `update sealed_off set given_back = true
     where size = $1 and root = $2 and not given_back returning ${COLUMNS}`,
    [size, root],
  );
  return putBack(queries, rows.map(sealedOf), true);
};

const putBack = async (
  queries: Queries,
  orders: readonly SealedOff[],
  unlessSealed = false,
): Promise<Changes> => {
  const pairs = orders.flatMap(({ event, compartments }) =>
    compartments.map((compartment) => ({ event, compartment })),
  );
  if (pairs.length === 0) return [];
  const pieces = await queries.prepared<Piece>(
    `delete from sealed_pieces using unnest($1::uuid[], $2::text[]) as back (event, compartment)
     where sealed_pieces.event = back.event and sealed_pieces.compartment = back.compartment
       and not ($3 and exists (
         select from sealed_off as other where other.event = back.event
           and back.compartment = any (other.compartments) and not other.given_back))
     returning sealed_pieces.*`,
    [pairs.map(({ event }) => event), pairs.map(({ compartment }) => compartment), unlessSealed],
  );
  const held = await heldEntries(
    queries,
    pieces.map(({ event }) => event),
  );
  return rewritten(
    queries,
    [...held.values()].map((entry) =>
      withPieces(
        entry,
        pieces.filter(({ event }) => event === entry.recorded.id),
      ),
    ),
  );
};

const withPieces = (entry: StoredEntry, pieces: readonly Piece[]): StoredEntry => {
  const { recorded, descriptors } = entry;
  const parts = {
    ...recorded.event.parts,
    ...Object.fromEntries(pieces.map(({ compartment, piece }) => [compartment, piece.content])),
  };
  return {
    ...entry,
    revision: entry.revision + 1,
    recorded: { ...recorded, event: { ...recorded.event, parts } as typeof recorded.event },
    descriptors: [
      ...descriptors,
      ...pieces
        .filter(({ piece }) => !descriptors.some((one) => one.descriptor === piece.descriptor))
        .map(({ compartment, piece: { descriptor, marking, retention } }) => ({
          compartment,
          descriptor,
          marking,
          ...(retention === undefined ? {} : { retention }),
        })),
    ],
  };
};
