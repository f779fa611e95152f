import { type AgencyId } from '@tripoint/kernel';

/** An agency that has been handed lines waits at least so long before it is handed any again, in milliseconds. */
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 60_000;
const WAIT_AFTER_FAILURE = 10_000;
/** Lines a second that one agency can have again, on average. */
const LINES_A_SECOND = 500;

/** When an agency was last handed its mailbox again, and for how long that has to do. */
type Handed = { readonly at: number; readonly wait: number };

/**
 * Which agencies want their mailbox again, and from where. A wish is a few bytes and its fulfilment may be a whole mailbox, so
 * the newest wish of an agency stands for all its earlier ones, and the next is not fulfilled before the last has been paid
 * for in time. Whoever asks once is served at once.
 */
export class Resumes {
  readonly #wishes = new Map<AgencyId, number>();
  readonly #handed = new Map<AgencyId, Handed>();

  constructor(private readonly now: () => number) {}

  ask(agency: AgencyId, from: number): void {
    this.#wishes.set(agency, from);
  }

  /** Takes the wishes whose time has come, except those of agencies that are being served. */
  take(served: readonly AgencyId[] = []): readonly (readonly [agency: AgencyId, from: number])[] {
    const now = this.now();
    const due = [...this.#wishes].filter(([agency]) => {
      if (served.includes(agency)) return false;
      const handed = this.#handed.get(agency);
      // A clock that was put back must not keep anybody waiting for what it was.
      return handed === undefined || now < handed.at || now - handed.at >= handed.wait;
    });
    for (const [agency] of due) this.#wishes.delete(agency);
    return due;
  }

  /** A wish could not be fulfilled from this line on: it stands, unless there is a newer one, and waits. */
  failed(agency: AgencyId, from: number): void {
    if (!this.#wishes.has(agency)) this.#wishes.set(agency, from);
    this.#handed.set(agency, { at: this.now(), wait: WAIT_AFTER_FAILURE });
  }

  /** A wish has been fulfilled with so many lines. */
  fulfilled(agency: AgencyId, lines: number): void {
    if (lines === 0) return;
    const cost = (lines / LINES_A_SECOND) * 1_000;
    const wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, cost));
    this.#handed.set(agency, { at: this.now(), wait });
  }
}
