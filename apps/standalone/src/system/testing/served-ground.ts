// Where the stores of a federation of processes lie, and what carries its messages: the same federation on either bus.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { agencyPrincipal, HUB_PRINCIPAL, type KafkaSettings } from '@tripoint/adapters/kafka';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import { provision } from '../../../../cli/src/bus/provision.js';
import { type Kind, prepare } from '../../../../cli/src/database/prepare.js';

/** Who uses the bus: a hub, or one of the two programs of an agency. */
export type BusUser =
  { readonly app: 'hub' } | { readonly app: 'agency' | 'projector'; readonly agency: AgencyId };

/** What belongs to one federation and to no other on the same servers. */
export type Belonging = {
  readonly agencies: readonly AgencyId[];
  /** Begins the names of its databases and roles. */
  readonly prefix: string;
  /** A folder with its passwords. */
  readonly folder: string;
};

/** What carries messages between processes. */
export type Carrier = {
  /** Makes it ready, as an operator does. */
  readonly prepare: (belonging: Belonging) => Promise<void>;
  /** With which settings a process finds it; `name` is the variable that takes its URL. */
  readonly variables: (
    belonging: Belonging,
    name: string,
    user: BusUser,
  ) => Readonly<Record<string, string>>;
};

/** Servers for a federation. */
export type ServedGround = {
  /** The superuser of the server that holds the databases of this kind, of this agency. */
  readonly serverOf: (kind: Kind, agency?: AgencyId) => ConnectionSettings;
  readonly bus: Carrier;
};

/** Where the passwords of roles are. */
export const secretsOf = ({ folder }: Pick<Belonging, 'folder'>): string => join(folder, 'secrets');

/** The bus in a database of its own. */
export const onPostgres = (server: ConnectionSettings): Carrier => ({
  prepare: async ({ agencies, prefix, folder }) => {
    const secrets = secretsOf({ folder });
    await prepare({ admin: server, prefix, secrets, agencies, kind: 'bus' });
  },
  variables: ({ prefix, folder }, name, user) => {
    const role = prefix + (user.app === 'hub' ? 'hub' : `${user.app}-${user.agency}`);
    return {
      [name]: `postgres://${server.host}:${server.port}/${prefix}bus`,
      [`${name}_USER`]: role,
      [`${name}_PASSWORD_FILE`]: join(secretsOf({ folder }), `${role}.password`),
    };
  },
});

/** The bus on brokers that have no other federation. */
export const onKafka = (admin: KafkaSettings): Carrier => {
  const principals = (folder: string): string => join(folder, 'principals');
  const authority = (folder: string): string => join(folder, 'brokers.pem');
  return {
    prepare: async ({ agencies, folder }) => {
      const password = join(folder, 'bus-admin-password');
      await writeFile(authority(folder), admin.ca);
      await writeFile(password, admin.password, { mode: 0o600 });
      const said: string[] = [];
      const say = (line: string): void => {
        said.push(line);
      };
      const exit = await provision.run(
        [
          ...['--brokers', admin.brokers.join(','), '--ca', authority(folder)],
          ...['--admin', admin.username, '--admin-password-file', password],
          ...['--out', principals(folder), ...agencies.flatMap((id) => ['--agency', id])],
        ],
        {
          out: say,
          err: say,
          environment: {},
          now: () => new Date().toISOString() as Instant,
          fetch,
        },
      );
      if (exit !== 0) throw new Error(`the bus was not provisioned: ${said.join(' ')}`);
    },
    variables: ({ folder }, name, user) => {
      const principal = user.app === 'hub' ? HUB_PRINCIPAL : agencyPrincipal(user.agency);
      return {
        [name]: `kafka://${admin.brokers.join(',')}`,
        [`${name}_USER`]: principal,
        [`${name}_PASSWORD_FILE`]: join(principals(folder), `${principal}.password`),
        [`${name}_CA_FILE`]: authority(folder),
      };
    },
  };
};

/** The password of a role, as whoever prepared its database left it. */
export const passwordOf = async (belonging: Belonging, role: string): Promise<string> =>
  (
    await readFile(join(secretsOf(belonging), `${belonging.prefix}${role}.password`), 'utf8')
  ).trim();
