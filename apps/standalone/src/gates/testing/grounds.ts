import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionSettings, PostgresBus, PostgresLedger } from '@tripoint/adapters/embedded';
import { freshDatabase, testSuperuser } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { formatChainEntry, OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, type Instant } from '@tripoint/kernel';
import { chainStream, type Ledger, REGISTRY_CHAIN } from '@tripoint/ledger';
import { firstBundle } from '@tripoint/policy';
import { Client, escapeIdentifier } from 'pg';
import { foundFederation } from '../../demo/federation.js';

/** Where one federation keeps everything; plain data, so that it can be handed to another process. */
export type Places = Stores & { readonly bus: ConnectionSettings };

/** The same but for what only passes through. */
export type Stores = {
  /** The folder of the ceremony: keys, anchor, statements. */
  readonly federation: string;
  readonly ledger: ConnectionSettings;
  readonly hub: ConnectionSettings;
  readonly agencies: Readonly<Record<string, ConnectionSettings>>;
};

/** Databases and keys of a federation that has just been founded. */
export type Grounds = {
  readonly places: Places;
  readonly agencies: readonly AgencyId[];
  /** A copy of a database as it is now; nobody may be connected to it. */
  readonly snapshot: (of: ConnectionSettings) => Promise<ConnectionSettings>;
  readonly remove: () => Promise<void>;
};

/** Makes the folder in which federations of one spec share their keys: making keys takes longer than using them. */
export const ceremony = async (): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> => {
  const dir = await mkdtemp(join(tmpdir(), 'tripoint-gate-'));
  const path = join(dir, 'federation');
  const at = new Date().toISOString() as Instant;
  await foundFederation(path, new OpenPgpJs(), at, firstBundle().bytes);
  return { path, remove: () => rm(dir, { recursive: true, force: true }) };
};

/** Puts the founding statements of a ceremony on the registry's chain. */
export const recordFounding = async (ledger: Ledger, federation: string): Promise<void> => {
  const at = new Date().toISOString() as Instant;
  const { statements } = await foundFederation(
    federation,
    new OpenPgpJs(),
    at,
    firstBundle().bytes,
  );
  await ledger.append(
    chainStream(REGISTRY_CHAIN),
    -1n,
    statements.map((entry) => formatChainEntry(entry)),
  );
};

/** Fresh databases for the hub and for `agencies`, with the founding statements on the registry's chain. */
export const freshGrounds = async (
  federation: string,
  agencies: readonly AgencyId[],
): Promise<Grounds> => {
  const removing: (() => Promise<void>)[] = [];
  const fresh = async (name: string): Promise<ConnectionSettings> => {
    const { config, drop } = await freshDatabase(name);
    // The newest first: a copy belongs to the role of its original.
    removing.unshift(drop);
    return config;
  };
  const [ledger, bus, hub] = [await fresh('ledger'), await fresh('bus'), await fresh('hub')];
  const own: Record<string, ConnectionSettings> = {};
  for (const agency of agencies) own[agency] = await fresh(agency);

  const theLedger = new PostgresLedger(ledger);
  const theBus = new PostgresBus(bus);
  const hubDatabase = new HubDatabase(hub);
  await Promise.all([theLedger.install(), theBus.install(), hubDatabase.migrate()]);
  for (const settings of Object.values(own)) {
    const database = new AgencyDatabase(settings);
    await database.migrate();
    await database.close();
  }
  await recordFounding(theLedger, federation);
  await Promise.all([theLedger.close(), theBus.close(), hubDatabase.close()]);

  return {
    places: { federation, ledger, bus, hub, agencies: own },
    agencies,
    snapshot: async (of) => {
      const copy = await fresh('snapshot');
      const client = new Client({ ...testSuperuser() });
      await client.connect();
      try {
        // A copy of a whole database belongs to whoever owned the original.
        await client.query(`DROP DATABASE ${escapeIdentifier(copy.database)}`);
        await client.query(
          `CREATE DATABASE ${escapeIdentifier(copy.database)} TEMPLATE ${escapeIdentifier(of.database)} OWNER ${escapeIdentifier(of.user)}`,
        );
      } finally {
        await client.end();
      }
      return { ...of, database: copy.database };
    },
    remove: async () => {
      for (const drop of removing) await drop();
    },
  };
};
