import { HubError, pause } from '@tripoint/kernel';
import { type JsonLog } from '../log/json-log.js';
import { type Metrics } from '../metrics/metrics.js';
import { supervise } from './supervise.js';

const LOOK_EVERY = 10_000;
/** Milliseconds. Well before anybody's events are marked late for it. */
const TOLERATED = 60_000;

/** Two clocks, in milliseconds since 1970. */
export type Clocks = {
  readonly own: () => number;
  /** That of another machine, usually: the database's. */
  readonly other: () => Promise<number>;
};

/** How far one's own clock is ahead of the other; behind, when it is negative. */
const ahead = async ({ own, other }: Clocks): Promise<number> => {
  const before = own();
  const there = await other();
  return (before + own()) / 2 - there;
};

/** What {@link watchClock} is told by whoever starts a node. */
type Watched = {
  readonly log: JsonLog;
  readonly metrics: Metrics;
  readonly closing: (close: () => Promise<void>) => void;
};

/**
 * Holds a node's clock against its database's, until the node closes, and says when they part and when they agree again. Which of the
 * two is wrong is for a person to find out, so nothing else follows from it.
 */
export const watchClock = (clocks: Clocks, { log, metrics, closing }: Watched): void => {
  metrics.gauge(
    'tripoint_clock_ahead_seconds',
    'How far the clock is ahead of the one of the database; behind, where it is negative.',
    async () => (await ahead(clocks)) / 1000,
  );
  const ended = new AbortController();
  const watching = supervise('clock', (signal) => hold(clocks, log, signal), log, ended.signal);
  closing(async () => {
    ended.abort();
    await watching;
  });
};

const hold = async (clocks: Clocks, log: JsonLog, signal: AbortSignal): Promise<void> => {
  let parted = false;
  while (!signal.aborted) {
    const off = await ahead(clocks).catch((thrown: unknown) => {
      if (!(thrown instanceof HubError && thrown.retriable)) throw thrown;
    });
    // A database that is away tells nothing of the time, and is told of by others.
    if (off !== undefined) {
      const apart = Math.abs(off) > TOLERATED;
      if (apart)
        log.warn('the clock and that of the database are apart', {
          code: 'clock-off',
          seconds: Math.round(off / 1000),
        });
      else if (parted) log.info('the clock and that of the database agree again');
      parted = apart;
    }
    await pause(LOOK_EVERY, signal);
  }
};
