import {
  refuse,
  type ChainId,
  type Digest,
  type EventId,
  type Instant,
  type OfficerId,
} from '@tripoint/kernel';
import {
  Outbox,
  type ChainHead,
  type CommandKey,
  type CommitPlan,
  type CommitRefusal,
  type Committed,
  type HeldKey,
  type Remembered,
  type SealedRow,
  type SubmissionProgress,
  type SubmissionRow,
  type Unsent,
  type Withdrawal,
  type Withdrawn,
} from '@tripoint/read-model';
import { type Database, type Queries } from '../database.js';
import { many } from '../many.js';
import { announce } from './feed.js';
import {
  applyProgress,
  submissionRow,
  SUBMISSION_COLUMNS,
  type SubmissionRecord,
} from './submissions.js';
import { withdraw } from './withdraw.js';

type ChainRecord = {
  readonly chain: ChainId;
  readonly next: bigint;
  readonly prev: Digest;
  readonly retired: boolean;
};

const headOf = ({ chain, next, prev }: ChainRecord): ChainHead => ({ chain, next, prev });

const NOTHING = '0'.repeat(64);

const outboxRows = many<{
  event: string;
  chain: string;
  seq: bigint;
  exchange: string;
  item: string;
  family: string;
  officer: string | undefined;
  header: string;
  container: Uint8Array;
  addressees: number;
  sealed_at: string;
}>('outbox', {
  event: 'uuid',
  chain: 'text',
  seq: 'bigint',
  exchange: 'uuid',
  item: 'uuid',
  family: 'text',
  officer: 'text',
  header: 'text',
  container: 'bytea',
  addressees: 'int',
  sealed_at: 'timestamptz',
});

const keyRows = many<{
  event: string;
  descriptor: string;
  compartment: string;
  session_key: Uint8Array;
}>('held_keys', {
  event: 'uuid',
  descriptor: 'text',
  compartment: 'text',
  session_key: 'bytea',
});

const pendingRows = many<{
  event: string;
  exchange: string;
  item: string;
  revision: number;
  entry: unknown;
}>('journal', {
  event: 'uuid',
  exchange: 'uuid',
  item: 'uuid',
  revision: 'int',
  entry: 'json',
});

/** Everything that follows from a signature, in one statement: its sender has to wait for the chain's lock until it is done. */
const KEEP = `with sealed as (${outboxRows.statement(1)}),
   keys as (${keyRows.statement(12)}),
   pending as (${pendingRows.statement(16)}),
   chain as (update chains set next = $22, prev = $23 where chain = $21),
   version as (update exchange_versions set version = version + 1 where exchange = $24),
   head as (update change_head set newest = newest + cardinality($1::uuid[]) returning newest)
 insert into changes (id, kind, exchange, item, version)
 select head.newest - cardinality($1::uuid[]) + place, 'submission', $24, event::text, 1
 from head, unnest($1::uuid[]) with ordinality as added (event, place)`;

const SENT = `with unsent as materialized (
   select event from outbox
   where chain = $1 and seq <= $2 and leaf is null and sent_at is null order by event for update),
 moved as materialized (
   update outbox set sent_at = $3, version = version + 1
   where event in (select event from unsent)
   returning event, exchange, version),
 head as (
   update change_head set newest = newest + (select count(*) from moved)
   where exists (select from moved) returning newest)
 insert into changes (id, kind, exchange, item, version)
 select head.newest - count(*) over () + row_number() over (order by moved.event),
   'submission', moved.exchange, moved.event::text, moved.version
 from moved, head`;

export class PostgresOutbox extends Outbox {
  constructor(private readonly database: Database) {
    super();
  }

  override async openChain(chain: ChainId): Promise<ChainHead> {
    await this.database.run(
      'insert into chains (chain, prev) values ($1, $2) on conflict (chain) do nothing',
      [chain, NOTHING],
    );
    const head = await this.head(chain);
    if (head === undefined) throw new Error('a chain that was opened is there');
    return head;
  }

  override async head(chain: ChainId): Promise<ChainHead | undefined> {
    const [record] = await this.database.prepared<ChainRecord>(
      'select chain, next, prev, retired from chains where chain = $1',
      [chain],
    );
    return record && headOf(record);
  }

  override async currentChain(): Promise<ChainHead | undefined> {
    const [record] = await this.database.prepared<ChainRecord>(
      'select chain, next, prev, retired from chains where not retired order by opened desc limit 1',
    );
    return record && headOf(record);
  }

  override async retireChain(chain: ChainId): Promise<void> {
    await this.database.run('update chains set retired = true where chain = $1', [chain]);
  }

  override commit(plan: CommitPlan): Promise<Committed | CommitRefusal> {
    return this.database.transaction((queries) => commit(queries, plan), {
      keep: (result) => 'outcome' in result && result.outcome === 'committed',
    });
  }

  override async remembered(officer: OfficerId, key: string): Promise<Remembered | undefined> {
    return remembered(this.database, officer, key);
  }

  override unsent(chain: ChainId, after: bigint, limit: number): Promise<readonly Unsent[]> {
    return this.database.prepared<Unsent>(
      `select seq, event, header, container from outbox
       where chain = $1 and seq > $2 and leaf is null order by seq limit $3`,
      [chain, after, limit],
    );
  }

  override async sent(chain: ChainId, seq: bigint, at: Instant): Promise<void> {
    const changes = await this.database.run(SENT, [chain, seq, at]);
    if (changes > 0) this.database.tell(['changes']);
  }

