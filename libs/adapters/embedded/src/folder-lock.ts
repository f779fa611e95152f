import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';

import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Held by one process for one data folder. */
export type FolderLock = { readonly release: () => Promise<void> };

/**
 * A name the kernel gives to one listener at a time and takes back when that process dies, however it dies.
 * A lock file would outlive a SIGKILL, and a pid written in it may belong to a stranger by now.
 */
const lockName = (folder: string): string => {
  const name = `tripoint-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`;
};

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

/**
 * Takes `folder`, which exists, for this process.
 * @throws {EmbeddedPostgresError} `data-folder-in-use` when another process has it
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const server = createServer((socket) => socket.destroy());
  try {
    await listening(server, lockName(await realpath(folder)));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new EmbeddedPostgresError(
      'data-folder-in-use',
      `another process is using the data folder \`${folder}\`; stop it, or name another folder`,
      { cause },
    );
  }
  server.unref();
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};
