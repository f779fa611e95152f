import { availableParallelism } from 'node:os';
import { CORRESPONDENTS } from './correspondents.js';
import { type Drain } from './drain.js';
import { Forked } from './forked.js';
import { type SealingAsked } from './sealing.js';
import { type Separate } from './separate.js';

/** Envelopes that are kept in memory before they are on the bus, of each author. */
const STRIDE = 250;

/** Processes that seal what agencies have to say, and put it on the bus in their names. */
export class Sealers {
  private constructor(private readonly processes: readonly Forked[]) {}

  /** They go on where `drain` says that the chains have come to. */
  static async over(federation: Separate, drain: Drain): Promise<Sealers> {
    const all = await Promise.all(
      [...CORRESPONDENTS].map(async ([author, to]) => ({
        author,
        to,
        bus: federation.busOf(author),
        place: await drain.place(author),
      })),
    );
    const count = Math.min(availableParallelism(), all.length);
    const processes = Array.from({ length: count }, () => new Forked('sealing.ts', []));
    const sealers = new Sealers(processes);
    await Promise.all(
      processes.map((process, nth) =>
        process.ask({
          federation: federation.federation,
          authors: all.filter((_, at) => at % count === nth),
        } satisfies SealingAsked),
      ),
    );
    return sealers;
  }

  /** Seals so many of each author, and keeps them. */
  seal(each: number): Promise<void> {
    return this.#ask({ seal: each });
  }

  /** Puts on the bus what was sealed. */
  publish(): Promise<void> {
    return this.#ask('publish');
  }

  /** Seals and publishes so many of each author, however many these are. */
  async lay(each: number): Promise<void> {
    for (let left = each; left > 0; left -= STRIDE) {
      await this.seal(Math.min(STRIDE, left));
      await this.publish();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.end('SIGKILL')));
  }

  async #ask(asked: SealingAsked): Promise<void> {
    await Promise.all(this.processes.map((process) => process.ask(asked)));
  }
}
