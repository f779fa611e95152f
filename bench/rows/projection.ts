import { type ConnectionSettings, dropDatabase, ensureDatabase } from '@tripoint/adapters/embedded';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { isRefusal } from '@tripoint/kernel';
import { type Delivery } from '@tripoint/read-model';
import pg from 'pg';
import {
  DataSource,
  EntitySchema,
  type EntitySchemaColumnOptions,
  type ObjectLiteral,
} from 'typeorm';
import { type Bench } from '../bench.js';
import { median, scaled } from '../measure.js';
import { type Row } from '../table.js';
import { batches, Mailbox } from './deliveries.js';

/** How many rows or deliveries are written at a time. */
const AT_ONCE = 100;
/**
 * Every table that a delivery is written to, with its key and what tells the rows of one batch: the journal, the views that are folded
 * from it, what live updates and entity tags read, and the place in the mailbox.
 */
const TABLES = [
  { name: 'journal', key: 'event', by: 'event = any ($1::uuid[])', told: 'event' },
  { name: 'exchanges', key: 'exchange', by: 'exchange = any ($1::uuid[])', told: 'exchange' },
  { name: 'items', key: 'item', by: 'item = any ($1::uuid[])', told: 'item' },
  { name: 'timeline', key: 'event', by: 'event = any ($1::uuid[])', told: 'event' },
  { name: 'entities', key: 'id', by: 'event = any ($1::uuid[])', told: 'event' },
  {
    name: 'exchange_versions',
    key: 'exchange',
    by: 'exchange = any ($1::uuid[])',
    told: 'exchange',
  },
  { name: 'changes', key: 'id', by: 'id > all ($1::bigint[])', told: 'change' },
  { name: 'change_head', key: 'sole', by: 'sole = any ($1::boolean[])', told: 'sole' },
  { name: 'mailbox', key: 'sole', by: 'sole = any ($1::boolean[])', told: 'sole' },
] as const;

type Column = {
  readonly column_name: string;
  readonly data_type: string;
  readonly udt_name: string;
};
type Table = (typeof TABLES)[number] & {
  readonly names: readonly string[];
  readonly entity: EntitySchema;
};
/** The rows of one table as they stand after one batch. */
type Written = {
  readonly entity: EntitySchema;
  /** Folded again from the first delivery, or written once with each. */
  readonly folded: boolean;
  readonly rows: readonly ObjectLiteral[];
};

const FOLDED: readonly string[] = ['journal', 'exchanges', 'items', 'timeline', 'entities'];

const entityOf = (name: string, key: string, columns: readonly Column[]): EntitySchema =>
  new EntitySchema({
    name,
    tableName: name,
    columns: Object.fromEntries(
      columns.map(({ column_name, data_type, udt_name }): [string, EntitySchemaColumnOptions] => [
        column_name,
        data_type === 'ARRAY'
          ? { type: udt_name === '_int4' ? 'int' : 'text', array: true, nullable: true }
          : {
              type: data_type as 'text',
              primary: column_name === key,
              nullable: column_name !== key,
            },
      ]),
    ),
  });

const tablesOf = async (client: pg.Client): Promise<readonly Table[]> => {
  const tables: Table[] = [];
  for (const table of TABLES) {
    const { name, key } = table;
    const { rows } = await client.query<Column>(
      `select column_name, data_type, udt_name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_identity = 'NO'`,
      [name],
    );
    const names = rows.map(({ column_name }) => column_name);
    tables.push({ ...table, names, entity: entityOf(name, key, rows) });
  }
  return tables;
};

const newestChange = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ newest: string }>('select newest from change_head');
  return rows[0]?.newest ?? '0';
};

const rowsOf = (written: readonly Written[]): number =>
  written.reduce((sum, { rows: { length } }) => sum + length, 0);

const stopwatch = (): (() => number) => {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
};

