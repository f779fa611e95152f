import { createHash } from 'node:crypto';

import { LedgerConflict, type LedgerEntry, type Position } from '@tripoint/ledger';
import { Client } from 'pg';

import { isAway, translated } from './away.js';
import { type ConnectionSettings } from './connection-settings.js';
import { GroupCommit } from './group-commit.js';
import { WRITER } from './ledger-schema.js';

type Append = {
  readonly stream: string;
  readonly expected: bigint;
  readonly entries: readonly Uint8Array[];
  readonly bytes: number;
  readonly resolve: (revision: bigint) => void;
  readonly reject: (error: unknown) => void;
};

/** Seconds. */
const STANDS_STILL_AFTER = 10;

/** Newest revisions of streams, true while the ledger's last position is `tail`. */
type Heads = { readonly tail: string; readonly of: Map<string, bigint> };

type Plan = {
  /** To be inserted, in this order. */
  readonly accepted: readonly Append[];
  /** Behind or beyond the head: a repetition or a conflict. */
  readonly elsewhere: readonly Append[];
  /** Their answer depends on what is accepted here. */
  readonly deferred: readonly Append[];
  /** Newest revisions of the streams that grow. */
  readonly moved: ReadonlyMap<string, bigint>;
};

const plan = (group: readonly Append[], known: ReadonlyMap<string, bigint>): Plan => {
  // Beside what is known and not a copy of it: that holds every stream that was ever written here.
  const moved = new Map<string, bigint>();
  const accepted: Append[] = [];
  const elsewhere: Append[] = [];
  const deferred: Append[] = [];
  for (const append of group) {
    const { stream, expected, entries } = append;
    const head = moved.get(stream) ?? known.get(stream) ?? -1n;
    if (expected === head) {
      accepted.push(append);
      moved.set(stream, head + BigInt(entries.length));
    } else (moved.has(stream) ? deferred : elsewhere).push(append);
  }
  return { accepted, elsewhere, deferred, moved };
};

/** What a committed group has added: everything that follows `after`, without a gap. */
export type Appended = { readonly after: Position; readonly entries: readonly LedgerEntry[] };

const appended = (tail: string, accepted: readonly Append[]): Appended => {
  let position = BigInt(tail);
  return {
    after: tail as Position,
    entries: accepted.flatMap(({ stream, expected, entries }) =>
      entries.map((bytes, index) => ({
        stream,
        revision: expected + BigInt(index + 1),
        position: (position += 1n).toString() as Position,
        // A copy: what the caller does with its own bytes afterwards does not change what was recorded.
        bytes: bytes.slice(),
      })),
    ),
  };
};

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The one that writes for this process: group commit on one connection.
 *
 * It remembers the heads of streams, which are right as long as nobody else has appended; the database says so
 * in the same statement that inserts. When another process did, the group is planned again under the writer's
 * lock, so that neither process can starve the other.
 */
export class LedgerWriter {
  readonly #settings: ConnectionSettings;
  readonly #committed: (appended: Appended) => void;
  readonly #group: GroupCommit<Append>;
  #client: Client | undefined;
  #heads: Heads | undefined;

