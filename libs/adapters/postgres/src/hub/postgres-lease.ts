import { Lease } from '@tripoint/vault';
import { type Queries } from '../database.js';

export class PostgresLease extends Lease {
  constructor(private readonly database: Queries) {
    super();
  }

  override async take(name: string, holder: string, seconds: number): Promise<boolean> {
    // The clock at the statement and not at its transaction's beginning: it may have waited for the row.
    const taken = await this.database.prepared(
      `insert into leases (name, holder, until)
       values ($1, $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (name) do update
         set holder = excluded.holder, until = clock_timestamp() + make_interval(secs => $3)
         where leases.holder = excluded.holder or leases.until <= clock_timestamp()
       returning 1`,
      [name, holder, seconds],
    );
    return taken.length > 0;
  }

  override async release(name: string, holder: string): Promise<void> {
    await this.database.prepared(
      `update leases set until = '-infinity' where name = $1 and holder = $2`,
      [name, holder],
    );
  }
}
