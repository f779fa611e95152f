// The one place where something is made to go: whoever is told to forget, by whatever rule, comes through here. What a legal hold
// keeps leaves the journal and all that is made from it like everything else, and lies apart until no hold keeps it any more.
import { type Compartment, type Hold, type KeptBecause } from '@tripoint/domain';
import { type Digest, type EventId, type Instant } from '@tripoint/kernel';
import { type Change, type NewToSign, type Purge, type StoredEntry } from '@tripoint/read-model';
import { type Queries } from '../database.js';
import { heldEntries } from './projections.js';
import { purge } from './purge.js';
import { manyInto } from '../many.js';

/** What is to go, and the leaf that says so: a hold of a later leaf comes too late. */
export type Order = Purge & { readonly leaf: number };

/** What this led to. */
export type Forgotten = {
  readonly changes: readonly Omit<Change, 'id'>[];
  /** What is to be said now. */
  readonly toSign: readonly NewToSign[];
};

/** What was ordered before and is kept, and what was last said of it. */
type Owed = Order & { readonly key: string; readonly said: readonly KeptBecause[] };

type PlacedHold = Pick<Hold, 'event' | 'compartments' | 'until'> & { readonly first: number };

/**
 * Makes go what is ordered as far as nothing keeps it, and what was kept until now as soon as nothing does. It is part of the
 * caller's transaction, which has folded everything up to `time`. Repeating it changes nothing.
 */
export const forget = async (
  queries: Queries,
  orders: readonly Order[],
  time: Instant,
): Promise<Forgotten> => {
  const owed = await owedBefore(queries);
  if (orders.length === 0 && owed.length === 0) return { changes: [], toSign: [] };
  const events = [...new Set([...orders, ...owed].map(({ event }) => event))];
  const apart = await lyingApart(queries, events);
  const fresh = orders.map((order): Owed => ({
    ...order,
    // What an earlier order left to a hold is nowhere else any more, and is as much of it.
    compartments: [...new Set([...order.compartments, ...namedBy(order, apart)])],
    key: keyOf(order),
    said: [],
  }));
  const all = [...new Map([...fresh, ...owed].map((one) => [one.key, one])).values()];
  const holds = await placedOn(queries, events);
  const keptBy = (one: Order): readonly Compartment[] =>
    (isOfDisclosure(one) ? [] : one.compartments).filter((compartment) =>
      holds.some(
        (hold) =>
          hold.event === one.event &&
          hold.first < one.leaf &&
          hold.until > time &&
          hold.compartments.includes(compartment),
      ),
    );
  await retain(queries, orders, keptBy);
  const changes = await purge(queries, orders);
  await letGo(
    queries,
    events,
    all.flatMap((one) => keptBy(one).map((compartment) => [one.event, compartment] as const)),
  );
  const out = await goneOut(queries, all);
  const toSign: NewToSign[] = [];
  const still: Owed[] = [];
  for (const one of all) {
    const because: KeptBecause[] = [
      ...(one.descriptors.some((digest) => out.has(`${one.event} ${digest}`))
        ? (['COURT_FILE'] as const)
        : []),
      ...(keptBy(one).length > 0 ? (['LEGAL_HOLD'] as const) : []),
    ];
    const isNew = !owed.includes(one);
    if (one.answer !== undefined && (isNew || because.join() !== one.said.join()))
      toSign.push(withReasons(one.answer, because));
    if (because.includes('LEGAL_HOLD')) still.push({ ...one, said: because });
  }
  await oweAnswers(queries, owed, still);
  return { changes, toSign };
};

/**
 * What custodians disclosed is read for as long as their order says, which the log lets be a day at most. A hold of the reader's own
 * would make a year of it, of which nobody is told: it keeps none of that.
 */
const isOfDisclosure = ({ answer }: Pick<Purge, 'answer'>): boolean =>
  (answer?.body as { readonly command?: unknown } | undefined)?.command ===
  'ConfirmDisclosurePurge';

/** An order that is repeated is the same one. */
const keyOf = ({ answer, event, leaf }: Order): string => answer?.key ?? `${event}:${leaf}`;

const withReasons = (
  { key, body, ...wish }: NewToSign,
  because: readonly KeptBecause[],
): NewToSign =>
  because.length === 0
    ? { ...wish, key, body }
    : {
        ...wish,
        key: `${key}:${because.join('+')}`,
        body: { ...(body as object), kept: because },
      };

const owedBefore = async (queries: Queries): Promise<readonly Owed[]> => {
  const rows = await queries.prepared<
    Omit<Owed, 'leaf' | 'answer'> & { readonly leaf: bigint; readonly answer: NewToSign | null }
  >('select * from owed_answers order by leaf, key');
  return rows.map(({ leaf, answer, ...row }) => ({
    ...row,
    leaf: Number(leaf),
    ...(answer === null ? {} : { answer }),
  }));
};

