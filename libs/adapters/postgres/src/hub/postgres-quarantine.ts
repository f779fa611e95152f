import { type AgencyId, type Digest } from '@tripoint/kernel';
import { Quarantine, type Quarantined } from '@tripoint/vault';
import { type Queries } from '../database.js';

export class PostgresQuarantine extends Quarantine {
  constructor(private readonly database: Queries) {
    super();
  }

  override async put(submissions: readonly Quarantined[]): Promise<void> {
    if (submissions.length === 0) return;
    await this.database.prepared(
      `insert into quarantine (digest, agency, code, bytes)
       select decode(digest, 'hex'), agency, code, bytes
       from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as put (digest, agency, code, bytes)
       on conflict (agency, digest) do update set code = excluded.code where quarantine.code <> excluded.code`,
      [
        submissions.map(({ digest }) => digest),
        submissions.map(({ agency }) => agency),
        submissions.map(({ code }) => code),
        submissions.map(({ bytes }) => bytes),
      ],
    );
  }

  override async codes(
    agency: AgencyId,
    digests: readonly Digest[],
  ): Promise<ReadonlyMap<Digest, string>> {
    if (digests.length === 0) return new Map();
    const rows = await this.database.prepared<{ digest: Digest; code: string }>(
      `select encode(digest, 'hex') as digest, code from quarantine
       where agency = $1
         and digest = any (array(select decode(one, 'hex') from unnest($2::text[]) as one))`,
      [agency, digests],
    );
    return new Map(rows.map(({ digest, code }) => [digest, code]));
  }

  override async depth(): Promise<number> {
    const [row] = await this.database.rows<{ depth: bigint }>(
      'select count(*) as depth from quarantine',
    );
    return Number(row?.depth ?? 0);
  }

  override purge(seconds: number): Promise<number> {
    return this.database.run(
      'delete from quarantine where since < now() - make_interval(secs => $1)',
      [seconds],
    );
  }
}
