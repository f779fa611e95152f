import pg from 'pg';

/** Things of which a waiting process is told. */
export type Channel = 'outbox' | 'to_sign' | 'changes';
const CHANNELS: readonly Channel[] = ['outbox', 'to_sign', 'changes'];

const LONGEST_PAUSE = 10_000;
/** A connection can die without a word; nobody sleeps longer than this. */
const LONGEST_WAIT = 15_000;

/** Wakes whoever waits for a notification, over one connection that it keeps, and makes anew when it breaks. */
export class Listener {
  readonly #waiting = new Map<Channel, Set<() => void>>();
  #client: pg.Client | undefined;
  #connecting = false;
  #closed = false;
  #pause = 50;
  #retry: NodeJS.Timeout | undefined;

  constructor(private readonly config: pg.ClientConfig) {}

  /**
   * Resolves at the next notification on `channel`, on abort, and now and then without cause: callers look again.
   * What happens after the call is never missed, even while the connection is being made.
   */
  next(channel: Channel, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#closed) return Promise.resolve();
    this.#connect();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(channel) ?? new Set();
      this.#waiting.set(channel, waiting);
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(wake, LONGEST_WAIT);
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#wakeAll();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #wakeAll(): void {
    for (const waiting of this.#waiting.values()) for (const wake of [...waiting]) wake();
  }

  #connect(): void {
    if (this.#client !== undefined || this.#connecting || this.#closed) return;
    this.#connecting = true;
    const client = new pg.Client(this.config);
    let lost = false;
    const onLost = (): void => {
      if (lost) return;
      lost = true;
      this.#connecting = false;
      if (this.#client === client) this.#client = undefined;
      void client.end().catch(() => undefined);
      if (this.#closed) return;
      this.#retry = setTimeout(() => {
        this.#connect();
      }, this.#pause);
      this.#retry.unref();
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    };
    client.on('error', onLost);
    client.on('end', onLost);
    client.on('notification', ({ channel }) => {
      for (const wake of [...(this.#waiting.get(channel as Channel) ?? [])]) wake();
    });
    client
      .connect()
      .then(() => client.query(CHANNELS.map((channel) => `listen ${channel}`).join(';')))
      .then(() => {
        this.#connecting = false;
        if (this.#closed || lost) {
          void client.end().catch(() => undefined);
          return;
        }
        this.#client = client;
        this.#pause = 50;
        // What was notified while nobody listened would else be slept through.
        this.#wakeAll();
      })
      .catch(onLost);
  }
}