const placedOn = async (
  queries: Queries,
  events: readonly EventId[],
): Promise<readonly PlacedHold[]> => {
  const rows = await queries.prepared<{ readonly first: bigint; readonly state: Hold }>(
    `select first, state from items
     where kind = 'hold' and status = 'PLACED' and (state ->> 'event')::uuid = any ($1::uuid[])`,
    [events],
  );
  return rows.map(({ first, state }) => ({ ...state, first: Number(first) }));
};

type LyingApart = {
  readonly event: EventId;
  readonly compartment: Compartment;
  readonly descriptor: Digest;
};

/** What holds keep of these events already. */
const lyingApart = (queries: Queries, events: readonly EventId[]): Promise<readonly LyingApart[]> =>
  queries.prepared<LyingApart>(
    `select event, compartment, piece ->> 'descriptor' as descriptor from retained
     where event = any ($1::uuid[]) order by compartment`,
    [events],
  );

const namedBy = (
  { event, descriptors }: Purge,
  apart: readonly LyingApart[],
): readonly Compartment[] =>
  apart
    .filter((one) => one.event === event && descriptors.includes(one.descriptor))
    .map(({ compartment }) => compartment);

const retainedRows = manyInto<{ event: string; compartment: string; piece: unknown }>(
  'retained',
  { event: 'uuid', compartment: 'text', piece: 'json' },
  'on conflict (event, compartment) do nothing',
);

const retain = async (
  queries: Queries,
  orders: readonly Order[],
  keptBy: (order: Order) => readonly Compartment[],
): Promise<void> => {
  const kept = new Map<EventId, Set<Compartment>>();
  for (const order of orders)
    for (const compartment of keptBy(order))
      kept.set(order.event, (kept.get(order.event) ?? new Set()).add(compartment));
  if (kept.size === 0) return;
  const held = await heldEntries(queries, [...kept.keys()]);
  await retainedRows(
    queries,
    [...held.values()].flatMap((entry) => piecesOf(entry, kept.get(entry.recorded.id))),
  );
};

const piecesOf = (
  { recorded, descriptors }: StoredEntry,
  kept: ReadonlySet<Compartment> | undefined,
) =>
  descriptors
    .filter(({ compartment }) => kept?.has(compartment) === true)
    .map(({ compartment, descriptor, marking }) => ({
      event: recorded.id,
      compartment,
      piece: {
        descriptor,
        marking,
        content: (recorded.event.parts as Readonly<Record<string, unknown>>)[compartment],
      },
    }));

/** Nothing stays of these events but what is still kept. */
const letGo = async (
  queries: Queries,
  events: readonly EventId[],
  kept: readonly (readonly [event: EventId, compartment: Compartment])[],
): Promise<void> => {
  await queries.prepared(
    `delete from retained where event = any ($1::uuid[]) and not exists (
       select from unnest($2::uuid[], $3::text[]) as kept (event, compartment)
       where kept.event = retained.event and kept.compartment = retained.compartment)`,
    [events, kept.map(([event]) => event), kept.map(([, compartment]) => compartment)],
  );
};

/** Whoever names a descriptor of another event learns nothing about that one. */
const goneOut = async (
  queries: Queries,
  orders: readonly Order[],
): Promise<ReadonlySet<string>> => {
  const rows = await queries.prepared<{ readonly event: EventId; readonly descriptor: Digest }>(
    `select distinct event, descriptor from court_keys
     where event = any ($1::uuid[]) and descriptor = any ($2::text[]) and disclosed_at is not null`,
    [orders.map(({ event }) => event), orders.flatMap(({ descriptors }) => descriptors)],
  );
  return new Set(rows.map(({ event, descriptor }) => `${event} ${descriptor}`));
};

const owedRows = manyInto<{
  key: string;
  event: string;
  compartments: readonly string[];
  descriptors: readonly string[];
  leaf: number;
  said: readonly string[];
  answer: NewToSign | undefined;
}>(
  'owed_answers',
  {
    key: 'text',
    event: 'uuid',
    compartments: 'text[]',
    descriptors: 'text[]',
    leaf: 'bigint',
    said: 'text[]',
    answer: 'json',
  },
  'on conflict (key) do update set said = excluded.said',
);

const oweAnswers = async (
  queries: Queries,
  before: readonly Owed[],
  still: readonly Owed[],
): Promise<void> => {
  const keys = new Set(still.map(({ key }) => key));
  const settled = before.filter(({ key }) => !keys.has(key));
  if (settled.length > 0)
    await queries.prepared('delete from owed_answers where key = any ($1::text[])', [
      settled.map(({ key }) => key),
    ]);
  await owedRows(
    queries,
    still.map(({ answer, ...one }) => ({ ...one, answer })),
  );
};
