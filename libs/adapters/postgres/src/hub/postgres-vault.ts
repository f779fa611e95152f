import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { Vault, type Settlement, type Withdrawal, type Wrap } from '@tripoint/vault';
import { type Database, type Queries } from '../database.js';

/** Wraps of one descriptor are staged, settled and erased in turns, so that none slips in behind a tombstone. */
const inTurn = async (queries: Queries, descriptors: readonly Digest[]): Promise<void> => {
  await queries.prepared(
    `select pg_advisory_xact_lock(turn) from (
       select distinct ('x' || left(digest, 16))::bit(64)::bigint as turn
       from unnest($1::text[]) as digest order by 1) as turns`,
    [descriptors],
  );
};

export class PostgresVault extends Vault {
  constructor(private readonly database: Database) {
    super();
  }

  override async stage(wraps: readonly Wrap[]): Promise<void> {
    if (wraps.length === 0) return;
    await this.database.prepared('select stage_wraps($1, $2, $3)', [
      wraps.map(({ descriptor }) => descriptor),
      wraps.map(({ agency }) => agency),
      wraps.map(({ wrap }) => wrap),
    ]);
  }

  override async settle(settlements: readonly Settlement[]): Promise<void> {
    if (settlements.length === 0) return;
    // The last word on a wrap counts, as if they had been settled one after the other.
    const last = new Map(
      settlements.map((settlement) => [`${settlement.descriptor}${settlement.agency}`, settlement]),
    );
    const pairs = [...last.values()];
    await this.database.prepared('select settle_wraps($1, $2, $3)', [
      pairs.map(({ descriptor }) => descriptor),
      pairs.map(({ agency }) => agency),
      pairs.map(({ allowed }) => allowed),
    ]);
  }

  override async replace(wraps: readonly Wrap[]): Promise<void> {
    if (wraps.length === 0) return;
    await this.database.prepared('select replace_wraps($1, $2, $3)', [
      wraps.map(({ descriptor }) => descriptor),
      wraps.map(({ agency }) => agency),
      wraps.map(({ wrap }) => wrap),
    ]);
  }

  override async withdraw(wraps: readonly Withdrawal[]): Promise<void> {
    if (wraps.length === 0) return;
    await this.database.prepared(
      `delete from wraps using unnest($1::text[], $2::text[], $3::text[]) as gone (descriptor, agency, wrap)
       where wraps.descriptor = decode(gone.descriptor, 'hex') and wraps.agency = decode(gone.agency, 'hex')
         and (gone.wrap is null or coalesce(stands_for, sha256(wraps.wrap)) = decode(gone.wrap, 'hex'))`,
      [
        wraps.map(({ descriptor }) => descriptor),
        wraps.map(({ agency }) => agency),
        wraps.map(({ wrap }) => wrap ?? null),
      ],
    );
  }

  override async usable(
    agency: Fingerprint,
    descriptors: readonly Digest[],
  ): Promise<readonly Wrap[]> {
    if (descriptors.length === 0) return [];
    const rows = await this.database.prepared<{ descriptor: string; wrap: Uint8Array }>(
      `select encode(descriptor, 'hex') as descriptor, wrap from wraps
       where usable and agency = decode($1, 'hex')
         and descriptor = any (select decode(digest, 'hex') from unnest($2::text[]) as digest)
       order by descriptor`,
      [agency, descriptors],
    );
    return rows.map(({ descriptor, wrap }) => ({
      descriptor: descriptor as Digest,
      agency,
      wrap,
    }));
  }

  override async missing(
    wraps: readonly Omit<Wrap, 'wrap'>[],
  ): Promise<readonly Omit<Wrap, 'wrap'>[]> {
    if (wraps.length === 0) return [];
    return this.database.prepared<Omit<Wrap, 'wrap'>>(
      `select wanted.descriptor, wanted.agency
       from unnest($1::text[], $2::text[]) as wanted (descriptor, agency)
       where not exists (
           select from wraps where wraps.descriptor = decode(wanted.descriptor, 'hex')
             and wraps.agency = decode(wanted.agency, 'hex'))
         and not exists (
           select from tombstones where tombstones.descriptor = decode(wanted.descriptor, 'hex'))`,
      [wraps.map(({ descriptor }) => descriptor), wraps.map(({ agency }) => agency)],
    );
  }

  override async erased(descriptors: readonly Digest[]): Promise<ReadonlySet<Digest>> {
    if (descriptors.length === 0) return new Set();
    const rows = await this.database.prepared<{ descriptor: string }>(
      `select encode(descriptor, 'hex') as descriptor from tombstones
       where descriptor = any (select decode(digest, 'hex') from unnest($1::text[]) as digest)`,
      [descriptors],
    );
    return new Set(rows.map(({ descriptor }) => descriptor as Digest));
  }

  override async erase(descriptors: readonly Digest[]): Promise<void> {
    if (descriptors.length === 0) return;
    await this.database.transaction(async (queries) => {
      await inTurn(queries, descriptors);
      await queries.prepared(
        `insert into tombstones select distinct decode(digest, 'hex')
         from unnest($1::text[]) as digest order by 1 on conflict do nothing`,
        [descriptors],
      );
      await queries.prepared(
        `delete from wraps
         where descriptor = any (select decode(digest, 'hex') from unnest($1::text[]) as digest)`,
        [descriptors],
      );
    });
  }

  override sweep(seconds: number): Promise<number> {
    return this.database.run(
      `delete from wraps where not usable and staged_at < now() - make_interval(secs => $1)`,
      [seconds],
    );
  }
}
