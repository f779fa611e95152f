import { type Journal } from '@tripoint/read-model';

/** The first time comes soon, for those who are started again more often than their turn comes. In milliseconds. */
const FIRST_AFTER = 10 * 60_000;
const DAILY = 24 * 60 * 60;

/**
 * Has the hub asked again, every so often, for the lines with which keys came to what everybody was to forget. One that has kept those
 * keys is not found out by whoever waits to be served; and it cannot tell this from an agency that misses something. What comes is
 * looked at like everything that comes.
 */
export class ErasedProbe {
  #due: number;

  /** `elapsed` counts milliseconds, whatever anybody sets a clock to. */
  constructor(
    private readonly journal: Pick<Journal, 'erasedFrom'>,
    private readonly elapsed: () => number,
    private readonly everySeconds = DAILY,
  ) {
    this.#due = elapsed() + Math.min(everySeconds * 1000, FIRST_AFTER);
  }

  /** From which line on the mailbox is to be asked for; nothing when it is not time, or nothing was forgotten. */
  async look(): Promise<bigint | undefined> {
    if (this.elapsed() < this.#due) return undefined;
    const from = await this.journal.erasedFrom();
    this.#due = this.elapsed() + this.everySeconds * 1000;
    return from;
  }
}
