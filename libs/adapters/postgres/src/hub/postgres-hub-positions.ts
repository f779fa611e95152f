import { HubPositions } from '@tripoint/vault';
import { type Queries } from '../database.js';

export class PostgresHubPositions extends HubPositions {
  constructor(private readonly database: Queries) {
    super();
  }

  override async at(name: string): Promise<string | undefined> {
    const [row] = await this.database.prepared<{ place: string }>(
      'select place from positions where name = $1',
      [name],
    );
    return row?.place;
  }

  override async move(name: string, to: string): Promise<void> {
    await this.database.prepared(
      `insert into positions (name, place) values ($1, $2)
       on conflict (name) do update set place = excluded.place`,
      [name, to],
    );
  }
}
