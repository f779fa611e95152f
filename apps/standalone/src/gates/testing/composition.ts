import { type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { PostgresBus, PostgresLedger } from '@tripoint/adapters/embedded';
import {
  FederationFolder,
  FileDecryptionKeyring,
  FileSigningKeyring,
  loadLogKey,
} from '@tripoint/adapters/keys';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { type Bus } from '@tripoint/bus';
import { OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId } from '@tripoint/kernel';
import { type Ledger } from '@tripoint/ledger';
import { type App, createApp, JsonLog, Traces } from '@tripoint/platform';
import { type Journal, type Outbox, type Remaking } from '@tripoint/read-model';
import { type HubPositions, type Quarantine, type Vault } from '@tripoint/vault';
import { AgencyModule, agencyProblems } from '../../../../agency/src/agency.module.js';
import { AgencyOptions, type PositionMark } from '../../../../agency/src/agency.options.js';
import { ChainGuard } from '../../../../agency/src/chain/chain-guard.js';
import { decidingProviders } from '../../../../agency/src/commands/index.js';
import { HubModule, hubProblems } from '../../../../hub/src/hub.module.js';
import { HubOptions } from '../../../../hub/src/hub.options.js';
import { ProjectorModule } from '../../../../projector/src/projector.module.js';
import { eventually } from './eventually.js';
import { type Places } from './grounds.js';

export const AUDITOR_TOKEN = 'an-auditor-of-the-gates';

/** What can be put in the way of whoever uses a port. */
export type Between = {
  readonly ledger?: (port: Ledger) => Ledger;
  /** `user` is `hub` or an agency. */
  readonly bus?: (port: Bus, user: string) => Bus;
  readonly vault?: (port: Vault) => Vault;
  readonly positions?: (port: HubPositions) => HubPositions;
  readonly quarantine?: (port: Quarantine) => Quarantine;
  readonly outbox?: (port: Outbox, agency: AgencyId) => Outbox;
  readonly journal?: (port: Journal, agency: AgencyId) => Journal;
  readonly remaking?: (port: Remaking, agency: AgencyId) => Remaking;
};

export type Wishes = {
  readonly between?: Between;
  /** Serves the hub's log over HTTP; without it nobody listens. */
  readonly door?: boolean;
  /** Opens the front doors of agencies too, for whoever injects requests; without it they only decide and seal. */
  readonly frontDoors?: boolean;
  readonly now?: () => number;
  /** As whom a hub holds its office, where there are several. */
  readonly holder?: string;
  readonly leaseSeconds?: number;
  readonly lostWrapsBefore?: number;
  /** Hears what the hub does not go on with. */
  readonly stuck?: HubOptions['stuck'];
  /** What an agency keeps beside its database. */
  readonly mark?: PositionMark;
  /** Takes every log line. */
  readonly log?: (line: string) => void;
  /** Where a user tells how work went: `hub`, an agency, or an agency with ` opening` behind it for its projector. */
  readonly traces?: (user: string) => Traces;
  /** Takes the place of providers of the hub or of an agency with the same token. */
  readonly instead?: { readonly hub?: readonly Provider[]; readonly agency?: readonly Provider[] };
};

/** One agency of a composed federation: both its halves, and its database as it is. */
export type Member = {
  readonly agency: AgencyId;
  readonly store: AgencyDatabase;
  readonly deciding: INestApplicationContext;
  /** Its front door, where that was wished for. */
  readonly door: App | undefined;
  readonly commands: CommandBus;
  readonly options: AgencyOptions;
  /** The half that verifies and opens what is delivered. */
  readonly opening: INestApplicationContext;
  close(): Promise<void>;
};

/** The half of an agency that decides and seals, without its front door. */
@Module({})
class Deciding {}

const tokenOf = (provider: Provider): unknown =>
  typeof provider === 'function' ? provider : provider.provide;

const replaced = (
  providers: readonly Provider[] | undefined,
  instead: readonly Provider[] = [],
): Provider[] => [
  ...(providers ?? []).filter(
    (provider) => !instead.some((other) => tokenOf(other) === tokenOf(provider)),
  ),
  ...instead,
];

const same = <T>(port: T): T => port;

/** A hub over its places; the same composition as in earnest, with `between` in the way. */
export type RunningHub = {
  readonly url: string | undefined;
  readonly app: INestApplicationContext;
  readonly ledger: PostgresLedger;
  readonly store: HubDatabase;
  close(): Promise<void>;
};

const quiet = (take: ((line: string) => void) | undefined): JsonLog =>
  new JsonLog('gate', take === undefined ? 'error' : 'debug', take ?? (() => undefined));

/** Starts a hub. */
export const openHub = async (places: Places, wishes: Wishes = {}): Promise<RunningHub> => {
  const { between = {}, now = Date.now, instead } = wishes;
  const openpgp = new OpenPgpJs();
  const log = quiet(wishes.log);
  const folder = await FederationFolder.open(openpgp, places.federation);
  const ledger = new PostgresLedger(places.ledger);
  const bus = new PostgresBus(places.bus);
  const store = new HubDatabase(places.hub);
  const hubSigning = await FileSigningKeyring.load(openpgp, folder.keysOf('hub' as AgencyId));
  const options: HubOptions = {
    openpgp,
    anchor: folder.anchor,
    ledger: (between.ledger ?? same)(ledger),
    bus: (between.bus ?? same)(bus, 'hub'),
    vault: (between.vault ?? same)(store.vault),
    quarantine: (between.quarantine ?? same)(store.quarantine),
    positions: (between.positions ?? same)(store.positions),
    lease: store.lease,
    holder: wishes.holder ?? 'the only hub',
    leaseSeconds: wishes.leaseSeconds ?? 10,
    lostWrapsBefore: wishes.lostWrapsBefore,
    stuck: wishes.stuck,
    noteSigner: await loadLogKey(folder.logFolder),
    signing: hubSigning,
    auditorToken: AUDITOR_TOKEN,
    traces: wishes.traces?.('hub') ?? Traces.off,
    log,
    now,
  };
  const whole = HubModule.with(options);
  const module = { ...whole, providers: replaced(whole.providers, instead?.hub) };
  const app = await createApp(module, {
    name: 'hub',
    port: 0,
    log,
    problems: hubProblems,
    openapi: { title: 'hub', description: 'hub', version: '0' },
  });
  const url = wishes.door === true ? await app.listen() : undefined;
  return {
    url,
    app: app.nest,
    ledger,
    store,
    close: async () => {
      await app.close();
      await Promise.all([ledger.close(), bus.close(), store.close()]);
    },
  };
};

const frontDoor = (options: AgencyOptions, instead?: readonly Provider[]): Promise<App> => {
  const whole = AgencyModule.with(options);
  const module = { ...whole, providers: replaced(whole.providers, instead) };
  return createApp(module, {
    name: 'agency',
    port: 0,
    log: options.log,
    problems: agencyProblems,
    openapi: { title: 'agency', description: 'agency', version: '0' },
  });
};

/** Starts both halves of an agency. */
export const openMember = async (
  places: Places,
  agency: AgencyId,
  wishes: Wishes = {},
): Promise<Member> => {
  const { between = {}, now = Date.now, instead } = wishes;
  const settings = places.agencies[agency];
  if (settings === undefined) throw new Error(`${agency} has no database here`);
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, places.federation);
  const store = new AgencyDatabase(settings);
  const bus = new PostgresBus(places.bus);
  const journal = (between.journal ?? same)(store.journal, agency);
  const shared = {
    agency,
    anchor: folder.anchor,
    openpgp,
    bus: (between.bus ?? same)(bus, agency),
    log: quiet(wishes.log),
    now,
    journal,
    views: store.views,
    witnessed: store.witnessed,
    courtFiles: store.courtFiles,
    remaking: (between.remaking ?? same)(store.remaking, agency),
  };
  const opening = await FileDecryptionKeyring.load(openpgp, folder.keysOf(agency));
  const signing = await FileSigningKeyring.load(openpgp, folder.keysOf(agency));
  const projector = await NestFactory.createApplicationContext(
    ProjectorModule.with({
      ...shared,
      keyFor: (subkey) => opening.keyFor(subkey),
      drop: (subkey) => opening.drop(subkey),
      traces: wishes.traces?.(`${agency} opening`) ?? Traces.off,
      elapsed: now,
    }),
    { logger: false },
  );
  const { reads, officers, changes } = store;
  const options: AgencyOptions = {
    ...shared,
    outbox: (between.outbox ?? same)(store.outbox, agency),
    reads,
    officers,
    changes,
    signing,
    mark: wishes.mark,
    traces: wishes.traces?.(agency) ?? Traces.off,
  };
  const door = wishes.frontDoors === true ? await frontDoor(options, instead?.agency) : undefined;
  const deciding =
    door?.nest ??
    (await NestFactory.createApplicationContext(
      {
        module: Deciding,
        imports: [CqrsModule.forRoot()],
        providers: replaced(
          [{ provide: AgencyOptions, useValue: options }, ...decidingProviders],
          instead?.agency,
        ),
      },
      { logger: false },
    ));
  return {
    agency,
    store,
    deciding,
    door,
    commands: deciding.get(CommandBus),
    options,
    opening: projector,
    close: async () => {
      await (door ?? deciding).close();
      await projector.close();
      await bus.close();
      await store.close();
    },
  };
};

/** A hub and its agencies in one process. */
export type Federation = {
  readonly hub: RunningHub;
  readonly members: ReadonlyMap<AgencyId, Member>;
  member(agency: AgencyId): Member;
  close(): Promise<void>;
};

/** Starts a hub and every agency that has a database. */
export const openFederation = async (places: Places, wishes: Wishes = {}): Promise<Federation> => {
  const hub = await openHub(places, wishes);
  const members = new Map<AgencyId, Member>();
  for (const agency of Object.keys(places.agencies) as AgencyId[])
    members.set(agency, await openMember(places, agency, wishes));
  return {
    hub,
    members,
    member: (agency) => {
      const found = members.get(agency);
      if (found === undefined) throw new Error(`${agency} is not here`);
      return found;
    },
    close: async () => {
      for (const member of members.values()) await member.close();
      await hub.close();
    },
  };
};

/** Waits until the hub has told the agency where its chain stands. */
export const confirmed = async ({ agency, deciding }: Member, within?: number): Promise<void> => {
  const guard = deciding.get(ChainGuard);
  await eventually(`${agency} is confirmed`, () => guard.confirmed, within);
};
