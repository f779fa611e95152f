// The ways to a broker, in order: the one that is named, an engine for containers, Java with Maven. What stands in each
// way is told when none is left.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startKafkaContainer, whyNoEngine } from './kafka-container.mjs';
import { whyNoJava } from './kafka-jars.mjs';
import { askKafka } from './kafka-ready.mjs';
import { KAFKA_VERSIONS, startKafka } from './kafka.mjs';

/** Where jars are kept, and what `npm run stack` starts. */
export const stackFolder = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  '.stack',
);

export const wantedVersion = () => process.env.TRIPOINT_KAFKA_VERSION ?? KAFKA_VERSIONS.current;

/** The broker that the environment names, or undefined. One that is named and not there is a fault, never a reason to skip. */
export const namedKafka = async (environment = process.env) => {
  const { TRIPOINT_KAFKA: brokers } = environment;
  if (brokers === undefined || brokers === '') return undefined;
  const file = async (name) => {
    if (environment[name] === undefined)
      throw new Error(`TRIPOINT_KAFKA is set and ${name} is not`);
    return (await readFile(environment[name], 'utf8')).trim();
  };
  const connection = {
    brokers: brokers.split(',').map((broker) => broker.trim()),
    ca: await file('TRIPOINT_KAFKA_CA'),
    username: environment.TRIPOINT_KAFKA_ADMIN ?? 'admin',
    password: await file('TRIPOINT_KAFKA_ADMIN_PASSWORD_FILE'),
  };
  await askKafka(connection).catch((error) => {
    throw new Error(`the broker that TRIPOINT_KAFKA names does not answer: ${error.message}`);
  });
  return connection;
};

/** Starts a broker over `folder` by the first way that is open. `{ missing }` says why there is none. */
export const beginKafka = async ({ folder, version, port, detached }) => {
  const reasons = [];
  const engine = await whyNoEngine();
  if (engine === undefined)
    try {
      return { way: 'container', ...(await startKafkaContainer({ folder, version, port })) };
    } catch (error) {
      reasons.push(`the engine for containers could not run it: ${error.message}`);
    }
  else reasons.push(engine);
  const java = await whyNoJava();
  if (java !== undefined) return { missing: [...reasons, java].join('; ') };
  try {
    return {
      way: 'java',
      ...(await startKafka({ folder, cache: stackFolder, version, port, detached })),
    };
  } catch (error) {
    // Jars that cannot be had are a reason; a broker that does not start is a fault.
    if (!error.unreachable) throw error;
    return { missing: [...reasons, error.message].join('; ') };
  }
};

/** A broker for one run of tests, gone afterwards. */
export const openKafka = async () => {
  const named = await namedKafka();
  if (named !== undefined)
    return { connection: named, version: 'as named', close: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-kafka-'));
  const forget = () => rm(folder, { recursive: true, force: true });
  const kafka = await beginKafka({ folder, version: wantedVersion(), detached: false });
  if (kafka.missing !== undefined) {
    await forget();
    return kafka;
  }
  return {
    ...kafka,
    close: async () => {
      await kafka.kill();
      await forget();
    },
  };
};
