import { randomBytes } from 'node:crypto';

import { HubError } from '@tripoint/kernel';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

import { isAway } from './away.js';
import { type ConnectionSettings } from './connection-settings.js';
import { scramVerifier } from './scram.js';

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

/** Somebody who signs in to a database that is not his own. */
export type LoginRole = { readonly name: string; readonly password: string };

/** A database for `prepareDatabase`. */
export type PreparedDatabase = {
  readonly name: string;
  /** Who may connect; what they may do there is for the owner to grant. */
  readonly roles: readonly LoginRole[];
  /** Which of them may drop the write-ahead log; only a superuser lets them. */
  readonly scrubbers: readonly string[];
};

/**
 * Makes a database, the role `<name>-owner` that owns it and that nobody can sign in as, and the roles that may connect to it.
 * Repeating it keeps what is there, and gives the roles their passwords again. `admin` is a superuser, or may create
 * databases and roles. Answers how to connect in the owner's name.
 * @throws {HubError} `role-too-mighty` when a role is there that may do what no role of ours may
 */
export const prepareDatabase = (
  admin: ConnectionSettings,
  wanted: PreparedDatabase,
): Promise<ConnectionSettings> =>
  asSuperuser(admin, async (client) => {
    const owner = await prepared(client, admin, wanted);
    await letScrub(admin, wanted);
    return owner;
  }).catch((cause: unknown) => {
    if (cause instanceof HubError) throw cause;
    const code = (cause as { readonly code?: unknown }).code;
    throw isAway(cause)
      ? new HubError('server-away', 'the database server cannot be reached', true, { cause })
      : new HubError(
          'server-refused',
          `the database server refused (${typeof code === 'string' ? code : 'no code'}): is this somebody who may create databases and roles?`,
          false,
          { cause },
        );
  });

const prepared = async (
  client: Client,
  admin: ConnectionSettings,
  { name, roles }: Omit<PreparedDatabase, 'scrubbers'>,
): Promise<ConnectionSettings> => {
  const owner = `${name}-owner`;
  await ensureRole(client, owner, 'NOLOGIN');
  for (const { name: role, password } of roles)
    await ensureRole(client, role, `LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`);
  const [quoted, owning] = [escapeIdentifier(name), escapeIdentifier(owner)];
  await client.query(`GRANT ${owning} TO CURRENT_USER`);
  const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (database.rowCount === 0)
    await client.query(`CREATE DATABASE ${quoted} OWNER ${owning} TEMPLATE template0`);
  await client.query(`SET ROLE ${owning}`);
  await client.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
  for (const { name: role } of roles)
    await client.query(`GRANT CONNECT ON DATABASE ${quoted} TO ${escapeIdentifier(role)}`);
  await client.query('RESET ROLE');
  return { ...admin, database: name, options: `-c role=${owner}` };
};

/** The right to a function is one in a database, and its owner is not who has it to give. */
const letScrub = async (
  admin: ConnectionSettings,
  { name, scrubbers }: PreparedDatabase,
): Promise<void> => {
  if (scrubbers.length === 0) return;
  const to = scrubbers.map((role) => escapeIdentifier(role)).join(', ');
  const client = new Client({ ...admin, database: name });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly superuser: string }>(
      `SELECT current_setting('is_superuser') AS superuser`,
    );
    // Where it is not, the scrub says that the log stays.
    if (rows[0]?.superuser !== 'on') return;
    await client.query(`GRANT pg_checkpoint TO ${to}`);
    await client.query(`GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO ${to}`);
  } finally {
    await client.end();
  }
};

/** A role of this name that can do nothing by itself but what `how` says. */
const ensureRole = async (client: Client, name: string, how: string): Promise<void> => {
  const { rows } = await client.query<{ readonly mighty: boolean }>(
    `SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS mighty
     FROM pg_roles WHERE rolname = $1`,
    [name],
  );
  const [known] = rows;
  if (known?.mighty === true)
    throw new HubError(
      'role-too-mighty',
      `the role \`${name}\` is there and may do more than it has to; drop it, or take its attributes from it`,
      false,
    );
  await client.query(
    `${known === undefined ? 'CREATE' : 'ALTER'} ROLE ${escapeIdentifier(name)} ${how}`,
  );
};

/** Ends the sessions of database `name`, then drops it and its role. Repeating it changes nothing. */
export const dropDatabase = (superuser: ConnectionSettings, name: string): Promise<void> =>
  asSuperuser(superuser, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`);
  });
