import {
  type AllStreamSubscription,
  BACKWARDS,
  END,
  type EventData,
  type Filter,
  NO_STREAM,
  type Position as LogPosition,
  type RecordedEvent,
  START,
  type StreamingRead,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { growing, HubError, pause } from '@tripoint/kernel';

import { Connection, type Driver } from './connection.js';
import { type ConnectionSettings } from './connection-settings.js';
import { meaningOf, translated, Unsettled } from './faults.js';

/** A server that says nothing for so many milliseconds is taken for gone, unless the settings know better. */
const DEADLINE = 10_000;

/** After these the driver has found another server by itself; after any other failure it would ask the same again. */
const RECONNECTED: ReadonlySet<unknown> = new Set(['not-leader', 'unavailable']);

/** What can be asked of the server, and asked again when it was away. */
export class Server {
  readonly #connection: Connection;
  readonly #patience: number;
  /** The driver has a deadline for what it writes, and none for what it reads. */
  readonly #deadline: number;
  readonly #closing = new AbortController();

  /** `patience`: how long a call is repeated, in milliseconds, before the caller is told that the server is away. */
  constructor(settings: ConnectionSettings, patience: number) {
    this.#connection = new Connection(settings);
    this.#patience = patience;
    this.#deadline = settings.timing.defaultDeadline ?? DEADLINE;
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection.close();
  }

  /**
   * Repeats `work` while its failure may pass. It is given the driver of each attempt, and must be such that it can be
   * repeated when its outcome is not known.
   */
  async patiently<T>(stream: string, work: (driver: Driver) => Promise<T>): Promise<T> {
    const until = performance.now() + this.#patience;
    for (let failures = 0; ; failures += 1) {
      if (this.closed.aborted) throw new HubError('ledger-away', 'the ledger was closed', true);
      const { driver } = this.#connection;
      try {
        return await work(driver);
      } catch (error) {
        if (performance.now() >= until || !(await this.passed(driver, error, failures)))
          throw translated(error, stream);
      }
    }
  }

  /** Waits before another attempt, perhaps with another driver, unless `error` will not pass. */
  async passed(driver: Driver, error: unknown, failures: number): Promise<boolean> {
    if (meaningOf(error) !== 'passing' || this.closed.aborted) return false;
    if (!RECONNECTED.has((error as { readonly type?: unknown }).type))
      this.#connection.renew(driver);
    await pause(growing(failures, 20, 1000), this.closed);
    return true;
  }

  get driver(): Driver {
    return this.#connection.driver;
  }

  /** At most `limit` events of a stream from `from` on, as its leader knows them. An unknown stream is empty. */
  async read(
    driver: Driver,
    stream: string,
    from: bigint,
    limit: number,
  ): Promise<readonly RecordedEvent[]> {
    return this.#collect(
      driver.readStream(stream, {
        fromRevision: from,
        maxCount: limit,
        requiresLeader: true,
      }),
    );
  }

  /** The newest event of a stream. */
  async last(driver: Driver, stream: string): Promise<RecordedEvent | undefined> {
    const events = await this.#collect(
      driver.readStream(stream, {
        fromRevision: END,
        direction: BACKWARDS,
        maxCount: 1,
        requiresLeader: true,
      }),
    );
    return events[0];
  }

  /** One attempt, whose failure leaves open whether anything was appended. */
  async append(
    driver: Driver,
    stream: string,
    expected: bigint | 'any',
    events: readonly EventData[],
  ): Promise<void> {
    await driver.appendToStream(stream, [...events], {
      expectedRevision: expected === -1n ? NO_STREAM : expected,
      requiresLeader: true,
    });
  }

  /** Everything after `after` that passes `filter`, for as long as the server goes on. */
  subscribe(driver: Driver, after: LogPosition | undefined, filter: Filter): AllStreamSubscription {
    return driver.subscribeToAll({ fromPosition: after ?? START, filter, requiresLeader: true });
  }

  #collect(reading: StreamingRead<ResolvedEvent>): Promise<readonly RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      const events: RecordedEvent[] = [];
      const timer = setTimeout(() => {
        reject(new Unsettled('a read was not answered'));
        reading.cancel().catch(() => undefined);
      }, this.#deadline);
      reading.on('data', ({ event }: ResolvedEvent) => {
        timer.refresh();
        if (event !== undefined) events.push(event);
      });
      reading.on('error', (error: unknown) => {
        clearTimeout(timer);
        if (meaningOf(error) === 'unknown-stream') resolve([]);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the driver's own error, as it is
        else reject(error);
      });
      reading.on('end', () => {
        clearTimeout(timer);
        // A read that we have ended ourselves looks like one that is complete.
        if (this.closed.aborted) reject(new HubError('ledger-away', 'the ledger was closed', true));
        else resolve(events);
      });
    });
  }
}
