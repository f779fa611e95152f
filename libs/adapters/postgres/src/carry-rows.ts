import { HubError } from '@tripoint/kernel';
import pg from 'pg';
import { type DatabaseConfig } from './database.js';
import { isDriverError, storeError } from './store-error.js';

/**
 * Who was signed in, who was in office and what of its files has been scrubbed belong to the place that is left; what was migrated, to
 * the place that is entered.
 */
const STAYS = ['migrations', 'sessions', 'leases', 'forgetting'];
/** Rows on their way at one time: some hold a container of more than a megabyte. */
const BATCH = 25;

type Table = {
  readonly name: string;
  /** Columns and their types, in their order. */
  readonly columns: readonly (readonly [string, string])[];
  /** Columns that count by themselves. */
  readonly counted: readonly string[];
  /** Tables that have to be filled before. */
  readonly needs: readonly string[];
  /** It holds one row from its making, and never another. */
  readonly sole: boolean;
};

/** What has been carried: rows by table, and how many of them were not there yet. */
export type CarriedRows = {
  readonly rows: number;
  readonly tables: number;
  readonly added: number;
};

/**
 * Carries the rows of one database of ours over to another one that was prepared by the same version and holds nothing yet. One
 * transaction on each side, so that it is whole or not at all; at the end both are summed up and compared.
 * @throws {HubError} `carry-schema-differs`, `carry-target-differs` when something else is there: nothing is ever replaced
 */
export const carryRows = async (from: DatabaseConfig, to: DatabaseConfig): Promise<CarriedRows> => {
  const [source, target] = [new pg.Client(settingsOf(from)), new pg.Client(settingsOf(to))];
  for (const client of [source, target]) client.on('error', () => undefined);
  try {
    await source.connect();
    await target.connect();
    await source.query('begin isolation level repeatable read read only');
    await target.query('begin');
    const tables = await tablesOf(source);
    if (JSON.stringify(tables) !== JSON.stringify(await tablesOf(target)))
      throw new HubError(
        'carry-schema-differs',
        'the two have different schemas: prepare the target with the version that wrote the source',
        false,
      );
    let [rows, added] = [0, 0];
    for (const table of inOrder(tables)) {
      const ours = await sumOf(source, table);
      const there = await sumOf(target, table);
      rows += ours.count;
      if (there.digest === ours.digest) continue;
      if (there.count > 0 && !table.sole)
        throw new HubError(
          'carry-target-differs',
          `\`${table.name}\` of the target holds other rows than the source`,
          false,
        );
      if (table.sole) await target.query(`delete from ${table.name}`);
      added += await copied(source, target, table);
      if ((await sumOf(target, table)).digest !== ours.digest)
        throw new HubError(
          'carry-target-differs',
          `\`${table.name}\` did not arrive as it was sent`,
          false,
        );
    }
    await target.query('commit');
    return { rows, tables: tables.length, added };
  } catch (error) {
    throw isDriverError(error) && !(error instanceof HubError) ? storeError(error) : error;
  } finally {
    await Promise.all([source, target].map((client) => client.end().catch(() => undefined)));
  }
};

/** Text in both directions, exact and without a thought about what it means. */
const settingsOf = (config: DatabaseConfig): pg.ClientConfig => ({
  ...config,
  options: `${config.options ?? ''} -c timezone=UTC -c datestyle=ISO -c bytea_output=hex`.trim(),
  connectionTimeoutMillis: 10_000,
  application_name: 'tripoint',
});

const tablesOf = async (client: pg.Client): Promise<readonly Table[]> => {
  const { rows } = await client.query<Table>(
    `select relname as name,
       (select json_agg(json_build_array(quote_ident(attname), format_type(atttypid, atttypmod)) order by attnum)
        from pg_attribute where attrelid = t.oid and attnum > 0 and not attisdropped) as columns,
       (select coalesce(json_agg(attname order by attnum), '[]') from pg_attribute
        where attrelid = t.oid and attidentity <> '') as counted,
       (select coalesce(json_agg(distinct confrelid::regclass::text), '[]') from pg_constraint
        where conrelid = t.oid and contype = 'f') as needs,
       exists (select from pg_attribute where attrelid = t.oid and attname = 'sole') as sole
     from pg_class t
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all($1) order by relname`,
    [STAYS],
  );
  return rows;
};

const inOrder = (tables: readonly Table[]): readonly Table[] => {
  const ordered: Table[] = [];
  const place = (table: Table): void => {
    if (ordered.includes(table)) return;
    for (const need of table.needs) {
      const needed = tables.find(({ name }) => name === need);
      if (needed !== undefined && needed !== table) place(needed);
    }
    ordered.push(table);
  };
  tables.forEach(place);
  return ordered;
};

const asText = ({ columns }: Table): string => columns.map(([name]) => `${name}::text`).join(', ');

/** How many rows there are, and a digest of all of them whatever their order. */
const sumOf = async (
  client: pg.Client,
  table: Table,
): Promise<{ readonly count: number; readonly digest: string }> => {
  const { rows } = await client.query<{ count: number; digest: string }>(
    `select count(*)::int as count, encode(sha256(coalesce(string_agg(sum, '' order by sum), '')), 'hex') as digest
     from (select sha256(convert_to(jsonb_build_array(${asText(table)})::text, 'UTF8')) as sum from ${table.name}) as each`,
  );
  return rows[0] ?? { count: 0, digest: '' };
};

const copied = async (source: pg.Client, target: pg.Client, table: Table): Promise<number> => {
  const { name, columns } = table;
  const parameters = columns.map((_column, index) => `$${index + 1}::text[]`).join(', ');
  const texts = columns.map((_column, index) => `c${index}`);
  const typed = columns.map(([, type], index) => `c${index}::${type}`).join(', ');
  const insert = `insert into ${name} (${columns.map(([column]) => column).join(', ')}) overriding system value
    select ${typed} from unnest(${parameters}) as row (${texts.join(', ')})`;
  await source.query(`declare carried no scroll cursor for select ${asText(table)} from ${name}`);
  let done = 0;
  for (;;) {
    const { rows } = await source.query<(string | null)[]>({
      text: `fetch ${BATCH} from carried`,
      rowMode: 'array',
    });
    if (rows.length === 0) break;
    await target.query(
      insert,
      columns.map((_column, index) => rows.map((row) => row[index])),
    );
    done += rows.length;
  }
  await source.query('close carried');
  // What counts by itself goes on after the last one, not from the start.
  for (const column of table.counted)
    await target.query(
      `select setval(pg_get_serial_sequence($1, $2), newest)
       from (select max(${column}) as newest from ${name}) as last where newest is not null`,
      [name, column],
    );
  return done;
};
