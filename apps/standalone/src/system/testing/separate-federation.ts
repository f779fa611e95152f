import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ConnectionSettings, PostgresLedger } from '@tripoint/adapters/embedded';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';
import { Client, escapeIdentifier } from 'pg';
import { type Kind, prepare } from '../../../../cli/src/database/prepare.js';
import { type DemoDoor, type DemoFile } from '../../../../cli/src/demo/demo-file.js';
import {
  addOfficers,
  type DemoPasswords,
  makePasswords,
  passwordKey,
} from '../../demo/accounts.js';
import { DEMO_FEDERATION, type DemoAgency } from '../../demo/federation.js';
import { ceremony, recordFounding, type Stores } from '../../gates/testing/grounds.js';
import { NodeProcess } from './node-process.js';
import {
  type Belonging,
  type BusUser,
  passwordOf,
  secretsOf,
  type ServedGround,
} from './served-ground.js';

const members = DEMO_FEDERATION.agencies as readonly DemoAgency[];
/** Has a front door for its orders where it is among the agencies. */
export const OVERSIGHT = 'oversight' as AgencyId;
const memberOf = (agency: string): DemoAgency => {
  const found = members.find(({ id }) => id === agency);
  if (found === undefined) throw new Error(`the demo has no ${agency}`);
  return found;
};

/** The files that each process is given, and no others. */
const KEY_FILES = {
  hub: ['certificate.pgp', 'signing.pgp'],
  agency: ['certificate.pgp', 'signing.pgp'],
  projector: ['certificate.pgp', 'decryption.pgp'],
} as const;

/** Drops every database and role whose name begins with `prefix`. */
const dropAll = async (admin: ConnectionSettings, prefix: string): Promise<void> => {
  const client = new Client({ ...admin });
  await client.connect();
  const found = async (sql: string): Promise<readonly string[]> =>
    (await client.query<{ name: string }>(sql, [prefix])).rows.map(({ name }) =>
      escapeIdentifier(name),
    );
  try {
    for (const name of await found(
      'select datname as name from pg_database where starts_with(datname, $1)',
    ))
      await client.query(`drop database ${name} with (force)`);
    for (const name of await found(
      'select rolname as name from pg_roles where starts_with(rolname, $1)',
    ))
      await client.query(`drop role ${name}`);
  } finally {
    await client.end();
  }
};

/**
 * A federation whose every application is a process of its own, with its own settings, its own keys and its own role on the
 * database server.
 */
export class SeparateFederation {
  readonly processes = new Map<string, NodeProcess>();
  readonly #variables = new Map<string, { app: string; variables: Record<string, string> }>();

  private constructor(
    readonly places: Stores,
    readonly agencies: readonly AgencyId[],
    private readonly passwords: DemoPasswords,
    readonly auditorToken: string,
    private readonly ground: ServedGround,
    private readonly belonging: Belonging,
    private readonly removing: readonly (() => Promise<void>)[],
  ) {}

  /** Keys, databases and settings for these agencies and `hubs` hubs; nothing runs yet. */
  static async found(
    agencies: readonly AgencyId[],
    ground: ServedGround,
    hubs = 1,
  ): Promise<SeparateFederation> {
    const keys = await ceremony();
    const folder = await mkdtemp(join(tmpdir(), 'tripoint-processes-'));
    const prefix = `p${randomBytes(4).toString('hex')}-`;
    const at = (name: string, kind: Kind, agency?: AgencyId): ConnectionSettings => ({
      ...ground.serverOf(kind, agency),
      database: prefix + name,
    });
    const admins = new Map(
      [
        ...(['hub', 'ledger', 'bus', 'oversight'] as const).map((kind) => ground.serverOf(kind)),
        ...agencies.map((agency) => ground.serverOf('agency', agency)),
      ].map((admin) => [admin.port, admin]),
    );
    const federation = new SeparateFederation(
      {
        federation: keys.path,
        ledger: at('ledger', 'ledger'),
        hub: at('hub', 'hub'),
        agencies: Object.fromEntries(
          agencies.map((agency) => [agency, at(`agency-${agency}`, 'agency', agency)]),
        ),
      },
      agencies,
      makePasswords(),
      randomBytes(32).toString('base64url'),
      ground,
      { agencies, folder, prefix },
      [
        ...[...admins.values()].map((admin) => () => dropAll(admin, prefix)),
        () => rm(folder, { recursive: true, force: true }),
        keys.remove,
      ],
    );
    await federation.#prepare(hubs);
    return federation;
  }

