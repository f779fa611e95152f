import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ConnectionSettings,
  lockFolder,
  startEmbeddedPostgres,
} from '@tripoint/adapters/embedded';
import { UsageError } from '../command.js';

/** The server of an `npm start` that has been stopped, running for us alone. */
export type Data = { readonly superuser: ConnectionSettings; close(): Promise<void> };

/**
 * Starts the server over the data folder of an `npm start`.
 * @throws {UsageError} when it is no such folder; `data-folder-in-use` while that `npm start` runs
 */
export const openData = async (folder: string): Promise<Data> => {
  const postgres = join(folder, 'postgres');
  // A server over a folder without one would make a new one.
  const exists = await stat(join(postgres, 'superuser-password')).then(
    () => true,
    () => false,
  );
  if (!exists)
    throw new UsageError('bad-arguments', `${folder} is neither a URL nor a folder of npm start`);
  const lock = await lockFolder(folder);
  try {
    const server = await startEmbeddedPostgres(postgres);
    return {
      superuser: server.superuser,
      close: async () => {
        await server.stop();
        await lock.release();
      },
    };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
};
