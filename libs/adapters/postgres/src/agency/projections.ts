import { type Item } from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  clockOf,
  isOpen,
  listOf,
  project,
  type Change,
  type ExchangeView,
  type Folded,
  type ItemView,
  type Leaf,
  type Projected,
  type RecordedEntry,
  type StoredEntry,
} from '@tripoint/read-model';
import { grouped } from '../grouped.js';
import { type Queries } from '../database.js';
import { manyInto, replacing } from '../many.js';

/** Tables that are made from the journal alone, with what they are ordered by. */
export const DERIVED: readonly (readonly [table: string, key: string])[] = [
  ['exchanges', 'exchange'],
  ['items', 'item'],
  ['timeline', 'event'],
  ['entities', 'id'],
];

const EXCHANGE_COLUMNS = {
  exchange: 'uuid',
  owner: 'text',
  known: 'text[]',
  items: 'int',
  open: 'int',
  first: 'bigint',
  first_at: 'timestamptz',
  newest: 'bigint',
  newest_at: 'timestamptz',
  version: 'bigint',
} as const;

const ITEM_COLUMNS = {
  item: 'uuid',
  exchange: 'uuid',
  kind: 'text',
  sender: 'text',
  addressee: 'text',
  status: 'text',
  open: 'boolean',
  first: 'bigint',
  first_at: 'timestamptz',
  newest: 'bigint',
  newest_at: 'timestamptz',
  version: 'bigint',
  urgency: 'text',
  access: 'text',
  received_at: 'timestamptz',
  due_at: 'timestamptz',
  suspended_at: 'timestamptz',
  settled_at: 'timestamptz',
  late_seconds: 'int',
  state: 'json',
} as const;

type Columns<Shape> = { readonly [Name in keyof Shape]: unknown };

const exchangeRows = manyInto<Columns<typeof EXCHANGE_COLUMNS>>(
  'exchanges',
  EXCHANGE_COLUMNS,
  replacing('exchange', Object.keys(EXCHANGE_COLUMNS)),
);
const itemRows = manyInto<Columns<typeof ITEM_COLUMNS>>(
  'items',
  ITEM_COLUMNS,
  replacing('item', Object.keys(ITEM_COLUMNS)),
);

const TIMELINE_COLUMNS = {
  event: 'uuid',
  exchange: 'uuid',
  item: 'uuid',
  leaf: 'bigint',
  leaf_at: 'timestamptz',
  at: 'timestamptz',
  family: 'text',
  type: 'text',
  issuer: 'text',
  officer: 'text',
  overtaken: 'boolean',
  compartments: 'text[]',
} as const;
const timelineRows = manyInto<Columns<typeof TIMELINE_COLUMNS>>('timeline', TIMELINE_COLUMNS);

const ENTITY_COLUMNS = {
  id: 'text',
  kind: 'text',
  exchange: 'uuid',
  item: 'uuid',
  event: 'uuid',
  compartment: 'text',
  issuer: 'text',
  leaf: 'bigint',
  labels: 'json',
  value: 'json',
  keys: 'int[]',
} as const;
const entityRows = manyInto<Columns<typeof ENTITY_COLUMNS>>('entities', ENTITY_COLUMNS);

const itemColumns = ({
  item,
  exchange,
  state,
  first,
  newest,
  version,
}: ItemView): Columns<typeof ITEM_COLUMNS> => {
  const clock = clockOf(state, newest);
  const parties = state.kind === 'none' ? undefined : state;
  const terms = state.kind === 'request' ? state.terms : undefined;
  return {
    item,
    exchange,
    kind: listOf(state) ?? state.kind,
    sender: parties?.from,
    addressee: parties?.to,
    status: state.status,
    open: isOpen(state),
    first: first.index,
    first_at: first.time,
    newest: newest.index,
    newest_at: newest.time,
    version,
    urgency: terms?.urgency,
    access: terms?.access,
    received_at: clock.receivedAt,
    due_at: clock.dueAt,
    suspended_at: clock.suspendedAt,
    settled_at: clock.settledAt,
    late_seconds: clock.lateBySeconds,
    state,
  };
};

