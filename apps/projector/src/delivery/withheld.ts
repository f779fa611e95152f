import { type NewFinding } from '@tripoint/read-model';

/** Heads are logged every ten minutes; what has not come by then, with some time for the way, is kept back. In milliseconds. */
const HEADS_WITHIN = 15 * 60_000;
/** A line that is asked for again and again comes within moments, unless somebody keeps it. Heads show within ten minutes that there is one. */
const GAP_FILLED_WITHIN = 5 * 60_000;

/**
 * Notices what a hub keeps back: a line that others show to be there, and heads that do not come. Whatever it was, a finding says so
 * within fifteen minutes of the time at which it should have come, and once.
 */
export class Withheld {
  #headsAt: number;
  #headsSaid = false;
  /** Since when the line with this number is known to be there, and has not come. */
  #gap: { readonly number: number; readonly since: number; readonly said: boolean } | undefined;

  constructor(private readonly now: () => number) {
    this.#headsAt = now();
  }

  /** Heads have come. */
  headsCame(): void {
    this.#headsAt = this.now();
    this.#headsSaid = false;
  }

  /** What comes next is `number`; `missing` when something of the mailbox is known not to have come. */
  stands(number: number, missing: boolean): void {
    if (!missing) this.#gap = undefined;
    else if (this.#gap?.number !== number) this.#gap = { number, since: this.now(), said: false };
  }

  /** Whether something has been kept back for too long. */
  get overdue(): boolean {
    return this.#headsSaid || this.#gap?.said === true;
  }

  /** What is to be said of it that has not been said. */
  found(): readonly NewFinding[] {
    const now = this.now();
    // A clock that was put back must not make anybody wait for what it was.
    this.#headsAt = Math.min(this.#headsAt, now);
    const found: NewFinding[] = [];
    const gap = this.#gap;
    if (gap !== undefined && !gap.said && now - gap.since >= GAP_FILLED_WITHIN) {
      this.#gap = { ...gap, said: true };
      found.push({
        code: 'delivery-withheld',
        detail: `line ${gap.number} of the mailbox is there and is not handed over`,
      });
    }
    if (!this.#headsSaid && now - this.#headsAt >= HEADS_WITHIN) {
      this.#headsSaid = true;
      found.push({
        code: 'heads-overdue',
        detail: 'the hub has not said for fifteen minutes what the mailbox ends with',
      });
    }
    return found;
  }
}
