// Deleted rows stay in a server's files until their pages are written anew, and in its write-ahead log until that is dropped. A scrub
// writes anew every table in which something lay that was made to go, then drops the log. It reads none of it.
import { HubError, pause } from '@tripoint/kernel';
import pg from 'pg';
import { clientConfig, type DatabaseConfig } from './database.js';
import { codeOf, storeError } from './store-error.js';

/** What is written anew in a database of this kind, and where is counted how often something was made to go there. */
const PLANS = {
  hub: { counter: 'forgetting', tables: ['wraps', 'quarantine'] },
  agency: {
    counter: 'forgetting',
    tables: [
      'kept_wraps',
      'entrusted',
      'held_keys',
      'court_keys',
      'retained',
      'sealed_pieces',
      'proposals',
      'owed_answers',
      'to_sign',
      'commands',
      'outbox',
      'unopened',
      'handed_over',
      'entities',
      'timeline',
      'items',
      'exchanges',
      'journal',
    ],
  },
  bus: { counter: 'bus.forgetting', tables: ['bus.message'] },
} as const;

/** Which tables may be scrubbed. */
export type Scrubbable = keyof typeof PLANS;

/** The tables that a scrub of this kind writes anew. */
export const scrubbedTables = (kind: Scrubbable): readonly string[] => PLANS[kind].tables;

export type ScrubOptions = {
  /** Milliseconds after which a table that is being written anew is left as it was, since nobody can write to it meanwhile. */
  readonly longest?: number;
  /** Milliseconds that a table is waited for; whoever comes behind waits as long. */
  readonly lockWait?: number;
  /** Milliseconds that transactions from before are waited for. */
  readonly patience?: number;
  /** Though nothing was made to go since the last time. */
  readonly always?: boolean;
  readonly signal?: AbortSignal;
};

export type Scrubbed = {
  /** Nothing was made to go since the last time, or another scrub is at work. */
  readonly idle: boolean;
  /** How many tables were written anew. */
  readonly rewritten: number;
  /** Tables that stayed as they were, and why: they are tried again the next time. */
  readonly left: readonly { readonly table: string; readonly code: string }[];
  /** Whether the write-ahead log was dropped, which takes rights of its own. */
  readonly log: boolean;
};

const IDLE: Scrubbed = { idle: true, rewritten: 0, left: [], log: true };

/** Scrubs of one database take turns. */
const TURN = 7_230_414;
const TRIES = 3;
const LOOK_AGAIN = 200;

/**
 * Writes anew what of this database held something that was made to go since the last scrub, and drops the log. May be ended at any
 * moment, by whatever: a table is written anew whole or not at all, and what is not noted as done is done again.
 * @throws {HubError} `scrub-waits` when a transaction from before does not end: it still sees what was made to go
 */
export const scrub = async (
  config: DatabaseConfig,
  kind: Scrubbable,
  options: ScrubOptions = {},
): Promise<Scrubbed> => {
  const { always = false, longest = 10_000, lockWait = 2_000 } = options;
  const client = new pg.Client({
    ...clientConfig(config),
    application_name: 'tripoint-scrub',
    lock_timeout: lockWait,
    statement_timeout: longest,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { counter, tables } = PLANS[kind];
    const [turn] = await rowsOf<{ mine: boolean }>(
      client,
      `select pg_try_advisory_lock(${TURN}) as mine`,
    );
    if (turn?.mine !== true) return IDLE;
    const [count] = await rowsOf<{ forgotten: bigint; scrubbed: bigint }>(
      client,
      `select forgotten, scrubbed from ${counter}`,
    );
    const { forgotten, scrubbed } = count ?? { forgotten: 0n, scrubbed: 0n };
    if (!always && forgotten === scrubbed) return IDLE;
    await olderOnesEnded(client, options);
    const left: { table: string; code: string }[] = [];
    for (const table of tables) {
      const code = await rewritten(client, table, options.signal);
      if (code !== undefined) left.push({ table, code });
    }
    // What the planner has sampled goes from its catalogue too; only whoever owns that may have it written anew.
    await rewritten(client, 'pg_catalog.pg_statistic', options.signal);
    const log = await logDropped(client);
    // A log that is not ours to drop goes in its own time: it would not go sooner for writing all of this anew every hour.
    if (left.length === 0)
      await client.query(
        `update ${counter} set scrubbed = greatest(scrubbed, $1), scrubbed_at = now()`,
        [forgotten],
      );
    return { idle: false, rewritten: tables.length - left.length, left, log };
  } catch (cause) {
    throw storeError(cause);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const rowsOf = async <Row>(client: pg.Client, statement: string): Promise<readonly Row[]> =>
  (await client.query(statement)).rows as Row[];

/** Whoever has begun before now may still see a deleted row, and would make the table keep it. */
const olderOnesEnded = async (
  client: pg.Client,
  { patience = 60_000, signal = new AbortController().signal }: ScrubOptions,
): Promise<void> => {
  const running = async (): Promise<readonly string[]> =>
    (
      await rowsOf<{ which: string }>(
        client,
        `select virtualtransaction as which from pg_locks join pg_stat_activity using (pid)
         where locktype = 'virtualxid' and pid <> pg_backend_pid() and datname = current_database()`,
      )
    ).map(({ which }) => which);
  const before = new Set(await running());
  const deadline = Date.now() + patience;
  while (before.size > 0 && !signal.aborted) {
    const still = new Set(await running());
    for (const one of before) if (!still.has(one)) before.delete(one);
    if (before.size === 0) return;
    if (Date.now() >= deadline)
      throw new HubError(
        'scrub-waits',
        'a transaction from before the scrub does not end, and still sees what was made to go',
        true,
      );
    await pause(LOOK_AGAIN, signal);
  }
};

/** Nothing when it was written anew; else why not. */
const rewritten = async (
  client: pg.Client,
  table: string,
  signal = new AbortController().signal,
): Promise<string | undefined> => {
  const where = async (): Promise<string> => {
    const { rows } = await client.query<{ at: string }>(
      'select pg_relation_filenode($1::regclass)::text as at',
      [table],
    );
    return rows[0]?.at ?? '';
  };
  const before = await where();
  let code = 'ended';
  for (let tried = 0; tried < TRIES && !signal.aborted; tried += 1) {
    try {
      await client.query(`vacuum (full) ${table}`);
      // Whoever has no right to it is told so, and nothing else happens.
      return (await where()) === before ? 'not-permitted' : undefined;
    } catch (cause) {
      const known = codeOf(cause);
      if (known !== LOCK_WAIT && known !== TOOK_TOO_LONG) throw cause;
      code = known === LOCK_WAIT ? 'in-use' : 'too-large';
      if (code === 'too-large') return code;
      await pause(LOOK_AGAIN, signal);
    }
  }
  return code;
};

const LOCK_WAIT = '55P03';
const TOOK_TOO_LONG = '57014';
const NOT_PERMITTED = '42501';

/** A segment that the next start does not need any more is deleted, where the server does not use it again (`wal_recycle = off`). */
const logDropped = async (client: pg.Client): Promise<boolean> => {
  try {
    await client.query('set statement_timeout = 0');
    for (const statement of ['checkpoint', 'select pg_switch_wal()', 'checkpoint'])
      await client.query(statement);
    return true;
  } catch (cause) {
    if (codeOf(cause) !== NOT_PERMITTED) throw cause;
    return false;
  }
};
