// One real Kafka node over one folder, by Java. Certificates, the administrator's password, ports and data stay in the
// folder, so that whoever starts it again finds the same broker.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { makeCertificates } from './certificates.mjs';
import { kafkaJars } from './kafka-jars.mjs';
import { kafkaReady } from './kafka-ready.mjs';
import { kafkaSettings } from './kafka-settings.mjs';

const run = promisify(execFile);

/** What this hub is held against: the newest, and the last one before the old protocol versions went. */
export const KAFKA_VERSIONS = { current: '4.4.0', previous: '3.9.2' };
const ADMIN = 'admin';
const JVM = ['-Xms96m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const LOGGING = ['warn', 'kafka=warn', 'org.apache.kafka=warn'];

const freePorts = async (count) => {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((found, failed) => {
          const server = createServer();
          server.on('error', failed);
          server.listen(0, '127.0.0.1', () => found(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
};

const kept = async (path, make) => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    const made = await make();
    await writeFile(path, made, { mode: 0o600, flag: 'wx' });
    return made;
  }
};

/**
 * Everything that a node needs, put into `folder` where it is missing. `seen` says where a container sees the folder.
 * `detour` is a port under which a second door of the broker is to be advertised: for whoever puts something in between.
 */
export const prepareKafka = async ({ folder, port, detour, host = '127.0.0.1', seen = folder }) => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ports = JSON.parse(
    await kept(join(folder, 'ports.json'), async () => JSON.stringify(await freePorts(4))),
  );
  const password = await kept(join(folder, 'admin-password'), () =>
    randomBytes(24).toString('base64url'),
  );
  const cluster = await kept(join(folder, 'cluster-id'), () =>
    randomBytes(16).toString('base64url'),
  );
  if (!existsSync(join(folder, 'broker.pem'))) await makeCertificates(folder);
  const listen = {
    client: port ?? ports[0],
    internal: ports[1],
    controller: ports[2],
    ...(detour === undefined ? {} : { detour: ports[3], detourAdvertised: detour }),
  };
  await writeFile(
    join(folder, 'server.properties'),
    kafkaSettings({
      listen,
      host,
      at: { key: `${seen}/broker.pem`, ca: `${seen}/ca.pem`, data: `${seen}/data` },
    }),
  );
  // Arguments go by file: what stands on a command line can be read by every user of the machine.
  const scram = `SCRAM-SHA-512=[name=${ADMIN},password=${password}]`;
  await writeFile(join(folder, 'scram'), scram, { mode: 0o600 });
  return {
    listen,
    cluster,
    connection: {
      brokers: [`localhost:${listen.client}`],
      ca: await readFile(join(folder, 'ca.pem'), 'utf8'),
      username: ADMIN,
      password,
    },
  };
};

const formatted = async (folder, cluster, jars) => {
  if (existsSync(join(folder, 'data', 'meta.properties'))) return;
  const words = [
    ...['-cp', jars, '-Dorg.slf4j.simpleLogger.defaultLogLevel=error', ...JVM],
    ...['kafka.tools.StorageTool', 'format', '-t', cluster],
    ...[
      '-c',
      join(folder, 'server.properties'),
      '--add-scram',
      await readFile(join(folder, 'scram'), 'utf8'),
    ],
  ];
  await writeFile(join(folder, 'format.args'), words.map((word) => `"${word}"`).join('\n'), {
    mode: 0o600,
  });
  try {
    await run('java', [`@${join(folder, 'format.args')}`]);
  } catch ({ stdout, stderr }) {
    throw new Error(`the broker's storage could not be formatted:\n${stdout}${stderr}`);
  }
};

/** Ends `$1 …` when standard input does: with whoever holds the other end, however that one ends. */
const LEASH = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- &',
  'broker=$!',
  '{ while read -r _; do :; done <&3; kill -KILL $broker; } 2>/dev/null &',
  'watcher=$!',
  'trap "kill -TERM $broker" TERM',
  'wait $broker',
  'wait $broker',
  // Or it would end, later, whoever has that number then.
  'kill $watcher',
].join('\n');

const lastLines = async (path) =>
  (await readFile(path, 'utf8')).trim().split('\n').slice(-15).join('\n');

/**
 * Starts the node over `folder` and resolves when it answers a client who signed in. It lives as long as this process,
 * or, `detached`, until somebody ends it.
 */
export const startKafka = async ({
  folder: where,
  cache,
  version = KAFKA_VERSIONS.current,
  port,
  detour,
  detached = false,
}) => {
  const folder = resolve(where);
  const jars = await kafkaJars(version, cache);
  const { listen, cluster, connection } = await prepareKafka({ folder, port, detour });
  await formatted(folder, cluster, jars);

  const logPath = join(folder, 'broker.log');
  const [level, ...levels] = LOGGING;
  const command = [
    ...['java', '-cp', jars, ...JVM, `-Dorg.slf4j.simpleLogger.defaultLogLevel=${level}`],
    ...levels.map((each) => `-Dorg.slf4j.simpleLogger.log.${each}`),
    ...['kafka.Kafka', join(folder, 'server.properties')],
  ];
  const launch = async () => {
    const log = await open(logPath, 'a', 0o600);
    const stdio = [detached ? 'ignore' : 'pipe', log.fd, log.fd];
    const child = detached
      ? spawn(command[0], command.slice(1), { stdio, cwd: folder, detached: true })
      : spawn('sh', ['-c', LEASH, 'leash', ...command], { stdio, cwd: folder, detached: true });
    const ended = new Promise((done) => {
      child.on('error', done);
      child.on('exit', done);
    });
    await log.close();
    const failed = ended.then(async () => {
      throw new Error(`the broker ended while it started:\n${await lastLines(logPath)}`);
    });
    failed.catch(() => undefined);
    await Promise.race([kafkaReady(connection, { ended }), failed]);
    child.unref();
    return { child, ended };
  };

  let running = await launch();
  const end = async (signal) => {
    const { child, ended } = running;
    child.ref();
    // The whole group: the broker, and the leash that holds it.
    if (child.exitCode === null && child.signalCode === null)
      process.kill(signal === 'SIGKILL' ? -child.pid : child.pid, signal);
    await ended;
    child.stdin?.destroy();
  };
  return {
    version,
    connection,
    pid: () => running.child.pid,
    /** Where the second door really is. */
    detour: listen.detour,
    /** Resolves when it has ended, by itself or not. */
    ended: async () => {
      await running.ended;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    /** After {@link stop} or {@link kill}: the same broker over the same data, at the same address. */
    start: async () => {
      running = await launch();
    },
  };
};
