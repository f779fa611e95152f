// A federation whose every program is a process of its own, over databases of its own and Kafka.
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ConnectionSettings,
  ensureDatabase,
  PostgresLedger,
} from '@tripoint/adapters/embedded';
import {
  agencyPrincipal,
  HUB_PRINCIPAL,
  type KafkaSettings,
  provisionBus,
} from '@tripoint/adapters/kafka';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { formatChainEntry, OpenPgpJs } from '@tripoint/envelope';
import { type AgencyId, type ChainId, type Instant } from '@tripoint/kernel';
import { chainStream, REGISTRY_CHAIN } from '@tripoint/ledger';
import { firstBundle } from '@tripoint/policy';
import { addOfficers, makePasswords } from '../apps/standalone/src/demo/accounts.js';
import {
  DEMO_FEDERATION,
  type DemoAgency,
  foundFederation,
} from '../apps/standalone/src/demo/federation.js';
import { type Ready } from './child.js';
import { Forked } from './forked.js';
import { freePorts } from './ports.js';

const PATIENCE = 90_000;
const LOOK_EVERY = 50;

const members = DEMO_FEDERATION.agencies as readonly DemoAgency[];
/** The agencies of the demo that have a front door. */
export const MEMBERS: readonly AgencyId[] = members
  .filter(({ kind }) => kind !== 'HUB' && kind !== 'OVERSIGHT')
  .map(({ id }) => id);

export const chainOf = (agency: AgencyId): ChainId =>
  members.find(({ id }) => id === agency)!.chain;
/** Whoever has topics: all but the hub. */
const ENROLLED = members.filter(({ kind }) => kind !== 'HUB').map(({ id }) => id);

