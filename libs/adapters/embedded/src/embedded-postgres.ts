import { randomBytes } from 'node:crypto';
import { type ChildProcess } from 'node:child_process';
import {
  open,
  mkdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Client } from 'pg';

import { type ConnectionSettings } from './connection-settings.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { serverIdentity, type ServerIdentity } from './server-identity.js';

const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';
const LOG_KEPT = 8 * 1024 * 1024;

/**
 * What the server runs with, whatever its configuration files say. What people wrote to each other passes through
 * it as parameters and values, so its log names failures without the statement, the parameters or the detail,
 * and leaves out errors that a client has been told of.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '400',
  shared_buffers: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  // What was forgotten is not to lie on in a segment that waits to be used again.
  wal_recycle: 'off',
};

/** A running server. Its files and its log are in the data folder. */
export type EmbeddedPostgres = {
  /** The superuser on the maintenance database: for making databases, never for an application's own work. */
  readonly superuser: ConnectionSettings;
  /** Resolves when the server has gone for good: stopped, or ended and not to be started again. */
  readonly exited: Promise<void>;
  /** Ends sessions, writes everything, ends the server, lets go of the folder. May be called twice. */
  readonly stop: () => Promise<void>;
};

const binariesFolder = async (): Promise<string> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
      readonly postgres: string;
    };
    return resolve(postgres, '..', '..');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'platform-unsupported',
      `there are no PostgreSQL binaries for ${platform} on ${process.arch}; use a server of your own`,
      { cause },
    );
  }
};

const freePort = (wanted: number): Promise<number> =>
  new Promise((done, reject) => {
    const server = createServer();
    server.once('error', (cause) => {
      reject(
        new EmbeddedPostgresError('port-busy', `port ${wanted} is in use; choose another one`, {
          cause,
        }),
      );
    });
    server.listen(wanted, HOST, () => {
      const address = server.address();
      server.close(() => {
        done(typeof address === 'object' && address !== null ? address.port : wanted);
      });
    });
  });

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  });

/** What the server's own words mean to the person who started it. */
const diagnosis = (said: string, folder: string, port: number): EmbeddedPostgresError => {
  const because = (...[code, message]: ConstructorParameters<typeof EmbeddedPostgresError>) =>
    new EmbeddedPostgresError(code, message);
  if (said.includes('Address already in use'))
    return because('port-busy', `port ${port} is in use; choose another one`);
  if (said.includes('No space left on device'))
    return because(
      'disk-full',
      `the disk that holds \`${folder}\` is full; make room and start again`,
    );
  if (
    said.includes('lock file "postmaster.pid" already exists') ||
    said.includes('pre-existing shared memory')
  )
    return because('data-folder-in-use', `another PostgreSQL server is using \`${folder}\``);
  if (
    said.includes('Permission denied') ||
    said.includes('wrong ownership') ||
    said.includes('invalid permissions')
  )
    return because('data-folder-denied', `no permission to use the data folder \`${folder}\``);
  if (said.includes('error while loading shared libraries'))
    return because(
      'binaries-damaged',
      'the PostgreSQL binaries do not start; run the installation again and allow their install script',
    );
  return because(
    'server-did-not-start',
    `PostgreSQL did not start; its words are in \`${join(folder, 'server.log')}\``,
  );
};

/** Collects what a short-lived program says; resolves with its exit code. */
const finished = (
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly said: string }> =>
  new Promise((done, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => {
      done({ code, said });
    });
  });

/** Makes the cluster, whole or not at all: a killed attempt leaves a `.new` folder that the next one removes. */
const makeCluster = async (
  folder: string,
  runAs: ServerIdentity,
  cluster: string,
): Promise<void> => {
  const halfway = join(runAs.place, 'cluster.new');
  const passwordFile = join(folder, 'superuser-password');
  const handed = join(runAs.place, 'initdb-password');
  await rm(halfway, { recursive: true, force: true });
  const password = randomBytes(32).toString('base64url');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, password, { mode: 0o600, flush: true });
  await rm(handed, { force: true });
  await writeFile(handed, password, { mode: 0o600 });
  await runAs.own(handed);
  try {
    const { code, said } = await finished(
      runAs.spawn(
        join(runAs.binaries, 'bin', 'initdb'),
        [
          `--pgdata=${halfway}`,
          `--username=${SUPERUSER}`,
          `--pwfile=${handed}`,
          '--auth=scram-sha-256',
          '--data-checksums',
          '--encoding=UTF8',
          '--locale=C.UTF-8',
          // Sorted by code point and upper-cased by PostgreSQL itself: the order of an index does not
          // change with the C library under it.
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
        ],
        { cwd: runAs.place, stdio: ['ignore', 'pipe', 'pipe'] },
      ),
    );
    if (code !== 0) {
      await writeFile(join(folder, 'server.log'), said, { mode: 0o600 }).catch(() => undefined);
      throw diagnosis(said, folder, 0);
    }
  } finally {
    await rm(handed, { force: true });
  }
  await rename(halfway, cluster);
};

