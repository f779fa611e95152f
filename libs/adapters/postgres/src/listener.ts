import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Things of which a waiting process is told. */
export type Channel =
  'outbox' | 'to_sign' | 'changes' | 'sessions' | 'court_files' | 'court_keys' | 'remade';
const CHANNELS: readonly Channel[] = [
  'outbox',
  'to_sign',
  'changes',
  'sessions',
  'court_files',
  'court_keys',
  'remade',
];

const LONGEST_PAUSE = 10_000;
/** A notification can be lost, with its process after a commit or with a connection; nobody sleeps longer than this. */
const LONGEST_WAIT = 2_000;
/** Other processes hear of many commits as of one, at most this late, in milliseconds. */
const TOLD_EVERY = 20;

/**
 * Wakes whoever waits for news, in this process at once and in others over one connection that it keeps, and makes anew
 * when it breaks. Notifications are sent after the commit and not with it: a transaction that notifies makes every other
 * one that does, in any database of the server, wait for its fsync.
 */
export class Listener {
  /** Our own notifications come back to us; whoever waits here has been woken already. */
  readonly #name = randomUUID();
  readonly #untold = new Set<Channel>();
  #telling = false;
  #tellAgain: NodeJS.Timeout | undefined;
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

  /** Says that something has happened on these channels: after its commit. */
  ring(channels: ReadonlySet<Channel>): void {
    if (channels.size === 0 || this.#closed) return;
    for (const channel of channels) {
      this.#wake(channel);
      this.#untold.add(channel);
    }
    this.#connect();
    this.#tell();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#tellAgain);
    this.#wakeAll();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #wakeAll(): void {
    for (const channel of CHANNELS) this.#wake(channel);
  }

  #wake(channel: Channel): void {
    for (const wake of [...(this.#waiting.get(channel) ?? [])]) wake();
  }

  /** Tells the others at once, then not again for a while. */
  #tell(): void {
    const client = this.#client;
    if (this.#telling || client === undefined || this.#untold.size === 0) return;
    const channels = [...this.#untold];
    this.#untold.clear();
    this.#telling = true;
    const told = (): void => {
      this.#tellAgain = setTimeout(() => {
        this.#telling = false;
        this.#tell();
      }, TOLD_EVERY);
    };
    client
      .query({
        name: 'tell',
        text: 'select pg_notify(channel, $2) from unnest($1::text[]) as channel',
        values: [channels, this.#name],
      })
      .then(told, told);
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
    client.on('notification', ({ channel, payload }) => {
      if (payload !== this.#name) this.#wake(channel as Channel);
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
        this.#tell();
      })
      .catch(onLost);
  }
}
