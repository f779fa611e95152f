import {
  type EmbeddedPostgres,
  ensureDatabase,
  PostgresBus,
  PostgresLedger,
  startEmbeddedPostgres,
} from '@tripoint/adapters/embedded';
import {
  AgencyDatabase,
  HubDatabase,
  OversightDatabase,
  scrub,
  type Scrubbable,
  type Scrubbed,
  type ScrubOptions,
} from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';

/** Every store of a standalone hub: one server, and on it a database and a role for each who must not see the others'. */
export type Stores = {
  readonly server: EmbeddedPostgres;
  readonly ledger: PostgresLedger;
  readonly bus: PostgresBus;
  readonly hub: HubDatabase;
  readonly oversight: OversightDatabase;
  readonly accounts: AgencyDatabase;
  readonly agencies: ReadonlyMap<AgencyId, AgencyDatabase>;
  /** As the superuser, who may drop the log. */
  scrub(kind: Scrubbable, database: string, options: ScrubOptions): Promise<Scrubbed>;
  close(): Promise<void>;
};

/** Databases whose schema is made at the same time: two cores gain nothing from more. */
const AT_ONCE = 3;

/** Starts the server over `folder` and opens every database, making what is missing. */
export const openStores = async (
  folder: string,
  agencies: readonly AgencyId[],
): Promise<Stores> => {
  const server = await startEmbeddedPostgres(folder);
  const { superuser } = server;
  try {
    const ledger = new PostgresLedger(await ensureDatabase(superuser, 'ledger'));
    const bus = new PostgresBus(await ensureDatabase(superuser, 'bus'));
    const hub = new HubDatabase(await ensureDatabase(superuser, 'hub'));
    const oversight = new OversightDatabase(await ensureDatabase(superuser, 'oversight'));
    const accounts = new AgencyDatabase(await ensureDatabase(superuser, 'oversight-accounts'));
    const own = new Map<AgencyId, AgencyDatabase>();
    for (const agency of agencies)
      own.set(agency, new AgencyDatabase(await ensureDatabase(superuser, `agency-${agency}`)));

    const schemas = [
      () => ledger.install(),
      () => bus.install(),
      () => hub.migrate(),
      () => oversight.migrate(),
      () => accounts.migrate(),
      ...[...own.values()].map((database) => () => database.migrate()),
    ];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = schemas.shift(); next !== undefined; next = schemas.shift()) await next();
      }),
    );
    // Nothing lives on the bus for longer than 22 hours, whoever has read it.
    const ended = new AbortController();
    const retention = bus.retain(ended.signal);
    return {
      server,
      ledger,
      bus,
      hub,
      oversight,
      accounts,
      agencies: own,
      scrub: (kind, database, options) => scrub({ ...superuser, database }, kind, options),
      close: async () => {
        await Promise.all([...own.values()].map((database) => database.close()));
        await Promise.all([accounts.close(), oversight.close(), hub.close()]);
        ended.abort();
        await retention;
        await bus.close();
        await ledger.close();
        await server.stop();
      },
    };
  } catch (thrown) {
    await server.stop();
    throw thrown;
  }
};
