import { describeWithOwnKafka, type OwnKafka, ownKafka } from '@tripoint/adapters/kafka/testing';
import { it } from '@jest/globals';
import { countFrom } from '../gates/testing/random.js';
import {
  AGENCIES,
  itIsSound,
  itMeasuresItself,
  itPlaysTheUrgentPlateCheck,
  itStartsWithoutItsHub,
  itStops,
  itSurvivesAHubThatStandsStill,
  itSurvivesItsProcesses,
  LIMIT,
  Living,
} from './testing/living.js';
import { OwnPostgres } from './testing/own-postgres.js';
import { describeWithSmallDisks, hasSmallDisks, SmallDisk } from './testing/small-disk.js';
import { OVERSIGHT, SeparateFederation } from './testing/separate-federation.js';
import { onKafka } from './testing/served-ground.js';

/** What fits: the topics of three agencies and of oversight, and the brokers' own. */
const MEBIBYTES = 320;
const RESTARTS = countFrom('TRIPOINT_BROKER_RESTARTS', 1);

describeWithOwnKafka('a federation of processes on Kafka', () => {
  let kafka: OwnKafka | undefined;
  let postgres: OwnPostgres | undefined;
  let disk: SmallDisk | undefined;
  const broker = (): OwnKafka => {
    if (kafka === undefined) throw new Error('the broker has not been started');
    return kafka;
  };
  const living = new Living(
    async () => {
      postgres = await OwnPostgres.start();
      kafka = await ownKafka({
        dataIn: async (folder) => {
          if (hasSmallDisks()) disk = await SmallDisk.over(folder, MEBIBYTES);
        },
      });
      const { superuser } = postgres;
      return SeparateFederation.found(
        [...AGENCIES, OVERSIGHT],
        { serverOf: () => superuser, bus: onKafka(kafka.connection) },
        2,
      );
    },
    async () => {
      await kafka?.kill();
      await disk?.remove();
      await kafka?.forget();
      await postgres?.forget();
    },
  );

  itStartsWithoutItsHub(living);
  itPlaysTheUrgentPlateCheck(living);
  itSurvivesAHubThatStandsStill(living);
  itSurvivesItsProcesses(living);

  it(
    'goes on when its broker dies, or is stopped, and comes back',
    async () => {
      for (let round = 0; round < RESTARTS; round += 1) {
        const loads = await Promise.all([
          living.load('gr-police', 'bg-border-police'),
          living.load('bg-border-police', 'tr-police'),
        ]);
        await Promise.all(loads.map((load) => load.goesOn()));
        await (round % 2 === 0 ? broker().kill() : broker().stop());
        // Officers go on: what they say is sealed and waits.
        await Promise.all(loads.map((load) => load.goesOn()));
        await broker().start();
        await Promise.all(loads.map((load) => load.goesOn()));
        await Promise.all(loads.map((load) => load.end()));
        await living.ready();
        await living.isWhole();
      }
    },
    LIMIT + RESTARTS * LIMIT,
  );

  describeWithSmallDisks('whose broker has no room', () => {
    it(
      'keeps what officers say, and hands it on when there is room again',
      async () => {
        const load = await living.load('gr-police', 'bg-border-police');
        await load.goesOn();
        await disk?.fill();
        // It ends by itself: a broker does not go on without anywhere to write to.
        await broker().ended();
        await load.goesOn();
        await disk?.makeRoom();
        await broker().start();
        await load.goesOn();
        await load.end();
        await living.ready();
        await living.isWhole();
      },
      LIMIT,
    );
  });

  itMeasuresItself(living);
  itIsSound(living);
  itStops(living);
});
