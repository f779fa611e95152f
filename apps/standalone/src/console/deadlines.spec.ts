import { describe, expect, it } from '@jest/globals';
import { type Awaited, untilDeadline } from '../../../console/src/api/deadlines.js';

const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const inSeconds = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
const recall = (changes: Partial<Awaited>): Awaited => ({
  ...{ kind: 'recall', status: 'ISSUED', open: true, until: inSeconds(60) },
  ...changes,
});

describe('a list with deadlines', () => {
  it('is read anew when the first of them is past', () => {
    const items = [recall({ until: inSeconds(90) }), recall({ until: inSeconds(60) })];
    expect(untilDeadline(items, NOW)).toBe(60_000);
    expect(untilDeadline([recall({ until: inSeconds(9 * 86_400) })], NOW)).toBe(3_600_000);
  });
  it('is read until it says that one is past, and no longer', () => {
    const past = { until: inSeconds(-5) };
    expect(untilDeadline([recall(past)], NOW)).toBe(3_000);
    expect(untilDeadline([recall({ ...past, defaulted: true })], NOW)).toBe(false);
    const order = { ...past, kind: 'disclosure', status: 'ORDERED' } as const;
    expect(untilDeadline([recall(order)], NOW)).toBe(3_000);
    expect(untilDeadline([recall({ ...order, expired: true })], NOW)).toBe(false);
    const hold = { ...past, kind: 'hold', status: 'PLACED' } as const;
    expect(untilDeadline([recall(hold)], NOW)).toBe(3_000);
    expect(untilDeadline([recall({ ...hold, status: 'LIFTED' })], NOW)).toBe(false);
  });
  it('is left alone when nothing in it waits for a time', () => {
    expect(untilDeadline(undefined, NOW)).toBe(false);
    expect(untilDeadline([recall({ status: 'PURGED' })], NOW)).toBe(false);
  });
});
