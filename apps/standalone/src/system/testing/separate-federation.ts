import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionSettings, PostgresLedger } from '@tripoint/adapters/embedded';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';
import { Client, escapeIdentifier } from 'pg';
import { prepare } from '../../../../cli/src/database/prepare.js';
import { type DemoDoor, type DemoFile } from '../../../../cli/src/demo/demo-file.js';
import {
  addOfficers,
  type DemoPasswords,
  makePasswords,
  passwordKey,
} from '../../demo/accounts.js';
import { DEMO_FEDERATION, type DemoAgency } from '../../demo/federation.js';
import { ceremony, type Places, recordFounding } from '../../gates/testing/grounds.js';
import { NodeProcess } from './node-process.js';

const members = DEMO_FEDERATION.agencies as readonly DemoAgency[];
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
    readonly places: Places,
    readonly agencies: readonly AgencyId[],
    private readonly passwords: DemoPasswords,
    readonly auditorToken: string,
    private readonly settings: {
      readonly folder: string;
      readonly prefix: string;
      readonly hubs: number;
    },
    private readonly removing: readonly (() => Promise<void>)[],
  ) {}

  /** Keys, databases and settings for these agencies and `hubs` hubs; nothing runs yet. */
  static async found(agencies: readonly AgencyId[], hubs = 1): Promise<SeparateFederation> {
    const keys = await ceremony();
    const folder = await mkdtemp(join(tmpdir(), 'tripoint-processes-'));
    const admin = testSuperuser();
    const prefix = `p${randomBytes(4).toString('hex')}-`;
    const at = (name: string): ConnectionSettings => ({ ...admin, database: prefix + name });
    const federation = new SeparateFederation(
      {
        federation: keys.path,
        ledger: at('ledger'),
        bus: at('bus'),
        hub: at('hub'),
        agencies: Object.fromEntries(agencies.map((agency) => [agency, at(`agency-${agency}`)])),
      },
      agencies,
      makePasswords(),
      randomBytes(32).toString('base64url'),
      { folder, prefix, hubs },
      [
        () => dropAll(admin, prefix),
        () => rm(folder, { recursive: true, force: true }),
        keys.remove,
      ],
    );
    await federation.#prepare();
    return federation;
  }

  /** Databases and roles as `tripoint database prepare` makes them; the owner's name is nobody's. */
  async #prepare(): Promise<void> {
    const { folder, prefix } = this.settings;
    const secrets = join(folder, 'secrets');
    const shared = { admin: testSuperuser(), prefix, secrets, agencies: this.agencies };
    for (const kind of ['hub', 'ledger', 'bus', 'oversight', 'agency'] as const)
      await prepare({ ...shared, kind });
    const ledger = new PostgresLedger(await this.#as('hub', 'ledger'));
    await recordFounding(ledger, this.places.federation);
    await ledger.close();
    for (const agency of this.agencies)
      await this.#addOfficers(agency, `agency-${agency}`, `agency-${agency}`);
    await this.#addOfficers('oversight', 'oversight', 'oversight-accounts');
    await this.#setUp();
  }

  async #as(role: string, database: string): Promise<ConnectionSettings> {
    const { prefix, folder } = this.settings;
    const user = prefix + role;
    const password = (await readFile(join(folder, 'secrets', `${user}.password`), 'utf8')).trim();
    return { ...testSuperuser(), user, password, database: prefix + database };
  }

  async #addOfficers(agency: string, role: string, database: string): Promise<void> {
    const accounts = new AgencyDatabase(await this.#as(role, database));
    await addOfficers(memberOf(agency), accounts.officers, this.passwords);
    await accounts.close();
  }

  /** Hands each process its own keys, its own password and its own settings. */
  async #setUp(): Promise<void> {
    const { folder, prefix, hubs } = this.settings;
    const { host, port } = testSuperuser();
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
    const engine = (name: string, role: string, database: string): Record<string, string> => ({
      [name]: `postgres://${host}:${port}/${prefix}${database}`,
      [`${name}_USER`]: prefix + role,
      [`${name}_PASSWORD_FILE`]: join(folder, 'secrets', `${prefix}${role}.password`),
    });
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
          ...engine('TRIPOINT_HUB_DATABASE', 'hub', 'hub'),
          ...engine('TRIPOINT_HUB_LEDGER', 'hub', 'ledger'),
          ...engine('TRIPOINT_HUB_BUS', 'hub', 'bus'),
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
            ...engine(`${name}_DATABASE`, `${app}-${agency}`, `agency-${agency}`),
            ...engine(`${name}_BUS`, `${app}-${agency}`, 'bus'),
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
        ...engine('TRIPOINT_OVERSIGHT_DATABASE', 'oversight', 'oversight'),
        ...engine('TRIPOINT_OVERSIGHT_ACCOUNTS', 'oversight', 'oversight-accounts'),
      },
    });
  }

  get names(): readonly string[] {
    return [...this.#variables.keys()];
  }

  /** Starts one process, or starts it again. */
  async start(name: string, more: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
    const found = this.#variables.get(name);
    if (found === undefined) throw new Error(`there is no ${name} here`);
    const { app, variables } = found;
    // Oversight is told where the hub answers, and that is known only now.
    const hub = app === 'oversight' ? { TRIPOINT_OVERSIGHT_HUB: await this.urlOf('hub-1') } : {};
    // A hub that is started again answers where it did: oversight was told once.
    const port = app === 'hub' ? this.processes.get(name)?.port : undefined;
    const place = port === undefined ? {} : { TRIPOINT_HUB_PORT: port };
    const started = new NodeProcess(name, app, { ...variables, ...hub, ...place, ...more });
    this.processes.set(name, started);
    return started;
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
      auditorToken: this.auditorToken,
      agencies: await Promise.all(this.agencies.map((agency) => door(agency, `agency-${agency}`))),
      postgres: this.places.hub,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((one) => one.end()));
    for (const remove of this.removing) await remove();
  }
}
