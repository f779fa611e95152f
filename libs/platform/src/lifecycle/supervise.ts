import { growing, HubError, pause } from '@tripoint/kernel';
import { type JsonLog } from '../log/json-log.js';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * Runs `loop` until `signal` aborts, from its beginning again whenever it throws. A loop keeps what it has
 * done in a store and begins by looking there, so a fault, a lost connection and a fresh start are the same thing to it.
 */
export const supervise = async (
  name: string,
  loop: (signal: AbortSignal) => Promise<void>,
  log: JsonLog,
  signal: AbortSignal,
): Promise<void> => {
  let failures = 0;
  while (!signal.aborted) {
    const began = performance.now();
    try {
      await loop(signal);
      return;
    } catch (thrown) {
      const code = thrown instanceof HubError ? thrown.code : 'unforeseen';
      log.failure('a loop stopped and will begin again', thrown, { role: name, code });
    }
    // A loop that had been running well for a while is not the one that fails at once, over and over.
    failures = performance.now() - began > LONGEST_PAUSE ? 0 : failures + 1;
    await pause(growing(failures, FIRST_PAUSE, LONGEST_PAUSE), signal);
  }
};

/** Looks before the start for what no waiting would mend, and throws it. What is only away may come while the node runs. */
export const unlessAway = async (check: () => Promise<void>): Promise<void> => {
  try {
    await check();
  } catch (thrown) {
    if (!(thrown instanceof HubError) || !thrown.retriable) throw thrown;
  }
};
