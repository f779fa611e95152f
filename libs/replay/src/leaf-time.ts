import { type Instant } from '@tripoint/kernel';

/**
 * Clocks differ by less, in milliseconds. A leaf that is further ahead of who looks at it has a time that has not come, and nothing
 * ends by it there; one that is further behind, and has only just been made, says another time than it is.
 */
export const CLOCKS_DIFFER = 10 * 60_000;

/** Whether a moment of the log's time has not come by a clock that says `now`, in milliseconds since the epoch. */
export const isAhead = (moment: Instant, now: number): boolean =>
  Date.parse(moment) > now + CLOCKS_DIFFER;
