import type { EventId } from '@tripoint/kernel';
import {
  type Appended,
  type AppendRefusal,
  type Change,
  type Delivery,
  type JournalEntry,
  merged,
  type NewFinding,
  type Purge,
  type RecordedEntry,
  type StoredEntry,
} from '@tripoint/read-model';
import type { Queries, Transaction } from '../database.js';
import { manyInto } from '../many.js';
import { doubtWords } from './doubted-words.js';
import { announce } from './feed.js';
import { forget } from './forget.js';
import { keepDelivered } from './keep-delivered.js';
import {
  discontinuity,
  earlier,
  type MailboxRecord,
  movedBy,
  moveMailbox,
  NOWHERE,
  positionOf,
  settled,
} from './mailbox-record.js';
import { beliedBy, consumedBy, refusalBelied, voidNotOurs } from './own-numbers.js';
import { type FoldedBefore, foldedBefore, heldEntries, projectEntries } from './projections.js';
import { endByDoubt } from './releases.js';
import { sealOff } from './sealed-off.js';
import { applyProgress } from './submissions.js';
import { toSignRows, wishColumns } from './to-sign.js';

const journalRows = manyInto<{
  event: string;
  exchange: string;
  item: string;
  leaf: number;
  revision: number;
  entry: unknown;
}>(
  'journal',
  { event: 'uuid', exchange: 'uuid', item: 'uuid', leaf: 'bigint', revision: 'int', entry: 'json' },
  `on conflict (event) do update set
     leaf = excluded.leaf, revision = excluded.revision, entry = excluded.entry`,
);

/** Takes what the hub handed over, in the order of the mailbox; all of it or nothing. */
export const append = async (
  queries: Transaction,
  deliveries: readonly Delivery[],
): Promise<Appended | AppendRefusal> => {
  const arriving = deliveries.flatMap(entriesOf);
  // Everything that has to be locked or known, by one way to the server.
  const [[record = NOWHERE], consumed, belied, held, before] = await Promise.all([
    queries.prepared<MailboxRecord>(
      'select next, digest, leaf, leaf_at, heads, heads_at from mailbox for update',
    ),
    consumedBy(queries, deliveries),
    beliedBy(queries, deliveries),
    moves(deliveries) ? heldBefore(queries, deliveries) : new Map<EventId, StoredEntry>(),
    arriving.length === 0 ? new Map() : foldedBefore(queries, arriving),
  ]);
  const fresh = deliveries.filter(({ number }) => number >= record.next);
  const broken = discontinuity(record, fresh);
  if (broken !== undefined) return broken;
  const late = await settled(
    queries,
    deliveries.filter(({ number, unopened }) => number < record.next && unopened === undefined),
  );
  const news = [...late, ...fresh];
  const [first] = news;
  if (first === undefined) return { position: positionOf(record), applied: 0 };

  const { entries, refused } = whatIsKept(news, held);
  const foreign = new Set(
    consumed.filter(({ progress }) => progress === undefined).map(({ number }) => number),
  );
  const taken = news.map((delivery) => {
    const [misplaced] = entriesOf(delivery).flatMap((entry) => refused.get(entry) ?? []);
    if (misplaced !== undefined) return setAside(delivery, misplaced);
    const { progress = [], findings = [] } = delivery;
    const lied = progress.filter(({ event, header }) => header !== undefined && belied.has(event));
    return {
      ...delivery,
      progress: progress.filter((one) => !lied.includes(one)),
      findings: [
        ...findings,
        ...lied.map(refusalBelied),
        ...(foreign.has(delivery.number) ? [voidNotOurs(delivery)] : []),
      ],
    };
  });
  const numbers = new Set(news.map(({ number }) => number));
  const moved = movedBy(record, fresh);
  const changes = await Promise.all([
    appendEntries(queries, entries, before),
    applyProgress(queries, [
      ...taken.flatMap(({ progress = [] }) => progress),
      ...consumed.flatMap(({ number, progress }) => (numbers.has(number) ? (progress ?? []) : [])),
    ]),
    keepDelivered(queries, taken),
    moveMailbox(queries, record, moved),
  ]);
  await doubtWords(queries, taken);
  const ended = await endByDoubt(queries, taken);
  // After what came with it: a grant and its end may arrive together.
  const orders = taken.flatMap(({ purges = [], leaf, checkpoint }) =>
    purges.map((one) => ({ ...one, leaf: leaf.index, tree: checkpoint })),
  );
  const forgotten = await forget(
    queries,
    orders.filter((one) => !staysFor(one)),
    earlier(moved.leaf_at ?? first.leaf.time, first.at),
  );
  const sealed = await sealOff(queries, orders.filter(staysFor));
  await toSignRows(
    queries,
    forgotten.toSign.map((wish) => wishColumns(wish, first.at)),
  );
  announce(
    queries,
    [
      ...changes.flat(),
      ...ended,
      ...forgotten.changes,
      ...sealed,
      ...(late.length > 0
        ? [{ kind: 'finding' as const, version: late.at(-1)?.number ?? 0n }]
        : []),
    ],
    forgotten.toSign.length > 0 || taken.some(({ toSign = [] }) => toSign.length > 0)
      ? ['to_sign']
      : [],
  );
  return { position: positionOf(moved), applied: fresh.length };
};

