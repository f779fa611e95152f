import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder } from '@tripoint/adapters/keys';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { parseLeaf, parseLogEntry } from '@tripoint/ledger';
import { HttpLogSource, verifyLog } from '@tripoint/replay';
import { Door } from '../../../cli/src/demo/door.js';
import { Play } from '../../../cli/src/demo/play.js';
import { type Act, type Expectation, type Scenario } from '../../../cli/src/demo/scenario.js';
import { URGENT_PLATE_CHECK } from '../../../cli/src/demo/scenario-1.js';
import { eventually, untilTrue } from '../gates/testing/eventually.js';
import { drained, examine, rowsOf } from '../gates/testing/oracle.js';
import { countFrom } from '../gates/testing/random.js';
import { SeparateFederation } from './testing/separate-federation.js';

const AGENCIES = ['gr-police', 'bg-border-police', 'tr-police'] as string[] as AgencyId[];
const HUBS = ['hub-1', 'hub-2'] as const;
const LIMIT = 180_000;
const STOPS = countFrom('TRIPOINT_HUB_STOPS', 1);
const KILLS = countFrom('TRIPOINT_PROCESS_KILLS', 1);

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

  /** Who is in office, and who waits. */
  const offices = (): Promise<readonly [string, string]> =>
    eventually('one is in office', () => {
      const leader = HUBS.find((name) => federation.inOffice(name));
      const standby = HUBS.find((name) => name !== leader);
      return leader === undefined || standby === undefined ? undefined : [leader, standby];
    });
  const inOffice = (name: string): Promise<void> =>
    untilTrue(`${name} is in office`, () => federation.inOffice(name));

  /** An officer shares something; the door answers once it is sealed, whatever happens to others meanwhile. */
  const order = async (from: string, to: string, text: string): Promise<void> => {
    const { agencies } = await federation.demoFile();
    const at = agencies.find(({ id }) => id === from);
    const officer = at?.officers[0];
    if (at === undefined || officer === undefined) throw new Error(`nobody works at ${from}`);
    const door = await Door.open(at, officer, fetch);
    const { status } = await door.command('contributions', {
      to,
      marking: { classification: 'BPL', handling: [] },
      facts: { text, language: 'en', statement: 'FACT', entities: [] },
    });
    expect(status).toBe(202);
    await door.close();
  };

  const epochs = async (): Promise<number> => {
    const rows = await rowsOf<{ bytes: Buffer }>(
      federation.places.ledger,
      `select bytes from ledger.entry where stream = 'log'`,
    );
    return rows.filter(({ bytes }) => {
      const entry = parseLogEntry(bytes);
      const leaf = isRefusal(entry) ? entry : parseLeaf(entry.leaf);
      return !isRefusal(leaf) && leaf.kind === 'epoch';
    }).length;
  };

  beforeAll(async () => {
    federation = await SeparateFederation.found(AGENCIES, 2);
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
    'goes on when the hub in office stands still, and is not disturbed when that one wakes',
    async () => {
      for (let trial = 0; trial < STOPS; trial += 1) {
        const [leader, standby] = await offices();
        const standing = federation.process(leader);
        const before = await epochs();
        standing.signal('SIGSTOP');
        await order('gr-police', 'bg-border-police', `while ${leader} stands still`);
        await inOffice(standby);
        await order('bg-border-police', 'gr-police', `while ${standby} is in office`);
        await drained(federation.places);
        standing.signal('SIGCONT');
        await eventually(`${leader} knows that it is out of office`, () =>
          federation.inOffice(leader) ? undefined : true,
        );
        await standing.ready();
        await order('tr-police', 'gr-police', `with ${leader} awake`);
        await drained(federation.places);
        expect((await examine(federation.places)).faults).toEqual([]);
        expect(federation.inOffice(standby)).toBe(true);
        // One that was about to write when it was stopped may get it in, if nobody else has written meanwhile; and no more.
        expect((await epochs()) - before).toBeLessThanOrEqual(2);
      }
    },
    LIMIT + STOPS * LIMIT,
  );

  it(
    'loses nothing when any of its processes is killed',
    async () => {
      for (let round = 0; round < KILLS; round += 1) {
        const [leader, standby] = await offices();
        for (const name of [
          leader,
          'projector-bg-border-police',
          'agency-gr-police',
          'oversight',
          standby,
        ]) {
          const telling = order('tr-police', 'bg-border-police', `while ${name} dies`);
          await federation.process(name).end();
          await telling;
          await federation.start(name);
        }
        await Promise.all([...federation.processes.values()].map((one) => one.ready()));
        await order('gr-police', 'tr-police', 'after all of that');
        await drained(federation.places);
        expect((await examine(federation.places)).faults).toEqual([]);
      }
    },
    LIMIT + KILLS * LIMIT,
  );

  it(
    'measures itself, and tells nothing of a case by it',
    async () => {
      const measured = new Map<string, string>();
      for (const name of federation.names) {
        const [port] = federation
          .process(name)
          .lines.filter(({ message }) => message === 'metrics are answered')
          .map((line) => String(line['port']));
        const url = `http://127.0.0.1:${port ?? 'none'}/metrics`;
        // A projector or an overseer that was started again has first to come by something to measure.
        const text = await eventually(`${name} is measured`, async () => {
          const found = await (await fetch(url)).text();
          return found.includes('_age_seconds') || found.includes('_unrecorded_seconds')
            ? found
            : undefined;
        });
        measured.set(name, text);
        expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
      }
      const all = [...measured.values()].join('');
      for (const line of all.split('\n'))
        expect(line).toMatch(
          /^$|^# (HELP|TYPE) tripoint_[a-z_]+ .+$|^tripoint_[a-z_]+(\{[a-z]+="[a-z]+"\})? \d+(\.\d+)?(e-?\d+)?$/,
        );
      for (const named of [...AGENCIES, 'papadakis', 'XKA', 'contribution'])
        expect(all).not.toContain(named);
      const [leader] = await offices();
      expect(measured.get(leader)).toContain('tripoint_in_office 1\n');
      expect(measured.get(leader)).toMatch(/tripoint_verdicts_total\{answer="allowed"\} [1-9]/);
      expect(measured.get('agency-gr-police')).toContain('tripoint_unrecorded 0\n');
      expect(measured.get('oversight')).toContain('tripoint_log_sound 1\n');
    },
    LIMIT,
  );

  it(
    'is found sound by whoever recomputes its log, from either hub',
    async () => {
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
