import { HubPositions, type Place } from '@tripoint/vault';
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

  override async advance(name: string, { number, text }: Place): Promise<Place> {
    const [row] = await this.database.prepared<{ place: string }>(
      `insert into positions (name, place) values ($1, $2)
       on conflict (name) do update set place =
         case when split_part(positions.place, ' ', 1)::bigint < $3 then excluded.place else positions.place end
       returning place`,
      [name, `${number} ${text}`, number],
    );
    const [at = '', kept = ''] = row?.place.split(' ') ?? [];
    return { number: Number(at), text: kept };
  }
}
