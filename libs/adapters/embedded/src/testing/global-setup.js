// One PostgreSQL server for the whole test run. Jest imports this file untransformed.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { importSource } from './import-source.js';

export default async () => {
  const { startEmbeddedPostgres } = await importSource(
    resolve(import.meta.dirname, '..', 'embedded-postgres.ts'),
  );
  const folder = await mkdtemp(join(tmpdir(), 'tripoint-test-'));
  const server = await startEmbeddedPostgres(folder);
  process.env.TRIPOINT_TEST_POSTGRES = JSON.stringify(server.superuser);
  globalThis.tripointTestServer = { server, folder };
};
