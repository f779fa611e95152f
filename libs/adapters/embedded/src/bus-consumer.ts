import { type Message, type Received } from '@tripoint/bus';
import { Client, DatabaseError } from 'pg';

import { growing, pause } from '@tripoint/kernel';
import { isAway } from './away.js';
import { type Bell, type Ear } from './bell.js';
import { type ConnectionSettings } from './connection-settings.js';

/** A batch ends at whichever comes first; a single message may be larger. */
const BATCH = { count: 256, bytes: 4 * 1024 * 1024 };
/** How often a consumer looks by itself, in milliseconds. */
const LOOK_EVERY = 1000;
/** How often a group's position moves, in milliseconds: what was received since then comes again after a crash. */
const MOVE_EVERY = 200;
const LOCK_NOT_AVAILABLE = '55P03';
/** An active consumer looks for messages all the time; one that has not for so many seconds stands still. */
const STANDS_STILL_AFTER = 10;

export type Consumption = {
  readonly settings: ConnectionSettings;
  readonly bell: Bell;
  readonly topic: string;
  readonly group: string;
  readonly receive: (batch: readonly Received[]) => Promise<void>;
  readonly signal: AbortSignal;
};

type Row = {
  readonly offset: string;
  readonly value: Buffer;
  readonly headers: NonNullable<Message['headers']> | null;
};

const receivedOf = ({ offset, value, headers }: Row): Received => ({
  offset: BigInt(offset),
  value: new Uint8Array(value.buffer, value.byteOffset, value.length),
  ...(headers !== null && { headers }),
});

/**
 * Consumes on a connection of its own, which also holds the lock that makes it the group's only active consumer.
 *
 * INVARIANT: the position is moved on the connection that holds the lock. A consumer that was cut off has lost both,
 * and cannot move the position under its successor.
 */
export const consume = async (consumption: Consumption): Promise<void> => {
  const { signal } = consumption;
  for (let failures = 0; !signal.aborted; failures += 1) {
    const since = Date.now();
    try {
      await onOneConnection(consumption);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    if (Date.now() - since > 5000) failures = 0;
    await pause(growing(failures, 50, 5000), signal);
  }
};

const onOneConnection = async (consumption: Consumption): Promise<void> => {
  const client = new Client({
    ...consumption.settings,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  const lost = new AbortController();
  client.on('error', () => {
    lost.abort();
  });
  try {
    await client.connect();
    // A position that a crash forgets is a batch handed over once more.
    await client.query("SET synchronous_commit = off; SET lock_timeout = '500ms'");
    if (!(await locked(client, consumption))) return;
    const signal = AbortSignal.any([consumption.signal, lost.signal]);
    await handOver(client, { ...consumption, signal });
  } finally {
    await client.end().catch(() => undefined);
  }
};

const locked = async (client: Client, { topic, group, signal }: Consumption): Promise<boolean> => {
  while (!signal.aborted)
    try {
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
        JSON.stringify([topic, group]),
      ]);
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
      await cutOffStanding(client, topic, group);
    }
  return false;
};

/**
 * Ends the connection of an active consumer that stands still, as a stopped process does, or one behind a network that broke
 * without a word. If it is only slow it connects again, and hands the batch over once more: what a crash does, too.
 */
const cutOffStanding = async (client: Client, topic: string, group: string): Promise<void> => {
  await client.query(
    `SELECT pg_terminate_backend(held.pid)
     FROM pg_locks AS held JOIN pg_stat_activity AS activity ON activity.pid = held.pid,
       hashtextextended($1, 0) AS key
     WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND held.classid = ((key >> 32) & 4294967295)::oid AND held.objid = (key & 4294967295)::oid
       AND activity.usename = current_user AND activity.state = 'idle'
       AND activity.state_change < clock_timestamp() - make_interval(secs => $2)`,
    [JSON.stringify([topic, group]), STANDS_STILL_AFTER],
  );
};

const handOver = async (client: Client, consumption: Consumption): Promise<void> => {
  const { bell, topic } = consumption;
  const ear = bell.listen((rung) => rung === topic);
  try {
    await handOverFrom(client, consumption, ear);
  } finally {
    ear.close();
  }
};

const handOverFrom = async (client: Client, consumption: Consumption, ear: Ear): Promise<void> => {
  const { topic, group, signal } = consumption;
  let next = await positionOf(client, topic, group);
  let moved = next;
  let movedAt = 0;
  const move = async (): Promise<void> => {
    if (next === moved) return;
    const to = next;
    await client.query({
      name: 'bus-move',
      text: `INSERT INTO bus.consumer (topic, consumer, next) VALUES ($1, $2, $3)
             ON CONFLICT (topic, consumer) DO UPDATE SET next = excluded.next`,
      values: [topic, group, to],
    });
    moved = to;
    movedAt = performance.now();
  };
  while (!signal.aborted) {
    if (performance.now() - movedAt >= MOVE_EVERY) await move();
    ear.looks();
    const batch = await batchFrom(client, topic, next);
    const last = batch.at(-1);
    if (last === undefined) {
      await ear.rung(next === moved ? LOOK_EVERY : MOVE_EVERY, signal);
      continue;
    }
    if (!(await received(batch, consumption))) break;
    next = (last.offset + 1n).toString();
    // What came meanwhile has rung; otherwise a batch that was not full was all there is.
    if (batch.length < BATCH.count && sizeOf(batch) < BATCH.bytes / 2)
      await ear.rung(MOVE_EVERY, signal);
  }
  await move();
};

const sizeOf = (batch: readonly Received[]): number =>
  batch.reduce((sum, { value }) => sum + value.length, 0);

/** Hands one batch over until it is accepted; false when the consumer is to stop, or has lost its lock, before that. */
const received = async (
  batch: readonly Received[],
  { receive, signal }: Consumption,
): Promise<boolean> => {
  for (let refusals = 0; ; refusals += 1) {
    try {
      await receive(batch);
      return true;
    } catch {
      // The receiver knows what went wrong and says it where it is known; here it only means "not yet".
      await pause(growing(refusals, 50, 10_000), signal);
      if (signal.aborted) return false;
    }
  }
};

const positionOf = async (client: Client, topic: string, group: string): Promise<string> => {
  const { rows } = await client.query<{ readonly next: string }>(
    'SELECT next FROM bus.consumer WHERE topic = $1 AND consumer = $2',
    [topic, group],
  );
  return rows[0]?.next ?? '0';
};

const batchFrom = async (
  client: Client,
  topic: string,
  next: string,
): Promise<readonly Received[]> => {
  const { rows } = await client.query<Row>({
    name: 'bus-batch',
    text: `SELECT "offset", value, headers FROM (
             SELECT "offset", value, headers,
               sum(octet_length(value)) OVER (ORDER BY "offset") - octet_length(value) AS before
             FROM bus.message WHERE topic = $1 AND "offset" >= $2 ORDER BY "offset" LIMIT $3
           ) AS next WHERE before < $4 ORDER BY "offset"`,
    values: [topic, next, BATCH.count, BATCH.bytes],
  });
  return rows.map(receivedOf);
};
