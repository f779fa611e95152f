import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { DemoError } from './demo-error.js';
import { type DemoFile } from './demo-file.js';
import { writtenForms, writtenId } from './encodings.js';
import { type Needle, Needles } from './needles.js';
import { type Canary } from './scenario.js';
import { meaning, type Zone, zoneOfDatabase, zoneOfLog } from './zones.js';

/** What is looked for, and where it may be. */
export type Sought = {
  readonly canaries: readonly Canary[];
  /** Who keeps shares of keys: with each it is told of which event, and of nothing that this says. */
  readonly custodians: readonly string[];
  /** Ids of exchanges and events, and the agencies that know of them. The hub knows them all. */
  readonly ids: readonly {
    readonly id: string;
    readonly called: string;
    readonly knownTo: readonly string[];
  }[];
};

/** What was found where it must not be, or not found where it has to be. */
export type Finding = {
  readonly what: string;
  readonly zone: string;
  readonly where: string;
  /** `leaked`: found where it must not be; `missing`: not found where it has to be, so that the search proves nothing. */
  readonly wrong: 'leaked' | 'missing';
};

/** How much was searched, and what came of it. */
export type SearchReport = {
  readonly bytes: number;
  readonly forms: number;
  readonly zones: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly found: readonly string[];
  }[];
  readonly findings: readonly Finding[];
};

type Place = { readonly where: string; readonly bytes: Buffer };

/** Rows fetched at a time: a row can be a megabyte. */
const AT_ONCE = 200;
const BYTEA = 17;

/**
 * Searches every byte that the federation keeps: each table of each database, the logs, and, for the hub's side, the files of
 * the tables as PostgreSQL keeps them on disk, where deleted rows linger.
 */
export const searchEverything = async (
  federation: DemoFile,
  data: string,
  sought: Sought,
): Promise<SearchReport> => {
  const needles = needlesFor(sought);
  const search = new Needles(needles);
  const zones = new Map<string, { bytes: number; found: Map<string, string>; zone: Zone }>();
  const look = (zone: Zone, { where, bytes }: Place): void => {
    const seen = zones.get(zone.name) ?? { bytes: 0, found: new Map<string, string>(), zone };
    zones.set(zone.name, seen);
    seen.bytes += bytes.length;
    for (const { name, as } of search.find(bytes))
      if (!seen.found.has(name)) seen.found.set(name, `${where}, ${as}`);
  };

  for (const database of await databases(federation)) {
    const zone = zoneOfDatabase(database);
    // A database without a single row was searched, too.
    look(zone, { where: 'its name', bytes: Buffer.from(database) });
    await inDatabase(federation, database, async (client) => {
      for await (const place of rowsOf(client)) look(zone, place);
      if (zone.kind !== 'agency')
        for await (const place of filesOf(client))
          look({ ...zone, name: `${zone.name}, files` }, place);
    });
  }
  const logs = join(data, 'logs');
  for (const file of await readdir(logs))
    look(zoneOfLog(file), { where: file, bytes: await readFile(join(logs, file)) });

  const searched = [...zones.values()];
  return {
    bytes: searched.reduce((sum, { bytes }) => sum + bytes, 0),
    forms: needles.length,
    zones: searched.map(({ zone: { name }, bytes, found }) => ({
      name,
      bytes,
      found: [...found.keys()],
    })),
    findings: searched.flatMap(({ zone, found }) => judged(sought, zone, found)),
  };
};

const needlesFor = ({ canaries, ids }: Sought): readonly Needle[] => [
  ...canaries.flatMap(({ id, text }) =>
    writtenForms(text).map((written) => ({ name: id, written })),
  ),
  ...ids.flatMap(({ id, called }) => writtenId(id).map((written) => ({ name: called, written }))),
];

