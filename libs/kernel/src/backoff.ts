/** Waits `milliseconds`, or without an end, until `signal` aborts; never throws. */
export const pause = (milliseconds: number | undefined, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = milliseconds === undefined ? undefined : setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });

/** The `n`th pause, from 0 on, of a row that doubles from `first` to `most`. */
export const growing = (n: number, first: number, most: number): number =>
  Math.min(most, first * 2 ** Math.min(n, 30));