const exchangeColumns = (view: ExchangeView): Columns<typeof EXCHANGE_COLUMNS> => ({
  exchange: view.exchange,
  owner: view.owner,
  known: view.known,
  items: view.items,
  open: view.open,
  first: view.first.index,
  first_at: view.first.time,
  newest: view.newest.index,
  newest_at: view.newest.time,
  version: view.version,
});

/** Writes what was projected: one statement a table, whatever the number of exchanges. */
export const writeViews = async (
  queries: Queries,
  projected: readonly Projected[],
): Promise<void> => {
  await Promise.all([
    exchangeRows(
      queries,
      projected.map(({ exchange }) => exchangeColumns(exchange)),
    ),
    itemRows(
      queries,
      projected.flatMap(({ items }) => items.map(itemColumns)),
    ),
    timelineRows(
      queries,
      projected.flatMap(({ timeline }) =>
        timeline.map(({ leaf, ...row }) => ({
          ...row,
          item: row.item,
          officer: row.officer,
          leaf: leaf.index,
          leaf_at: leaf.time,
        })),
      ),
    ),
    entityRows(
      queries,
      projected.flatMap(({ entities }) =>
        entities.map(({ item, ...entity }) => ({ ...entity, item })),
      ),
    ),
  ]);
};

type LeafColumns = {
  readonly first: bigint;
  readonly first_at: Instant;
  readonly newest: bigint;
  readonly newest_at: Instant;
};

const leaves = (record: LeafColumns): { readonly first: Leaf; readonly newest: Leaf } => ({
  first: { index: Number(record.first), time: record.first_at },
  newest: { index: Number(record.newest), time: record.newest_at },
});

type ExchangeRecord = LeafColumns & {
  readonly exchange: ExchangeId;
  readonly owner: AgencyId | null;
  readonly known: readonly AgencyId[];
  readonly items: number;
  readonly open: number;
  readonly version: bigint;
};

type ItemRecord = LeafColumns & {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly state: Item;
  readonly version: bigint;
};

export type FoldedBefore = ReadonlyMap<ExchangeId, Folded>;

/** How far the exchanges of these entries have been folded, with those of their items that the entries are about. */
export const foldedBefore = async (
  queries: Queries,
  entries: readonly RecordedEntry[],
): Promise<FoldedBefore> => {
  const [exchangeRecords, itemRecords] = await Promise.all([
    queries.prepared<ExchangeRecord>('select * from exchanges where exchange = any ($1::uuid[])', [
      [...new Set(entries.map(({ exchange }) => exchange))],
    ]),
    queries.prepared<ItemRecord>(
      `select item, exchange, state, first, first_at, newest, newest_at, version
       from items where item = any ($1::uuid[])`,
      [[...new Set(entries.map(({ recorded }) => recorded.event.item))]],
    ),
  ]);
  const itemsOf = grouped(itemRecords, ({ exchange }) => exchange);
  return new Map(
    exchangeRecords.map(({ owner, ...record }) => [
      record.exchange,
      {
        exchange: {
          exchange: record.exchange,
          known: record.known,
          items: record.items,
          open: record.open,
          version: record.version,
          ...(owner === null ? {} : { owner }),
          ...leaves(record),
        },
        items: new Map(
          (itemsOf.get(record.exchange) ?? []).map((item) => [
            item.item,
            {
              item: item.item,
              exchange: item.exchange,
              state: item.state,
              version: item.version,
              ...leaves(item),
            },
          ]),
        ),
      },
    ]),
  );
};

const leafOf = ({ recorded }: RecordedEntry): number => recorded.leaf.index;

type EntryRecord = { readonly revision: number; readonly entry: RecordedEntry };

const stored = ({ revision, entry }: EntryRecord): StoredEntry => ({ ...entry, revision });

const isSome = (entries: readonly StoredEntry[]): entries is [StoredEntry, ...StoredEntry[]] =>
  entries.length > 0;

const fold = (before: Folded, entries: readonly StoredEntry[]): readonly Projected[] =>
  isSome(entries) ? [project(before, entries)] : [];

