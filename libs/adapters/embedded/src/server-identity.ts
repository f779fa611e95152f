// PostgreSQL refuses to run as root, and rightly. This file finds who runs it instead.
//
// An ordinary user runs it as themselves. Root tries, in this order, until one can start the binaries and
// write the data folder: the owner of a data folder that already belongs to somebody else; a user namespace
// in which root's own files belong to an unprivileged id (works under a 0700 home, changes no owner); an
// operating-system user, with copies in /var/lib/tripoint of whatever that user cannot reach.

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lchown,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Where root puts what an operating-system user cannot reach elsewhere. */
const SHARED_PLACE = '/var/lib/tripoint';

/** Runs the server's programs as somebody who is not root. */
export type ServerIdentity = {
  /** Folder with `bin`, `lib` and `share`. */
  readonly binaries: string;
  /** Folder that holds the cluster: the data folder itself wherever that is possible. */
  readonly place: string;
  readonly spawn: (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
  /** Gives a file or a folder, with all that is in it, to whom the server runs as. */
  readonly own: (path: string) => Promise<void>;
};

type Account = { readonly name: string; readonly uid: number; readonly gid: number };

const accounts = async (): Promise<readonly Account[]> => {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name !== undefined && uid !== undefined && gid !== undefined
      ? [{ name, uid: Number(uid), gid: Number(gid) }]
      : [];
  });
};

const succeeds = (child: ChildProcess): Promise<boolean> =>
  new Promise((resolve) => {
    child.once('error', () => {
      resolve(false);
    });
    child.once('close', (code) => {
      resolve(code === 0);
    });
  });

/** Children get nothing of our environment: a stray PGDATA or PGOPTIONS would reach the server. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
});

const ownTree = async (path: string, uid: number, gid: number): Promise<void> => {
  await lchown(path, uid, gid);
  if (!(await stat(path)).isDirectory()) return;
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true }))
    await lchown(join(entry.parentPath, entry.name), uid, gid);
};

/**
 * Wraps a command so that the kernel interrupts it when this process dies: a killed parent then leaves no
 * server behind. Where `setpriv` is missing the next start finds the orphan and stops it.
 */
const dyingWithParent = async (): Promise<readonly string[]> => {
  const prefix = ['setpriv', '--pdeathsig', 'INT'];
  return (await succeeds(spawn('setpriv', [...prefix.slice(1), 'true'], { stdio: 'ignore' })))
    ? prefix
    : [];
};

const identity = (
  binaries: string,
  place: string,
  prefix: readonly string[],
  account?: { readonly uid: number; readonly gid: number },
): ServerIdentity => ({
  binaries,
  place,
  spawn: (program, args, options) => {
    const [first = program, ...rest] = [...prefix, program, ...args];
    return spawn(first, rest, { env: environment(), ...options, ...account });
  },
  own: async (path) => {
    if (process.getuid?.() === 0) await ownTree(path, account?.uid ?? 0, account?.gid ?? 0);
  },
});

/** Whether this identity can start the binaries and read, write and enter its place. */
const works = async (candidate: ServerIdentity): Promise<boolean> => {
  const { spawn: start, binaries, place } = candidate;
  const postgres = join(binaries, 'bin', 'postgres');
  if (!(await succeeds(start(postgres, ['--version'], { stdio: 'ignore' })))) return false;
  const probe = 'test -r "$0" && test -w "$0" && cd "$0"';
  return succeeds(start('/bin/sh', ['-c', probe, place], { stdio: 'ignore' }));
};

