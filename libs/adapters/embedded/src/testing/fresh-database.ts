import { randomBytes } from 'node:crypto';

import { connectionUrl, type ConnectionSettings } from '../connection-settings.js';
import { dropDatabase, ensureDatabase } from '../databases.js';

/** An empty database with a role of its own, on the server of this test run. */
export type FreshDatabase = {
  readonly config: ConnectionSettings;
  readonly url: string;
  /** Ends its sessions and removes it. */
  readonly drop: () => Promise<void>;
};

/** The superuser of the server that serves this test run. */
export const testSuperuser = (): ConnectionSettings => {
  const settings = process.env['TRIPOINT_TEST_POSTGRES'];
  if (settings === undefined)
    throw new Error('no test server: only *.int.spec.ts and *.e2e.spec.ts have one');
  return JSON.parse(settings) as ConnectionSettings;
};

/** Makes a database for one spec; `name` begins its name, for whoever looks at the server. */
export const freshDatabase = async (name = 'spec'): Promise<FreshDatabase> => {
  const superuser = testSuperuser();
  const unique = `${name}-${randomBytes(6).toString('hex')}`;
  const config = await ensureDatabase(superuser, unique);
  return { config, url: connectionUrl(config), drop: () => dropDatabase(superuser, unique) };
};
