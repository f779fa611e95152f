import { Client } from 'pg';

import { type ConnectionSettings } from './connection-settings.js';

/** Runs statements that make a schema, all or none, one process at a time. */
export const installSchema = async (
  settings: ConnectionSettings,
  statements: string,
): Promise<void> => {
  const client = new Client({ ...settings });
  await client.connect();
  try {
    await client.query(
      `SET client_min_messages = warning; BEGIN; SELECT pg_advisory_xact_lock(7230412, 0); ${statements} COMMIT`,
    );
  } finally {
    await client.end();
  }
};