/** Whether these entries can only be understood by folding the exchange from its start. */
export const comesLate = (entries: readonly StoredEntry[], before: Folded | undefined): boolean => {
  const newest = before?.exchange?.newest.index ?? -1;
  return entries.some((entry) => entry.revision > 1 || leafOf(entry) <= newest);
};

/**
 * Folds new or changed entries, already in the journal, into the views: on top of what is there, or, where one comes before what
 * has been folded, the exchange from its start. Answers what changed. Unless something came late, it sends everything at once.
 */
export const projectEntries = async (
  queries: Queries,
  entries: readonly StoredEntry[],
  before: FoldedBefore,
): Promise<readonly Omit<Change, 'id'>[]> => {
  const byExchange = grouped(entries, ({ exchange }) => exchange);
  const late = [...byExchange]
    .filter(([exchange, group]) => comesLate(group, before.get(exchange)))
    .map(([exchange]) => exchange);
  const projected = [...byExchange]
    .filter(([exchange]) => !late.includes(exchange))
    .flatMap(([exchange, group]) =>
      fold(
        before.get(exchange) ?? { items: new Map() },
        group.toSorted((a, b) => leafOf(a) - leafOf(b)),
      ),
    );
  const again = late.length === 0 ? [] : await foldedAgain(queries, late);
  await writeViews(queries, [...projected, ...again]);
  return [...projected, ...again].flatMap(changesOf);
};

const changesOf = ({ exchange, items }: Projected): readonly Omit<Change, 'id'>[] => [
  { kind: 'exchange', exchange: exchange.exchange, version: exchange.version },
  ...items.flatMap(({ item, state, version }) => {
    const kind = listOf(state);
    return kind === undefined ? [] : [{ kind, exchange: exchange.exchange, item, version }];
  }),
];

const foldedAgain = async (
  queries: Queries,
  exchanges: readonly ExchangeId[],
): Promise<readonly Projected[]> => {
  const [records] = await Promise.all([
    queries.prepared<EntryRecord>(
      `select revision, entry from journal
       where exchange = any ($1::uuid[]) and leaf is not null order by exchange, leaf`,
      [exchanges],
    ),
    ...DERIVED.map(([table]) =>
      queries.prepared(`delete from ${table} where exchange = any ($1::uuid[])`, [exchanges]),
    ),
  ]);
  return [...grouped(records.map(stored), ({ exchange }) => exchange).values()].flatMap((entries) =>
    fold({ items: new Map() }, entries),
  );
};

/** Exchanges are folded whole and written a window at a time. */
const WINDOW = 2000;

/** Drops every derived row and folds the journal again. */
export const rebuildViews = async (queries: Queries): Promise<void> => {
  // Not a truncation: whoever reads meanwhile goes on seeing the views as they were.
  for (const [table] of DERIVED) await queries.run(`delete from ${table}`);
  await queries.run(
    `declare entries no scroll cursor for
     select revision, entry from journal where leaf is not null order by exchange, leaf`,
  );
  let carried: readonly StoredEntry[] = [];
  for (;;) {
    const records = await queries.rows<EntryRecord>(`fetch ${WINDOW} from entries`);
    const window = [...carried, ...records.map(stored)];
    const open = records.length === 0 ? undefined : window.at(-1)?.exchange;
    carried = window.filter(({ exchange }) => exchange === open);
    const whole = window.filter(({ exchange }) => exchange !== open);
    await writeViews(
      queries,
      [...grouped(whole, ({ exchange }) => exchange).values()].flatMap((entries) =>
        fold({ items: new Map() }, entries),
      ),
    );
    if (records.length === 0) break;
  }
  await queries.run('close entries');
};

/** The events among these that the journal holds, recorded or pending. */
export const heldEntries = async (
  queries: Queries,
  events: readonly EventId[],
): Promise<ReadonlyMap<EventId, StoredEntry>> => {
  const records = await queries.prepared<EntryRecord>(
    'select revision, entry from journal where event = any ($1::uuid[]) for update',
    [events],
  );
  return new Map(records.map((record) => [record.entry.recorded.id, stored(record)]));
};
