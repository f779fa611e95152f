// What can be told of a federation of processes whatever carries its messages: each spec says on which servers it lives, and which
// of this it has to go through, in this order.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId } from '@tripoint/kernel';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { check } from '../../../../cli/src/demo/expectations.js';
import { Play } from '../../../../cli/src/demo/play.js';
import { type Act, type Expectation, type Scenario } from '../../../../cli/src/demo/scenario.js';
import { URGENT_PLATE_CHECK } from '../../../../cli/src/demo/scenario-1.js';
import { eventually, untilTrue } from '../../gates/testing/eventually.js';
import { drained, examine, type Given } from '../../gates/testing/oracle.js';
import { countFrom } from '../../gates/testing/random.js';
import { Load } from './load.js';
import { loggedFrom } from './logged.js';
import { type SeparateFederation } from './separate-federation.js';

export const AGENCIES = ['gr-police', 'bg-border-police', 'tr-police'] as string[] as AgencyId[];
export const LIMIT = 180_000;
const HUBS = ['hub-1', 'hub-2'] as const;
const STOPS = countFrom('TRIPOINT_HUB_STOPS', 1);
const KILLS = countFrom('TRIPOINT_PROCESS_KILLS', 1);

/** A federation that is there while a spec runs, and what is asked of it again and again. */
export class Living {
  #federation: SeparateFederation | undefined;
  /** Every order that anybody was given, and whether its acknowledgement was heard. */
  readonly #given: Given[] = [];

  constructor(found: () => Promise<SeparateFederation>, release: () => Promise<void>) {
    beforeAll(async () => {
      this.#federation = await found();
    }, LIMIT);
    afterAll(async () => {
      try {
        await this.#federation?.close();
      } finally {
        await release();
      }
    }, LIMIT);
  }

