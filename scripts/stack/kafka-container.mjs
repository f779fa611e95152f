// The same node in a container, where there is an engine for it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { kafkaReady } from './kafka-ready.mjs';
import { prepareKafka } from './kafka.mjs';

const run = promisify(execFile);
const compose = join(import.meta.dirname, 'compose.yml');
/** Where the container sees the folder. */
const SEEN = '/stack';

/** Why no container can be run here; undefined when nothing is in the way. */
export const whyNoEngine = async () => {
  try {
    await run('docker', ['info'], { timeout: 10_000 });
    await run('docker', ['compose', 'version'], { timeout: 10_000 });
  } catch (error) {
    return error.code === 'ENOENT'
      ? 'docker is not installed'
      : 'no engine for containers answers, or docker has no compose';
  }
  return undefined;
};

/** The name under which the engine knows the broker over `folder`. */
const projectOf = (folder) =>
  `tripoint-stack-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)}`;

const composing = (folder, environment, ...args) =>
  run('docker', ['compose', '-p', projectOf(folder), '-f', compose, ...args], {
    env: { ...process.env, ...environment },
    timeout: 300_000,
  });

/** Whether the broker over `folder` runs. */
export const containerRuns = async (folder, environment) => {
  const { stdout } = await composing(folder, environment, 'ps', '-q', '--status', 'running');
  return stdout.trim() !== '';
};

/** Ends the broker over `folder`, and nothing else. */
export const endContainer = async (folder, environment) => {
  await composing(folder, environment, 'down', '--timeout', '30');
};

export const startKafkaContainer = async ({ folder, version, port }) => {
  const { cluster, listen, connection } = await prepareKafka({
    folder,
    port,
    host: '0.0.0.0',
    seen: SEEN,
  });
  const environment = {
    STACK_KAFKA_VERSION: version,
    STACK_FOLDER: resolve(folder),
    STACK_PORT: String(listen.client),
    STACK_CLUSTER: cluster,
    STACK_USER: `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`,
  };
  const end = () => endContainer(folder, environment);
  try {
    await composing(folder, environment, 'up', '--detach');
    await kafkaReady(connection);
  } catch (error) {
    await end().catch(() => undefined);
    throw error;
  }
  return { version, connection, environment, stop: end, kill: end };
};
