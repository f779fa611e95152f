import { setTimeout as pause } from 'node:timers/promises';
import { DemoError } from './demo-error.js';

/** How long a fact may take to come about. */
export const PATIENCE_SECONDS = 30;

const FIRST_PAUSE = 40;
const LONGEST_PAUSE = 400;

/** Looks again until `look` gives something. @throws {DemoError} `too-late`, naming what was waited for */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined>,
  seconds: number = PATIENCE_SECONDS,
): Promise<T> => {
  const deadline = performance.now() + seconds * 1000;
  for (let between = FIRST_PAUSE; ; between = Math.min(between * 1.5, LONGEST_PAUSE)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline)
      throw new DemoError('too-late', `${what}: not within ${seconds} s`);
    await pause(between);
  }
};
