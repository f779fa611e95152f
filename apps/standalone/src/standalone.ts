import { createServer } from 'node:net';
import { join } from 'node:path';
import { OpenPgpJs, formatChainEntry } from '@tripoint/envelope';
import { HubError, type Instant, pause } from '@tripoint/kernel';
import { chainStream, type Ledger, REGISTRY_CHAIN } from '@tripoint/ledger';
import { readBuiltConsole } from '@tripoint/platform';
import { firstBundle } from '@tripoint/policy';
import { DataFolder } from './data-folder.js';
import {
  addOfficers,
  type DemoPasswords,
  makePasswords,
  passwordKey,
  withNewOfficers,
} from './demo/accounts.js';
import { foundFederation, type FoundedFederation } from './demo/federation.js';
import {
  type Closing,
  type Doors,
  HOST,
  openDoors,
  type Opened,
  overseer,
  PORTS,
  withDoor,
} from './doors.js';
import { makeSecret } from './secret.js';
import { openStores, type Stores } from './stores.js';
import { notGoneOnWith } from './start-fault.js';
import { openWitnesses } from './witnesses.js';

/** For how long a start waits for what was started to become usable. */
const READY_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** Says what is being done, for whoever waits; returns what `work` gives. */
export type Step = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** A standalone hub that answers. */
export type Standalone = Omit<Doors, 'apps'> & {
  readonly passwords: DemoPasswords;
  /** What did not become usable in time, as `<door>: <check>`; it may still. Nothing when everything is. */
  readonly missing: readonly string[];
  /** Resolves when the database server has gone for good: nothing can be kept any more, whatever still answers. */
  readonly storeless: Promise<void>;
  /** Resolves with what the hub does not go on with: what is stored is not what was signed, or not what this version makes of it. */
  readonly stuck: Promise<HubError>;
  /** Stops taking requests, lets every loop finish its turn, then closes stores and server. */
  stop(): Promise<void>;
};

/**
 * Starts the hub, oversight and every agency of the demo federation in this process, over the one folder.
 * Interrupted at any moment, the next start goes on from what is durable.
 * @throws {HubError} with a code and a message for the person who started it
 */
export const startStandalone = async (
  { data, port, fresh }: { readonly data: string; readonly port: number; readonly fresh: boolean },
  step: Step,
): Promise<Standalone> => {
  const closing: Closing = [];
  const close = async (): Promise<void> => {
    for (let last = closing.pop(); last !== undefined; last = closing.pop()) await last();
  };
  try {
    const folder = await DataFolder.open(data);
    closing.push(() => folder.close());
    // Before anything is made, and before anything is forgotten.
    await Promise.all(Array.from({ length: PORTS }, (_, at) => portFree(port + at)));
    if (fresh)
      await step('forgetting what was there', async () => {
        // A server that a killed process left behind is ended first.
        const { server } = await openStores(folder.postgres, []);
        await server.stop();
        await folder.empty();
      });
    const passwords = withNewOfficers(await folder.kept('demo-passwords.json', makePasswords));
    await folder.write('demo-passwords.json', passwords);
    const auditor = await folder.keptLine('auditor-token', makeSecret);
    const openpgp = new OpenPgpJs();
    const stores = await step('starting the database server', () =>
      openStores(
        folder.postgres,
        withDoor.map(({ id }) => id),
      ),
    );
    closing.push(() => stores.close());
    const federation = await step('opening the demo federation', () =>
      foundFederation(
        folder.federation,
        openpgp,
        new Date().toISOString() as Instant,
        firstBundle().bytes,
      ),
    );
    await recordRegistry(stores.ledger, federation);
    // Passwords are hashed on other threads: the witnesses cost no time beside that.
    const [trustPolicy] = await step('preparing accounts and witnesses', () =>
      Promise.all([
        openWitnesses(
          {
            path: join(folder.path, 'witnesses'),
            anchor: federation.folder.anchor,
            log: folder.log('witnesses'),
            host: HOST,
            closing,
          },
          folder.federation,
        ),
        prepareAccounts(stores, passwords),
      ]),
    );
    let stop: (fault: HubError) => void = () => undefined;
    const stuck = new Promise<HubError>((resolve) => {
      stop = resolve;
    });
    const doors = await step('opening the front doors', async () =>
      openDoors({
        folder,
        stores,
        federation,
        trustPolicy,
        openpgp,
        port,
        auditor,
        closing,
        stuck: stop,
        console: await readBuiltConsole(),
      }),
    );
    const missing = await step('waiting for the log and every chain', () =>
      Promise.race([
        usable(doors.apps),
        stuck.then((fault) => Promise.reject(notGoneOnWith(fault, folder.path))),
      ]),
    );
    await folder.write('demo.json', {
      hub: doors.hub.url,
      oversight: doors.oversight.url,
      orders: doors.orders.url,
      auditorToken: auditor,
      anchor: `${folder.federation}/anchor.json`,
      trustPolicy: `${folder.federation}/trust-policy`,
      agencies: [...withDoor, ...(overseer === undefined ? [] : [overseer])].map(
        ({ id, officers }) => ({
          id,
          url: [...doors.agencies, doors.oversight].find((door) => door.id === id)?.url,
          officers: officers.map((officer) => ({
            ...officer,
            password: passwords[passwordKey(id, officer.id)],
          })),
        }),
      ),
      postgres: stores.server.superuser,
    });
    const { hub, oversight, orders, agencies } = doors;
    return {
      hub,
      oversight,
      orders,
      agencies,
      passwords,
      missing,
      storeless: stores.server.exited,
      stuck,
      stop: close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
};

/** Puts the founding statements on the registry's chain, as far as they are not there yet. */
const recordRegistry = async (ledger: Ledger, { statements }: FoundedFederation): Promise<void> => {
  const stream = chainStream(REGISTRY_CHAIN);
  const newest = (await ledger.last(stream))?.revision ?? -1n;
  const missing = statements.slice(Number(newest) + 1);
  if (missing.length > 0)
    await ledger.append(
      stream,
      newest,
      missing.map((entry) => formatChainEntry(entry)),
    );
};

const prepareAccounts = async (stores: Stores, passwords: DemoPasswords): Promise<void> => {
  await Promise.all(
    withDoor.map(async (agency) => {
      const database = stores.agencies.get(agency.id);
      if (database !== undefined) await addOfficers(agency, database.officers, passwords);
    }),
  );
  if (overseer !== undefined) await addOfficers(overseer, stores.accounts.officers, passwords);
};

/** @throws {HubError} `port-busy` */
const portFree = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      reject(
        new HubError(
          'port-busy',
          `port ${port} is in use by another program; choose another with --port (this hub takes ${PORTS} in a row)`,
          false,
          { cause },
        ),
      );
    });
    probe.listen(port, HOST, () => {
      probe.close(() => {
        resolve();
      });
    });
  });

/** Waits until each answers `/health/ready` with a yes, for as long as a start may take. Answers what is not so far. */
const usable = async (apps: readonly Opened[]): Promise<readonly string[]> => {
  const deadline = AbortSignal.timeout(READY_WITHIN_MS);
  const missing = await Promise.all(
    apps.map(async ({ door, app }) => {
      for (;;) {
        const checks = await app.readiness.report();
        const failing = checks.filter(({ ready }) => !ready);
        if (failing.length === 0 || deadline.aborted)
          return failing.map(({ name }) => `${door.id}: ${name}`);
        await pause(LOOK_AGAIN_MS, deadline);
      }
    }),
  );
  return missing.flat();
};
