/** Milliseconds, from whatever beginning; never moves back. */
export type Clock = () => number;

/** Milliseconds since this process started. */
export const sinceStart: Clock = () => performance.now();

/** How long what was read is taken to be what is there. Whoever asks for keys that are nowhere must not keep the disk busy. */
const READ_AGAIN = 1_000;

/** What was read from a folder that somebody else writes, and may be read again. */
export class Reread<Files> {
  #held: Files;
  #reading: Promise<void> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(
    held: Files,
    private readonly read: () => Promise<Files>,
    private readonly now: Clock,
  ) {
    this.#held = held;
  }

  get held(): Files {
    return this.#held;
  }

  /** Reads again, at most once a second; all who ask meanwhile wait for the one reading. What cannot be read replaces nothing. */
  again(): Promise<void> {
    if (this.#reading !== undefined) return this.#reading;
    if (this.now() - this.#readAt < READ_AGAIN) return Promise.resolve();
    this.#readAt = this.now();
    this.#reading = this.read()
      .then((files) => {
        this.#held = files;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }
}
