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
  /** Heads have come, and whether it was ever said that they do not is not known after a start. */
  #healed = false;
  #heardSinceStart = false;
  /** Since when the line with this number is known to be there, and has not come. */
  #gap: { readonly number: number; readonly since: number; readonly said: boolean } | undefined;

  /** `elapsed` counts milliseconds, whatever anybody sets a clock to. */
  constructor(private readonly elapsed: () => number) {
    this.#headsAt = elapsed();
  }

  /** Heads have come. */
  headsCame(): void {
    this.#healed ||= this.#headsSaid || !this.#heardSinceStart;
    this.#heardSinceStart = true;
    this.#headsAt = this.elapsed();
    this.#headsSaid = false;
  }

  /** What was said and is so no longer, once: a hub that was only away is told apart by coming back. */
  healed(): readonly string[] {
    const healed = this.#healed ? ['heads-overdue'] : [];
    this.#healed = false;
    return healed;
  }

  /** What comes next is `number`; `missing` when something of the mailbox is known not to have come. */
  stands(number: number, missing: boolean): void {
    if (!missing) this.#gap = undefined;
    else if (this.#gap?.number !== number)
      this.#gap = { number, since: this.elapsed(), said: false };
  }

  /** Whether something has been kept back for too long. */
  get overdue(): boolean {
    return this.#headsSaid || this.#gap?.said === true;
  }

  /** What is to be said of it that has not been said. */
  found(): readonly NewFinding[] {
    const now = this.elapsed();
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
