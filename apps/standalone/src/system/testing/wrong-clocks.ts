// What is told of a federation whose clocks are wrong: of an agency's, which its hub does not believe, and of the hub's, which makes the log's time.
import { expect, it } from '@jest/globals';
import { drained } from '../../gates/testing/oracle.js';
import { untilTrue } from '../../gates/testing/eventually.js';
import { LIMIT, type Living } from './living.js';
import { type Logged, loggedFrom } from './logged.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** One after the other, so that a clock steps back by minutes and by days. */
const OFF_BY = [10 * MINUTE, -10 * MINUTE, DAY, -DAY] as const;
const [WRONG, RIGHT] = ['gr-police', 'bg-border-police'];

/** Starts it again with a clock that can be moved. */
const withClock = async ({ federation }: Living, name: string): Promise<void> => {
  await federation.process(name).end();
  await (await federation.startWithClock(name)).ready();
};

/** Moves the clock of a process, and waits until that is measured. */
const setClock = async ({ federation }: Living, name: string, off: number): Promise<void> => {
  await federation.setClock(name, off);
  await untilTrue(`${name} measures that its clock is wrong`, async () => {
    const measured = /^tripoint_clock_ahead_seconds (-?[\d.e+-]+)$/m.exec(
      await federation.process(name).metrics(),
    )?.[1];
    return measured !== undefined && Math.abs(Number(measured) - off / 1000) < 10;
  });
};

const warned = ({ federation }: Living, name: string): Promise<void> =>
  untilTrue(`${name} warns`, () =>
    federation.process(name).lines.some(({ code }) => code === 'clock-off'),
  );

/** What is logged while two agencies tell each other something, until nothing is owed. */
const told = async (living: Living): Promise<readonly Logged[]> => {
  const { federation } = living;
  const before = (await loggedFrom(federation)).length;
  await Promise.all([living.order(WRONG, RIGHT), living.order(RIGHT, WRONG)]);
  await drained(federation.places);
  const leaves = await loggedFrom(federation, before);
  expect(leaves.map(({ kind }) => kind)).not.toContain('rejected');
  return leaves;
};

/** Whether what this agency said was late: all of it, none, or some. */
const late = (leaves: readonly Logged[], of: string): readonly boolean[] => [
  ...new Set(leaves.filter(({ issuer }) => issuer === of).map((leaf) => leaf.late)),
];

const runsForward = async ({ federation }: Living): Promise<void> => {
  const times = (await loggedFrom(federation)).map(({ time }) => time);
  expect(times).toEqual([...times].sort((one, other) => one - other));
};

export const itBearsAnAgencysWrongClock = (living: Living): void => {
  it(
    'takes all that an agency says whose clock is wrong, and marks it late',
    async () => {
      const name = `agency-${WRONG}`;
      await withClock(living, name);
      for (const off of OFF_BY) {
        await setClock(living, name, off);
        const leaves = await told(living);
        expect(late(leaves, WRONG)).toEqual([true]);
        expect(late(leaves, RIGHT)).toEqual([false]);
      }
      await warned(living, name);
      await setClock(living, name, 0);
      expect(late(await told(living), WRONG)).toEqual([false]);
      await runsForward(living);
      await living.isWhole();
    },
    2 * LIMIT,
  );
};

/** Last of all: a log whose time was a day ahead stands still for a day. */
export const itBearsItsHubsWrongClock = (living: Living): void => {
  it(
    'goes on in order when the clock of its hub is wrong, and its time does not run back',
    async () => {
      const { federation } = living;
      for (const name of await living.offices()) await withClock(living, name);
      const [leader] = await living.offices();
      for (const off of OFF_BY) {
        await setClock(living, leader, off);
        const leaves = await told(living);
        // Nobody else was ahead of the log, and all are behind it from now on.
        expect(late(leaves, WRONG)).toEqual([true]);
        expect(late(leaves, RIGHT)).toEqual([true]);
      }
      await warned(living, leader);
      const before = (await loggedFrom(federation)).length;
      await setClock(living, leader, 0);
      // Whoever listens hears from it, though its time stands still.
      await untilTrue('a sign of life is logged', async () =>
        (await loggedFrom(federation, before)).some(
          ({ kind }) => kind === 'heads' || kind === 'heartbeat',
        ),
      );
      await told(living);
      await runsForward(living);
      for (const name of [WRONG, RIGHT])
        await untilTrue(`${name} says that the time of the log is not its own`, () =>
          federation
            .process(`projector-${name}`)
            .lines.some(({ code }) => code === 'leaf-time-ahead'),
        );
      await living.isWhole(/found leaf-time-ahead$/);
    },
    2 * LIMIT,
  );
};