/** Whether it does not go with the line: no quorum has seen that it is to, or it is not its time by our own clock. */
const staysFor = ({ unwitnessed, notBefore }: Purge): boolean =>
  unwitnessed === true || notBefore !== undefined;

const entriesOf = ({ entry, granted }: Delivery): readonly RecordedEntry[] =>
  [entry, granted].filter((one) => one !== undefined);

const moves = (deliveries: readonly Delivery[]): boolean =>
  deliveries.some(({ entry, granted }) => entry !== undefined || granted !== undefined);

/**
 * Whether both are of one event. The hub takes an id once; if it ever did not, what another issuer says under it must not
 * stand in for what is held.
 */
const isOneEvent = (one: JournalEntry, other: JournalEntry): boolean =>
  one.exchange === other.exchange &&
  one.recorded.issuer === other.recorded.issuer &&
  one.recorded.event.item === other.recorded.event.item &&
  one.recorded.event.type === other.recorded.event.type;

type Misplaced = Pick<NewFinding, 'code' | 'detail'>;
const REUSED: Misplaced = {
  code: 'event-id-reused',
  detail: 'an event came with the id of another one',
};
/** Order and clocks follow from an event's leaf: recorded once more, it would happen again, later. */
const TWICE: Misplaced = {
  code: 'event-logged-twice',
  detail: 'an event came with another leaf than before',
};

/** The mailbox goes on past an event that is not taken; what it would have led to is left out, and people are told. */
const setAside = ({ entry, findings = [], ...rest }: Delivery, misplaced: Misplaced): Delivery => ({
  ...rest,
  wraps: [],
  toSign: [],
  findings: [
    ...findings,
    {
      ...misplaced,
      ...(entry === undefined ? {} : { event: entry.recorded.id, leaf: entry.recorded.leaf.index }),
    },
  ],
});

/**
 * What is held of the events that arrive. Whoever decides on one of their exchanges has to fold again; all who lock several
 * do so in one order. What was taken before moves nothing, unless it is owed.
 */
const heldBefore = async (
  queries: Queries,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<EventId, StoredEntry>> => {
  const arriving = deliveries.flatMap((delivery) =>
    entriesOf(delivery).map((entry) => ({ entry, number: delivery.number })),
  );
  const [, held] = await Promise.all([
    queries.prepared(
      `insert into exchange_versions (exchange, version)
       select distinct exchange, 1 from unnest($1::uuid[], $2::bigint[]) as arriving (exchange, number)
       where number >= (select next from mailbox) or number in (select mailbox from unopened)
       order by exchange
       on conflict (exchange) do update set version = exchange_versions.version + 1`,
      [arriving.map(({ entry: { exchange } }) => exchange), arriving.map(({ number }) => number)],
    ),
    heldEntries(
      queries,
      arriving.map(({ entry: { recorded } }) => recorded.id),
    ),
  ]);
  return held;
};

/** What the journal is to hold of what arrives, and which of it is refused, because it is not what is held under its id. */
const whatIsKept = (
  fresh: readonly Delivery[],
  held: ReadonlyMap<EventId, StoredEntry>,
): {
  readonly entries: readonly StoredEntry[];
  readonly refused: ReadonlyMap<RecordedEntry, Misplaced>;
} => {
  const refused = new Map<RecordedEntry, Misplaced>();
  const kept = new Map<EventId, StoredEntry>();
  for (const entry of fresh.flatMap(entriesOf)) {
    const { id } = entry.recorded;
    const before = kept.get(id) ?? held.get(id);
    if (before !== undefined && !isOneEvent(before, entry)) {
      refused.set(entry, REUSED);
      continue;
    }
    // A pending entry becomes the recorded one; what was recorded before and comes again gains a revision.
    const leaf = (before as JournalEntry | undefined)?.recorded.leaf;
    const isAgain = before !== undefined && leaf !== undefined;
    if (isAgain && leaf.index !== entry.recorded.leaf.index) {
      refused.set(entry, TWICE);
      continue;
    }
    kept.set(id, {
      ...merged(before, entry),
      revision: isAgain ? before.revision + 1 : 1,
    });
  }
  return { entries: [...kept.values()], refused };
};

const appendEntries = async (
  queries: Queries,
  entries: readonly StoredEntry[],
  before: FoldedBefore,
): Promise<readonly Omit<Change, 'id'>[]> => {
  if (entries.length === 0) return [];
  // In this order: what came late is folded from what the journal then holds.
  const [, changes] = await Promise.all([
    journalRows(
      queries,
      entries.map(({ revision, ...entry }) => ({
        event: entry.recorded.id,
        exchange: entry.exchange,
        item: entry.recorded.event.item,
        leaf: entry.recorded.leaf.index,
        revision,
        entry,
      })),
    ),
    projectEntries(queries, entries, before),
  ]);
  return changes;
};