/** Whether process `pid` is a server over `cluster`, and not a stranger who was given an old number. */
const servesCluster = async (pid: number, cluster: string): Promise<boolean> => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // Only Linux says where a process works. Elsewhere whoever lives under that number has to be assumed to be it.
  if (process.platform !== 'linux') return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return folder === (await realpath(cluster));
};

/**
 * A killed parent may have left a server behind. We hold the folder's lock, so that server is nobody's:
 * end it, or remove the note of one that is gone, which PostgreSQL would otherwise take for a live one
 * when its number has been given to somebody else.
 */
const endOrphan = async (cluster: string, folder: string): Promise<void> => {
  const note = join(cluster, 'postmaster.pid');
  const pid = Number((await textOf(note))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 10],
  ] as const) {
    const deadline = Date.now() + seconds * 1000;
    if (!(await servesCluster(pid, cluster))) break;
    if (process.platform === 'linux') {
      process.kill(pid, signal);
      // One that was stopped would not hear it.
      process.kill(pid, 'SIGCONT');
    }
    while (Date.now() < deadline && (await servesCluster(pid, cluster))) await pause(20);
  }
  if (await servesCluster(pid, cluster))
    throw new EmbeddedPostgresError(
      'data-folder-in-use',
      `process ${pid} is still serving \`${folder}\` and does not end when asked`,
    );
  await rm(note, { force: true });
};

const openLog = async (folder: string) => {
  const path = join(folder, 'server.log');
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > LOG_KEPT) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
};

const logAfter = async (folder: string, size: number): Promise<string> =>
  (await readFile(join(folder, 'server.log'))).subarray(size).toString();

