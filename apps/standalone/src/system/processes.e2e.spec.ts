import { describe, it } from '@jest/globals';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { type AgencyId } from '@tripoint/kernel';
import { type Kind } from '../../../cli/src/database/prepare.js';
import { untilTrue } from '../gates/testing/eventually.js';
import { countFrom } from '../gates/testing/random.js';
import {
  AGENCIES,
  itIsSound,
  itMeasuresItself,
  itStartsWithoutItsHub,
  itStops,
  LIMIT,
  Living,
} from './testing/living.js';
import { OwnPostgres } from './testing/own-postgres.js';
import { describeWithSmallDisks } from './testing/small-disk.js';
import { SeparateFederation } from './testing/separate-federation.js';
import { onPostgres } from './testing/served-ground.js';
import { itBearsAnAgencysWrongClock, itBearsItsHubsWrongClock } from './testing/wrong-clocks.js';

const RESTARTS = countFrom('TRIPOINT_DATABASE_RESTARTS', 1);
const FULL_DISKS = countFrom('TRIPOINT_FULL_DISKS', 1);
/** Characters. What a store has of room inside its files is soon used up. */
const MUCH = 4_000;

/** Processes that stand still and die are tried in processes.kafka.spec.ts: what holds them does not know which bus it is. */
describe('a federation of processes on PostgreSQL', () => {
  /** The hub's, that of its ledger and its bus, and one agency's. */
  const own: OwnPostgres[] = [];
  const [HUB, LEDGER, AGENCY] = [0, 1, 2];
  const server = (at: number): OwnPostgres => {
    const found = own[at];
    if (found === undefined) throw new Error('the server has not been started');
    return found;
  };
  const serverOf = (kind: Kind, agency?: AgencyId) => {
    if (kind === 'hub') return server(HUB).superuser;
    if (kind === 'ledger' || kind === 'bus') return server(LEDGER).superuser;
    return agency === 'gr-police' ? server(AGENCY).superuser : testSuperuser();
  };
  const living = new Living(
    async () => {
      for (let at = 0; at < 3; at += 1) own.push(await OwnPostgres.start());
      const bus = onPostgres(server(LEDGER).superuser);
      return SeparateFederation.found(AGENCIES, { serverOf, bus }, 2);
    },
    async () => {
      for (const one of own) await one.forget();
    },
  );

  itStartsWithoutItsHub(living);

  it.each([
    ['die', (one: OwnPostgres) => one.kill()],
    [
      'are stopped, and started again',
      async (one: OwnPostgres) => {
        await one.stop();
        await one.start();
      },
    ],
  ])(
    'loses nothing and repeats nothing when its databases %s under load',
    async (_how, restart) => {
      for (let round = 0; round < RESTARTS; round += 1) {
        const loads = await Promise.all([
          living.load('gr-police', 'bg-border-police'),
          living.load('bg-border-police', 'tr-police'),
          living.load('tr-police', 'gr-police'),
        ]);
        for (const one of own) {
          await Promise.all(loads.map((load) => load.goesOn()));
          await restart(one);
        }
        await Promise.all(loads.map((load) => load.goesOn()));
        await Promise.all(loads.map((load) => load.end()));
        await living.ready();
        await living.isWhole();
      }
    },
    LIMIT + RESTARTS * LIMIT,
  );

  describeWithSmallDisks('whose disks fill up', () => {
    /** How often these have said that there is no room. */
    const complaints = (names: readonly string[]): number =>
      names.flatMap((name) =>
        living.federation.process(name).lines.filter(({ code }) => code === 'disk-full'),
      ).length;

    it(
      'tells the officer whose agency has no room, and takes up where it was',
      async () => {
        for (let trial = 0; trial < FULL_DISKS; trial += 1) {
          const telling = await living.load('gr-police', 'bg-border-police', MUCH);
          const others = await living.load('bg-border-police', 'gr-police');
          await telling.goesOn();
          await server(AGENCY).disk.fill();
          await telling.hears('disk-full');
          const door = living.federation.process('agency-gr-police');
          await untilTrue(
            'its door says so, too',
            async () => (await door.readiness())?.get('database') === false,
          );
          await others.goesOn(3);
          await server(AGENCY).recover();
          await telling.goesOn();
          await Promise.all([telling.end(), others.end()]);
          await living.ready();
          await living.isWhole();
        }
      },
      LIMIT + FULL_DISKS * LIMIT,
    );

    it.each([
      ['its hub', HUB, ['hub-1', 'hub-2']],
      // Where nothing can be handed to a hub any more, none may have anything to write.
      ['its ledger and its bus', LEDGER, ['hub-1', 'hub-2', 'agency-gr-police']],
    ])(
      'keeps what officers say while there is no room for %s, and records it when there is',
      async (_whose, at, names) => {
        for (let trial = 0; trial < FULL_DISKS; trial += 1) {
          const load = await living.load('gr-police', 'bg-border-police', MUCH);
          await load.goesOn();
          const before = complaints(names);
          await server(at).disk.fill();
          await untilTrue('somebody says what is wrong', () => complaints(names) > before);
          // Officers go on: what they say is sealed, kept by their agency, and waits.
          await load.goesOn(3);
          await server(at).recover();
          await load.goesOn();
          await load.end();
          await living.ready();
          await living.isWhole();
        }
      },
      LIMIT + FULL_DISKS * LIMIT,
    );
  });

  itMeasuresItself(living);
  itBearsAnAgencysWrongClock(living);
  itBearsItsHubsWrongClock(living);
  itIsSound(living);
  itStops(living);
});
