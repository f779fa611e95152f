import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { growing, pause } from './backoff.js';

describe('a pause', () => {
  it('ends when its time is over, and leaves nothing with the signal', async () => {
    const { signal } = new AbortController();
    await pause(1, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it.each([undefined, 2 ** 30])('of %s ms ends when it is cut short', async (milliseconds) => {
    const stop = new AbortController();
    const pausing = pause(milliseconds, stop.signal);
    stop.abort();
    await pausing;
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it.each([undefined, 2 ** 30])('of %s ms is none where it was cut short before', async (ms) => {
    await pause(ms, AbortSignal.abort());
  });
});

describe('pauses that grow', () => {
  it('double from the first to the longest, however many they are', () => {
    expect([0, 1, 2, 3, 4, 5, 1_000_000].map((n) => growing(n, 50, 1000))).toEqual([
      50, 100, 200, 400, 800, 1000, 1000,
    ]);
  });
});
