import { setTimeout as timer } from 'node:timers/promises';

/** Waits `milliseconds`, or until `signal` aborts; never throws. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  timer(milliseconds, undefined, { signal }).catch(() => undefined);

/** The `n`th pause of a row that doubles from `first` to `most`. */
export const growing = (n: number, first: number, most: number): number =>
  Math.min(most, first * 2 ** Math.min(n, 30));
