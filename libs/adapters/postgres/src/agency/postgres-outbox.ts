import { type ChainId, type EventId, type Instant, type OfficerId } from '@tripoint/kernel';
import {
  Outbox,
  type ChainHead,
  type CommitPlan,
  type CommitRefusal,
  type Committed,
  type HeldKey,
  type Remembered,
  type SubmissionProgress,
  type SubmissionRow,
  type Unsent,
  type Withdrawal,
  type Withdrawn,
} from '@tripoint/read-model';
import { type Database } from '../database.js';
import { type ChainRecord, Commits, headOf } from './commits.js';
import { announce } from './feed.js';
import {
  applyProgress,
  submissionRow,
  SUBMISSION_COLUMNS,
  type SubmissionRecord,
} from './submissions.js';
import { withdraw } from './withdraw.js';

const NOTHING = '0'.repeat(64);

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
  readonly #commits: Commits;

  constructor(private readonly database: Database) {
    super();
    this.#commits = new Commits(database);
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
    return this.#commits.commit(plan);
  }

  override async remembered(officer: OfficerId, key: string): Promise<Remembered | undefined> {
    const [record] = await this.database.prepared<Remembered>(
      'select request, response from commands where officer = $1 and key = $2',
      [officer, key],
    );
    return record;
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
      announce(queries, await applyProgress(queries, progress));
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
