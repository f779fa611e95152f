import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import {
  FileDecryptionKeyring,
  FilePositionMark,
  FileSigningKeyring,
  loadLogKey,
} from '@tripoint/adapters/keys';
import { type AgencyDatabase, type Scrubbable } from '@tripoint/adapters/postgres';
import { type OpenPgp } from '@tripoint/envelope';
import { type AgencyId, HubError } from '@tripoint/kernel';
import {
  type App,
  type ConsoleFiles,
  createApp,
  keepScrubbed,
  type JsonLog,
} from '@tripoint/platform';
import { type TrustPolicy } from '@tripoint/transparency';
import {
  AgencyModule,
  agencyProblems,
  type FourEyes,
  MAY_NEED_TWO,
} from '../../agency/src/agency.module.js';
import { HubModule, hubProblems } from '../../hub/src/hub.module.js';
import { OversightModule, oversightProblems } from '../../oversight/src/oversight.module.js';
import { ProjectorModule } from '../../projector/src/projector.module.js';
import { type DataFolder } from './data-folder.js';
import { DEMO_FEDERATION, type DemoAgency, type FoundedFederation } from './demo/federation.js';
import { type Stores } from './stores.js';

const VERSION = '0.1.0';
/** Nobody outside of this machine is answered. */
export const HOST = '127.0.0.1';
/** Sooner than in earnest, for whoever watches. */
const COSIGN_SECONDS = 2;
const SCRUB_EVERY_SECONDS = 3_600;

/** Where one front door answers. */
export type Door = { readonly id: string; readonly url: string };

/** Everything that has to be closed again, the newest first. */
export type Closing = (() => Promise<void>)[];

const members = DEMO_FEDERATION.agencies as readonly DemoAgency[];
/** The agencies that have a front door of their own. */
export const withDoor = members.filter(({ kind }) => kind !== 'HUB' && kind !== 'OVERSIGHT');
/** Where more than what the law of the federation asks takes two officers. */
const twoOfficersAt: readonly string[] = DEMO_FEDERATION.fourEyes;
export const overseer = members.find(({ kind }) => kind === 'OVERSIGHT');
/** The hub's, oversight's, one for each agency, and the one at which oversight gives orders. */
export const PORTS = withDoor.length + 3;

/** What the doors are made of. */
export type Wiring = {
  readonly folder: DataFolder;
  readonly stores: Stores;
  readonly federation: FoundedFederation;
  readonly trustPolicy: TrustPolicy;
  readonly openpgp: OpenPgp;
  readonly port: number;
  readonly auditor: string;
  readonly closing: Closing;
  /** Told of what the hub does not go on with. */
  readonly stuck: (fault: HubError) => void;
  readonly console: ConsoleFiles | undefined;
};

/** The doors of everybody, and what answers at them. */
export type Doors = {
  readonly hub: Door;
  readonly oversight: Door;
  /** Where oversight gives its orders; everything else of oversight's is at the other door. */
  readonly orders: Door;
  readonly agencies: readonly Door[];
  readonly apps: readonly Opened[];
};

/** Opens the hub's door, oversight's two and every agency's, with a projector behind each that has a mailbox. */
export const openDoors = async (wiring: Wiring): Promise<Doors> => {
  const { port, stores } = wiring;
  const hub = await openHub(wiring);
  const oversight = await openOversight(wiring, hub.door.url);
  const agencies = await Promise.all(
    withDoor.map((agency, at) => openAgency(wiring, agency, port + 2 + at)),
  );
  if (overseer === undefined) throw new HubError('store-missing', 'nobody oversees', false);
  const orders = await openPair(wiring, overseer, port + PORTS - 1, {
    database: stores.accounts,
    called: 'oversight-accounts',
    fourEyes: { commands: new Set(), proposals: stores.accounts.proposals },
    title: 'Tripoint oversight: orders',
    description: 'What oversight orders of others, two auditors at a time. No content.',
    console: wiring.console,
  });
  return {
    hub: hub.door,
    oversight: oversight.door,
    orders: orders.door,
    agencies: agencies.map(({ door }) => door),
    apps: [hub, oversight, ...agencies, orders],
  };
};

/** A door, and what answers at it. */
export type Opened = { readonly door: Door; readonly app: App };

const listening = async (app: App, id: string, closing: Closing): Promise<Opened> => {
  closing.push(() => app.close());
  return { door: { id, url: await app.listen() }, app };
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
  const hubSigning = await FileSigningKeyring.load(openpgp, keys.keysOf('hub' as AgencyId));
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
    signing: hubSigning,
    auditorToken: auditor,
    trustPolicy: wiring.trustPolicy,
    cosignSeconds: COSIGN_SECONDS,
    stuck: wiring.stuck,
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

const openAgency = async (wiring: Wiring, agency: DemoAgency, port: number): Promise<Opened> => {
  const { id, name } = agency;
  const database = wiring.stores.agencies.get(id);
  if (database === undefined) throw new HubError('store-missing', `${id} has no database`, false);
  return openPair(wiring, agency, port, {
    database,
    called: `agency-${id}`,
    fourEyes: {
      commands: new Set(twoOfficersAt.includes(id) ? MAY_NEED_TWO : []),
      proposals: database.proposals,
    },
    title: `Tripoint: ${name['en'] ?? id}`,
    description: 'An agency’s front door: requests, contributions, referrals and what they say.',
    console: wiring.console,
  });
};

/** What is different about the front door of oversight. */
type Pair = {
  readonly database: AgencyDatabase;
  readonly called: string;
  readonly fourEyes: FourEyes;
  readonly title: string;
  readonly description: string;
  readonly console?: ConsoleFiles | undefined;
};

/** A front door and its projector, over one database. */
const openPair = async (
  wiring: Wiring,
  { id }: DemoAgency,
  port: number,
  { database, called, fourEyes, title, description, console }: Pair,
): Promise<Opened> => {
  const { folder, stores, federation, openpgp, closing } = wiring;
  const { folder: keys } = federation;
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

  scrubbed(wiring, 'agency', called, folder.log(`projector-${id}`));
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
      drop: (subkey) => opening.drop(subkey),
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
    fourEyes,
    signing,
    mark: new FilePositionMark(join(folder.path, 'positions', id), id),
    log,
  });
  const app = await createApp(module, {
    name: `agency-${id}`,
    port,
    host: HOST,
    log,
    problems: agencyProblems,
    openapi: { title, description, version: VERSION },
    console,
    checks: { database: () => database.check(), bus: () => stores.bus.check() },
  });
  return listening(app, id, closing);
};
