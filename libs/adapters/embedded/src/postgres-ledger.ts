import { growing, pause } from '@tripoint/kernel';
import { Ledger, type LedgerEntry, type Position } from '@tripoint/ledger';
import { escapeIdentifier, Pool, type QueryConfig, type QueryResultRow } from 'pg';

import { isAway, translated } from './away.js';
import { Bell, type Ear } from './bell.js';
import { type ConnectionSettings } from './connection-settings.js';
import { installSchema } from './install-schema.js';
import { LEDGER_SCHEMA, ledgerGrants } from './ledger-schema.js';
import { LedgerWriter } from './ledger-writer.js';
import { RecentEntries, type Stretch } from './recent-entries.js';

/** A batch that follow yields ends at whichever comes first; a single entry may be larger. */
const BATCH = { count: 512, bytes: 4 * 1024 * 1024 };
/** How often a follower looks by itself, in milliseconds. */
const LOOK_EVERY = 1000;

/** Before the first entry. */
const START = '0' as Position;

type Row = {
  readonly position: Position;
  readonly stream: string;
  readonly revision: string;
  readonly bytes: Buffer;
};

/** A row of a stretch: nothing but the tail where nothing was found. */
type Tail = { readonly tail: Position };
type Found = Row & Tail;
type Nothing = Tail & { readonly position: null };

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
  readonly #recent = new RecentEntries();
  readonly #writer: LedgerWriter;

  /** Connects when it is first used. Call {@link install} once before that. */
  constructor(settings: ConnectionSettings) {
    super();
    this.#settings = settings;
    this.#pool = new Pool({ ...settings, max: 4, connectionTimeoutMillis: 10_000 });
    // An idle connection that ends is replaced at its next use.
    this.#pool.on('error', () => undefined);
    // From its birth on: one that is ended in the same breath in which it is let in has no other listener yet.
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
    this.#bell = new Bell(settings, 'ledger', () => {
      this.#recent.forget();
    });
    this.#writer = new LedgerWriter(settings, (appended) => {
      this.#recent.add(appended);
      this.#bell.ring(new Set(appended.entries.map(({ stream }) => stream)));
    });
  }

  /** Makes the schema `ledger` where it is missing. May be repeated, and by several processes at once. */
  install(): Promise<void> {
    return installSchema(this.#settings, LEDGER_SCHEMA);
  }

  /** Lets a role read and append, and nothing else. As the owner of the schema. */
  grant(role: string): Promise<void> {
    return installSchema(this.#settings, ledgerGrants(escapeIdentifier(role)));
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
    const recent = this.#recent.read(stream, from, limit);
    if (recent !== undefined) return recent;
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
    const ear = this.#bell.listen((stream) => prefixes.some((prefix) => stream.startsWith(prefix)));
    try {
      yield* this.#follow(prefixes, after === 'start' ? START : after, ear, signal);
    } finally {
      ear.close();
    }
  }

  async *#follow(
    prefixes: readonly string[],
    after: Position,
    ear: Ear,
    signal: AbortSignal,
  ): AsyncGenerator<readonly LedgerEntry[], void, undefined> {
    let cursor = after;
    let failures = 0;
    // Whether the store may hold more than this process has appended itself.
    let more = true;
    while (!signal.aborted) {
      ear.looks();
      let stretch = this.#recent.since(prefixes, cursor, BATCH);
      if (stretch !== undefined && stretch.scanned !== cursor) more = false;
      else if (stretch === undefined || more)
        try {
          stretch = await this.#after(prefixes, cursor);
          more = stretch.entries.length > 0;
        } catch (error) {
          if (!isAway(error)) throw error;
          await pause(growing(failures, 50, 5000), signal);
          failures += 1;
          continue;
        }
      failures = 0;
      cursor = stretch.scanned;
      if (stretch.entries.length > 0) yield stretch.entries;
      else {
        await ear.rung(LOOK_EVERY, signal);
        more = true;
      }
    }
  }

  async #after(prefixes: readonly string[], cursor: Position): Promise<Stretch> {
    // INVARIANT: positions are assigned under the writer's lock, which is let go after the commit can be seen.
    // So all entries up to the highest one that a snapshot sees are final, and none of them is missing from it.
    const rows = await this.#rows<Found | Nothing>({
      name: 'ledger-follow',
      text: `WITH tail AS (SELECT coalesce(max(position), 0) AS tail FROM ledger.entry)
             SELECT tail, position, stream, revision, bytes FROM tail LEFT JOIN (
               SELECT position, stream, revision, bytes,
                 sum(octet_length(bytes)) OVER (ORDER BY position) - octet_length(bytes) AS before
               FROM ledger.entry
               WHERE position > $1
                 AND EXISTS (SELECT FROM unnest($2::text[]) AS wanted (prefix) WHERE starts_with(stream, prefix))
               ORDER BY position LIMIT $3
             ) AS next ON before < $4 ORDER BY position`,
      values: [cursor, prefixes, BATCH.count, BATCH.bytes],
    });
    const entries = rows.flatMap((row) => (row.position === null ? [] : [entryOf(row)]));
    const tail = rows[0]?.tail ?? START;
    const end = BigInt(tail) > BigInt(cursor) ? tail : cursor;
    return { entries, scanned: entries.at(-1)?.position ?? end };
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