  constructor(settings: ConnectionSettings, committed: (appended: Appended) => void) {
    this.#settings = settings;
    this.#committed = committed;
    this.#group = new GroupCommit((group) => this.#commit(group), {
      count: 512,
      bytes: 8 * 1024 * 1024,
    });
  }

  append(stream: string, expected: bigint, entries: readonly Uint8Array[]): Promise<bigint> {
    return new Promise((resolve, reject) => {
      const bytes = entries.reduce((sum, entry) => sum + entry.length, 0);
      this.#group.add({ stream, expected, entries, bytes, resolve, reject });
    });
  }

  async close(): Promise<void> {
    await this.#group.idle();
    await this.#forget();
  }

  async #commit(group: readonly Append[]): Promise<readonly Append[]> {
    try {
      return await this.#attempt(group);
    } catch (error) {
      await this.#forget();
      if (!isAway(error)) return this.#fail(group, error);
    }
    // The answer was lost, perhaps with the commit done. Planned again, what is recorded proves to be a repetition.
    try {
      return await this.#attempt(group);
    } catch (error) {
      await this.#forget();
      return this.#fail(group, error);
    }
  }

  #fail(group: readonly Append[], error: unknown): readonly Append[] {
    for (const { reject } of group) reject(translated(error, 'ledger-away'));
    return [];
  }

  async #attempt(group: readonly Append[]): Promise<readonly Append[]> {
    const client = await this.#connected();
    let heads = this.#knows(group) ?? (await this.#refresh(client, group));
    let planned = plan(group, heads.of);
    let tail = await this.#insert(client, heads.tail, planned);
    if (tail === null) {
      await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${WRITER})`);
      heads = await this.#refresh(client, group);
      planned = plan(group, heads.of);
      tail = await this.#insert(client, heads.tail, planned);
      await client.query('COMMIT');
      if (tail === null) throw new Error('the ledger moved while its writer lock was held');
    }
    if (planned.accepted.length > 0) this.#committed(appended(heads.tail, planned.accepted));
    for (const { resolve, expected, entries } of planned.accepted)
      resolve(expected + BigInt(entries.length));
    for (const append of planned.elsewhere) await this.#answer(client, append, heads.of);
    for (const [stream, head] of planned.moved) heads.of.set(stream, head);
    this.#heads = { tail, of: heads.of };
    return planned.deferred;
  }

  async #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    const client = new Client({
      ...this.#settings,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    // A connection that ends between two groups says so here; the next group then opens another.
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined;
    });
    await client.connect();
    // What a caller has been told of stays, even if the server's configuration says otherwise. And whoever stands still
    // while he holds the writer's lock loses it: all others would stand still with him.
    await client.query(
      `SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '${STANDS_STILL_AFTER}s'`,
    );
    this.#client = client;
    return client;
  }

  async #forget(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#heads = undefined;
    await client?.end().catch(() => undefined);
  }

  #knows(group: readonly Append[]): Heads | undefined {
    const heads = this.#heads;
    return heads !== undefined && group.every(({ stream }) => heads.of.has(stream))
      ? heads
      : undefined;
  }

  async #refresh(client: Client, group: readonly Append[]): Promise<Heads> {
    const streams = [...new Set(group.map(({ stream }) => stream))];
    // One statement, one snapshot: the heads are those at that tail.
    const { rows } = await client.query<{ tail: string; stream: string; head: string }>({
      name: 'ledger-heads',
      text: `SELECT coalesce((SELECT max(position) FROM ledger.entry), 0) AS tail, asked.stream,
               coalesce((SELECT max(revision) FROM ledger.entry WHERE stream = asked.stream), -1) AS head
             FROM unnest($1::text[]) AS asked (stream)`,
      values: [streams],
    });
    const tail = rows[0]?.tail ?? '0';
    const of = this.#heads?.tail === tail ? this.#heads.of : new Map<string, bigint>();
    for (const { stream, head } of rows) of.set(stream, BigInt(head));
    this.#heads = { tail, of };
    return this.#heads;
  }

  /** The new tail, or null when the ledger was not at `tail`. */
  async #insert(client: Client, tail: string, { accepted }: Plan): Promise<string | null> {
    const streams: string[] = [];
    const revisions: string[] = [];
    const starts: number[] = [];
    const lengths: number[] = [];
    const all: Uint8Array[] = [];
    let start = 1;
    for (const { stream, expected, entries } of accepted)
      for (const [index, entry] of entries.entries()) {
        streams.push(stream);
        revisions.push((expected + BigInt(index + 1)).toString());
        starts.push(start);
        lengths.push(entry.length);
        all.push(entry);
        start += entry.length;
      }
    if (all.length === 0) return tail;
    // One parameter for all entries: the driver sends a buffer as it is, and an array of buffers as hexadecimal text.
    const { rows } = await client.query<{ tail: string | null }>({
      name: 'ledger-append',
      text: 'SELECT ledger.append($1, $2, $3, $4, $5, $6) AS tail',
      values: [tail, streams, revisions, starts, lengths, Buffer.concat(all)],
    });
    return rows[0]?.tail ?? null;
  }

  async #answer(client: Client, append: Append, heads: ReadonlyMap<string, bigint>): Promise<void> {
    const { stream, expected, entries, resolve, reject } = append;
    const last = expected + BigInt(entries.length);
    const { rows } = await client.query<{ digest: string }>({
      name: 'ledger-digests',
      text: `SELECT encode(sha256(bytes), 'hex') AS digest FROM ledger.entry
             WHERE stream = $1 AND revision > $2 AND revision <= $3 ORDER BY revision`,
      values: [stream, expected.toString(), last.toString()],
    });
    const head = heads.get(stream) ?? -1n;
    const repeated =
      head >= last && entries.every((entry, index) => rows[index]?.digest === digest(entry));
    if (repeated) resolve(last);
    else reject(new LedgerConflict(stream, expected, head));
  }
}
