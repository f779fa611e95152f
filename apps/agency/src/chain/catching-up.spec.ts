import { describe, expect, it } from '@jest/globals';
import { type AgencyId, HubError } from '@tripoint/kernel';
import { JsonLog } from '@tripoint/platform';
import { type AgencyOptions, type PositionMark } from '../agency.options.js';
import { CatchingUp, type Seen, type Standing, standingOf } from './catching-up.js';
import { type ChainGuard } from './chain-guard.js';
import { type Freshness } from './freshness.js';

const seen: Seen = { next: 7n, highest: 7n, isWhole: false, hasWaited: false };

describe('a database after a start', () => {
  it.each<[string, Partial<Seen>, Standing]>([
    ['nobody has answered', {}, 'unknown'],
    ['nobody answers, and it is the one that was left', { hasWaited: true }, 'vouched'],
    [
      'nobody answers, and nothing else is known',
      { hasWaited: true, highest: undefined },
      'unknown',
    ],
    ['the hub has answered', { isWhole: true }, 'whole'],
    [
      'the hub has answered, and nothing else is known',
      { isWhole: true, highest: undefined },
      'whole',
    ],
    ['it was put back', { next: 6n, hasWaited: true }, 'behind'],
    ['it was put back while it was shown', { next: 6n, isWhole: true }, 'behind'],
  ])('is seen for what it is when %s', (_case, given, standing) => {
    expect(standingOf({ ...seen, ...given })).toBe(standing);
  });
});

describe('a front door', () => {
  const START = Date.UTC(2026, 10, 26, 12);
  const MINUTE = 60_000;

  /** A door over a mailbox of `next`, whose hub and witnesses have said what is given. */
  const door = (mark: bigint | undefined) => {
    const world = {
      next: 7n,
      lines: undefined as number | undefined,
      quorumAt: undefined as number | undefined,
      mark,
      isFull: false,
      isAway: false,
      logged: [] as string[],
    };
    const kept: PositionMark = {
      read: () => Promise.resolve(world.mark),
      move: (next) => {
        if (world.isFull) return Promise.reject(new Error('no room'));
        world.mark = next;
        return Promise.resolve();
      },
    };
    const agency = {
      agency: 'gr-police' as AgencyId,
      journal: {
        position: () =>
          world.isAway
            ? Promise.reject(new HubError('store-away', 'the database is away', true))
            : Promise.resolve({ next: world.next }),
      },
      log: new JsonLog('door', 'error', (line) => world.logged.push(line)),
      mark: kept,
      now: () => START,
    } as unknown as AgencyOptions;
    const guard = {
      get lines() {
        return world.lines;
      },
    } as ChainGuard;
    const freshness = {
      asksForQuorum: true,
      quorumAt: () => Promise.resolve(world.quorumAt),
    } as unknown as Freshness;
    return { world, made: new CatchingUp(agency, guard, freshness) };
  };

  /** Looks once. */
  const looked = async (made: CatchingUp): Promise<Standing> => {
    const stop = new AbortController();
    const running = made.run(stop.signal);
    stop.abort();
    await running;
    return made.standing;
  };

  it('shows nothing before the hub’s number is reached and witnesses have seen the log since', async () => {
    const { world, made } = door(undefined);
    expect(await looked(made)).toBe('unknown');
    await expect(made.check()).rejects.toMatchObject({ code: 'catching-up', retriable: true });
    world.lines = 9;
    world.quorumAt = START;
    expect(await looked(made)).toBe('unknown');
    world.next = 9n;
    world.quorumAt = START - 60 * MINUTE;
    expect(await looked(made)).toBe('unknown');
    // Nothing vouches for what nobody knows.
    expect(world.mark).toBeUndefined();
    world.quorumAt = START - MINUTE;
    expect(await looked(made)).toBe('whole');
    expect(world.mark).toBe(9n);
    await made.check();
  });

  it('believes no hub that says less than was taken', async () => {
    const { world, made } = door(9n);
    Object.assign(world, { lines: 8, next: 9n, quorumAt: START });
    expect(await looked(made)).toBe('unknown');
    expect(await looked(made)).toBe('unknown');
    expect(world.logged.filter((line) => line.includes('mailbox-shrunk'))).toHaveLength(1);
  });

  it('closes when the database is put back while it is open, and opens when it has caught up', async () => {
    const { world, made } = door(undefined);
    Object.assign(world, { lines: 7, quorumAt: START });
    expect(await looked(made)).toBe('whole');
    world.next = 12n;
    expect(await looked(made)).toBe('whole');
    world.next = 11n;
    expect(await looked(made)).toBe('behind');
    expect(world.mark).toBe(12n);
    world.next = 12n;
    expect(await looked(made)).toBe('whole');
  });

  it('looks at once whether a database that was away is the one that went', async () => {
    const { world, made } = door(undefined);
    Object.assign(world, { lines: 7, quorumAt: START });
    await looked(made);
    world.isAway = true;
    await looked(made);
    await expect(made.check()).rejects.toMatchObject({ code: 'store-away' });
    Object.assign(world, { isAway: false, next: 6n });
    await expect(made.check()).rejects.toMatchObject({ code: 'catching-up' });
    world.next = 7n;
    await looked(made);
    await made.check();
  });

  it('moves the mark before anything is signed, or has nothing signed', async () => {
    const { world, made } = door(7n);
    world.next = 8n;
    await made.note();
    expect(world.mark).toBe(8n);
    Object.assign(world, { next: 9n, isFull: true });
    await expect(made.note()).rejects.toThrow('no room');
    // It can be read meanwhile.
    Object.assign(world, { lines: 9, quorumAt: START });
    expect(await looked(made)).toBe('whole');
    world.isFull = false;
    await made.note();
    expect(world.mark).toBe(9n);
  });
});