/** Has the product take the deliveries; answers how long it took and, batch by batch, what had been written. */
const appended = async (
  { journal }: AgencyDatabase,
  client: pg.Client,
  deliveries: readonly Delivery[],
): Promise<{ readonly took: number; readonly written: readonly Written[] }> => {
  const tables = await tablesOf(client);
  const written: Written[] = [];
  let newest = await newestChange(client);
  let took = 0;
  for (const batch of batches(deliveries, AT_ONCE)) {
    const sofar = stopwatch();
    const outcome = await journal.append(batch);
    took += sofar();
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    const entries = batch.flatMap(({ entry }) => entry ?? []);
    const touched = {
      exchange: entries.map(({ exchange }) => exchange),
      item: entries.map(({ recorded }) => recorded.event.item),
      event: entries.map(({ recorded }) => recorded.id),
      change: [newest],
      sole: [true],
    };
    for (const { name, names, by, told, entity } of tables) {
      const { rows } = await client.query<ObjectLiteral>(
        `select ${names.join(', ')} from ${name} where ${by}`,
        [touched[told]],
      );
      written.push({ entity, folded: FOLDED.includes(name), rows });
    }
    newest = await newestChange(client);
  }
  return { took, written };
};

/** Has TypeORM save the same rows in the same batches: all of them, for what the product writes beside its views is not free either. */
const saved = async (
  settings: ConnectionSettings,
  written: readonly Written[],
): Promise<number> => {
  const source = new DataSource({
    type: 'postgres',
    ...settings,
    username: settings.user,
    entities: [...new Set(written.map(({ entity }) => entity))],
  });
  await source.initialize();
  try {
    const sofar = stopwatch();
    for (const { entity, rows } of written)
      for (const batch of batches(rows, AT_ONCE))
        await source.getRepository(entity).save(batch.map((row) => ({ ...row })));
    return sofar();
  } finally {
    await source.destroy();
  }
};

const fresh = async (
  postgres: ConnectionSettings,
  name: string,
): Promise<{ readonly settings: ConnectionSettings; readonly database: AgencyDatabase }> => {
  await dropDatabase(postgres, name);
  const settings = await ensureDatabase(postgres, name);
  const database = new AgencyDatabase(settings);
  await database.migrate();
  return { settings, database };
};

/** Requests whose events come in turn, as they do when a hundred people work at once. */
const interleaved = (count: number): readonly Delivery[] => {
  const mailbox = new Mailbox('projection');
  return batches(Array.from({ length: count }), AT_ONCE).flatMap((group) =>
    mailbox.requests(group.length),
  );
};

/** Deliveries into journal and views, and the views made anew, against an object mapper that saves the same rows. */
export const projectionRows = async ({ scale, postgres }: Bench): Promise<readonly Row[]> => {
  const deliveries = interleaved(scaled(scale, 1000));
  const rates = { append: [] as number[], rebuild: [] as number[], save: [] as number[] };
  for (let round = 0; round < Math.min(3, scale.rounds) + 1; round += 1) {
    const ours = await fresh(postgres, 'bench-ours');
    const theirs = await fresh(postgres, 'bench-theirs');
    const client = new pg.Client(ours.settings);
    await client.connect();
    try {
      globalThis.gc?.();
      const { took, written } = await appended(ours.database, client, deliveries);
      const rows = rowsOf(written);
      const sofar = stopwatch();
      await ours.database.journal.rebuild();
      const rebuilt = sofar();
      const save = await saved(theirs.settings, written);
      // The first round is for compilers and caches.
      if (round === 0) continue;
      rates.append.push(rows / took);
      // What was folded again stands for as many rows as were written on the way there.
      rates.rebuild.push(rowsOf(written.filter(({ folded }) => folded)) / rebuilt);
      rates.save.push(rows / save);
    } finally {
      await client.end();
      await ours.database.close();
      await theirs.database.close();
    }
  }
  const floor = { what: 'TypeORM save([100])', value: median(rates.save) };
  return [
    {
      area: 'views',
      what: `project ${deliveries.length} events, 100 at a time, rows`,
      product: median(rates.append),
      floor,
      unit: '/s',
      aim: { atLeast: 10 },
    },
    {
      area: 'views',
      what: `fold ${deliveries.length} events again, rows`,
      product: median(rates.rebuild),
      floor,
      unit: '/s',
      aim: { atLeast: 10 },
    },
  ];
};
