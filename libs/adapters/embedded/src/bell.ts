import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

import { growing, pause } from '@tripoint/kernel';
import { type ConnectionSettings } from './connection-settings.js';

/** Others hear of many rings as of one; a reader in another process waits at most this long, in milliseconds. */
const TOLD_EVERY = 20;
/** A notification carries less than 8000 bytes; when more names rang than fit, it rings for all. */
const LONGEST_NOTE = 7000;

/** Whether a name that rang is one that is waited for. */
type Wanted = (name: string) => boolean;

/** One reader's ear: it wakes for the names that it wants and sleeps through all others. */
export class Ear {
  readonly #wanted: Wanted;
  readonly #forget: (ear: Ear) => void;
  #heard = true;
  #wake: (() => void) | undefined;

  constructor(wanted: Wanted, forget: (ear: Ear) => void) {
    this.#wanted = wanted;
    this.#forget = forget;
  }

  /** Call this before looking: what rings from here on ends the next {@link rung}. */
  looks(): void {
    this.#heard = false;
  }

  /** Resolves when something wanted has rung since {@link looks}, after `milliseconds`, or when `signal` aborts. */
  rung(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#heard || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }

  /** `undefined` is every name. */
  hear(names: Iterable<string> | undefined): void {
    if (names !== undefined && ![...names].some(this.#wanted)) return;
    this.#heard = true;
    this.#wake?.();
  }

  close(): void {
    this.#forget(this);
  }
}

/**
 * Wakes readers in this process and in others, by LISTEN and NOTIFY, each for the names that it wants.
 *
 * A ring can be lost: with its process after a commit, with a connection. So nobody waits for a ring alone,
 * and whoever waits looks again after a while. Rings travel after the commit on a connection of their own,
 * since a transaction that notifies makes every other notifying transaction of the server wait for its fsync.
 */
export class Bell {
  readonly #settings: ConnectionSettings;
  readonly #channel: string;
  readonly #elsewhere: () => void;
  /** Our own rings come back to us; whoever waits here has heard them already. */
  readonly #name = randomUUID();
  readonly #closed = new AbortController();
  readonly #ears = new Set<Ear>();
  readonly #untold = new Set<string>();
  #client: Client | undefined;
  #listening: Promise<void> | undefined;
  #telling = false;

  /** @param elsewhere called before the readers when another process rang, or may have */
  constructor(
    settings: ConnectionSettings,
    channel: string,
    elsewhere: () => void = () => undefined,
  ) {
    this.#settings = settings;
    this.#channel = channel;
    this.#elsewhere = elsewhere;
  }

  /** An ear for the names that `wanted` wants, until it is closed. Names hold no spaces. */
  listen(wanted: Wanted): Ear {
    this.#listening ??= this.#listen();
    const ear = new Ear(wanted, (gone) => this.#ears.delete(gone));
    this.#ears.add(ear);
    return ear;
  }

  /** Wakes all who wait here for one of `names` at once, and those elsewhere soon. */
  ring(names: ReadonlySet<string>): void {
    this.#wake(names);
    this.#listening ??= this.#listen();
    for (const name of names) this.#untold.add(name);
    void this.#tell();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#wake(undefined);
    await this.#client?.end().catch(() => undefined);
    await this.#listening;
  }

  get #isClosed(): boolean {
    return this.#closed.signal.aborted;
  }

  #wake(names: Iterable<string> | undefined): void {
    for (const ear of this.#ears) ear.hear(names);
  }

  async #tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    while (this.#untold.size > 0 && this.#client !== undefined && !this.#isClosed) {
      const names = [...this.#untold].join(' ');
      this.#untold.clear();
      const note = Buffer.byteLength(names) > LONGEST_NOTE ? '' : ` ${names}`;
      await this.#client
        .query({
          name: 'ring',
          text: 'SELECT pg_notify($1, $2)',
          values: [this.#channel, `${this.#name}${note}`],
        })
        .catch(() => undefined);
      await pause(TOLD_EVERY, this.#closed.signal);
    }
    this.#telling = false;
  }

  #told(note: string | undefined): void {
    const [from, ...names] = note?.split(' ') ?? [];
    if (from === this.#name) return;
    this.#elsewhere();
    this.#wake(names.length === 0 ? undefined : names);
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
        this.#told(payload);
      });
      try {
        await client.connect();
        await client.query(`LISTEN ${this.#channel}`);
        failures = 0;
        // Closed meanwhile: whoever closed did not see this connection, and waits for it to end.
        if (this.#isClosed) return;
        this.#client = client;
        // What was rung while nobody listened.
        this.#elsewhere();
        this.#wake(undefined);
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
