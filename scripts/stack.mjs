// `npm run stack -- up|down|status`: a real Kafka broker on this machine, for developers. Tests start their own.
import { rename, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { leaveWith, prepare, root, Stop } from './prepare.mjs';

const USAGE = `usage: npm run stack -- up [--port 9093] [--fresh] | down | status

  up      starts a Kafka broker, or says that it is there already. --fresh forgets what it kept
  down    ends the broker that up started, and nothing else. What it kept stays
  status  says whether it runs and answers; ends with 0 when it does, 3 when not

TRIPOINT_KAFKA_VERSION chooses another version. TRIPOINT_KAFKA=host:port, with TRIPOINT_KAFKA_CA,
TRIPOINT_KAFKA_ADMIN and TRIPOINT_KAFKA_ADMIN_PASSWORD_FILE, names a broker that is there already.`;

const say = (line) => process.stdout.write(`${line}\n`);
const here = (path) => relative(process.cwd(), path) || '.';

/** What `up` started: kept beside the broker's folder, so that `down` finds it and nothing else. */
const recordOf = (stackFolder) => {
  const path = join(stackFolder, 'kafka.json');
  return {
    read: async () => {
      try {
        return JSON.parse(await readFile(path, 'utf8'));
      } catch (error) {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    /** False when somebody else has just claimed it. */
    claim: async (record) => {
      try {
        await writeFile(path, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
        return true;
      } catch (error) {
        if (error.code === 'EEXIST') return false;
        throw error;
      }
    },
    write: async (record) => {
      await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    forget: () => rm(path, { force: true }),
  };
};

const signalled = (pid, signal) => {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const commandOf = async (pid) => {
  const { execFile } = await import('node:child_process');
  return new Promise((told) => {
    execFile('ps', ['-o', 'args=', '-p', String(pid)], (error, stdout) => {
      // Small machines have no ps; Linux tells it by itself.
      if (error === null) told(stdout);
      else readFile(`/proc/${pid}/cmdline`, 'utf8').then(told, () => told(''));
    });
  });
};

/** Numbers are given again: the process counts as ours only while its command names our folder. */
const processRuns = async ({ pid, folder }) =>
  signalled(pid, 0) && (await commandOf(pid)).includes(join(folder, 'server.properties'));

const runs = async (record) => {
  if (record === undefined) return false;
  if (record.starting !== undefined) return signalled(record.starting, 0);
  if (record.way === 'java') return processRuns(record);
  const { containerRuns } = await import('./stack/kafka-container.mjs');
  return containerRuns(record.folder, record.environment);
};

const described = ({ version, way, pid, brokers }) =>
  `Kafka ${version} at ${brokers.join(',')} (${way === 'java' ? `process ${pid}` : 'in a container'})`;

const told = (record) => {
  const { folder, brokers, username } = record;
  say(`  authority      ${here(join(folder, 'ca.pem'))}`);
  say(`  administrator  ${username}, password in ${here(join(folder, 'admin-password'))}`);
  say('');
  say('  npm run tripoint -- bus provision --help   makes topics and principals there, with');
  say(
    `    --brokers ${brokers.join(',')} --ca ${here(join(folder, 'ca.pem'))} --admin ${username} --admin-password-file ${here(join(folder, 'admin-password'))}`,
  );
};

const up = async ({ port, fresh }) => {
  const { beginKafka, namedKafka, stackFolder, wantedVersion } =
    await import('./stack/open-kafka.mjs');
  const named = await namedKafka();
  if (named !== undefined) {
    say(
      `TRIPOINT_KAFKA names a broker, and it answers: ${named.brokers.join(',')}. Nothing to start.`,
    );
    return 0;
  }
  await mkdir(stackFolder, { recursive: true, mode: 0o700 });
  const record = recordOf(stackFolder);
  const before = await record.read();
  if (await runs(before)) {
    if (before.starting !== undefined)
      throw new Stop(`the stack is being started already, by process ${before.starting}`);
    say(`the stack is up already: ${described(before)}`);
    told(before);
    return 0;
  }
  if (before !== undefined) await record.forget();
  if (!(await record.claim({ starting: process.pid })))
    throw new Stop('the stack is being started already');
  const version = wantedVersion();
  // Each version has its own: what a newer one has written an older one does not read.
  const folder = join(stackFolder, `node-${version}`);
  try {
    if (fresh) await rm(folder, { recursive: true, force: true });
    const kafka = await beginKafka({ folder, version, port, detached: true });
    if (kafka.missing !== undefined)
      throw new Stop(`no broker can be started here: ${kafka.missing}`);
    const { way, connection, environment } = kafka;
    const { brokers, username } = connection;
    const started = { way, version, folder, brokers, username, environment, pid: kafka.pid?.() };
    await record.write(started);
    say(`up: ${described(started)}`);
    told(started);
    return 0;
  } catch (error) {
    await record.forget();
    throw error instanceof Stop ? error : new Stop(error.message);
  }
};

const down = async () => {
  const { stackFolder } = await import('./stack/open-kafka.mjs');
  const record = recordOf(stackFolder);
  const started = await record.read();
  if (started?.starting !== undefined && (await runs(started)))
    throw new Stop(`the stack is being started, by process ${started.starting}: wait for it`);
  if (!(await runs(started))) {
    await record.forget();
    say('nothing to end: no broker that was started here runs');
    return 0;
  }
  if (started.way === 'java') await ended(started);
  else {
    const { endContainer } = await import('./stack/kafka-container.mjs');
    await endContainer(started.folder, started.environment);
  }
  await record.forget();
  say(`down: ${described(started)}; what it kept is in ${here(started.folder)}`);
  return 0;
};

const END_WITHIN = 30_000;
const ended = async (started) => {
  const began = Date.now();
  signalled(started.pid, 'SIGTERM');
  while (await processRuns(started)) {
    if (Date.now() - began > END_WITHIN) signalled(started.pid, 'SIGKILL');
    await new Promise((again) => setTimeout(again, 100));
  }
};

const status = async () => {
  const { stackFolder } = await import('./stack/open-kafka.mjs');
  const { askKafka } = await import('./stack/kafka-ready.mjs');
  const started = await recordOf(stackFolder).read();
  if (started?.starting !== undefined || !(await runs(started))) {
    say(started?.starting === undefined ? 'down' : 'starting, or a start that was broken off');
    return 3;
  }
  const { folder, brokers, username } = started;
  const [ca, password] = await Promise.all(
    ['ca.pem', 'admin-password'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  try {
    await askKafka({ brokers, ca, username, password });
  } catch (error) {
    say(`runs and does not answer: ${described(started)}: ${error.message}`);
    return 3;
  }
  say(`up: ${described(started)}`);
  told(started);
  return 0;
};

await leaveWith(async () => {
  const understood = () => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: {
          port: { type: 'string', default: '9093' },
          fresh: { type: 'boolean', default: false },
          help: { type: 'boolean', short: 'h', default: false },
        },
      });
    } catch (error) {
      throw new Stop(`${error.message}\n\n${USAGE}`, 64);
    }
  };
  const { values, positionals } = understood();
  const task = { up, down, status }[positionals[0] ?? ''];
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const port = Number(values.port);
  if (task === undefined || positionals.length !== 1 || !(port > 0 && port < 65_536))
    throw new Stop(USAGE, 64);
  process.chdir(root);
  await prepare();
  return task({ port, fresh: values.fresh });
});