  override waiting(signal: AbortSignal): Promise<void> {
    return this.database.listener.next('outbox', signal);
  }

  override withdraw(withdrawal: Withdrawal): Promise<Withdrawn> {
    return withdraw(this.database, withdrawal);
  }

  override heldKeys(event: EventId): Promise<readonly HeldKey[]> {
    return this.database.rows<HeldKey>(
      `select compartment, descriptor, session_key as "sessionKey" from held_keys
       where event = $1 order by descriptor`,
      [event],
    );
  }

  override async recorded(progress: readonly SubmissionProgress[]): Promise<void> {
    await this.database.transaction(async (queries) => {
      await announce(queries, await applyProgress(queries, progress));
    });
  }

  override async unrecorded(): Promise<{
    readonly count: number;
    readonly oldest: Instant | undefined;
  }> {
    // What stands on a chain that was given up never gets a leaf.
    const [record] = await this.database.rows<{ count: bigint; oldest: Instant | null }>(
      `select count(*) as count, min(sealed_at) as oldest
       from outbox join chains using (chain) where leaf is null and not retired`,
    );
    return { count: Number(record?.count ?? 0n), oldest: record?.oldest ?? undefined };
  }

  override async submission(event: EventId): Promise<SubmissionRow | undefined> {
    const [record] = await this.database.prepared<SubmissionRecord>(
      `select ${SUBMISSION_COLUMNS} from outbox where event = $1`,
      [event],
    );
    return record && submissionRow(record);
  }
}

const remembered = async (
  queries: Queries,
  officer: OfficerId,
  key: string,
): Promise<Remembered | undefined> => {
  const [record] = await queries.prepared<Remembered>(
    'select request, response from commands where officer = $1 and key = $2',
    [officer, key],
  );
  return record;
};

/** Takes the command's key; when it is taken, says what was answered to whoever took it. Waits for one that is being taken. */
const takeKey = async (
  queries: Queries,
  { officer, key, request, response }: CommandKey,
  at: Instant,
): Promise<Committed | CommitRefusal | undefined> => {
  const taken = await queries.prepared(
    `insert into commands (officer, key, request, response, at) values ($1, $2, $3, $4, $5)
     on conflict (officer, key) do nothing returning 1`,
    [officer, key, request, JSON.stringify(response), at],
  );
  if (taken.length > 0) return undefined;
  const before = await remembered(queries, officer, key);
  if (before?.request !== request)
    return refuse('command-key-reused', 'this key was used for another request');
  return { outcome: 'repeated', response: before.response };
};

const commit = async (queries: Queries, plan: CommitPlan): Promise<Committed | CommitRefusal> => {
  const { chain, exchange, decidedUpon, at, entries, command, resolves = [], finish } = plan;
  if (command !== undefined) {
    const answered = await takeKey(queries, command, at);
    if (answered !== undefined) return answered;
  }

  // One that is there is written as it is, which locks it.
  const [now] = await queries.prepared<{ version: bigint }>(
    `insert into exchange_versions (exchange, version) values ($1, 0)
     on conflict (exchange) do update set version = exchange_versions.version returning version`,
    [exchange],
  );
  if (now?.version !== decidedUpon)
    return refuse('exchange-moved', 'the exchange is not the one that was decided upon');

  if (resolves.length > 0) {
    const resolved = await queries.prepared(
      'update to_sign set done = true where id = any ($1::bigint[]) and not done returning 1',
      [resolves],
    );
    if (resolved.length < new Set(resolves).size)
      return refuse('already-signed', 'this was signed before');
  }

  const [locked] = await queries.prepared<ChainRecord>(
    'select chain, next, prev, retired from chains where chain = $1 for update',
    [chain],
  );
  if (locked === undefined) return refuse('chain-unknown', 'this chain was never opened');
  if (locked.retired) return refuse('chain-retired', 'this chain was given up');
  const sealed = await finish(headOf(locked));
  if (
    sealed.length !== entries.length ||
    sealed.some(({ event }, n) => event !== entries[n]?.recorded.id)
  )
    throw new Error('one envelope for each entry, in their order');
  return keep(queries, plan, headOf(locked), sealed);
};

const keep = async (
  queries: Queries,
  { chain, exchange, at, entries }: CommitPlan,
  from: ChainHead,
  sealed: readonly SealedRow[],
): Promise<Committed> => {
  const head: ChainHead = {
    chain,
    next: from.next + BigInt(sealed.length),
    prev: sealed.at(-1)?.header ?? from.prev,
  };
  const envelopes = sealed.map(({ event, family, header, container, addressees }, n) => ({
    event,
    chain,
    seq: from.next + BigInt(n),
    exchange,
    item: entries[n]?.recorded.event.item ?? exchange,
    family,
    officer: entries[n]?.recorded.officer,
    header,
    container,
    addressees,
    sealed_at: at,
  }));
  const keys = sealed.flatMap(({ event, keys: held }) =>
    held.map(({ descriptor, compartment, sessionKey }) => ({
      event,
      descriptor,
      compartment,
      session_key: sessionKey,
    })),
  );
  const pending = entries.map((entry) => ({
    event: entry.recorded.id,
    exchange,
    item: entry.recorded.event.item,
    revision: 1,
    entry,
  }));
  await queries.prepared(KEEP, [
    ...outboxRows.values(envelopes),
    ...keyRows.values(keys),
    ...pendingRows.values(pending),
    chain,
    head.next,
    head.prev,
    exchange,
  ]);
  queries.tell(['changes', 'outbox']);
  return { outcome: 'committed', first: from.next, head };
};
