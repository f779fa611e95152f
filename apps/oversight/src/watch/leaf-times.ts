import { type Instant } from '@tripoint/kernel';
import { CLOCKS_DIFFER, isAhead } from '@tripoint/replay';

/** For so long leaves have to come whose time is over before it is the log's time that is wrong, and not a hub that was away. */
const GOES_ON_FOR = 2 * 60_000;

type Seen = { readonly index: number; readonly at: Instant };

/**
 * Holds the time of leaves against the clock of who sees them come. Nobody but the hub's own clock makes it: ahead, it ends early
 * whatever has a time; behind, it ends nothing.
 */
export class LeafTimes {
  #aheadSince: number | undefined;
  #behind: { readonly leaf: number; readonly seenAt: number } | undefined;

  /** Takes every leaf as it is seen first, and answers from which one on they are far ahead; undefined when this one is not. */
  ahead({ index, at }: Seen, now: number): number | undefined {
    this.#aheadSince = isAhead(at, now) ? (this.#aheadSince ?? index) : undefined;
    return this.#aheadSince;
  }

  /** Takes the newest leaf when there is a newer one, and answers since which one they are behind although they come. */
  behind({ index, at }: Seen, now: number): number | undefined {
    if (now - Date.parse(at) <= CLOCKS_DIFFER) {
      this.#behind = undefined;
      return undefined;
    }
    this.#behind ??= { leaf: index, seenAt: now };
    const { leaf, seenAt } = this.#behind;
    return index > leaf && now - seenAt > GOES_ON_FOR ? leaf : undefined;
  }
}
