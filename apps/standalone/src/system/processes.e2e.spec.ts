import { describe, it } from '@jest/globals';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { type AgencyId } from '@tripoint/kernel';
import { type Kind } from '../../../cli/src/database/prepare.js';
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
import { SeparateFederation } from './testing/separate-federation.js';
import { onPostgres } from './testing/served-ground.js';

const RESTARTS = countFrom('TRIPOINT_DATABASE_RESTARTS', 1);

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

  itMeasuresItself(living);
  itIsSound(living);
  itStops(living);
});
