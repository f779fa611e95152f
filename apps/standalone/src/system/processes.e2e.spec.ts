import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { Play } from '../../../cli/src/demo/play.js';
import { type Act, type Expectation, type Scenario } from '../../../cli/src/demo/scenario.js';
import { URGENT_PLATE_CHECK } from '../../../cli/src/demo/scenario-1.js';
import { drained, examine } from '../gates/testing/oracle.js';
import { SeparateFederation } from './testing/separate-federation.js';

const AGENCIES = ['gr-police', 'bg-border-police', 'tr-police'] as string[] as AgencyId[];
const LIMIT = 180_000;

/** The story as those tell it who have a front door here. */
const among = (scenario: Scenario, agencies: readonly string[]): Scenario => {
  const actors = Object.fromEntries(
    Object.entries(scenario.actors).filter(([, { agency }]) => agencies.includes(agency)),
  );
  const plays = (one: Act | Expectation): boolean => !('by' in one) || one.by in actors;
  return {
    ...scenario,
    actors,
    steps: scenario.steps.map((step) => ({
      ...step,
      acts: step.acts.filter(plays),
      then: step.then.filter(plays),
    })),
  };
};

describe('a federation of processes', () => {
  let federation: SeparateFederation;

  beforeAll(async () => {
    federation = await SeparateFederation.found(AGENCIES);
  }, LIMIT);
  afterAll(() => federation.close(), LIMIT);

  it(
    'starts without its hub, and says what is missing until it comes',
    async () => {
      const agency = await federation.start('agency-gr-police');
      const projector = await federation.start('projector-gr-police');
      expect(await agency.readiness()).toEqual(
        new Map([
          ['database', true],
          ['bus', true],
          ['hub', false],
        ]),
      );
      expect((await projector.readiness())?.get('database')).toBe(true);
      await federation.startAll();
      await Promise.all([...federation.processes.values()].map((one) => one.ready()));
    },
    LIMIT,
  );

  it(
    'plays the urgent plate check',
    async () => {
      const play = new Play(
        among(URGENT_PLATE_CHECK, AGENCIES),
        await federation.demoFile(),
        fetch,
      );
      await play.open();
      play.beginAt((await play.hub.checkpoint()).size);
      const wrong: string[] = [];
      let held = 0;
      for (const { acts, then } of play.scenario.steps) {
        const checks = [];
        for (const act of acts) checks.push(...(await play.perform(act)));
        for (const expectation of then) checks.push(await play.check(expectation));
        for (const { holds, what } of checks)
          if (holds) held += 1;
          else wrong.push(what);
      }
      await play.close();
      expect(wrong).toEqual([]);
      expect(held).toBeGreaterThan(20);
      await drained(federation.places);
      expect((await examine(federation.places)).faults).toEqual([]);
    },
    LIMIT,
  );

  it(
    'stops when it is asked to, without a word of an error',
    async () => {
      const ended = await Promise.all(
        [...federation.processes.values()].map(async (one) => {
          one.signal('SIGTERM');
          return { name: one.name, ...(await one.ended), errors: one.errors };
        }),
      );
      for (const one of ended)
        expect(one).toEqual({ name: one.name, code: 0, signal: null, errors: '' });
    },
    LIMIT,
  );
});
