import { describe, expect, it } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import fc from 'fast-check';
import { instantOf, millisBetween, millisOf, secondsAfter } from '../instant.js';
import { type Clock } from '../item.js';
import { NOON, noonPlus } from '../testing/index.js';
import { EU_CLOCKS, clockFor, readClock, resumed, stopped } from './request.clock.js';

const HOUR = 3600;
const clock: Clock = {
  dueInSeconds: 8 * HOUR,
  graceSeconds: HOUR,
  issuedAt: NOON,
  suspendedMillis: 0,
};
const received: Clock = { ...clock, receivedAt: noonPlus(60) };

describe('an instant', () => {
  it('counts as the platform does, and back', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(-62e12), max: new Date(253e12) }),
        (day) => {
          const instant = day.toISOString() as Instant;
          expect(millisOf(instant)).toBe(day.getTime());
          expect(instantOf(day.getTime())).toBe(instant);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('knows leap days', () => {
    expect(secondsAfter('2028-02-28T23:59:59.999Z' as Instant, 1)).toBe('2028-02-29T00:00:00.999Z');
    expect(secondsAfter('2100-02-28T23:59:59.999Z' as Instant, 1)).toBe('2100-03-01T00:00:00.999Z');
  });
});

describe("a request's clock", () => {
  it.each([
    ['URGENT', 'DIRECT', 8 * HOUR],
    ['URGENT', 'INDIRECT', 72 * HOUR],
    ['ROUTINE', 'DIRECT', 168 * HOUR],
    ['ROUTINE', 'INDIRECT', 168 * HOUR],
  ] as const)('allows for %s, %s access: %d seconds', (urgency, access, seconds) => {
    expect(clockFor(EU_CLOCKS, urgency, access)).toBe(seconds);
  });

  it('starts at the receipt, whenever that was', () => {
    expect(readClock(received, NOON)).toEqual({
      dueAt: noonPlus(60 + 8 * HOUR),
      overdue: false,
      lateBySeconds: undefined,
      receiptAssumed: false,
    });
  });

  it('starts without a receipt once the grace is over, and says so', () => {
    expect(readClock(clock, noonPlus(9 * HOUR + 1))).toEqual({
      dueAt: noonPlus(9 * HOUR),
      overdue: true,
      lateBySeconds: undefined,
      receiptAssumed: true,
    });
  });

  it('is overdue a moment after it is due, not when it is due', () => {
    const due = noonPlus(60 + 8 * HOUR);
    expect(readClock(received, due).overdue).toBe(false);
    expect(readClock(received, secondsAfter(due, 1)).overdue).toBe(true);
  });

  it('tells for ever by how much an answer was late', () => {
    const late = stopped(received, noonPlus(60 + 9 * HOUR));
    expect(readClock(late, noonPlus(1e7))).toMatchObject({ overdue: false, lateBySeconds: HOUR });
    const timely = stopped(received, noonPlus(60 + 8 * HOUR));
    expect(readClock(timely, noonPlus(1e7)).lateBySeconds).toBeUndefined();
  });

  it('stands still while a clarification is pending', () => {
    const standing = { ...received, suspendedAt: noonPlus(HOUR) };
    expect(readClock(standing, noonPlus(1e7))).toEqual({
      dueAt: undefined,
      overdue: false,
      lateBySeconds: undefined,
      receiptAssumed: false,
    });
  });

  it('moves its end by exactly the time it stood still', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e6)), { maxLength: 5 }), (pauses) => {
        let now = 60;
        let stood = 0;
        let running = received;
        for (const [until, pause] of pauses) {
          now += until;
          const suspendedAt = noonPlus(now);
          now += pause;
          stood += pause;
          running = resumed({ ...running, suspendedAt }, noonPlus(now));
        }
        expect(readClock(running, NOON).dueAt).toBe(noonPlus(60 + 8 * HOUR + stood));
      }),
    );
  });

  it('never runs backwards, and stops once', () => {
    const standing = { ...received, suspendedAt: noonPlus(HOUR) };
    expect(resumed(standing, NOON).suspendedMillis).toBe(0);
    expect(resumed(received, NOON)).toEqual(received);
    const once = stopped(standing, noonPlus(2 * HOUR));
    expect(once).toEqual({
      ...received,
      suspendedMillis: HOUR * 1000,
      stoppedAt: noonPlus(2 * HOUR),
    });
    expect(stopped(once, noonPlus(3 * HOUR))).toBe(once);
    expect(millisBetween(noonPlus(1), NOON)).toBe(-1000);
  });
});
