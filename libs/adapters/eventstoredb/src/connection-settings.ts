import { readFile } from 'node:fs/promises';

import { HubError } from '@tripoint/kernel';

/** Where a node listens. */
export type Endpoint = { readonly address: string; readonly port: number };

/** In milliseconds, where the client's own default is not wanted. */
export type Timing = {
  readonly maxDiscoverAttempts?: number;
  readonly discoveryInterval?: number;
  readonly gossipTimeout?: number;
  readonly defaultDeadline?: number;
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
};

/** How the servers are reached: one node, several seeds of a cluster, or a name that stands for all of its nodes. */
export type ConnectionSettings = {
  readonly endpoints: readonly Endpoint[];
  readonly discover: boolean;
  readonly tls: { readonly authority: Buffer | undefined } | undefined;
  readonly timing: Timing;
  readonly connectionName: string | undefined;
  /** A function, so that nothing which prints the settings prints a password. */
  readonly credentials: () => { readonly username: string; readonly password: string } | undefined;
};

/** What is wrong with a connection string; `detail` repeats neither a password nor an unknown value. */
export type ConnectionFault = {
  readonly code:
    | 'bad-form'
    | 'bad-host'
    | 'bad-option'
    | 'unknown-option'
    | 'repeated-option'
    | 'several-names'
    | 'bad-credentials'
    | 'credentials-missing'
    | 'credentials-in-clear'
    | 'server-unverified'
    | 'authority-unreadable';
  readonly detail: string;
};

/** A connection string cannot be used; everything that is wrong with it is said at once. */
export class MisconfiguredEventStoreDB extends HubError {
  constructor(readonly faults: readonly ConnectionFault[]) {
    super(
      'eventstoredb-misconfigured',
      faults.map(({ code, detail }) => `${code}: ${detail}`).join('; '),
      false,
    );
  }
}

const DEFAULT_PORT = 2113;

/** Options that are numbers, and their least and largest value. */
const NUMBERS = {
  maxDiscoverAttempts: [1, 1000],
  discoveryInterval: [1, 60_000],
  gossipTimeout: [1, 60],
  defaultDeadline: [100, 600_000],
  // The client recommends no less, and says so on the console of whoever takes less.
  keepAliveInterval: [10_000, 3_600_000],
  keepAliveTimeout: [1000, 3_600_000],
} as const satisfies Record<keyof Timing, readonly [number, number]>;

const isNumber = (name: string): name is keyof Timing => Object.hasOwn(NUMBERS, name);

