import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { growing, pause } from './backoff.js';
import { type ConnectionSettings } from './connection-settings.js';

/** Others hear of many rings as of one; a reader in another process waits at most this long, in milliseconds. */
const TOLD_EVERY = 5;

/**
 * Wakes readers in this process and in others, by LISTEN and NOTIFY.
 *
 * A ring can be lost: with its process after a commit, with a connection. So nobody waits for a ring alone,
 * and whoever waits looks again after a while. Rings travel after the commit on a connection of their own,
 * since a transaction that notifies makes every other notifying transaction of the server wait for its fsync.
 */
export class Bell {
  readonly #settings: ConnectionSettings;
  readonly #channel: string;
  /** Our own rings come back to us; whoever waits here has heard them already. */
  readonly #name = randomUUID();
  readonly #closed = new AbortController();
  readonly #waiting = new Set<() => void>();
  #rings = 0;
  #client: Client | undefined;
  #listening: Promise<void> | undefined;
  #telling = false;
  #untold = false;

  constructor(settings: ConnectionSettings, channel: string) {
    this.#settings = settings;
    this.#channel = channel;
  }

  /** Take this before looking; give it to {@link rung} when there was nothing to see. */
  get rings(): number {
    this.#listening ??= this.#listen();
    return this.#rings;
  }

  /** Resolves when the bell has rung since `seen`, after `milliseconds`, or when `signal` aborts. */
  async rung(seen: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#rings !== seen || signal.aborted) return;
    const woken = new AbortController();
    const wake = (): void => {
      woken.abort();
    };
    this.#waiting.add(wake);
    await pause(milliseconds, AbortSignal.any([woken.signal, signal, this.#closed.signal]));
    this.#waiting.delete(wake);
  }

  /** Wakes all who wait here at once, and those elsewhere soon. */
  ring(): void {
    this.#wake();
    this.#listening ??= this.#listen();
    this.#untold = true;
    void this.#tell();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#wake();
    await this.#client?.end().catch(() => undefined);
    await this.#listening;
  }

  get #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  #wake(): void {
    this.#rings += 1;
    for (const wake of this.#waiting) wake();
  }

  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    while (this.#untold && this.#client !== undefined) {
      this.#untold = false;
      await this.#client
        .query('SELECT pg_notify($1, $2)', [this.#channel, this.#name])
        .catch(() => undefined);
      await pause(TOLD_EVERY, this.#closed.signal);
    }
    this.#telling = false;
  }

  async #listen(): Promise<void> {
    for (let failures = 0; !this.#closed.signal.aborted; failures += 1) {
      const client = new Client({ ...this.#settings, keepAlive: true });
      const ended = new Promise<void>((resolve) => {
        client.once('end', resolve);
        client.on('error', () => {
          resolve();
        });
      });
      client.on('notification', ({ payload }) => {
        if (payload !== this.#name) this.#wake();
      });
      try {
        await client.connect();
        await client.query(`LISTEN ${this.#channel}`);
        failures = 0;
        // Closed meanwhile: whoever closed did not see this connection, and waits for it to end.
        if (this.#isClosed) return;
        this.#client = client;
        // What was rung while nobody listened.
        this.#wake();
        void this.#tell();
        await ended;
      } catch {
        // Away. Readers look by themselves until the bell is back.
      } finally {
        this.#client = undefined;
        await client.end().catch(() => undefined);
      }
      await pause(growing(failures, 50, 5000), this.#closed.signal);
    }
  }
}
