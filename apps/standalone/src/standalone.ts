import { createServer } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FileDecryptionKeyring, FileSigningKeyring, loadLogKey } from '@tripoint/adapters/keys';
import { type OpenPgp, OpenPgpJs, formatChainEntry } from '@tripoint/envelope';
import { type Scrubbable } from '@tripoint/adapters/postgres';
import { type AgencyId, HubError, type Instant, pause } from '@tripoint/kernel';
import { chainStream, type Ledger, REGISTRY_CHAIN } from '@tripoint/ledger';
import {
  type App,
  type ConsoleFiles,
  createApp,
  keepScrubbed,
  type JsonLog,
  readBuiltConsole,
} from '@tripoint/platform';
import { firstBundle } from '@tripoint/policy';
import { type TrustPolicy } from '@tripoint/transparency';
import { AgencyModule, agencyProblems } from '../../agency/src/agency.module.js';
import { HubModule, hubProblems } from '../../hub/src/hub.module.js';
import { OversightModule, oversightProblems } from '../../oversight/src/oversight.module.js';
import { ProjectorModule } from '../../projector/src/projector.module.js';
import { DataFolder } from './data-folder.js';
import {
  addOfficers,
  type DemoPasswords,
  makePasswords,
  passwordKey,
  withNewOfficers,
} from './demo/accounts.js';
import {
  DEMO_FEDERATION,
  type DemoAgency,
  foundFederation,
  type FoundedFederation,
} from './demo/federation.js';
import { makeSecret } from './secret.js';
import { openStores, type Stores } from './stores.js';
import { openWitnesses } from './witnesses.js';

/** For how long a start waits for what was started to become usable. */
const READY_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 100;
const VERSION = '0.1.0';
const HOST = '127.0.0.1';
/** Sooner than in earnest, for whoever watches. */
const COSIGN_SECONDS = 2;
const SCRUB_EVERY_SECONDS = 3_600;

/** Says what is being done, for whoever waits; returns what `work` gives. */
export type Step = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** Where one front door answers. */
export type Door = { readonly id: string; readonly url: string };

/** A standalone hub that answers. */
export type Standalone = {
  readonly hub: Door;
  readonly oversight: Door;
  readonly agencies: readonly Door[];
  readonly passwords: DemoPasswords;
  /** What did not become usable in time, as `<door>: <check>`; it may still. Nothing when everything is. */
  readonly missing: readonly string[];
  /** Resolves when the database server has gone for good: nothing can be kept any more, whatever still answers. */
  readonly storeless: Promise<void>;
  /** Stops taking requests, lets every loop finish its turn, then closes stores and server. */
  stop(): Promise<void>;
};

/** Everything that has to be closed again, the newest first. */
type Closing = (() => Promise<void>)[];

