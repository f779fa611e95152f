import {
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  HubError,
} from '@tripoint/kernel';
import { type ChainHead, type Change, type Withdrawal, type Withdrawn } from '@tripoint/read-model';
import { type Database, type Queries, type Transaction } from '../database.js';
import { announce } from './feed.js';

/** Commands that came in while the exchanges were being locked make it start again. */
const TRIES = 8;

const NOTHING = '0'.repeat(64) as Digest;
/** Why an envelope was taken back that nothing was wrong with. */
const FOLLOWS = 'follows-refused';

type Row = {
  readonly seq: bigint;
  readonly event: EventId;
  readonly exchange: ExchangeId;
  readonly header: Digest;
  readonly leaf: bigint | null;
  readonly refusals: readonly string[];
};

/** Turns a refused envelope and all that were signed after it into voids. */
export const withdraw = async (database: Database, withdrawal: Withdrawal): Promise<Withdrawn> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const outcome = await database.transaction((queries) => attemptTo(queries, withdrawal), {
      keep: (result) => result !== 'moved',
    });
    if (outcome !== 'moved') return outcome;
  }
  throw new HubError('chain-busy', 'new commands keep coming in', true);
};

const attemptTo = async (
  queries: Transaction,
  withdrawal: Withdrawal,
): Promise<Withdrawn | 'moved'> => {
  const { chain, seq, header, resolves, evenVoids = false, finish } = withdrawal;
  await queries.prepared('update to_sign set done = true where id = $1', [resolves]);
  // Exchanges before the chain, as every commit locks them; so what has to be locked is read before it can be.
  const exchanges = [
    ...new Set((await rowsFrom(queries, chain, seq)).map(({ exchange }) => exchange)),
  ].sort();
  await queries.prepared(
    'select from exchange_versions where exchange = any ($1::uuid[]) order by exchange for update',
    [exchanges],
  );
  await queries.prepared('select from chains where chain = $1 for update', [chain]);
  const rows = await rowsFrom(queries, chain, seq);
  const [refused] = rows;
  const stands =
    refused?.seq === seq &&
    refused.header === header &&
    // Before its leaf, only an envelope that was taken back has a refusal.
    (refused.refusals.length === 0 || evenVoids) &&
    rows.every(({ leaf }) => leaf === null);
  if (!stands) return { outcome: 'unchanged' };
  if (rows.some(({ exchange }) => !exchanges.includes(exchange))) return 'moved';

  const from: ChainHead = { chain, next: seq, prev: await headerBefore(queries, chain, seq) };
  const voids = await finish(from, rows.length);
  if (voids.length !== rows.length) throw new Error('one void for each number');
  const { code } = withdrawal;
  const events = rows.map(({ event }) => event);
  const changed = await queries.prepared<{
    event: EventId;
    exchange: ExchangeId;
    version: bigint;
  }>(
    `update outbox set header = void.header, container = void.container, sent_at = null,
       refusals = case when cardinality(refusals) > 0 then refusals else array[void.code] end,
       version = version + 1
     from unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[]) as void (event, header, container, code)
     where outbox.event = void.event
     returning outbox.event, outbox.exchange, outbox.version`,
    [
      events,
      voids.map(({ header: digest }) => digest),
      voids.map(({ container }) => container),
      rows.map((row) => (row.seq === seq ? code : FOLLOWS)),
    ],
  );
  await queries.prepared('update chains set prev = $2 where chain = $1', [
    chain,
    voids.at(-1)?.header,
  ]);
  await forget(queries, events, exchanges);
  await askAgain(queries, withdrawal.again ? events : events.slice(1));
  await queries.prepared(
    `insert into findings (code, detail, event, at) values ('submission-withdrawn', $1, $2, now())`,
    [
      `the hub refused an envelope (${code}); ${rows.length} numbers were voided from ${seq} on`,
      refused.event,
    ],
  );
  announce(
    queries,
    [
      ...changed.map(({ event, exchange, version }): Omit<Change, 'id'> => ({
        kind: 'submission',
        exchange,
        item: event,
        version,
      })),
      { kind: 'finding', version: 0n },
    ],
    ['outbox', 'to_sign'],
  );
  return { outcome: 'withdrawn', count: rows.length };
};

const rowsFrom = (queries: Queries, chain: ChainId, seq: bigint): Promise<readonly Row[]> =>
  queries.prepared<Row>(
    `select seq, event, exchange, header, leaf, refusals from outbox
     where chain = $1 and seq >= $2 order by seq`,
    [chain, seq],
  );

const headerBefore = async (queries: Queries, chain: ChainId, seq: bigint): Promise<Digest> => {
  if (seq === 0n) return NOTHING;
  const [row] = await queries.prepared<{ header: Digest }>(
    'select header from outbox where chain = $1 and seq = $2',
    [chain, seq - 1n],
  );
  if (row === undefined) throw new Error('numbers of a chain have no gaps');
  return row.header;
};

/** Deciding goes on from histories without them, so whoever is about to decide has to fold again. */
const forget = async (
  queries: Queries,
  events: readonly EventId[],
  exchanges: readonly ExchangeId[],
): Promise<void> => {
  await queries.prepared('delete from held_keys where event = any ($1::uuid[])', [events]);
  await queries.prepared('delete from journal where event = any ($1::uuid[]) and leaf is null', [
    events,
  ]);
  await queries.prepared(
    'update exchange_versions set version = version + 1 where exchange = any ($1::uuid[])',
    [exchanges],
  );
};

/**
 * What the agency had to say itself and took back has still to be said, and no officer will repeat it: confirmations, and what an
 * officer decided to hand over. Once each, however often it was tried before.
 */
const askAgain = async (queries: Queries, events: readonly EventId[]): Promise<void> => {
  await queries.prepared(
    `update to_sign set done = false where id in (
       select max(id) from to_sign
       where kind in ('receipt', 'grant', 'share') and item in (
         select item from outbox where event = any ($1::uuid[]) and officer is null)
       group by key having bool_and(done))`,
    [events],
  );
};