/** What of the findings in one zone is wrong. */
export const judged = (
  { canaries, ids, custodians }: Sought,
  zone: Zone,
  found: ReadonlyMap<string, string>,
): readonly Finding[] => {
  const rules: readonly (readonly [what: string, meaning: ReturnType<typeof meaning>])[] = [
    ...canaries.map((canary) => [canary.id, meaning(canary, zone)] as const),
    ...ids.map(({ called, knownTo }) => [called, meaningOfId(knownTo, custodians, zone)] as const),
  ];
  return rules.flatMap(([what, means]): Finding[] => {
    const where = found.get(what);
    if (means === 'must-not' && where !== undefined)
      return [{ what, zone: zone.name, where, wrong: 'leaked' }];
    if (means === 'must' && where === undefined)
      return [{ what, zone: zone.name, where: 'nowhere', wrong: 'missing' }];
    return [];
  });
};

/** The hub and oversight know every id, and an agency those of its own exchanges; a custodian keeps shares of keys to others'. */
const meaningOfId = (
  knownTo: readonly string[],
  custodians: readonly string[],
  zone: Zone,
): ReturnType<typeof meaning> => {
  if (zone.kind !== 'agency' && zone.kind !== 'agency-log') return 'either';
  if (!knownTo.includes(zone.agency))
    return zone.kind === 'agency' && custodians.includes(zone.agency) ? 'either' : 'must-not';
  return zone.kind === 'agency' ? 'must' : 'either';
};

const inDatabase = async <T>(
  { postgres }: DemoFile,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({ ...postgres, database });
  try {
    await client.connect();
  } catch (cause) {
    throw new DemoError('database-unreachable', `database \`${database}\` cannot be opened`, {
      cause,
    });
  }
  try {
    // One moment for all tables of the database.
    await client.query('begin transaction isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.end();
  }
};

const databases = (federation: DemoFile): Promise<readonly string[]> =>
  inDatabase(federation, federation.postgres.database, async (client) => {
    // What is only in the server's memory yet would be missed in the files.
    await client.query('checkpoint');
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where not datistemplate order by datname',
    );
    return rows.map(({ datname }) => datname);
  });

/** Every value of every row of every table: `bytea` as its bytes, everything else as PostgreSQL writes it. */
async function* rowsOf(client: Client): AsyncGenerator<Place> {
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      order by 1, 2`,
  );
  for (const { schema, name } of tables) {
    await client.query(
      `declare everything no scroll cursor for select * from ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
    );
    for (;;) {
      const { rows, fields } = await client.query<(string | null)[]>({
        text: `fetch ${AT_ONCE} from everything`,
        rowMode: 'array',
        types: { getTypeParser: () => (value: string) => value },
      });
      if (rows.length === 0) break;
      const parts: Buffer[] = [];
      for (const row of rows)
        for (const [at, value] of row.entries()) {
          if (value === null) continue;
          parts.push(
            fields[at]?.dataTypeID === BYTEA
              ? Buffer.from(value.slice(2), 'hex')
              : Buffer.from(value, 'utf8'),
            BETWEEN,
          );
        }
      yield { where: `table ${name}`, bytes: Buffer.concat(parts) };
    }
    await client.query('close everything');
  }
}

/** Keeps the end of one value and the beginning of the next from reading as one. */
const BETWEEN = Buffer.from([0]);

/** The files of this database, tables and indexes, as they are on disk once everything has been written there. */
async function* filesOf(client: Client): AsyncGenerator<Place> {
  const { rows } = await client.query<{ folder: string }>(
    `select current_setting('data_directory') || '/base/' || oid as folder
       from pg_database where datname = current_database()`,
  );
  const folder = rows[0]?.folder;
  if (folder === undefined) return;
  for (const file of await readdir(folder)) {
    const bytes = await readFile(join(folder, file)).catch((thrown: unknown) => {
      // Tables come and go while the server runs.
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw thrown;
    });
    if (bytes !== undefined) yield { where: `file ${file}`, bytes };
  }
}
