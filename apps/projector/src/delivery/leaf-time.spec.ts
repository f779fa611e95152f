import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Instant } from '@tripoint/kernel';
import { type Journal } from '@tripoint/read-model';
import { LeafTime } from './leaf-time.js';

const MINUTE = 60_000;
const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString() as Instant;

describe('the time of the log, by the clock of an agency', () => {
  let now: number;
  let written: Parameters<Journal['aside']>[0][];
  let time: LeafTime;

  beforeEach(() => {
    now = NOON;
    written = [];
    const journal: Pick<Journal, 'aside'> = {
      aside: (news) => {
        written.push(news);
        return Promise.resolve();
      },
    };
    time = new LeafTime(
      journal,
      () => now,
      () => now,
    );
  });
  const said = async (): Promise<readonly string[]> => (await time.look()).map(({ code }) => code);

  it('is as good as ours within ten minutes', async () => {
    time.stands({ index: 4, time: at(10) });
    expect([time.isAhead, time.ahead, await said()]).toEqual([false, 10 * MINUTE, []]);
    // What was found before a start is over.
    expect(written).toEqual([{ resolved: ['leaf-time-ahead', 'leaf-time-behind'], findings: [] }]);
  });

  it('is said to be ahead once, and that it is no longer', async () => {
    time.stands({ index: 4, time: at(11) });
    expect([time.isAhead, await said(), await said()]).toEqual([true, ['leaf-time-ahead'], []]);
    now += MINUTE;
    expect([time.isAhead, await said()]).toEqual([false, []]);
    expect(written.at(-1)).toMatchObject({ resolved: ['leaf-time-ahead', 'leaf-time-behind'] });
  });

  it('is said to be behind when heads go on coming that are, and not for a backlog', async () => {
    time.headsCame(at(-300));
    time.headsCame(at(-26));
    expect(await said()).toEqual([]);
    time.headsCame(at(0));
    time.headsCame(at(-26));
    now += 10 * MINUTE;
    expect(await said()).toEqual([]);
    time.headsCame(at(-16));
    expect(await said()).toEqual(['leaf-time-behind']);
    now += MINUTE;
    time.headsCame(at(10));
    expect(await said()).toEqual([]);
  });
});