/** An unprivileged account for the server, made when there is none. */
const serverAccount = async (): Promise<Account> => {
  const known = async (): Promise<Account | undefined> => {
    const all = await accounts();
    return (
      all.find(({ name }) => name === 'tripoint') ?? all.find(({ name }) => name === 'postgres')
    );
  };
  const before = await known();
  if (before !== undefined) return before;
  // shadow-utils has useradd, BusyBox adduser; both leave an account nobody can sign in to.
  const useradd = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'tripoint'];
  if (!(await succeeds(spawn('useradd', useradd, { stdio: 'ignore' }))))
    await succeeds(spawn('adduser', ['-S', '-D', '-H', 'tripoint'], { stdio: 'ignore' }));
  const made = await known();
  if (made === undefined) throw new Error('the new account is not in /etc/passwd');
  return made;
};

/** A copy of the binaries where every account can read them; made once per version of the binaries. */
const sharedBinaries = async (binaries: string): Promise<string> => {
  const { size, mtimeMs } = await stat(join(binaries, 'bin', 'postgres'));
  const target = join(SHARED_PLACE, `binaries-${size}-${Math.floor(mtimeMs)}`);
  if (await stat(target).catch(() => undefined)) return target;
  const halfway = `${target}.${process.pid}`;
  await cp(binaries, halfway, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
  });
  await chmod(halfway, 0o755);
  await rename(halfway, target).catch(() => rm(halfway, { recursive: true, force: true }));
  return target;
};

/** The folder under {@link SHARED_PLACE} that stands in for a data folder which only root can reach. */
const standIn = async (dataFolder: string): Promise<string> => {
  const folder = join(
    SHARED_PLACE,
    createHash('sha256').update(dataFolder).digest('hex').slice(0, 16),
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
};

/**
 * Finds who runs the server over `dataFolder` (its real path).
 * @throws {EmbeddedPostgresError} `binaries-damaged` when they do not start, `data-folder-denied` when nobody suits
 */
export const serverIdentity = async (
  binaries: string,
  dataFolder: string,
): Promise<ServerIdentity> => {
  const prefix = await dyingWithParent();
  if (process.getuid?.() !== 0) {
    const own = identity(binaries, dataFolder, prefix);
    if (await works(own)) return own;
    if (
      !(await succeeds(
        own.spawn(join(binaries, 'bin', 'postgres'), ['--version'], { stdio: 'ignore' }),
      ))
    )
      throw new EmbeddedPostgresError(
        'binaries-damaged',
        'the PostgreSQL binaries do not start; run the installation again and allow their install script',
      );
    throw new EmbeddedPostgresError(
      'data-folder-denied',
      `no permission to use the data folder \`${dataFolder}\``,
    );
  }

  const owner = await stat(dataFolder);
  if (owner.uid !== 0) {
    const candidate = identity(binaries, dataFolder, prefix, { uid: owner.uid, gid: owner.gid });
    if (await works(candidate)) return candidate;
  }

  // initdb looks its own id up, so the id has to be one that the system knows.
  const mapped = (await accounts()).find(({ uid }) => uid !== 0);
  if (mapped !== undefined) {
    const ids = [`--map-user=${mapped.uid}`, `--map-group=${mapped.gid}`];
    const candidate = identity(binaries, dataFolder, ['unshare', '--user', ...ids, ...prefix]);
    if (await works(candidate)) return candidate;
  }

  try {
    const { uid, gid } = await serverAccount();
    await mkdir(SHARED_PLACE, { recursive: true, mode: 0o755 });
    const places: readonly [string, string][] = [
      [binaries, dataFolder],
      [await sharedBinaries(binaries), dataFolder],
      [await sharedBinaries(binaries), await standIn(dataFolder)],
    ];
    for (const [programs, place] of places) {
      const candidate = identity(programs, place, prefix, { uid, gid });
      const before = await stat(place);
      await chown(place, uid, gid);
      if (await works(candidate)) return candidate;
      await chown(place, before.uid, before.gid);
    }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'data-folder-denied',
      'PostgreSQL does not run as root and no other account could be used; start as an ordinary user',
      { cause },
    );
  }
  throw new EmbeddedPostgresError(
    'data-folder-denied',
    `PostgreSQL does not run as root and no other account can use \`${dataFolder}\`; start as an ordinary user`,
  );
};
