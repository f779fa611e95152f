import { type Instant } from '@tripoint/kernel';
import { type Delivery, type Journal, type Leaf, type NewFinding } from '@tripoint/read-model';
import { CLOCKS_DIFFER, isAhead } from '@tripoint/replay';

const MINUTE = 60_000;
/** Heads come every ten minutes, and take their time on the way. What is further behind says another time than it is. */
const BEHIND = 25 * MINUTE;
/** What was on its way for long comes in a moment: only what goes on for as long as this is no backlog. */
const GOES_ON_FOR = 10 * MINUTE;

const AHEAD_CODE = 'leaf-time-ahead';
const BEHIND_CODE = 'leaf-time-behind';

/**
 * Has stay, until its time has come by our own clock as well, what the log says is over: a hub makes the log's time, and would else end
 * by it what others have agreed to last longer. Of what nobody but time ends, `dueOf` says when it was over.
 */
export const notYet = (
  now: number,
  deliveries: readonly Delivery[],
  dueOf: (delivery: Delivery) => Instant | undefined,
): readonly Delivery[] =>
  deliveries.map((delivery) => {
    const due = delivery.purges === undefined ? undefined : dueOf(delivery);
    return due === undefined || !isAhead(due, now)
      ? delivery
      : {
          ...delivery,
          purges: (delivery.purges ?? []).map((purge) => ({ ...purge, notBefore: due })),
        };
  });

/** Up to when what has waited may go by now. */
export const ripeAt = (now: number): Instant =>
  new Date(now + CLOCKS_DIFFER).toISOString() as Instant;

/**
 * Holds the log's time against our own clock. Nobody but the hub's clock makes it: ahead, it ends early whatever has a time; behind, it
 * ends nothing.
 */
export class LeafTime {
  #newest: Leaf | undefined;
  /** Since when heads have come with a time that is over for long. */
  #behindSince: number | undefined;
  #isBehind = false;
  #said: string | undefined;

  constructor(
    private readonly journal: Pick<Journal, 'aside'>,
    private readonly now: () => number,
    private readonly elapsed: () => number,
  ) {}

  /** The newest leaf that was taken. */
  stands(newest: Leaf | undefined): void {
    this.#newest = newest;
  }

  /** Heads of this time have come. */
  headsCame(time: Instant): void {
    if (this.now() - Date.parse(time) <= BEHIND) {
      this.#behindSince = undefined;
      this.#isBehind = false;
      return;
    }
    this.#behindSince ??= this.elapsed();
    this.#isBehind ||= this.elapsed() - this.#behindSince >= GOES_ON_FOR;
  }

  /** By how much the newest leaf is ahead of our clock, in milliseconds; less than 0 when it is behind. */
  get ahead(): number | undefined {
    return this.#newest === undefined ? undefined : Date.parse(this.#newest.time) - this.now();
  }

  get isAhead(): boolean {
    return this.#newest !== undefined && isAhead(this.#newest.time, this.now());
  }

  /** Says once of each that it is so, and that it is over. */
  async look(): Promise<readonly NewFinding[]> {
    const findings: NewFinding[] = [];
    if (this.isAhead && this.#newest !== undefined)
      findings.push({
        code: AHEAD_CODE,
        detail: 'the time of the log is far ahead of our clock: nothing ends by it before ours',
        leaf: this.#newest.index,
      });
    if (this.#isBehind)
      findings.push({
        code: BEHIND_CODE,
        detail: 'the time of the log is far behind our clock, and what has a time does not end',
      });
    const said = findings.map(({ code }) => code).join();
    if (said === this.#said) return [];
    this.#said = said;
    await this.journal.aside({ resolved: [AHEAD_CODE, BEHIND_CODE], findings });
    return findings;
  }
}
