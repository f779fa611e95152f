import { HubError, type ExchangeId } from '@tripoint/kernel';
import { Changes, type Change } from '@tripoint/read-model';
import { type Database } from '../database.js';

type ChangeRecord = {
  readonly id: bigint;
  readonly kind: Change['kind'];
  readonly exchange: ExchangeId | null;
  readonly item: string | null;
  readonly version: bigint;
};

const BATCH = 500;
const DAY = 86_400;

export class PostgresChanges extends Changes {
  constructor(private readonly database: Database) {
    super();
  }

  override async newest(): Promise<bigint> {
    const [record] = await this.database.prepared<{ newest: bigint }>(
      'select newest from change_head',
    );
    return record?.newest ?? 0n;
  }

  override async after(after: bigint, limit: number): Promise<readonly Change[]> {
    const records = await this.database.prepared<ChangeRecord>(
      'select id, kind, exchange, item, version from changes where id > $1 order by id limit $2',
      [after, limit],
    );
    return records.map(({ id, kind, exchange, item, version }) => ({
      id,
      kind,
      ...(exchange === null ? {} : { exchange }),
      ...(item === null ? {} : { item }),
      version,
    }));
  }

  override async *follow(after: bigint, signal: AbortSignal): AsyncIterable<readonly Change[]> {
    let seen = after;
    let told: Promise<void> | undefined;
    while (!signal.aborted) {
      // Listening before looking: what is announced between the two wakes us.
      told ??= this.database.listener.next('changes', signal);
      const changes = await this.after(seen, BATCH).catch((error: unknown) => {
        if (error instanceof HubError && error.retriable) return [];
        throw error;
      });
      const last = changes.at(-1);
      if (last !== undefined) {
        seen = last.id;
        yield changes;
        if (changes.length === BATCH) continue;
      }
      // What was announced meanwhile has told.
      await told;
      told = undefined;
    }
  }

  override prune(seconds: number): Promise<number> {
    return this.database.run('delete from changes where at < now() - make_interval(secs => $1)', [
      Math.max(DAY, seconds),
    ]);
  }
}
