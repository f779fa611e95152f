import { type Digest, type Fingerprint, type Instant } from '@tripoint/kernel';
import { type LeftOf, type OwnWrap, type RemadeBatch, Remaking } from '@tripoint/read-model';
import { type Database } from '../database.js';

const CHANNEL = 'remade';

export class PostgresRemaking extends Remaking {
  constructor(private readonly database: Database) {
    super();
  }

  override wrappedTo(subkey: Fingerprint, limit: number): Promise<readonly OwnWrap[]> {
    return this.database.prepared<OwnWrap>(
      'select descriptor, wrap from kept_wraps where subkey = $1 order by descriptor limit $2',
      [subkey, limit],
    );
  }

  override async remade(
    batch: Digest,
    from: Fingerprint,
    to: Fingerprint,
    made: readonly OwnWrap[],
  ): Promise<void> {
    await this.database.transaction(async (queries) => {
      const descriptors = made.map(({ descriptor }) => descriptor);
      const moved = await queries.prepared<{ descriptor: Digest }>(
        `with gone as (
           delete from kept_wraps where subkey = $2 and descriptor = any ($4::text[])
           returning descriptor, event, compartment)
         insert into kept_wraps (descriptor, subkey, event, compartment, wrap, owed)
         select gone.descriptor, $3, event, compartment, made.wrap, $1
         from gone join unnest($4::text[], $5::bytea[]) as made (descriptor, wrap)
           on made.descriptor = gone.descriptor
         on conflict (descriptor, subkey) do update set wrap = excluded.wrap, owed = excluded.owed
         returning descriptor`,
        [batch, from, to, descriptors, made.map(({ wrap }) => wrap)],
      );
      if (moved.length > 0)
        await queries.prepared(
          'insert into remade (batch) values ($1) on conflict (batch) do nothing',
          [batch],
        );
      queries.tell([CHANNEL]);
    });
  }

  override async unconfirmed(): Promise<readonly RemadeBatch[]> {
    const rows = await this.database.prepared<{
      batch: Digest;
      signature: Uint8Array | null;
      descriptor: Digest | null;
      wrap: Uint8Array | null;
    }>(
      `select batch, signature, descriptor, wrap from remade left join kept_wraps on owed = batch
       order by batch, descriptor`,
    );
    const batches = new Map<Digest, { signature: Uint8Array | null; wraps: OwnWrap[] }>();
    for (const { batch, signature, descriptor, wrap } of rows) {
      const known = batches.get(batch) ?? { signature, wraps: [] };
      if (descriptor !== null && wrap !== null) known.wraps.push({ descriptor, wrap });
      batches.set(batch, known);
    }
    return [...batches].map(([batch, { signature, wraps }]) => ({
      batch,
      wraps,
      ...(signature === null ? {} : { signature }),
    }));
  }

  override async rename(batch: Digest, to: Digest | undefined): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.prepared('delete from remade where batch = $1', [batch]);
      if (to !== undefined)
        await queries.prepared(
          'insert into remade (batch) values ($1) on conflict (batch) do nothing',
          [to],
        );
      await queries.prepared('update kept_wraps set owed = $2 where owed = $1', [
        batch,
        to ?? null,
      ]);
      queries.tell([CHANNEL]);
    });
  }

  override confirmed(batch: Digest): Promise<void> {
    return this.rename(batch, undefined);
  }

  override async unsign(batch: Digest): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.prepared('update remade set signature = null where batch = $1', [batch]);
      queries.tell([CHANNEL]);
    });
  }

  override waiting(signal: AbortSignal): Promise<void> {
    return this.database.listener.next(CHANNEL, signal);
  }

  override async unsigned(): Promise<readonly Digest[]> {
    const rows = await this.database.prepared<{ batch: Digest }>(
      'select batch from remade where signature is null order by batch',
    );
    return rows.map(({ batch }) => batch);
  }

  override async sign(batch: Digest, signature: Uint8Array): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.prepared('update remade set signature = $2 where batch = $1', [
        batch,
        signature,
      ]);
      queries.tell([CHANNEL]);
    });
  }

  override async left(subkey: Fingerprint): Promise<LeftOf> {
    const [row] = await this.database.prepared<LeftOf>(
      `select (select count(*)::int from kept_wraps where subkey = $1) as kept,
         (select count(*)::int from unopened where subkey = $1) as unopened,
         (select count(*)::int from kept_wraps where owed is not null) as unconfirmed`,
      [subkey],
    );
    return row ?? { kept: 0, unopened: 0, unconfirmed: 0 };
  }

  override async timeOf(
    leaf: bigint,
  ): Promise<{ readonly at: Instant; readonly now: Instant } | undefined> {
    const [row] = await this.database.prepared<{ at: Instant; now: Instant }>(
      `select registry.leaf_at as at, mailbox.leaf_at as now from registry, mailbox
       where registry.leaf = $1 and mailbox.leaf_at is not null`,
      [leaf],
    );
    return row;
  }
}
