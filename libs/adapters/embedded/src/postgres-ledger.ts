import { Ledger, type LedgerEntry, type Position } from '@tripoint/ledger';
import { Pool, type QueryConfig, type QueryResultRow } from 'pg';

import { isAway, translated } from './away.js';
import { growing, pause } from './backoff.js';
import { Bell } from './bell.js';
import { type ConnectionSettings } from './connection-settings.js';
import { installSchema } from './install-schema.js';
import { LEDGER_SCHEMA } from './ledger-schema.js';
import { LedgerWriter } from './ledger-writer.js';

/** A batch that follow yields ends at whichever comes first; a single entry may be larger. */
const BATCH = { count: 512, bytes: 4 * 1024 * 1024 };
/** How often a follower looks by itself, in milliseconds. */
const LOOK_EVERY = 1000;

/** Before the first entry. */
const START = '0' as Position;

type Batch = {
  readonly entries: readonly LedgerEntry[];
  /** The position up to which nothing more is to be found. */
  readonly scanned: Position;
};

type Row = {
  readonly position: Position;
  readonly stream: string;
  readonly revision: string;
  readonly bytes: Buffer;
};

const entryOf = ({ position, stream, revision, bytes }: Row): LedgerEntry => ({
  stream,
  revision: BigInt(revision),
  position,
  bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
});

/** The ledger as one append-only table in PostgreSQL. Positions are the numbers of entries, from 1 on. */
export class PostgresLedger extends Ledger {
  readonly #settings: ConnectionSettings;
  readonly #pool: Pool;
  readonly #bell: Bell;
  readonly #writer: LedgerWriter;

  /** Connects when it is first used. Call {@link install} once before that. */
  constructor(settings: ConnectionSettings) {
    super();
    this.#settings = settings;
    this.#pool = new Pool({ ...settings, max: 4, connectionTimeoutMillis: 10_000 });
    // An idle connection that ends is replaced at its next use.
    this.#pool.on('error', () => undefined);
    this.#bell = new Bell(settings, 'ledger');
    this.#writer = new LedgerWriter(settings, () => {
      this.#bell.ring();
    });
  }

  /** Makes the schema `ledger` where it is missing. May be repeated, and by several processes at once. */
  install(): Promise<void> {
    return installSchema(this.#settings, LEDGER_SCHEMA);
  }

  /** Waits for the appends that are under way, then closes every connection. */
  async close(): Promise<void> {
    await this.#writer.close();
    await this.#bell.close();
    await this.#pool.end();
  }

  override append(
    stream: string,
    expected: bigint,
    entries: readonly Uint8Array[],
  ): Promise<bigint> {
    return this.#writer.append(stream, expected, entries);
  }

  override async read(
    stream: string,
    from: bigint,
    limit: number,
  ): Promise<readonly LedgerEntry[]> {
    const rows = await this.#ask<Row>({
      name: 'ledger-read',
      text: `SELECT position, stream, revision, bytes FROM ledger.entry
             WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3`,
      values: [stream, from.toString(), limit],
    });
    return rows.map(entryOf);
  }

  override async last(stream: string): Promise<LedgerEntry | undefined> {
    const rows = await this.#ask<Row>({
      name: 'ledger-last',
      text: `SELECT position, stream, revision, bytes FROM ledger.entry
             WHERE stream = $1 ORDER BY revision DESC LIMIT 1`,
      values: [stream],
    });
    return rows.map(entryOf)[0];
  }

  override async streams(prefix: string): Promise<readonly string[]> {
    const rows = await this.#ask<{ readonly stream: string }>({
      name: 'ledger-streams',
      text: `SELECT stream FROM ledger.entry WHERE revision = 0 AND starts_with(stream, $1) ORDER BY stream`,
      values: [prefix],
    });
    return rows.map(({ stream }) => stream);
  }

  override async *follow(
    prefixes: readonly string[],
    after: Position | 'start',
    signal: AbortSignal,
  ): AsyncGenerator<readonly LedgerEntry[], void, undefined> {
    let cursor = after === 'start' ? START : after;
    let failures = 0;
    while (!signal.aborted) {
      const rings = this.#bell.rings;
      let batch: Batch;
      try {
        batch = await this.#after(prefixes, cursor);
      } catch (error) {
        if (!isAway(error)) throw error;
        await pause(growing(failures, 50, 5000), signal);
        failures += 1;
        continue;
      }
      failures = 0;
      cursor = batch.scanned;
      if (batch.entries.length > 0) yield batch.entries;
      else await this.#bell.rung(rings, LOOK_EVERY, signal);
    }
  }

  async #after(prefixes: readonly string[], cursor: Position): Promise<Batch> {
    // INVARIANT: positions are assigned under the writer's lock, which is let go after the commit can be seen.
    // So all entries up to the highest one that is seen are final, and none of them is missing.
    const [end] = await this.#rows<{ readonly tail: Position }>({
      name: 'ledger-tail',
      text: 'SELECT coalesce(max(position), 0) AS tail FROM ledger.entry',
    });
    const tail = end?.tail ?? START;
    if (BigInt(tail) <= BigInt(cursor)) return { entries: [], scanned: cursor };
    const rows = await this.#rows<Row>({
      name: 'ledger-follow',
      text: `SELECT position, stream, revision, bytes FROM (
               SELECT position, stream, revision, bytes,
                 sum(octet_length(bytes)) OVER (ORDER BY position) - octet_length(bytes) AS before
               FROM ledger.entry
               WHERE position > $1 AND position <= $2
                 AND EXISTS (SELECT FROM unnest($3::text[]) AS wanted (prefix) WHERE starts_with(stream, prefix))
               ORDER BY position LIMIT $4
             ) AS next WHERE before < $5 ORDER BY position`,
      values: [cursor, tail, prefixes, BATCH.count, BATCH.bytes],
    });
    const entries = rows.map(entryOf);
    return { entries, scanned: entries.at(-1)?.position ?? tail };
  }

  async #ask<R extends QueryResultRow>(query: QueryConfig): Promise<readonly R[]> {
    try {
      return await this.#rows<R>(query);
    } catch (error) {
      throw translated(error, 'ledger-away');
    }
  }

  async #rows<R extends QueryResultRow>(query: QueryConfig): Promise<readonly R[]> {
    return (await this.#pool.query<R>(query)).rows;
  }
}
