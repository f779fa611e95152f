import pg from 'pg';
import { HubError } from '@tripoint/kernel';
import { codeOf, storeError } from './store-error.js';
import { type Channel, Listener } from './listener.js';

/** How to reach one database as one role. */
export type DatabaseConfig = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** For TLS to a server elsewhere, as `pg` takes it. */
  readonly ssl?: pg.ClientConfig['ssl'];
  /** Settings of the session, as `-c name=value`: `-c role=…` comes in another role's name. */
  readonly options?: string;
};

type Parser = (text: string) => unknown;
const { INT8, BYTEA, TIMESTAMPTZ } = pg.types.builtins;
const parserOf = pg.types.getTypeParser as (oid: number, format?: string) => Parser;
const bytes = parserOf(BYTEA) as (text: string) => Buffer;

// Counts are bigint, instants are text in UTC with milliseconds, bytes are not Buffers: what the ports say.
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [INT8, (text) => BigInt(text)],
  [TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [
    BYTEA,
    (text) => {
      const buffer = bytes(text);
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    },
  ],
]);

const types = {
  getTypeParser: (oid: number, format?: string): Parser =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ?? parserOf(oid, format),
} as pg.CustomTypesConfig;

/** What `pg` is told for every connection. */
export const clientConfig = ({ ssl, ...config }: DatabaseConfig): pg.ClientConfig => ({
  ...config,
  ...(ssl === undefined ? {} : { ssl }),
  types,
  keepAlive: true,
  connectionTimeoutMillis: 10_000,
  application_name: 'tripoint',
  // A worker that hangs inside a transaction must not keep an exchange or a chain locked.
  idle_in_transaction_session_timeout: 60_000,
  lock_timeout: 30_000,
});

/** What PostgreSQL says to every statement of a transaction after one that failed. */
const TRANSACTION_FAILED = '25P02';

/** Parameters of a statement. */
export type Values = readonly unknown[];

/** Runs statements: on any connection, or inside one transaction. */
export type Queries = {
  readonly rows: <Row>(statement: string, values?: Values) => Promise<readonly Row[]>;
  /** The same, parsed and planned once per connection: for statements that are run often. */
  readonly prepared: <Row>(statement: string, values?: Values) => Promise<readonly Row[]>;
  /** How many rows were touched. */
  readonly run: (statement: string, values?: Values) => Promise<number>;
  /** Wakes whoever waits on these channels, once what is done here is committed. */
  readonly tell: (channels: readonly Channel[]) => void;
};

/**
 * Statements of one transaction. They are sent as they are asked for and answered in that order: those that do not depend on
 * one another's answers need one way to the server and back together.
 */
export type Transaction = Queries & {
  /**
   * What has been sent and the end of the transaction need not wait for: the commit follows it on its way. When it fails,
   * nothing is kept and the transaction fails with it.
   */
  readonly along: (sent: Promise<unknown>) => void;
};

const names = new Map<string, string>();
const nameOf = (statement: string): string => {
  const known = names.get(statement);
  if (known !== undefined) return known;
  const name = `s${names.size}`;
  names.set(statement, name);
  return name;
};

type Connection = { readonly query: (query: pg.QueryConfig) => Promise<pg.QueryResult> };

const queriesOn = (on: Connection, tell: Queries['tell']): Queries => {
  const ask = async (query: pg.QueryConfig): Promise<pg.QueryResult> => {
    try {
      return await on.query(query);
    } catch (cause) {
      throw storeError(cause);
    }
  };
  return {
    rows: async <Row>(text: string, values: Values = []) =>
      (await ask({ text, values: [...values] })).rows as Row[],
    prepared: async <Row>(text: string, values: Values = []) =>
      (await ask({ name: nameOf(text), text, values: [...values] })).rows as Row[],
    run: async (text, values = []) => (await ask({ text, values: [...values] })).rowCount ?? 0,
    tell,
  };
};

/** A socket that holds back what is written until it is let go. */
type Corked = { cork(): void; uncork(): void };

