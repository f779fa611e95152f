import {
  type Filter,
  type Position as LogPosition,
  type RecordedEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { HubError, pause } from '@tripoint/kernel';
import { Ledger, LedgerConflict, type LedgerEntry, type Position } from '@tripoint/ledger';

import { type Driver } from './connection.js';
import { type ConnectionSettings } from './connection-settings.js';
import { Directory } from './directory.js';
import { damaged, meaningOf, translated, Unsettled } from './faults.js';
import { bytesOf, LargeEntries } from './large-entries.js';
import { Server } from './server.js';
import {
  eventOf,
  formatReference,
  LARGEST_APPEND,
  OWN_PREFIX,
  parseReference,
  type Reference,
  REFERENCE,
  referenceTo,
  sizeOf,
  TYPE,
} from './stored-entry.js';
import { Tail } from './tail.js';

/** How long a call is repeated: longer than a cluster takes to elect a leader. */
const PATIENCE = 30_000;
/** A follower that was told nothing for so long looks for the leader anew: it may be on a node that the cluster has lost. */
const SILENCE = 30_000;
/** What a server answers where it knows no position. */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/**
 * A position is the commit position of an entry. In what this adapter writes, that is also its prepare position: there
 * is no transaction of several appends.
 */
const positionOf = (event: RecordedEvent): bigint => {
  const commit = event.position?.commit;
  if (commit === undefined || commit === NO_POSITION)
    throw new HubError(
      'ledger-server-too-old',
      'the server does not give positions with what is read; 22.6 is the first that does',
      false,
    );
  return commit;
};

const after = (position: Position | 'start'): bigint | undefined => {
  if (position === 'start') return undefined;
  if (!/^\d{1,20}$/u.test(position)) throw damaged('a position is not one of this ledger');
  return BigInt(position);
};

const logPosition = (commit: bigint | undefined): LogPosition | undefined =>
  commit === undefined ? undefined : { commit, prepare: commit };

const filterOn = (prefixes: readonly string[], checkpoint: (at: bigint) => void): Filter => {
  const options = {
    checkpointReached: (_of: unknown, { commit }: LogPosition) => {
      checkpoint(commit);
    },
  };
  // The server takes no empty prefix. Its own streams begin with a dollar.
  return prefixes.includes('')
    ? streamNameFilter({ ...options, regex: '^[^$]' })
    : streamNameFilter({ ...options, prefixes: [...prefixes] });
};

/** What became of an append, by the leader's own word. */
type Outcome = 'recorded' | 'open' | { readonly actual: bigint };

/** Whether an event stands at `revision` and is `entry`, in whichever of the two ways it was stored. */
const isAt = (event: RecordedEvent, revision: bigint, entry: Uint8Array | undefined): boolean => {
  if (entry === undefined || event.revision !== revision) return false;
  const reference = bytesOf(event, TYPE.parts);
  const bytes = reference ?? bytesOf(event, TYPE.entry);
  const expected = reference === undefined ? entry : formatReference(referenceTo(entry));
  return bytes !== undefined && Buffer.compare(bytes, expected) === 0;
};

/**
 * The ledger as streams of EventStoreDB. The revision of an entry is that of its event; expected revisions are the
 * server's own. Nothing of the ledger is decided by what an append answers: every append is read back.
 */
export class EventStoreDBLedger extends Ledger {
  readonly #server: Server;
  readonly #silence: number;
  readonly #large: LargeEntries;
  readonly #directory: Directory;
  /** The last append of each stream that has one under way. */
  readonly #queues = new Map<string, Promise<unknown>>();

  /**
   * Connects when it is first used. In milliseconds: a server that is away is asked again during `patience`; a follower
   * puts up with `silence`.
   */
  constructor(settings: ConnectionSettings, { patience = PATIENCE, silence = SILENCE } = {}) {
    super();
    this.#silence = silence;
    this.#server = new Server(settings, patience);
    this.#large = new LargeEntries(this.#server);
    this.#directory = new Directory(this.#server);
  }

  /** Waits for the appends that are under way, then ends every follower and closes every connection. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#queues.values());
    await this.#server.close();
  }

  override append(
    stream: string,
    expected: bigint,
    entries: readonly Uint8Array[],
  ): Promise<bigint> {
    // Two calls for one stream would race to the server; here the second follows on the first.
    const turn = (this.#queues.get(stream) ?? Promise.resolve()).then(() =>
      this.#append(stream, expected, entries),
    );
    const settled = turn.catch(() => undefined);
    this.#queues.set(stream, settled);
    void settled.then(() => {
      if (this.#queues.get(stream) === settled) this.#queues.delete(stream);
    });
    return turn;
  }

  override async read(
    stream: string,
    from: bigint,
    limit: number,
  ): Promise<readonly LedgerEntry[]> {
    if (limit < 1) return [];
    const events = await this.#server.patiently(stream, (driver) =>
      this.#server.read(driver, stream, from, limit),
    );
    const entries: LedgerEntry[] = [];
    for (const event of events) {
      // A stream that was truncated begins later than it is asked to.
      if (event.revision !== from + BigInt(entries.length))
        throw damaged(`the stream ${stream} has a gap`);
      entries.push(await this.#entryOf(event));
    }
    if (events.length === 0 && from === 0n) await this.#neverBegun(stream);
    return entries;
  }

  override async last(stream: string): Promise<LedgerEntry | undefined> {
    const event = await this.#server.patiently(stream, (driver) =>
      this.#server.last(driver, stream),
    );
    if (event === undefined) await this.#neverBegun(stream);
    return event && this.#entryOf(event);
  }

  override streams(prefix: string): Promise<readonly string[]> {
    return this.#directory.names(prefix);
  }

  override async *follow(
    prefixes: readonly string[],
    position: Position | 'start',
    signal: AbortSignal,
  ): AsyncGenerator<readonly LedgerEntry[], void, undefined> {
    const stop = AbortSignal.any([signal, this.#server.closed]);
    const stopped = (): boolean => stop.aborted;
    /** What was yielded, and what was passed over because no prefix asks for it. */
    let cursor = after(position);
    /** The newest revision that was yielded of each stream. */
    const newest = new Map<string, bigint>();
    let failures = 0;
    // The server would refuse to filter by nothing.
    if (prefixes.length === 0) await pause(undefined, stop);
    while (!stopped()) {
      const { driver } = this.#server;
      const filter = filterOn(prefixes, (commit) => {
        tail.hear();
        // Before that, what waits to be taken would be lost when the subscription is begun anew.
        if (tail.empty && (cursor === undefined || commit > cursor)) cursor = commit;
      });
      const tail = new Tail(this.#server.subscribe(driver, logPosition(cursor), filter));
      try {
        for (;;) {
          const events = await tail.take(this.#silence, stop);
          if (stopped()) return;
          if (events.length === 0) throw new Unsettled('the server had nothing to say');
          const entries: LedgerEntry[] = [];
          let seen = cursor;
          for (const event of events) {
            const at = positionOf(event);
            if (seen !== undefined && at <= seen) continue;
            seen = at;
            const { streamId, revision } = event;
            if (!prefixes.some((prefix) => streamId.startsWith(prefix))) continue;
            if (streamId.startsWith(OWN_PREFIX)) continue;
            const before = newest.get(streamId) ?? (position === 'start' ? -1n : undefined);
            if (before !== undefined && revision !== before + 1n)
              throw damaged(`the stream ${streamId} has a gap`);
            newest.set(streamId, revision);
            entries.push(await this.#entryOf(event));
          }
          cursor = seen;
          failures = 0;
          if (entries.length > 0) yield entries;
        }
      } catch (error) {
        const passes =
          error instanceof HubError
            ? error.retriable
            : await this.#server.passed(driver, error, failures);
        if (!passes && !stopped()) throw translated(error, '$all');
      } finally {
        tail.close();
      }
      failures += 1;
    }
  }

  async #append(stream: string, expected: bigint, entries: readonly Uint8Array[]): Promise<bigint> {
    if (stream === '' || stream.startsWith('$') || stream.startsWith(OWN_PREFIX))
      throw new HubError('ledger-stream-name', `no stream may be called \`${stream}\``, false);
    if (expected === -1n && entries.length > 0 && !this.#directory.knows(stream)) {
      // The server would begin a deleted stream anew, and count on from where it was.
      await this.#neverBegun(stream);
      // Before its first entry, so that a stream that holds something can be found.
      await this.#directory.enter(stream);
    }
    const events = await this.#packed(entries);
    return this.#server.patiently(stream, async (driver) => {
      if (events.length > 0)
        try {
          await this.#server.append(driver, stream, expected, events);
        } catch (error) {
          // Where its outcome is not known, it is asked of whoever leads by then: the next attempt is the same append,
          // which the server records once, and what it has recorded is read back.
          if (meaningOf(error) !== 'overtaken') throw error;
        }
      const outcome = await this.#outcome(driver, stream, expected, entries);
      if (outcome === 'recorded') return expected + BigInt(entries.length);
      if (outcome !== 'open') throw new LedgerConflict(stream, expected, outcome.actual);
      // Said to be recorded, or overtaken, and yet not there: the leader has changed in between.
      throw new Unsettled();
    });
  }

  /** A stream that was deleted, or has outlived its age, looks like one that never was; what was said about it stays. */
  async #neverBegun(stream: string): Promise<void> {
    const said = await this.#server.patiently(stream, (driver) =>
      this.#server.last(driver, `$$${stream}`),
    );
    const { data } = said ?? {};
    if (typeof data === 'object' && ['$tb', '$maxAge', '$maxCount'].some((limit) => limit in data))
      throw damaged(`the stream ${stream} was deleted or truncated on the server`);
  }

  /** What the leader holds where `entries` belong. The server compares ids; here bytes are compared. */
  async #outcome(
    driver: Driver,
    stream: string,
    expected: bigint,
    entries: readonly Uint8Array[],
  ): Promise<Outcome> {
    const there =
      entries.length === 0
        ? []
        : await this.#server.read(driver, stream, expected + 1n, entries.length);
    const alike = there.every((event, n) => isAt(event, expected + BigInt(n + 1), entries[n]));
    if (alike && there.length > 0 && there.length === entries.length) return 'recorded';
    const actual = (await this.#server.last(driver, stream))?.revision ?? -1n;
    if (entries.length === 0) return expected <= actual ? 'recorded' : { actual };
    if (there.length === 0 && actual === expected) return 'open';
    // The stream grew between the two reads, perhaps by this very append.
    if (there.length < entries.length && actual >= expected + BigInt(entries.length))
      throw new Unsettled();
    return { actual };
  }

  /** The events of one append. Of entries that do not fit into it, the largest are put aside first. */
  async #packed(entries: readonly Uint8Array[]): Promise<readonly ReturnType<typeof eventOf>[]> {
    let size = entries.reduce((sum, { length }) => sum + sizeOf(TYPE.entry, length), 0);
    const aside = new Map<Uint8Array, Reference>();
    for (const entry of [...entries].sort((a, b) => b.length - a.length)) {
      const saved = sizeOf(TYPE.entry, entry.length) - sizeOf(TYPE.parts, REFERENCE);
      if (size <= LARGEST_APPEND || saved <= 0) break;
      aside.set(entry, referenceTo(entry));
      size -= saved;
    }
    if (size > LARGEST_APPEND)
      throw new HubError('ledger-append-too-large', 'too many entries for one append', false);
    for (const [entry, reference] of aside) await this.#large.put(reference, entry);
    return entries.map((entry) => {
      const reference = aside.get(entry);
      return reference === undefined
        ? eventOf(TYPE.entry, entry)
        : eventOf(TYPE.parts, formatReference(reference), reference.digest);
    });
  }

  async #entryOf(event: RecordedEvent): Promise<LedgerEntry> {
    const { streamId: stream, revision } = event;
    const position = positionOf(event).toString() as Position;
    const reference = bytesOf(event, TYPE.parts);
    const bytes =
      reference === undefined
        ? bytesOf(event, TYPE.entry)
        : await this.#large.get(parseReference(reference));
    if (bytes === undefined) throw damaged(`the stream ${stream} holds what no ledger wrote`);
    return { stream, revision, position, bytes };
  }
}
