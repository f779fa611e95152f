import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Door, textOf } from '../../../../cli/src/demo/door.js';
import { eventually } from '../../gates/testing/eventually.js';
import { type Given } from '../../gates/testing/oracle.js';
import { type SeparateFederation } from './separate-federation.js';

/** Officers are not machines: how long one takes from one thing to the next, in milliseconds. */
const BETWEEN = 100;

/** Who tells whom, and how much at a time, in characters: a few, unless told. */
export type Way = { readonly from: string; readonly to: string; readonly length?: number };

/** What one officer does all day: shares something, and when it is acknowledged the next thing. A command that was not taken is given again. */
export class Load {
  #wanted = true;
  #acknowledged = 0;
  readonly #running: Promise<void>;

  private constructor(
    private readonly door: Door,
    private readonly way: Way,
    private readonly given: Given[],
    /** Codes of the answers that did not take it. */
    readonly told: Set<string>,
  ) {
    this.#running = this.#run();
    // Whoever ends it learns what went wrong.
    this.#running.catch(() => undefined);
  }

  static async begin(federation: SeparateFederation, way: Way, given: Given[]): Promise<Load> {
    const { agencies } = await federation.demoFile();
    const at = agencies.find(({ id }) => id === way.from);
    const officer = at?.officers[0];
    if (at === undefined || officer === undefined) throw new Error(`nobody works at ${way.from}`);
    const told = new Set<string>();
    const listening: typeof fetch = async (...asked) => {
      const answer = await fetch(...asked);
      if (answer.status === 503)
        told.add(((await answer.clone().json()) as { readonly code: string }).code);
      return answer;
    };
    return new Load(await Door.open(at, officer, listening), way, given, told);
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Resolves when the officer has been answered so. */
  hears(code: string): Promise<true> {
    return Promise.race([
      eventually(`an officer is told ${code}`, () => this.told.has(code) || undefined),
      // It does not end before it is told to; what it fails of is to be known at once.
      this.#running.then(() => true as const),
    ]);
  }

  /** Resolves when so many more have been acknowledged. */
  async goesOn(more = 1): Promise<void> {
    const enough = this.acknowledged + more;
    await Promise.race([
      eventually('orders are acknowledged', () => this.acknowledged >= enough || undefined),
      this.#running,
    ]);
  }

  /** What was begun is finished: the officer waits for an answer. */
  async end(): Promise<void> {
    this.#wanted = false;
    await this.#running;
    await this.door.close();
  }

  async #run(): Promise<void> {
    const { from, to, length = 12 } = this.way;
    while (this.#wanted) {
      const { status, body } = await this.door.command('contributions', {
        to,
        marking: { classification: 'BPL', handling: [] },
        // Of what cannot be made shorter.
        facts: {
          text: randomBytes(length / 2).toString('hex'),
          language: 'en',
          statement: 'FACT',
          entities: [],
        },
      });
      if (status !== 202) throw new Error(`${from} answered an order with ${status}`);
      this.given.push({ agency: from, item: textOf(body, 'item'), acknowledged: true });
      this.#acknowledged += 1;
      await pause(BETWEEN);
    }
  }
}
