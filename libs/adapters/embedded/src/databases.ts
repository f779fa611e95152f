import { randomBytes } from 'node:crypto';

import { Client, escapeIdentifier, escapeLiteral } from 'pg';

import { type ConnectionSettings } from './connection-settings.js';

/** All who make or drop databases on one server take turns: CREATE DATABASE and CREATE ROLE cannot be made if-absent. */
const TURN = 7_230_412;

const asSuperuser = async <T>(
  superuser: ConnectionSettings,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({ ...superuser });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TURN]);
    return await work(client);
  } finally {
    await client.end();
  }
};

/**
 * Makes the database `name` and a role of the same name that owns it, nothing else, and that alone may connect to it.
 * Repeating it keeps what is there; the role's password becomes `password`, or a new random one. So nobody has to
 * keep passwords: ask again at every start.
 */
export const ensureDatabase = (
  superuser: ConnectionSettings,
  name: string,
  password = randomBytes(32).toString('base64url'),
): Promise<ConnectionSettings> =>
  asSuperuser(superuser, async (client) => {
    const quoted = escapeIdentifier(name);
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    await client.query(
      `${role.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${quoted} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
         NOREPLICATION NOBYPASSRLS PASSWORD ${escapeLiteral(password)}`,
    );
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (database.rowCount === 0)
      await client.query(`CREATE DATABASE ${quoted} OWNER ${quoted} TEMPLATE template0`);
    await client.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
    return { ...superuser, user: name, database: name, password };
  });

/** Ends the sessions of database `name`, then drops it and its role. Repeating it changes nothing. */
export const dropDatabase = (superuser: ConnectionSettings, name: string): Promise<void> =>
  asSuperuser(superuser, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`);
  });
