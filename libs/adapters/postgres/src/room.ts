import { type Database } from './database.js';

/** A row for each of a few new pages: there may be room left in those that the table has. */
const TRY = `insert into room (filler) select repeat('x', 7000) from generate_series(1, 16)`;
/** Whoever asks more often is told what was found. */
const GOOD_FOR_MS = 5_000;

/** Whether anything could be written now, found out by writing and taking back. */
export class Room {
  #asked = -Infinity;
  #found: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  /** @throws {HubError} `disk-full`, retriable; what the store says when it is away */
  check(now = performance.now()): Promise<void> {
    if (now - this.#asked >= GOOD_FOR_MS) {
      this.#asked = now;
      this.#found = this.#try();
    }
    return this.#found;
  }

  async #try(): Promise<void> {
    await this.database.transaction((queries) => queries.run(TRY), { keep: () => false });
  }
}