const members = DEMO_FEDERATION.agencies as readonly DemoAgency[];
/** The agencies that have a front door of their own. */
const withDoor = members.filter(({ kind }) => kind !== 'HUB' && kind !== 'OVERSIGHT');
const overseer = members.find(({ kind }) => kind === 'OVERSIGHT');

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
    await Promise.all(Array.from({ length: withDoor.length + 2 }, (_, at) => portFree(port + at)));
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
        console: await readBuiltConsole(),
      }),
    );
    const missing = await step('waiting for the log and every chain', () => usable(doors.apps));
    await folder.write('demo.json', {
      hub: doors.hub.url,
      oversight: doors.oversight.url,
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
    const { hub, oversight, agencies } = doors;
    return {
      hub,
      oversight,
      agencies,
      passwords,
      missing,
      storeless: stores.server.exited,
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
          `port ${port} is in use by another program; choose another with --port (this hub takes ${withDoor.length + 2} in a row)`,
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

type Wiring = {
  readonly folder: DataFolder;
  readonly stores: Stores;
  readonly federation: FoundedFederation;
  readonly trustPolicy: TrustPolicy;
  readonly openpgp: OpenPgp;
  readonly port: number;
  readonly auditor: string;
  readonly closing: Closing;
  readonly console: ConsoleFiles | undefined;
};

const openDoors = async (
  wiring: Wiring,
): Promise<Pick<Standalone, 'hub' | 'oversight' | 'agencies'> & { readonly apps: Apps }> => {
  const { port } = wiring;
  const hub = await openHub(wiring);
  const oversight = await openOversight(wiring, hub.door.url);
  const agencies = await Promise.all(
    withDoor.map((agency, at) => openAgency(wiring, agency, port + 2 + at)),
  );
  return {
    hub: hub.door,
    oversight: oversight.door,
    agencies: agencies.map(({ door }) => door),
    apps: [hub, oversight, ...agencies],
  };
};

type Opened = { readonly door: Door; readonly app: App };
type Apps = readonly Opened[];

const listening = async (app: App, id: string, closing: Closing): Promise<Opened> => {
  closing.push(() => app.close());
  return { door: { id, url: await app.listen() }, app };
};

/** Waits until each answers `/health/ready` with a yes, for as long as a start may take. Answers what is not so far. */
const usable = async (apps: Apps): Promise<readonly string[]> => {
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

/** Keeps the files of one database scrubbed until everything is closed. */
const scrubbed = (
  { stores, closing }: Wiring,
  kind: Scrubbable,
  database: string,
  log: JsonLog,
): void => {
  keepScrubbed({
    role: database,
    scrub: (options) => stores.scrub(kind, database, options),
    everySeconds: SCRUB_EVERY_SECONDS,
    log,
    closing: (close) => {
      closing.push(close);
    },
  });
};

const openHub = async (wiring: Wiring): Promise<Opened> => {
  const { folder, stores, federation, openpgp, port, auditor, closing } = wiring;
  const { folder: keys } = federation;
  const log = folder.log('hub');
  const { key } = await FileSigningKeyring.load(openpgp, keys.keysOf('hub' as AgencyId));
  for (const kind of ['hub', 'bus'] as const) scrubbed(wiring, kind, kind, log);
  const module = HubModule.with({
    openpgp,
    anchor: keys.anchor,
    ledger: stores.ledger,
    bus: stores.bus,
    vault: stores.hub.vault,
    quarantine: stores.hub.quarantine,
    positions: stores.hub.positions,
    lease: stores.hub.lease,
    // The data folder is locked: no other hub can be over this ledger.
    holder: 'standalone',
    leaseSeconds: 10,
    noteSigner: await loadLogKey(keys.logFolder),
    signingKey: key,
    auditorToken: auditor,
    trustPolicy: wiring.trustPolicy,
    cosignSeconds: COSIGN_SECONDS,
    log,
    now: Date.now,
  });
  const app = await createApp(module, {
    name: 'hub',
    port,
    host: HOST,
    log,
    problems: hubProblems,
    openapi: {
      title: 'Tripoint hub',
      description: 'The transparency log for everybody, leaves for oversight, the registry’s door.',
      version: VERSION,
    },
    checks: { database: () => stores.hub.check(), bus: () => stores.bus.check() },
  });
  return listening(app, 'hub', closing);
};

const openOversight = async (wiring: Wiring, hub: string): Promise<Opened> => {
  const { folder, stores, federation, openpgp, port, auditor, closing } = wiring;
  const log = folder.log('oversight');
  const id = 'oversight' as AgencyId;
  const module = OversightModule.with({
    agency: id,
    anchor: federation.folder.anchor,
    openpgp,
    hub,
    auditorToken: auditor,
    trustPolicy: wiring.trustPolicy,
    officers: stores.accounts.officers,
    positions: stores.oversight.positions,
    findings: stores.oversight.findings,
    log,
    now: Date.now,
  });
  const app = await createApp(module, {
    name: 'oversight',
    port: port + 1,
    host: HOST,
    log,
    problems: oversightProblems,
    openapi: {
      title: 'Tripoint oversight',
      description: 'The record, verified again from outside. Metadata and decisions; no content.',
      version: VERSION,
    },
    console: wiring.console,
    checks: {
      database: () => stores.oversight.check(),
      accounts: () => stores.accounts.check(),
    },
  });
  return listening(app, id, closing);
};

const openAgency = async (
  wiring: Wiring,
  { id, name }: DemoAgency,
  port: number,
): Promise<Opened> => {
  const { folder, stores, federation, openpgp, closing } = wiring;
  const { folder: keys } = federation;
  const database = stores.agencies.get(id);
  if (database === undefined) throw new HubError('store-missing', `${id} has no database`, false);
  const { outbox, journal, views, reads, officers, changes, witnessed, courtFiles, remaking } =
    database;
  const shared = {
    agency: id,
    anchor: keys.anchor,
    trustPolicy: wiring.trustPolicy,
    openpgp,
    bus: stores.bus,
    now: Date.now,
  };

  scrubbed(wiring, 'agency', `agency-${id}`, folder.log(`projector-${id}`));
  const opening = await FileDecryptionKeyring.load(openpgp, keys.keysOf(id));
  const projector = await NestFactory.createApplicationContext(
    ProjectorModule.with({
      ...shared,
      journal,
      views,
      witnessed,
      courtFiles,
      remaking,
      keyFor: (subkey) => opening.keyFor(subkey),
      log: folder.log(`projector-${id}`),
    }),
    { logger: false },
  );
  closing.push(() => projector.close());

  const log = folder.log(`agency-${id}`);
  const signing = await FileSigningKeyring.load(openpgp, keys.keysOf(id));
  const module = AgencyModule.with({
    ...shared,
    outbox,
    journal,
    views,
    reads,
    officers,
    changes,
    witnessed,
    courtFiles,
    remaking,
    signing,
    log,
  });
  const app = await createApp(module, {
    name: `agency-${id}`,
    port,
    host: HOST,
    log,
    problems: agencyProblems,
    openapi: {
      title: `Tripoint: ${name['en'] ?? id}`,
      description: 'An agency’s front door: requests, contributions, referrals and what they say.',
      version: VERSION,
    },
    console: wiring.console,
    checks: { database: () => database.check(), bus: () => stores.bus.check() },
  });
  return listening(app, id, closing);
};
