import { beforeEach, describe, expect, it } from '@jest/globals';
import { Withheld } from './withheld.js';

const MINUTE = 60_000;

describe('what is kept back', () => {
  let now: number;
  let withheld: Withheld;
  const codes = (): readonly string[] => withheld.found().map(({ code }) => code);
  beforeEach(() => {
    now = 1_000_000_000;
    withheld = new Withheld(() => now);
  });

  it('is said when no heads have come for a quarter of an hour, once', () => {
    now += 15 * MINUTE - 1;
    expect(codes()).toEqual([]);
    now += 1;
    expect(codes()).toEqual(['heads-overdue']);
    expect(withheld.overdue).toBe(true);
    now += MINUTE;
    expect(codes()).toEqual([]);
  });

  it('is said again when heads came, and then none', () => {
    now += 15 * MINUTE;
    withheld.found();
    withheld.headsCame();
    expect(withheld.overdue).toBe(false);
    now += 15 * MINUTE;
    expect(codes()).toEqual(['heads-overdue']);
  });

  it('is said when a line has not come for five minutes, and of the next one again', () => {
    withheld.stands(7, true);
    now += 4 * MINUTE;
    withheld.stands(7, true);
    now += MINUTE;
    expect(withheld.found()).toEqual([
      {
        code: 'delivery-withheld',
        detail: 'line 7 of the mailbox is there and is not handed over',
      },
    ]);
    withheld.stands(7, true);
    expect(codes()).toEqual([]);
    withheld.stands(9, true);
    now += 5 * MINUTE;
    expect(codes()).toEqual(['delivery-withheld']);
    withheld.stands(12, false);
    expect(withheld.overdue).toBe(false);
  });

  it('is nothing when it comes in time', () => {
    withheld.stands(7, true);
    now += 4 * MINUTE;
    withheld.stands(9, false);
    now += 4 * MINUTE;
    expect(codes()).toEqual([]);
  });

  it('is so no longer when heads come, which is said once, and of what was said before a start too', () => {
    expect(withheld.healed()).toEqual([]);
    withheld.headsCame();
    expect(withheld.healed()).toEqual(['heads-overdue']);
    withheld.headsCame();
    expect(withheld.healed()).toEqual([]);
    now += 15 * MINUTE;
    withheld.found();
    expect(withheld.healed()).toEqual([]);
    withheld.headsCame();
    expect([withheld.healed(), withheld.healed()]).toEqual([['heads-overdue'], []]);
  });
});
