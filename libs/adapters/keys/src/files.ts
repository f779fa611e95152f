import { randomBytes } from 'node:crypto';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KeysError } from './keys-error.js';

// A secret is readable by its owner alone, and a file is there whole or not at all: what is read after a
// crash is either the old content or the new.

const SECRET_FILE = 0o600;
const PUBLIC_FILE = 0o644;
const SECRET_FOLDER = 0o700;
/** Everybody but the owner; and of those, everything but reading by the group. */
const OTHERS = 0o077;
const BEYOND_GROUP_READ = 0o037;
/** Nothing that we keep is near this; a longer file is somebody else's. */
const LONGEST_FILE = 4 * 1024 * 1024;

type Writing = { readonly secret: boolean; readonly replace: boolean };

/** Creates a folder that only its owner may enter, and those above it where they are missing. */
export const makeFolder = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: SECRET_FOLDER });
};

/**
 * Writes a file whole.
 * @throws {KeysError} `key-exists` when it may not be replaced and is there
 */
export const writeWhole = async (
  path: string,
  bytes: Uint8Array,
  { secret, replace }: Writing,
): Promise<void> => {
  const folder = dirname(path);
  await makeFolder(folder);
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const file = await open(unfinished, 'wx', secret ? SECRET_FILE : PUBLIC_FILE);
  try {
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(unfinished, path);
    else {
      // A link, unlike a rename, never takes the place of what is there.
      await link(unfinished, path);
      await unlink(unfinished);
    }
  } catch (cause) {
    await unlink(unfinished).catch(() => undefined);
    if (errorCode(cause) === 'EEXIST')
      throw new KeysError('key-exists', `${path} exists and is not replaced`, { cause });
    throw new KeysError('keys-away', `${path} cannot be written`, { cause });
  }
  await settle(folder);
};

/** Writes a file that is nobody's secret, in the place of whatever was there. */
export const writePublic = (path: string, bytes: Uint8Array): Promise<void> =>
  writeWhole(path, bytes, { secret: false, replace: true });

/** Puts a secret in the place of another one, and overwrites that where it lay. */
export const replaceAndWipe = async (path: string, bytes: Uint8Array): Promise<void> => {
  // Held open: after the move it has no name any more.
  const old = await open(path, 'r+');
  try {
    await writeWhole(path, bytes, { secret: true, replace: true });
    await overwrite(old);
  } finally {
    await old.close();
  }
};

/** Deletes a secret, and overwrites it where it lay. */
export const wipe = async (path: string): Promise<void> => {
  const old = await open(path, 'r+');
  try {
    await unlink(path);
    await settle(dirname(path));
    await overwrite(old);
  } finally {
    await old.close();
  }
};

/** Removes a folder in which nothing is left. */
export const removeFolder = async (path: string): Promise<void> => {
  await rmdir(path);
  await settle(dirname(path));
};

const overwrite = async (file: FileHandle): Promise<void> => {
  const { size } = await file.stat();
  await file.write(new Uint8Array(randomBytes(size)), 0, size, 0);
  await file.sync();
};

/** Makes the names in a folder durable. */
export const settle = async (folder: string): Promise<void> => {
  // Windows has no handle on a folder and keeps names durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * The content of a file.
 * @throws {KeysError} `key-missing`; `key-exposed` when it is secret and others may read or change it
 */
export const readWhole = async (path: string, secret: boolean): Promise<Uint8Array> => {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw errorCode(cause) === 'ENOENT'
      ? new KeysError('key-missing', `${path} is not there`, { cause })
      : new KeysError('keys-away', `${path} cannot be read`, { cause });
  });
  try {
    // The mode of the open file, not of the name: the name may point elsewhere a moment later.
    const { mode, uid, gid, size } = await file.stat();
    if (secret && process.platform !== 'win32' && isExposed({ mode, uid, gid }))
      throw new KeysError(
        'key-exposed',
        `${path} is open to others; chmod 600 it, and replace the key`,
      );
    if (size > LONGEST_FILE) throw new KeysError('folder-malformed', `${path} is too long`);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
};

/**
 * The content of a file that somebody has named, and that is nobody's secret and no key.
 * @throws {KeysError} `file-missing`
 */
export const readGiven = (path: string): Promise<Uint8Array> =>
  readWhole(path, false).catch((thrown: unknown) => {
    throw thrown instanceof KeysError && thrown.code === 'key-missing'
      ? new KeysError('file-missing', thrown.message, { cause: thrown.cause })
      : thrown;
  });

/** Whose file it is, and who may do what with it. */
export type Ownership = { readonly mode: number; readonly uid: number; readonly gid: number };

/** As whom this process reads. */
const reader = (): { readonly uid: number; readonly groups: readonly number[] } => ({
  uid: process.geteuid?.() ?? 0,
  groups: [process.getegid?.() ?? 0, ...(process.getgroups?.() ?? [])],
});

/**
 * Whether others than the reader may read or change a secret file. A container is handed its secrets as root's files that its
 * own group may read (fsGroup): for a process that is not root and in that group, that is the only way in, and no exposure.
 */
export const isExposed = ({ mode, uid, gid }: Ownership, as = reader()): boolean => {
  if ((mode & OTHERS) === 0) return false;
  const handed = uid === 0 && as.uid !== 0 && gid !== 0 && as.groups.includes(gid);
  return !handed || (mode & BEYOND_GROUP_READ) !== 0;
};

/** Names in a folder, sorted; none when it is not there. Unfinished files are left out. */
export const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith('.')).sort();
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return [];
    throw new KeysError('keys-away', `${folder} cannot be listed`, { cause });
  }
};

const errorCode = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