  get federation(): SeparateFederation {
    if (this.#federation === undefined) throw new Error('it has not been founded');
    return this.#federation;
  }

  /** Who is in office, and who waits. */
  offices(): Promise<readonly [string, string]> {
    return eventually('one is in office', () => {
      const leader = HUBS.find((name) => this.federation.inOffice(name));
      const standby = HUBS.find((name) => name !== leader);
      return leader === undefined || standby === undefined ? undefined : [leader, standby];
    });
  }

  /** Officers of `from` who share one thing after the other with `to`, until they are told to stop. */
  load(from: string, to: string, length?: number): Promise<Load> {
    const way = { from, to, ...(length === undefined ? {} : { length }) };
    return Load.begin(this.federation, way, this.#given);
  }

  /** An officer shares something; the door answers once it is sealed, whatever happens to others meanwhile. */
  async order(from: string, to: string): Promise<void> {
    const load = await this.load(from, to);
    await load.end();
    expect(load.acknowledged).toBeGreaterThan(0);
  }

  /** Resolves when all processes say that nothing they need is missing. */
  async ready(): Promise<void> {
    await Promise.all([...this.federation.processes.values()].map((one) => one.ready()));
  }

  /** Waits until nothing is owed to anybody, and lets somebody look who knows only the tables. `noted` is what agencies say and is so. */
  async isWhole(noted?: RegExp): Promise<void> {
    await drained(this.federation.places, 120_000);
    const { issued, leaves, faults } = await examine(this.federation.places, this.#given);
    expect(faults.filter((fault) => noted?.test(fault) !== true)).toEqual([]);
    expect(leaves).toBe(issued);
  }
}

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

const epochs = async (federation: SeparateFederation): Promise<number> =>
  (await loggedFrom(federation)).filter(({ kind }) => kind === 'epoch').length;

export const itStartsWithoutItsHub = (living: Living): void => {
  it(
    'starts without its hub, and says what is missing until it comes',
    async () => {
      const { federation } = living;
      const agency = await federation.start('agency-gr-police');
      const projector = await federation.start('projector-gr-police');
      const missing = [...((await agency.readiness()) ?? [])].filter(([, ready]) => !ready);
      expect(missing).toEqual([
        ['caught-up', false],
        ['hub', false],
      ]);
      expect((await projector.readiness())?.get('database')).toBe(true);
      await federation.startAll();
      await living.ready();
    },
    LIMIT,
  );
};

export const itPlaysTheUrgentPlateCheck = (living: Living): void => {
  it(
    'plays the urgent plate check',
    async () => {
      const scenario = among(URGENT_PLATE_CHECK, AGENCIES);
      const play = new Play(scenario, await living.federation.demoFile(), fetch);
      await play.open();
      play.begin = (await play.hub.checkpoint()).size;
      const wrong: string[] = [];
      let held = 0;
      for (const { acts, then } of play.scenario.steps) {
        const checks = [];
        for (const act of acts) checks.push(...(await play.perform(act)));
        for (const expectation of then) checks.push(await check(play, expectation));
        for (const { holds, what } of checks)
          if (holds) held += 1;
          else wrong.push(what);
      }
      await play.close();
      expect(wrong).toEqual([]);
      expect(held).toBeGreaterThan(20);
      await living.isWhole();
    },
    LIMIT,
  );
};

export const itSurvivesAHubThatStandsStill = (living: Living): void => {
  it(
    'goes on when the hub in office stands still, and is not disturbed when that one wakes',
    async () => {
      for (let trial = 0; trial < STOPS; trial += 1) {
        const { federation } = living;
        const [leader, standby] = await living.offices();
        const standing = federation.process(leader);
        const before = await epochs(federation);
        standing.signal('SIGSTOP');
        await living.order('gr-police', 'bg-border-police');
        await untilTrue(`${standby} is in office`, () => federation.inOffice(standby));
        await living.order('bg-border-police', 'gr-police');
        await drained(federation.places);
        standing.signal('SIGCONT');
        await untilTrue(
          `${leader} knows that it is out of office`,
          () => !federation.inOffice(leader),
        );
        await standing.ready();
        await living.order('tr-police', 'gr-police');
        await living.isWhole();
        expect(federation.inOffice(standby)).toBe(true);
        // One that was about to write when it was stopped may get it in, if nobody else has written meanwhile; and no more.
        expect((await epochs(federation)) - before).toBeLessThanOrEqual(2);
      }
    },
    LIMIT + STOPS * LIMIT,
  );
};

export const itSurvivesItsProcesses = (living: Living): void => {
  it(
    'loses nothing when any of its processes is killed',
    async () => {
      for (let round = 0; round < KILLS; round += 1) {
        const { federation } = living;
        const [leader, standby] = await living.offices();
        for (const name of [
          leader,
          'projector-bg-border-police',
          'agency-gr-police',
          'oversight',
          standby,
        ]) {
          const telling = living.order('tr-police', 'bg-border-police');
          await federation.process(name).end();
          await telling;
          await federation.start(name);
        }
        await living.ready();
        await living.order('gr-police', 'tr-police');
        await living.isWhole();
      }
    },
    LIMIT + KILLS * LIMIT,
  );
};

export const itMeasuresItself = (living: Living): void => {
  it(
    'measures itself, and tells nothing of a case by it',
    async () => {
      const { federation } = living;
      const measured = new Map<string, string>();
      for (const name of federation.names) {
        // A projector or an overseer that was started again has first to come by something to measure.
        const text = await eventually(`${name} is measured`, async () => {
          const found = await federation.process(name).metrics();
          return found.includes('_age_seconds') || found.includes('_unrecorded_seconds')
            ? found
            : undefined;
        });
        measured.set(name, text);
        expect((await fetch(federation.process(name).metricsUrl('/'))).status).toBe(404);
      }
      const all = [...measured.values()].join('');
      // Whether an agency can be reached is no secret from whoever runs the hub, and the only thing that is told of one.
      const lines = all
        .split('\n')
        .filter((line) => !/^tripoint_delivery_failing_seconds\{agency="[a-z-]+"\} /.test(line));
      for (const line of lines)
        expect(line).toMatch(
          /^$|^# (HELP|TYPE) tripoint_[a-z_]+ .+$|^tripoint_[a-z_]+(\{[a-z]+="[a-z]+"\})? -?\d+(\.\d+)?(e-?\d+)?$/,
        );
      for (const named of [...AGENCIES, 'papadakis', 'XKA', 'contribution'])
        expect(lines.join('\n')).not.toContain(named);
      const [leader] = await living.offices();
      expect(measured.get(leader)).toContain('tripoint_in_office 1\n');
      expect(measured.get(leader)).toMatch(/tripoint_verdicts_total\{answer="allowed"\} [1-9]/);
      expect(measured.get('agency-gr-police')).toContain('tripoint_unrecorded 0\n');
      expect(measured.get('oversight')).toContain('tripoint_log_sound 1\n');
    },
    LIMIT,
  );
};

/** Recomputes the log that each hub serves. */
export const itIsSound = (living: Living): void => {
  it(
    'is found sound by whoever recomputes its log, from either hub',
    async () => {
      const { federation } = living;
      const openpgp = new OpenPgpJs();
      const { anchor } = await FederationFolder.open(openpgp, federation.places.federation);
      for (const name of HUBS) {
        const source = new HttpLogSource({
          url: await federation.urlOf(name),
          token: federation.auditorToken,
        });
        expect((await verifyLog(source, anchor, openpgp)).fault).toBeNull();
      }
    },
    LIMIT,
  );
};

export const itStops = (living: Living): void => {
  it(
    'stops when it is asked to, without a word of an error',
    async () => {
      const ended = await Promise.all(
        [...living.federation.processes.values()].map(async (one) => {
          one.signal('SIGTERM');
          return { name: one.name, ...(await one.ended), errors: one.errors };
        }),
      );
      for (const one of ended)
        expect(one).toEqual({ name: one.name, code: 0, signal: null, errors: '' });
    },
    LIMIT,
  );
};
