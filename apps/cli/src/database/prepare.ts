import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type ConnectionSettings,
  type LoginRole,
  PostgresBus,
  PostgresLedger,
  prepareDatabase,
} from '@tripoint/adapters/embedded';
import { KeysError, readWhole, writeWhole } from '@tripoint/adapters/keys';
import { AgencyDatabase, HubDatabase, OversightDatabase } from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';

/** What can be prepared: everything that one process, or one broker, keeps on a PostgreSQL server. */
export const KINDS = ['hub', 'ledger', 'bus', 'oversight', 'agency'] as const;
export type Kind = (typeof KINDS)[number];

export type Preparation = {
  /** A superuser of the server, or somebody who may create databases and roles. */
  readonly admin: ConnectionSettings;
  /** Begins the name of every database and role, where several federations share a server. */
  readonly prefix: string;
  /** Where passwords of roles are kept, each in a file of its own. */
  readonly secrets: string;
  readonly kind: Kind;
  /** Whose database it is; those who are to use the bus. */
  readonly agencies: readonly AgencyId[];
};

/** A database that is ready, and the variables with which a process finds it; passwords are files. */
export type Prepared = {
  readonly database: string;
  readonly roles: readonly { readonly role: string; readonly passwordFile: string }[];
};

/** Makes databases, roles, schemas and rights, as far as they are not there yet. Repeating it changes nothing. */
export const prepare = async (preparation: Preparation): Promise<readonly Prepared[]> => {
  const { kind, agencies, prefix } = preparation;
  const named = (name: string): string => `${prefix}${name}`;
  const rolesOf = (agency: AgencyId) => ({
    frontDoor: named(`agency-${agency}`),
    projector: named(`projector-${agency}`),
  });
  const hub = named('hub');
  const scrub = named('scrub');
  switch (kind) {
    case 'hub':
      return [
        await make(preparation, named('hub'), [hub, scrub], [hub, scrub], async (owner) => {
          const database = new HubDatabase(owner);
          await closing(database, async () => {
            await database.migrate();
            await database.grant(hub, scrub);
          });
        }),
      ];
    case 'ledger':
      return [
        await make(preparation, named('ledger'), [hub], [], async (owner) => {
          const ledger = new PostgresLedger(owner);
          await closing(ledger, async () => {
            await ledger.install();
            await ledger.grant(hub);
          });
        }),
      ];
    case 'bus': {
      const users = agencies.map((agency) => ({ agency, roles: rolesOf(agency) }));
      const names = [
        hub,
        scrub,
        ...users.flatMap(({ roles }) => [roles.frontDoor, roles.projector]),
      ];
      return [
        await make(preparation, named('bus'), names, [hub, scrub], async (owner) => {
          const bus = new PostgresBus(owner);
          await closing(bus, async () => {
            await bus.install();
            await bus.grantHub(hub);
            await bus.grantScrub(scrub);
            for (const { agency, roles } of users) await bus.grantAgency(agency, roles);
          });
        }),
      ];
    }
    case 'oversight': {
      const role = named('oversight');
      return [
        await make(preparation, named('oversight'), [role], [], async (owner) => {
          const database = new OversightDatabase(owner);
          await closing(database, async () => {
            await database.migrate();
            await database.grant(role);
          });
        }),
        await make(preparation, named('oversight-accounts'), [role], [], async (owner) => {
          const database = new AgencyDatabase(owner);
          await closing(database, async () => {
            await database.migrate();
            await database.grantAccounts(role);
          });
        }),
      ];
    }
    case 'agency': {
      const prepared: Prepared[] = [];
      for (const agency of agencies) {
        const roles = rolesOf(agency);
        prepared.push(
          await make(
            preparation,
            named(`agency-${agency}`),
            [roles.frontDoor, roles.projector, scrub],
            [roles.projector, scrub],
            async (owner) => {
              const database = new AgencyDatabase(owner);
              await closing(database, async () => {
                await database.migrate();
                await database.grant({ ...roles, scrubber: scrub });
              });
            },
          ),
        );
      }
      return prepared;
    }
  }
};

const closing = async (
  opened: { readonly close: () => Promise<void> },
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } finally {
    await opened.close();
  }
};

const make = async (
  { admin, secrets }: Preparation,
  database: string,
  names: readonly string[],
  scrubbers: readonly string[],
  furnish: (owner: ConnectionSettings) => Promise<void>,
): Promise<Prepared> => {
  const roles: (LoginRole & { readonly passwordFile: string })[] = [];
  for (const name of names) {
    const passwordFile = join(secrets, `${name}.password`);
    roles.push({ name, passwordFile, password: await passwordIn(passwordFile) });
  }
  await furnish(await prepareDatabase(admin, { name: database, roles, scrubbers }));
  return {
    database,
    roles: roles.map(({ name, passwordFile }) => ({ role: name, passwordFile })),
  };
};

/** The password in the file; a new one, kept there, when there is none. */
const passwordIn = async (path: string): Promise<string> => {
  try {
    return new TextDecoder().decode(await readWhole(path, true)).trim();
  } catch (thrown) {
    if (!(thrown instanceof KeysError) || thrown.code !== 'key-missing') throw thrown;
  }
  const password = randomBytes(32).toString('base64url');
  await writeWhole(path, Buffer.from(`${password}\n`), { secret: true, replace: false });
  return password;
};
