import { HubError } from '@tripoint/kernel';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { type DatabaseConfig, type Queries } from './database.js';
import { isDriverError, storeError } from './store-error.js';

/** A class of migrations, as TypeORM takes it. */
export type Migration = new () => MigrationInterface;

/** TypeORM on one database: for its schema and for what is read seldom. */
export const dataSource = (
  { ssl, options, ...config }: DatabaseConfig,
  migrations: readonly Migration[],
  entities: readonly EntitySchema<never>[] = [],
): DataSource => {
  const { user, ...rest } = config;
  return new DataSource({
    type: 'postgres',
    ...rest,
    username: user,
    ...(ssl === undefined ? {} : { ssl: ssl as never }),
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'all',
    synchronize: false,
    // Statements and parameters would carry content into a log.
    logging: false,
    installExtensions: false,
    applicationName: 'tripoint',
    // One connection holds the turn while another migrates.
    extra: { max: 2, idleTimeoutMillis: 10_000, ...(options === undefined ? {} : { options }) },
  });
};

const namesOf = (migrations: readonly Migration[]): ReadonlySet<string> =>
  new Set(migrations.map(({ name }) => name));

type Done = readonly { readonly name: string }[];

const refuseNewer = (done: Done, known: ReadonlySet<string>): void => {
  const unknown = done.find(({ name }) => !known.has(name));
  if (unknown !== undefined)
    throw new HubError(
      'schema-newer',
      `the database was migrated by a newer version (\`${unknown.name}\`)`,
      false,
    );
};

const PREPARED = `select to_regclass('migrations') is not null as present`;

/**
 * Whether the schema is the one that this program knows, for a role that may not make it so.
 * @throws {HubError} `schema-behind`, `schema-newer`; what the store says when it is away
 */
export const checkSchema = async (
  queries: Pick<Queries, 'rows'>,
  migrations: readonly Migration[],
): Promise<void> => {
  const [{ present } = { present: false }] = await queries.rows<{ present: boolean }>(PREPARED);
  const done = present ? await queries.rows<Done[number]>('select name from migrations') : [];
  const known = namesOf(migrations);
  refuseNewer(done, known);
  if (done.length < known.size)
    throw new HubError(
      'schema-behind',
      'the database has to be brought up to date first: tripoint database prepare',
      false,
    );
};

/** Several processes of one agency may start at once; they take turns. */
const TURN = 7_230_413;

/**
 * Brings the schema up to date, all or nothing. Several at once take turns.
 * @throws {HubError} `schema-newer` when a newer program has been here: running on would lose what it keeps
 */
export const migrate = async (
  config: DatabaseConfig,
  migrations: readonly Migration[],
): Promise<void> => {
  const source = dataSource(config, migrations);
  try {
    await source.initialize();
    const runner = source.createQueryRunner();
    try {
      await runner.query('select pg_advisory_lock($1)', [TURN]);
      const known = namesOf(migrations);
      const [{ present } = { present: false }] = (await runner.query(PREPARED)) as readonly {
        present: boolean;
      }[];
      const done = present ? ((await runner.query('select name from migrations')) as Done) : [];
      refuseNewer(done, known);
      // TypeORM's own look at the database costs as much as all the rest.
      if (done.length < known.size) await source.runMigrations({ transaction: 'all' });
    } finally {
      await runner.query('select pg_advisory_unlock($1)', [TURN]).catch(() => undefined);
      await runner.release();
    }
  } catch (error) {
    throw isDriverError(error) && !(error instanceof HubError) ? storeError(error) : error;
  } finally {
    if (source.isInitialized) await source.destroy();
  }
};
