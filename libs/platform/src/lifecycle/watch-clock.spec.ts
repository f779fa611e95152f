import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { JsonLog } from '../log/json-log.js';
import { Metrics } from '../metrics/metrics.js';
import { watchClock } from './watch-clock.js';

const MINUTE = 60_000;

/** Watches until something was said, or was not within a few looks of the event loop; answers it and what was measured. */
const watched = async (own: number, other: () => Promise<number>) => {
  const lines: string[] = [];
  const log = new JsonLog('node', 'info', (line) => lines.push(line));
  const metrics = new Metrics();
  const closers: (() => Promise<void>)[] = [];
  watchClock({ own: () => own, other }, { log, metrics, closing: (close) => closers.push(close) });
  const text = await metrics.text();
  for (const close of closers) await close();
  return { text, said: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('a clock that is watched', () => {
  it.each([
    ['ahead', 1_000 * MINUTE, 10],
    ['behind', 1_000 * MINUTE, -10],
  ])('is said to be %s of the database, by how much', async (_way, there, minutes) => {
    const { text, said } = await watched(there + minutes * MINUTE, () => Promise.resolve(there));
    expect(text).toContain(`tripoint_clock_ahead_seconds ${minutes * 60}\n`);
    expect(said).toEqual([
      expect.objectContaining({ level: 'warn', code: 'clock-off', seconds: minutes * 60 }),
    ]);
  });

  it('is not spoken of while it agrees', async () => {
    const { text, said } = await watched(1_000, () => Promise.resolve(0));
    expect(text).toContain('tripoint_clock_ahead_seconds 1\n');
    expect(said).toEqual([]);
  });

  it('is not spoken of while nobody answers', async () => {
    const { text, said } = await watched(0, () =>
      Promise.reject(new HubError('store-away', 'it is away', true)),
    );
    expect({ text, said }).toEqual({ text: '', said: [] });
  });
});