  /** Databases and roles as `tripoint database prepare` makes them; the owner's name is nobody's. */
  async #prepare(hubs: number): Promise<void> {
    const { prefix } = this.belonging;
    const { serverOf, bus } = this.ground;
    const shared = { prefix, secrets: secretsOf(this.belonging) };
    for (const kind of ['hub', 'ledger', 'oversight'] as const)
      await prepare({ ...shared, admin: serverOf(kind), agencies: [], kind });
    for (const agency of this.agencies)
      await prepare({
        ...shared,
        admin: serverOf('agency', agency),
        agencies: [agency],
        kind: 'agency',
      });
    await bus.prepare(this.belonging);
    const ledger = new PostgresLedger(await this.#as('hub', 'ledger', serverOf('ledger')));
    await recordFounding(ledger, this.places.federation);
    await ledger.close();
    for (const agency of this.agencies)
      await this.#addOfficers(
        agency,
        await this.#as(`agency-${agency}`, `agency-${agency}`, serverOf('agency', agency)),
      );
    await this.#addOfficers(
      'oversight',
      await this.#as('oversight', 'oversight-accounts', serverOf('oversight')),
    );
    await this.#setUp(hubs);
  }

  async #as(
    role: string,
    database: string,
    server: ConnectionSettings,
  ): Promise<ConnectionSettings> {
    const { prefix } = this.belonging;
    const password = await passwordOf(this.belonging, role);
    return { ...server, user: prefix + role, password, database: prefix + database };
  }

  async #addOfficers(agency: string, at: ConnectionSettings): Promise<void> {
    const accounts = new AgencyDatabase(at);
    await addOfficers(memberOf(agency), accounts.officers, this.passwords);
    await accounts.close();
  }

  /** Hands each process its own keys, its own password and its own settings. */
  async #setUp(hubs: number): Promise<void> {
    const { folder, prefix } = this.belonging;
    const { serverOf } = this.ground;
    const { federation } = this.places;
    const anchor = join(federation, 'anchor.json');
    const token = join(folder, 'auditor-token');
    await writeFile(token, this.auditorToken, { mode: 0o600 });
    const given = async (kind: keyof typeof KEY_FILES, agency: string): Promise<string> => {
      const path = join(folder, `${kind}-${agency}`);
      await mkdir(path, { mode: 0o700 });
      for (const file of KEY_FILES[kind])
        await copyFile(join(federation, 'keys', agency, file), join(path, file));
      return path;
    };
    const engine = (
      name: string,
      role: string,
      database: string,
      { host, port }: ConnectionSettings,
    ): Record<string, string> => ({
      [name]: `postgres://${host}:${port}/${prefix}${database}`,
      [`${name}_USER`]: prefix + role,
      [`${name}_PASSWORD_FILE`]: join(secretsOf(this.belonging), `${prefix}${role}.password`),
    });
    const carried = (name: string, user: BusUser): Readonly<Record<string, string>> =>
      this.ground.bus.variables(this.belonging, name, user);
    const hubKeys = await given('hub', 'hub');
    for (let at = 1; at <= hubs; at += 1)
      this.#variables.set(`hub-${at}`, {
        app: 'hub',
        variables: {
          TRIPOINT_HUB_PORT: '0',
          TRIPOINT_HUB_METRICS_PORT: '0',
          TRIPOINT_HUB_LEASE_SECONDS: '3',
          TRIPOINT_HUB_ANCHOR: anchor,
          TRIPOINT_HUB_KEYS: hubKeys,
          TRIPOINT_HUB_LOG_KEY: join(federation, 'log'),
          TRIPOINT_HUB_AUDITOR_TOKEN_FILE: token,
          ...engine('TRIPOINT_HUB_DATABASE', 'hub', 'hub', serverOf('hub')),
          ...engine('TRIPOINT_HUB_LEDGER', 'hub', 'ledger', serverOf('ledger')),
          ...carried('TRIPOINT_HUB_BUS', { app: 'hub' }),
        },
      });
    for (const agency of this.agencies)
      for (const app of ['agency', 'projector'] as const) {
        const name = `TRIPOINT_${app.toUpperCase()}`;
        this.#variables.set(`${app}-${agency}`, {
          app,
          variables: {
            [`${name}_PORT`]: '0',
            [`${name}_METRICS_PORT`]: '0',
            [`${name}_AGENCY`]: agency,
            [`${name}_ANCHOR`]: anchor,
            [`${name}_KEYS`]: await given(app, agency),
            ...(app === 'agency' && { [`${name}_MARK`]: join(folder, `mark-${agency}`) }),
            ...engine(
              `${name}_DATABASE`,
              `${app}-${agency}`,
              `agency-${agency}`,
              serverOf('agency', agency),
            ),
            ...carried(`${name}_BUS`, { app, agency }),
          },
        });
      }
    this.#variables.set('oversight', {
      app: 'oversight',
      variables: {
        TRIPOINT_OVERSIGHT_PORT: '0',
        TRIPOINT_OVERSIGHT_METRICS_PORT: '0',
        TRIPOINT_OVERSIGHT_ANCHOR: anchor,
        TRIPOINT_OVERSIGHT_AUDITOR_TOKEN_FILE: token,
        ...engine('TRIPOINT_OVERSIGHT_DATABASE', 'oversight', 'oversight', serverOf('oversight')),
        ...engine(
          'TRIPOINT_OVERSIGHT_ACCOUNTS',
          'oversight',
          'oversight-accounts',
          serverOf('oversight'),
        ),
      },
    });
  }

  get names(): readonly string[] {
    return [...this.#variables.keys()];
  }

  /** Starts one process, or starts it again. `preloaded` are modules that it loads before its own. */
  async start(name: string, preloaded: readonly string[] = []): Promise<NodeProcess> {
    const found = this.#variables.get(name);
    if (found === undefined) throw new Error(`there is no ${name} here`);
    const { app, variables } = found;
    // Oversight is told where the hub answers, and that is known only now.
    const hub = app === 'oversight' ? { TRIPOINT_OVERSIGHT_HUB: await this.urlOf('hub-1') } : {};
    // A hub that is started again answers where it did: oversight was told once.
    const port = app === 'hub' ? this.processes.get(name)?.port : undefined;
    const place = port === undefined ? {} : { TRIPOINT_HUB_PORT: port };
    const started = new NodeProcess(name, app, { ...variables, ...hub, ...place }, preloaded);
    this.processes.set(name, started);
    return started;
  }

  /** Starts one, or starts it again, with a clock that {@link setClock} moves. */
  async startWithClock(name: string): Promise<NodeProcess> {
    await this.setClock(name, 0);
    const skewed = pathToFileURL(join(import.meta.dirname, 'skewed-clock.mjs'));
    skewed.searchParams.set('by', this.#clockOf(name));
    return this.start(name, [skewed.href]);
  }

  /** From about now on, the clock of that process is off by so many milliseconds. */
  setClock(name: string, off: number): Promise<void> {
    return writeFile(this.#clockOf(name), off.toString());
  }

  #clockOf(name: string): string {
    return join(this.belonging.folder, `clock-of-${name}`);
  }

  /** Starts all that are not running yet. */
  async startAll(): Promise<void> {
    for (const name of this.names) if (!this.processes.has(name)) await this.start(name);
  }

  process(name: string): NodeProcess {
    const found = this.processes.get(name);
    if (found === undefined) throw new Error(`${name} is not running`);
    return found;
  }

  /** Whether a hub says of itself that it is in office. */
  inOffice(name: string): boolean {
    const lines = this.processes.get(name)?.lines ?? [];
    return (
      lines.findLast(({ message }) => message === 'in office' || message === 'out of office')
        ?.message === 'in office'
    );
  }

  urlOf(name: string): Promise<string> {
    return this.process(name).url();
  }

  /** What a play has to know of it. */
  async demoFile(hub = 'hub-1'): Promise<DemoFile> {
    const door = async (agency: string, name: string): Promise<DemoDoor> => {
      const { id, officers } = memberOf(agency);
      return {
        id,
        url: await this.urlOf(name),
        officers: officers.map((officer) => ({
          ...officer,
          password: this.passwords[passwordKey(id, officer.id)] ?? '',
        })),
      };
    };
    return {
      hub: await this.urlOf(hub),
      oversight: await door('oversight', 'oversight'),
      orders: await door(
        'oversight',
        this.agencies.includes(OVERSIGHT) ? `agency-${OVERSIGHT}` : 'oversight',
      ),
      auditorToken: this.auditorToken,
      agencies: await Promise.all(
        this.agencies
          .filter((agency) => agency !== OVERSIGHT)
          .map((agency) => door(agency, `agency-${agency}`)),
      ),
      postgres: this.places.hub,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((one) => one.end()));
    for (const remove of this.removing) await remove();
  }
}
