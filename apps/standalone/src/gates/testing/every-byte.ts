import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { Client, escapeIdentifier } from 'pg';

const BYTEA = 17;

/** Every value as it was kept: `bytea` as its bytes, everything else as its text. */
const asKept = {
  getTypeParser: (type: number) => (value: string) =>
    type === BYTEA ? Buffer.from(value.slice(2), 'hex') : Buffer.from(value),
};

/** What every table of a database holds, by the table's name. */
export const everyTable = async (
  settings: ConnectionSettings,
): Promise<ReadonlyMap<string, Buffer>> => {
  const client = new Client({ ...settings });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
    );
    const found = new Map<string, Buffer>();
    for (const { schema, name } of tables) {
      const { rows } = await client.query<(Buffer | null)[]>({
        text: `select * from ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
        rowMode: 'array',
        types: asKept,
      });
      found.set(`${schema}.${name}`, Buffer.concat(rows.flat().filter((cell) => cell !== null)));
    }
    return found;
  } finally {
    await client.end();
  }
};

/** The files of a database as they lie on the disk: rows that were deleted and indices included. */
export const everyFile = async ({
  database,
}: ConnectionSettings): Promise<ReadonlyMap<string, Buffer>> => {
  const client = new Client({ ...testSuperuser() });
  await client.connect();
  try {
    await client.query('checkpoint');
    const {
      rows: [at],
    } = await client.query<{ oid: string; folder: string }>(
      `select oid::text, current_setting('data_directory') as folder from pg_database where datname = $1`,
      [database],
    );
    if (at === undefined) throw new Error('there is no such database');
    const folder = join(at.folder, 'base', at.oid);
    const found = new Map<string, Buffer>();
    for (const name of await readdir(folder)) found.set(name, await readFile(join(folder, name)));
    return found;
  } finally {
    await client.end();
  }
};

/**
 * Every file of the server, by its path: the write-ahead log, what all databases share, and of databases those that are named. A file
 * that is removed meanwhile holds nothing.
 */
export async function* everyServerFile(
  databases: readonly ConnectionSettings[],
): AsyncGenerator<readonly [path: string, bytes: Buffer]> {
  const client = new Client({ ...testSuperuser() });
  await client.connect();
  try {
    await client.query('checkpoint');
    const { rows } = await client.query<{ oid: string; folder: string; named: boolean }>(
      `select oid::text, current_setting('data_directory') as folder, datname = any ($1::text[]) as named from pg_database`,
      [databases.map(({ database }) => database)],
    );
    const [folder] = rows.map((row) => row.folder);
    if (folder === undefined) throw new Error('there is no server');
    const others = new Set(rows.filter(({ named }) => !named).map(({ oid }) => oid));
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = relative(folder, join(entry.parentPath, entry.name));
      const [base, oid] = path.split(sep);
      if (!entry.isFile() || (base === 'base' && others.has(oid ?? ''))) continue;
      const bytes = await readFile(join(folder, path)).catch((thrown: unknown) => {
        if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
      });
      if (bytes !== undefined) yield [path, bytes];
    }
  } finally {
    await client.end();
  }
}
