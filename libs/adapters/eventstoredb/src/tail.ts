import { type AllStreamSubscription, type AllStreamResolvedEvent } from '@eventstore/db-client';

/** What the driver hands over for `$all`. */
export type Recorded = NonNullable<AllStreamResolvedEvent['event']>;

/** A batch ends at whichever comes first; a single entry may be larger. */
const BATCH = { count: 512, bytes: 4 * 1024 * 1024 };

const sizeOf = ({ data }: Recorded): number => (ArrayBuffer.isView(data) ? data.byteLength : 0);

/** What one subscription has delivered and nobody has taken yet. */
export class Tail {
  readonly #subscription: AllStreamSubscription;
  #events: Recorded[] = [];
  #bytes = 0;
  readonly #faults: unknown[] = [];
  #ended = false;
  #heard = 0;
  #wake: () => void = () => undefined;

  constructor(subscription: AllStreamSubscription) {
    this.#subscription = subscription;
    subscription.on('data', ({ event }: AllStreamResolvedEvent) => {
      if (event === undefined) return;
      this.#events.push(event);
      this.#bytes += sizeOf(event);
      if (this.#events.length >= BATCH.count || this.#bytes >= BATCH.bytes) subscription.pause();
      this.hear();
    });
    subscription.on('error', (error: unknown) => {
      this.#faults.push(error);
      this.#wake();
    });
    for (const end of ['end', 'close'])
      subscription.on(end, () => {
        this.#ended = true;
        this.#wake();
      });
  }

  /** Whether nothing that came before now waits to be taken. */
  get empty(): boolean {
    return this.#events.length === 0 && this.#subscription.readableLength === 0;
  }

  /** The server is there. */
  hear(): void {
    this.#heard += 1;
    this.#wake();
  }

  /**
   * What has come, when something has. Nothing when `signal` aborted, the server ended the subscription or said nothing
   * for `silence` milliseconds.
   * @throws what the driver threw, once everything that came before has been taken
   */
  async take(silence: number, signal: AbortSignal): Promise<readonly Recorded[]> {
    for (;;) {
      if (signal.aborted) return [];
      if (this.#events.length > 0) {
        // What arrived together is handed over together.
        await new Promise((resolve) => setImmediate(resolve));
        const events = this.#events;
        this.#events = [];
        this.#bytes = 0;
        this.#subscription.resume();
        return events;
      }
      if (this.#faults.length > 0) throw this.#faults[0];
      if (this.#ended) return [];
      const heard = this.#heard;
      await this.#woken(silence, signal);
      if (heard === this.#heard && this.#faults.length === 0) return [];
    }
  }

  close(): void {
    this.#subscription.unsubscribe().catch(() => undefined);
  }

  #woken(silence: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, silence);
      signal.addEventListener('abort', done);
      this.#wake = done;
    });
  }
}