/** Starts the server over an existing cluster and waits until it lets us in. */
const serve = async (
  folder: string,
  runAs: ServerIdentity,
  cluster: string,
  superuser: ConnectionSettings,
): Promise<Serving> => {
  const log = await openLog(folder);
  const { size } = await log.stat();
  const settings = Object.entries({ ...SETTINGS, port: String(superuser.port) });
  const child = runAs.spawn(
    join(runAs.binaries, 'bin', 'postgres'),
    ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl-C at the terminal is for the application, which then stops the server last.
    { cwd: runAs.place, stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  const exited = new Promise<void>((done) => {
    child.once('error', () => {
      done();
    });
    child.once('exit', () => {
      done();
    });
  });
  const gone = (): boolean =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  await log.close();

  const ready = async (): Promise<boolean> => {
    // The note's eighth line; before it says so, a connection would only be refused.
    const status = (await textOf(join(cluster, 'postmaster.pid')))?.split('\n')[7];
    return status?.trim() === 'ready';
  };
  while (!gone() && !(await ready())) await pause(10);
  if (gone()) throw diagnosis(await logAfter(folder, size), folder, superuser.port);

  const client = new Client({ ...superuser, connectionTimeoutMillis: 30_000 });
  try {
    await client.connect();
    // Nobody but the superuser has business in the databases that come with the cluster.
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
  } catch (cause) {
    child.kill('SIGINT');
    await exited;
    throw new EmbeddedPostgresError(
      'server-did-not-start',
      'PostgreSQL started and did not let its superuser in',
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return { exited, child };
};

/** Sessions of a server that was killed hold its memory until they notice, which takes them moments. */
const patiently = async <T>(start: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1)
    try {
      return await start();
    } catch (error) {
      const held = error instanceof EmbeddedPostgresError && error.code === 'data-folder-in-use';
      if (!held || tries === 50) throw error;
      await pause(200);
    }
};

/** One run of the server's program. */
type Serving = { readonly child: ChildProcess; readonly exited: Promise<void> };

const end = async ({ child, exited }: Serving): Promise<void> => {
  child.kill('SIGINT');
  const late = new AbortController();
  const insist = pause(30_000, undefined, { signal: late.signal }).then(
    // At once and without a last checkpoint: the next start replays what was committed.
    () => child.kill('SIGQUIT'),
    () => undefined,
  );
  await exited;
  late.abort();
  await insist;
};

/** A server that ends more often than this within a minute does not get better by another start. */
const STARTS_A_MINUTE = 3;

/**
 * Starts the server, and again, on the same port, when it ends unasked: its clients connect again by themselves, and what
 * was committed is there.
 */
const keepServing = async (
  start: () => Promise<Serving>,
  lock: FolderLock,
): Promise<Pick<EmbeddedPostgres, 'exited' | 'stop'>> => {
  let serving = await start();
  let stopped: Promise<void> | undefined;
  const isStopping = (): boolean => stopped !== undefined;
  let startedAt: readonly number[] = [performance.now()];
  const watch = async (): Promise<void> => {
    for (;;) {
      await serving.exited;
      startedAt = startedAt.filter((at) => performance.now() - at < 60_000);
      if (isStopping() || startedAt.length >= STARTS_A_MINUTE) return;
      try {
        serving = await start();
      } catch {
        // Its words are in the server's log; whoever waits for `exited` is told that it stays away.
        return;
      }
      startedAt = [...startedAt, performance.now()];
      if (isStopping()) await end(serving);
    }
  };
  const exited = watch();
  const stop = async (): Promise<void> => {
    await end(serving);
    await exited;
    await lock.release();
  };
  return { exited, stop: () => (stopped ??= stop()) };
};

const startLocked = async (
  folder: string,
  wanted: number,
  lock: FolderLock,
): Promise<EmbeddedPostgres> => {
  const runAs = await serverIdentity(await binariesFolder(), folder);
  const cluster = join(runAs.place, 'cluster');
  const exists = (await stat(cluster).catch(() => undefined)) !== undefined;
  if (exists) await endOrphan(cluster, folder);
  const port = await freePort(wanted);
  if (!exists) await makeCluster(folder, runAs, cluster);
  await runAs.own(cluster);

  const version = (await textOf(join(cluster, 'PG_VERSION')))?.trim();
  if (version !== '18')
    throw new EmbeddedPostgresError(
      'data-folder-of-other-version',
      `\`${folder}\` was written by PostgreSQL ${version ?? 'of an unknown version'}, this is PostgreSQL 18`,
    );
  const password = await textOf(join(folder, 'superuser-password'));
  if (password === undefined)
    throw new EmbeddedPostgresError(
      'data-folder-incomplete',
      `the file \`superuser-password\` is missing from \`${folder}\`; restore the whole folder`,
    );
  const superuser = { host: HOST, port, user: SUPERUSER, password, database: 'postgres' };
  const start = async (): Promise<Serving> => {
    await endOrphan(cluster, folder);
    return patiently(() => serve(folder, runAs, cluster, superuser));
  };
  return { superuser, ...(await keepServing(start, lock)) };
};

/**
 * Starts a PostgreSQL server over `dataFolder`, making the folder and the cluster when they are not there, and
 * resolves when it answers. Finds a server that a killed process left behind and ends it first.
 * Listens on 127.0.0.1 only, on `port` or on a free one.
 * @throws {EmbeddedPostgresError} with a code and a message for the person who started it
 */
export const startEmbeddedPostgres = async (
  dataFolder: string,
  port = 0,
): Promise<EmbeddedPostgres> => {
  const given = resolve(dataFolder);
  const folder = await mkdir(given, { recursive: true, mode: 0o700 }).then(
    () => realpath(given),
    (cause: unknown) => {
      const { code = '' } = cause as NodeJS.ErrnoException;
      if (code === 'ENOSPC') throw diagnosis('No space left on device', given, port);
      throw new EmbeddedPostgresError(
        'data-folder-denied',
        `the data folder \`${given}\` cannot be made (${code})`,
        { cause },
      );
    },
  );
  const lock = await lockFolder(folder);
  try {
    return await startLocked(folder, port, lock);
  } catch (error) {
    await lock.release();
    if (error instanceof EmbeddedPostgresError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw diagnosis('No space left on device', folder, port);
    if (code === 'EACCES' || code === 'EPERM') throw diagnosis('Permission denied', folder, port);
    throw error;
  }
};