/** The client's spelling of an option, which it takes in any case. */
const OPTIONS = new Map(
  [
    'tls',
    'tlsCAFile',
    'tlsVerifyCert',
    'nodePreference',
    'throwOnAppendFailure',
    'connectionName',
    ...Object.keys(NUMBERS),
  ].map((name) => [name.toLowerCase(), name]),
);

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** `name`, `name:port`, `[v6]` or `[v6]:port`. */
const endpointOf = (text: string): Endpoint | undefined => {
  const [, address, digits] =
    /^([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/iu.exec(text) ?? [];
  const port = digits === undefined ? DEFAULT_PORT : Number(digits);
  return address === undefined || port < 1 || port > 65_535 ? undefined : { address, port };
};

/**
 * Parses `esdb://user:password@host:port,host:port?option=value`, or `esdb+discover://…` for a name in DNS.
 *
 * The operator controls it. The client's own parser is not used: it ignores what it does not know, drops
 * credentials silently when there is no TLS, and prints the whole string when it does not understand it.
 * @throws {MisconfiguredEventStoreDB}
 */
export const parseConnectionString = async (text: string): Promise<ConnectionSettings> => {
  const faults: ConnectionFault[] = [];
  const fault = (code: ConnectionFault['code'], detail: string): void => {
    faults.push({ code, detail });
  };

  const [, scheme, authority = '', query = ''] =
    /^(esdb|esdb\+discover):\/\/([^/?]+)\/?(?:\?(.*))?$/u.exec(text.trim()) ?? [];
  if (scheme === undefined)
    throw new MisconfiguredEventStoreDB([
      { code: 'bad-form', detail: 'it is esdb:// or esdb+discover://, hosts, and ?option=value' },
    ]);

  const at = authority.lastIndexOf('@');
  const colon = authority.indexOf(':');
  const username = at < 0 ? undefined : decoded(authority.slice(0, Math.min(colon, at)));
  const password = at < 0 ? undefined : decoded(authority.slice(colon + 1, at));
  if (at >= 0 && (colon < 1 || colon > at - 2 || username === undefined || password === undefined))
    fault('bad-credentials', 'they are user:password, percent-encoded');

  const endpoints = authority
    .slice(at + 1)
    .split(',')
    .flatMap((host) => {
      const endpoint = endpointOf(host);
      if (endpoint === undefined) fault('bad-host', `\`${host}\` is no host`);
      return endpoint ?? [];
    });
  const discover = scheme === 'esdb+discover';
  if (discover && endpoints.length > 1)
    fault(
      'several-names',
      'esdb+discover:// takes one name; list the seeds of a cluster in esdb://',
    );

  const given = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [key = '', raw] = pair.split('=', 2);
    const name = OPTIONS.get(key.toLowerCase());
    const value = raw === undefined ? undefined : decoded(raw);
    if (name === undefined) fault('unknown-option', `\`${key}\` is no option`);
    else if (value === undefined || value === '') fault('bad-option', `${name} has no value`);
    else if (given.has(name)) fault('repeated-option', `${name} is said twice`);
    else given.set(name, value);
  }
  const choice = (name: string, ...allowed: readonly string[]): string | undefined => {
    const value = given.get(name)?.toLowerCase();
    if (value !== undefined && !allowed.includes(value))
      fault('bad-option', `${name} is ${allowed.join(' or ')}`);
    return value;
  };
  const secure = choice('tls', 'true', 'false') !== 'false';
  choice('throwOnAppendFailure', 'true');
  // Appends, and what is read to decide about them, belong to the leader.
  choice('nodePreference', 'leader');
  if (choice('tlsVerifyCert', 'true', 'false') === 'false')
    fault(
      'server-unverified',
      'the server’s certificate is verified; name its authority in tlsCAFile',
    );

  const timing: Record<string, number> = {};
  for (const [name, value] of given) {
    if (!isNumber(name)) continue;
    const [least, most] = NUMBERS[name];
    const number = /^\d{1,9}$/u.test(value) ? Number(value) : -1;
    if (number < least || number > most)
      fault('bad-option', `${name} is a whole number from ${least} to ${most}`);
    else timing[name] = number;
  }

  // Without TLS, the client would leave them out, and the server would be asked by nobody in particular.
  if (!secure && at >= 0)
    fault(
      'credentials-in-clear',
      'credentials are not sent without TLS; take out the one or the other',
    );
  if (secure && at < 0) fault('credentials-missing', 'a server with TLS wants user:password@');

  const path = given.get('tlsCAFile');
  if (path !== undefined && !secure) fault('bad-option', 'tlsCAFile has no meaning without TLS');
  const ca =
    path === undefined || !secure
      ? undefined
      : await readFile(path).catch(() => {
          fault('authority-unreadable', 'the file of tlsCAFile cannot be read');
          return undefined;
        });
  if (ca?.includes('-----BEGIN CERTIFICATE-----') === false)
    fault('authority-unreadable', 'the file of tlsCAFile holds no PEM certificate');

  if (faults.length > 0) throw new MisconfiguredEventStoreDB(faults);
  const credentials =
    username === undefined || password === undefined ? undefined : { username, password };
  return {
    endpoints,
    discover,
    tls: secure ? { authority: ca } : undefined,
    timing,
    connectionName: given.get('connectionName'),
    credentials: () => credentials,
  };
};

/** Where a process is told which server to use: in the variable itself, or in a file that only it can read. */
export type ConnectionSource = {
  readonly TRIPOINT_EVENTSTOREDB?: string | undefined;
  readonly TRIPOINT_EVENTSTOREDB_FILE?: string | undefined;
};

/**
 * The settings that the environment names, or undefined where it names none.
 * @throws {MisconfiguredEventStoreDB}
 */
export const connectionFrom = async ({
  TRIPOINT_EVENTSTOREDB: given,
  TRIPOINT_EVENTSTOREDB_FILE: path,
}: ConnectionSource): Promise<ConnectionSettings | undefined> => {
  if (given !== undefined && path !== undefined)
    throw new MisconfiguredEventStoreDB([
      {
        code: 'bad-form',
        detail: 'TRIPOINT_EVENTSTOREDB and TRIPOINT_EVENTSTOREDB_FILE exclude each other',
      },
    ]);
  if (path === undefined) return given === undefined ? undefined : parseConnectionString(given);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new MisconfiguredEventStoreDB([
      { code: 'bad-form', detail: 'the file of TRIPOINT_EVENTSTOREDB_FILE cannot be read' },
    ]);
  });
  return parseConnectionString(text);
};