/** What is asked of a connection within one turn of the event loop leaves in one piece. */
const inOnePiece = (client: pg.PoolClient): Connection => {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Corked } })
    .connection;
  let corked = false;
  return {
    query: (query) => {
      if (!corked) {
        corked = true;
        stream.cork();
        process.nextTick(() => {
          corked = false;
          stream.uncork();
        });
      }
      return client.query(query);
    },
  };
};

/** One database through a small pool. Nothing connects before it is needed. */
export class Database implements Queries {
  readonly #pool: pg.Pool;
  readonly #queries: Queries;
  readonly listener: Listener;

  constructor(readonly config: DatabaseConfig) {
    this.#pool = new pg.Pool({
      ...clientConfig(config),
      // A statement does not wait until the one before it has been answered.
      pipeline: true,
      max: 4,
      idleTimeoutMillis: 10_000,
    });
    // An idle connection that breaks is replaced when the next one is asked for.
    this.#pool.on('error', () => undefined);
    // From its birth on: a server that goes away may say so in the same breath in which it lets a connection in, before
    // anybody who waited for the connection could listen, and an error that nobody listens to ends the process.
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
    this.listener = new Listener(clientConfig(config));
    this.#queries = queriesOn(this.#pool, this.tell);
  }

  readonly rows = <Row>(statement: string, values?: Values): Promise<readonly Row[]> =>
    this.#queries.rows<Row>(statement, values);
  readonly prepared = <Row>(statement: string, values?: Values): Promise<readonly Row[]> =>
    this.#queries.prepared<Row>(statement, values);
  readonly run = (statement: string, values?: Values): Promise<number> =>
    this.#queries.run(statement, values);
  readonly tell = (channels: readonly Channel[]): void => {
    this.listener.ring(new Set(channels));
  };

  /**
   * Runs `work` in one transaction. It is committed when `work` resolves and `keep` says so of its result, else rolled back.
   * When the connection breaks at the commit, whether it was kept is unknown to the caller: `store-away`.
   */
  async transaction<T>(
    work: (queries: Transaction) => Promise<T>,
    {
      begin = 'begin',
      keep = () => true,
    }: { readonly begin?: string; readonly keep?: (result: T) => boolean } = {},
  ): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (cause) {
      throw storeError(cause);
    }
    let broken = true;
    try {
      const told = new Set<Channel>();
      const sent: Promise<unknown>[] = [];
      const along = (one: Promise<unknown>): void => {
        // Whoever awaits it below learns of a failure; until then it is not one that nobody handles.
        one.catch(() => undefined);
        sent.push(one);
      };
      let ended = false;
      let first: unknown;
      const connection = inOnePiece(client);
      const queries = queriesOn(
        {
          query: async (query) => {
            // INVARIANT: nothing of a transaction is sent behind its end, where it would be kept on its own.
            if (ended) throw new Error('a transaction was used after its end');
            try {
              return await connection.query(query);
            } catch (cause) {
              first ??= cause;
              // Whoever was on the way behind what failed is refused for nothing of its own.
              throw codeOf(cause) === TRANSACTION_FAILED ? first : cause;
            }
          },
        },
        (channels) => {
          for (const channel of channels) told.add(channel);
        },
      );
      along(queries.run(begin));
      const result = await work({ ...queries, along });
      const kept = keep(result);
      ended = true;
      const end = connection.query({ text: kept ? 'commit' : 'rollback' });
      end.catch(() => undefined);
      await Promise.all(sent);
      const { command } = await end.catch((cause: unknown) => {
        throw storeError(cause);
      });
      if (kept && command !== 'COMMIT')
        throw new HubError('store-refused', 'the store rolled back what was to be kept', false);
      broken = false;
      if (kept) this.listener.ring(told);
      return result;
    } catch (error) {
      // The caller is told what went wrong first; a connection that cannot even roll back is thrown away.
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** What the server's clock says, in milliseconds since 1970. */
  async clock(): Promise<number> {
    const [row] = await this.#queries.rows<{ readonly at: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at',
    );
    return row?.at ?? Number.NaN;
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.#pool.end();
  }
}
