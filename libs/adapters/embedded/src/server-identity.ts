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
  realpath,
  rename,
  rm,
  stat,
  symlink,
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

const exists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined;

const ownTree = async (path: string, uid: number, gid: number): Promise<void> => {
  const top = await stat(path);
  if (top.uid === uid) return;
  if (top.isDirectory())
    for (const entry of await readdir(path, { withFileTypes: true, recursive: true }))
      await lchown(join(entry.parentPath, entry.name), uid, gid);
  // Last, so that one who is killed in between begins again.
  await lchown(path, uid, gid);
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
  if (await exists(target)) return target;
  await mkdir(SHARED_PLACE, { recursive: true, mode: 0o755 });
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

/**
 * The folder under {@link SHARED_PLACE} that stands in for a data folder which only root can enter; a link in the data
 * folder leads to it. One without that link was left by a data folder that has been removed since.
 */
const standIn = async (dataFolder: string, { uid, gid }: Account): Promise<string> => {
  const folder = join(
    SHARED_PLACE,
    createHash('sha256').update(dataFolder).digest('hex').slice(0, 16),
  );
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, uid, gid);
  return folder;
};

const starts = ({ spawn: start, binaries }: ServerIdentity): Promise<boolean> =>
  succeeds(start(join(binaries, 'bin', 'postgres'), ['--version'], { stdio: 'ignore' }));

/** Whether this identity can start the binaries and read, write and enter its place. */
const works = async (candidate: ServerIdentity): Promise<boolean> =>
  (await starts(candidate)) &&
  succeeds(
    candidate.spawn('/bin/sh', ['-c', 'test -r "$0" && test -w "$0" && cd "$0"', candidate.place], {
      stdio: 'ignore',
    }),
  );

const firstThatWorks = async (
  candidates: readonly (() => Promise<ServerIdentity | undefined>)[],
): Promise<ServerIdentity | undefined> => {
  for (const make of candidates) {
    const candidate = await make();
    if (candidate !== undefined && (await works(candidate))) return candidate;
  }
  return undefined;
};

/** The ways for root, in the order in which they are tried. */
const waysForRoot = async (
  binaries: string,
  dataFolder: string,
  prefix: readonly string[],
): Promise<readonly (() => Promise<ServerIdentity | undefined>)[]> => {
  const link = join(dataFolder, 'elsewhere');
  const place = await realpath(link).catch(() => dataFolder);
  const { uid, gid } = await stat(place);
  const made = await exists(join(place, 'cluster'));
  const as = (programs: string, account: { readonly uid: number; readonly gid: number }) =>
    identity(programs, place, prefix, { uid: account.uid, gid: account.gid });
  return [
    () => Promise.resolve(uid === 0 ? undefined : as(binaries, { uid, gid })),
    async () => (uid === 0 ? undefined : as(await sharedBinaries(binaries), { uid, gid })),
    async () => {
      // initdb looks its own id up, so the id has to be one that the system knows.
      const mapped = (await accounts()).find((account) => account.uid !== 0);
      if (mapped === undefined) return undefined;
      const ids = [`--map-user=${mapped.uid}`, `--map-group=${mapped.gid}`];
      return identity(binaries, place, ['unshare', '--user', ...ids, ...prefix]);
    },
    async () => {
      const account = await serverAccount();
      const candidate = as(await sharedBinaries(binaries), account);
      await chown(place, account.uid, account.gid);
      if (await works(candidate)) return candidate;
      await chown(place, uid, gid);
      return undefined;
    },
    async () => {
      // A cluster that is there already would be left behind, and an empty one take its place.
      if (made) return undefined;
      const account = await serverAccount();
      const folder = await standIn(dataFolder, account);
      await rm(link, { force: true });
      await symlink(folder, link);
      return identity(await sharedBinaries(binaries), folder, prefix, {
        uid: account.uid,
        gid: account.gid,
      });
    },
  ];
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
  const ourselves = identity(binaries, dataFolder, prefix);
  if (!(await starts(ourselves)))
    throw new EmbeddedPostgresError(
      'binaries-damaged',
      'the PostgreSQL binaries do not start; run the installation again and allow their install script',
    );
  if (process.getuid?.() !== 0) {
    if (await works(ourselves)) return ourselves;
    throw new EmbeddedPostgresError(
      'data-folder-denied',
      `no permission to use the data folder \`${dataFolder}\``,
    );
  }
  let cause: unknown;
  try {
    const found = await firstThatWorks(await waysForRoot(binaries, dataFolder, prefix));
    if (found !== undefined) return found;
  } catch (error) {
    cause = error;
  }
  throw new EmbeddedPostgresError(
    'data-folder-denied',
    `PostgreSQL does not run as root and no other account can use \`${dataFolder}\`; start as an ordinary user`,
    { cause },
  );
};