/** Waits until `holds` answers with a yes. */
export const until = async (
  what: string,
  holds: () => Promise<boolean>,
  patience = PATIENCE,
): Promise<void> => {
  for (const deadline = performance.now() + patience; performance.now() < deadline;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error(`in vain: ${what}`);
};

/** Where a federation is to be founded. */
export type Ground = {
  readonly postgres: ConnectionSettings;
  readonly kafka: KafkaSettings;
  /** Its own. */
  readonly folder: string;
};

export class Separate {
  readonly #running = new Map<string, Forked>();
  readonly #ports = new Map<string, number>();

  private constructor(
    private readonly ground: Ground,
    readonly agencies: readonly AgencyId[],
    readonly federation: string,
    /** The ledger, as the hub reaches it. */
    readonly ledger: ConnectionSettings,
    private readonly passwords: Ready['passwords'],
    private readonly busPasswords: ReadonlyMap<string, string>,
    private readonly databases: ReadonlyMap<string, ConnectionSettings>,
  ) {}

  /** Keys, databases, topics and principals; nothing runs yet. */
  static async found(ground: Ground, agencies: readonly AgencyId[]): Promise<Separate> {
    const { folder, postgres, kafka } = ground;
    await mkdir(folder, { recursive: true });
    const at = new Date().toISOString() as Instant;
    const federation = join(folder, 'federation');
    const openpgp = new OpenPgpJs();
    const { statements } = await foundFederation(federation, openpgp, at, firstBundle().bytes);

    const databases = new Map<string, ConnectionSettings>();
    const accounts = ['oversight-accounts', ...agencies.map((agency) => `agency-${agency}`)];
    for (const database of ['ledger', 'hub', 'oversight', ...accounts])
      databases.set(database, await ensureDatabase(postgres, `separate-${database}`));
    const ledger = new PostgresLedger(databases.get('ledger')!);
    await ledger.install();
    await ledger.append(chainStream(REGISTRY_CHAIN), -1n, statements.map(formatChainEntry));
    await ledger.close();
    for (const database of ['hub', 'oversight']) {
      const store = new HubDatabase(databases.get(database)!);
      await store.migrate();
      await store.close();
    }
    const passwords = makePasswords();
    for (const database of accounts) {
      const store = new AgencyDatabase(databases.get(database)!);
      await store.migrate();
      const whose = members.find(({ id }) => database === `agency-${id}`);
      if (whose !== undefined) await addOfficers(whose, store.officers, passwords);
      await store.close();
    }

    // The hub listens to everybody who is enrolled.
    const busPasswords = new Map(
      [HUB_PRINCIPAL, ...ENROLLED.map(agencyPrincipal)].map((principal) => [
        principal,
        randomBytes(24).toString('base64url'),
      ]),
    );
    await provisionBus(kafka, {
      hub: { password: busPasswords.get(HUB_PRINCIPAL)! },
      agencies: ENROLLED.map((id) => ({ id, password: busPasswords.get(agencyPrincipal(id))! })),
    });
    return new Separate(
      ground,
      agencies,
      federation,
      databases.get('ledger')!,
      passwords,
      busPasswords,
      databases,
    );
  }

  /** How this agency reaches the bus. */
  busOf(agency: AgencyId): KafkaSettings {
    const username = agencyPrincipal(agency);
    return { ...this.ground.kafka, username, password: this.busPasswords.get(username)! };
  }

  /** Starts a hub, and waits until it answers that nothing is missing. */
  startHub(name = 'hub-1'): Promise<Forked> {
    return this.#start(name, 'hub', async (place) => ({
      ...this.#keys('HUB', 'hub'),
      TRIPOINT_HUB_LOG_KEY: join(this.federation, 'log'),
      ...(await this.#auditorToken('HUB')),
      ...(await this.#database('HUB_DATABASE', 'hub')),
      ...(await this.#database('HUB_LEDGER', 'ledger')),
      ...(await this.#bus('HUB_BUS', HUB_PRINCIPAL)),
      TRIPOINT_HUB_PORT: place,
    }));
  }

  startOversight(): Promise<Forked> {
    return this.#start('oversight', 'oversight', async (place) => ({
      TRIPOINT_OVERSIGHT_ANCHOR: join(this.federation, 'anchor.json'),
      ...(await this.#auditorToken('OVERSIGHT')),
      TRIPOINT_OVERSIGHT_HUB: this.url('hub-1'),
      ...(await this.#database('OVERSIGHT_DATABASE', 'oversight')),
      ...(await this.#database('OVERSIGHT_ACCOUNTS', 'oversight-accounts')),
      TRIPOINT_OVERSIGHT_PORT: place,
    }));
  }

  /** Starts an agency's front door and its projector. */
  async startAgency(agency: AgencyId): Promise<void> {
    for (const app of ['projector', 'agency'] as const) {
      const prefix = app.toUpperCase();
      await this.#start(`${app}-${agency}`, app, async (place) => ({
        ...this.#keys(prefix, agency),
        [`TRIPOINT_${prefix}_AGENCY`]: agency,
        ...(await this.#database(`${prefix}_DATABASE`, `agency-${agency}`)),
        ...(await this.#bus(`${prefix}_BUS`, agencyPrincipal(agency))),
        [`TRIPOINT_${prefix}_PORT`]: place,
      }));
    }
  }

  /** Where its doors are, and who may come in. */
  get ready(): Ready {
    const agencies = this.agencies.map((id) => ({ id, url: this.url(`agency-${id}`) }));
    return { agencies, passwords: this.passwords };
  }

  url(name: string): string {
    return `http://127.0.0.1:${this.#ports.get(name) ?? 0}`;
  }

  process(name: string): Forked {
    return this.#running.get(name)!;
  }

  get processes(): ReadonlyMap<string, Forked> {
    return this.#running;
  }

  async stop(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    await running?.end();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.stop(name)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map((one) => one.end('SIGKILL')));
    this.#running.clear();
  }

  async #start(
    name: string,
    app: string,
    told: (port: string) => Promise<Readonly<Record<string, string>>>,
  ): Promise<Forked> {
    const port = this.#ports.get(name) ?? (await freePorts(1));
    this.#ports.set(name, port);
    const started = new Forked('node.ts', [app], await told(String(port)));
    this.#running.set(name, started);
    await until(`${name} is ready`, async () => {
      if (!started.running) throw new Error(`${name} has ended`);
      const answer = await fetch(`${this.url(name)}/health/ready`).catch(() => undefined);
      return answer?.ok === true;
    });
    return started;
  }

  #keys(app: string, agency: string): Readonly<Record<string, string>> {
    return {
      [`TRIPOINT_${app}_ANCHOR`]: join(this.federation, 'anchor.json'),
      [`TRIPOINT_${app}_KEYS`]: join(this.federation, 'keys', agency),
    };
  }

  async #file(name: string, text: string): Promise<string> {
    const path = join(this.ground.folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  }

  async #auditorToken(app: string): Promise<Readonly<Record<string, string>>> {
    const token = 'whoever-measures-is-its-own-auditor';
    return { [`TRIPOINT_${app}_AUDITOR_TOKEN_FILE`]: await this.#file('auditor-token', token) };
  }

  async #database(setting: string, name: string): Promise<Readonly<Record<string, string>>> {
    const { host, port, user, password, database } = this.databases.get(name)!;
    return {
      [`TRIPOINT_${setting}`]: `postgres://${host}:${port}/${database}`,
      [`TRIPOINT_${setting}_USER`]: user,
      [`TRIPOINT_${setting}_PASSWORD_FILE`]: await this.#file(`store-${name}.password`, password),
    };
  }

  async #bus(setting: string, principal: string): Promise<Readonly<Record<string, string>>> {
    const { brokers, ca } = this.ground.kafka;
    const password = this.busPasswords.get(principal)!;
    return {
      [`TRIPOINT_${setting}`]: `kafka://${brokers.join(',')}`,
      [`TRIPOINT_${setting}_USER`]: principal,
      [`TRIPOINT_${setting}_PASSWORD_FILE`]: await this.#file(
        `bus-${principal}.password`,
        password,
      ),
      [`TRIPOINT_${setting}_CA_FILE`]: await this.#file('ca.pem', ca),
    };
  }
}
