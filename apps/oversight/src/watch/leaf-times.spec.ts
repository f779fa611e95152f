import { describe, expect, it } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import { LeafTimes } from './leaf-times.js';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const leaf = (index: number, minutes: number) => ({
  index,
  at: new Date(NOON + minutes * MINUTE).toISOString() as Instant,
});

describe('the time of leaves', () => {
  it('is ahead when it is so by more than clocks differ, from the first such leaf on', () => {
    const times = new LeafTimes();
    expect(times.ahead(leaf(4, 10), NOON)).toBeUndefined();
    expect(times.ahead(leaf(5, 11), NOON)).toBe(5);
    expect(times.ahead(leaf(6, 12), NOON)).toBe(5);
    expect(times.ahead(leaf(7, 12), NOON + 5 * MINUTE)).toBeUndefined();
    expect(times.ahead(leaf(8, 60), NOON + 5 * MINUTE)).toBe(8);
  });

  it('is behind when leaves go on coming that are', () => {
    const times = new LeafTimes();
    expect(times.behind(leaf(4, -11), NOON)).toBeUndefined();
    expect(times.behind(leaf(5, -11), NOON + 2 * MINUTE)).toBeUndefined();
    expect(times.behind(leaf(6, -11), NOON + 3 * MINUTE)).toBe(4);
  });

  it('is not behind where a hub was away and is back', () => {
    const times = new LeafTimes();
    expect(times.behind(leaf(4, -600), NOON)).toBeUndefined();
    expect(times.behind(leaf(5, 3), NOON + 3 * MINUTE)).toBeUndefined();
    expect(times.behind(leaf(6, -20), NOON + 4 * MINUTE)).toBeUndefined();
  });
});
