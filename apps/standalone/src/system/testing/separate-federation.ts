import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { freshDatabase } from '@tripoint/adapters/embedded/testing';
import { HubDatabase } from '@tripoint/adapters/postgres';
import { type AgencyId } from '@tripoint/kernel';
import {
  addOfficers,
  type DemoPasswords,
  makePasswords,
  passwordKey,
} from '../../demo/accounts.js';
import { DEMO_FEDERATION, type DemoAgency } from '../../demo/federation.js';
import { ceremony, freshGrounds, type Places } from '../../gates/testing/grounds.js';
import { type DemoDoor, type DemoFile } from '../../../../cli/src/demo/demo-file.js';
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
    private readonly removing: readonly (() => Promise<void>)[],
  ) {}

  /** Keys, databases and settings for these agencies and `hubs` hubs; nothing runs yet. */
  static async found(agencies: readonly AgencyId[], hubs = 1): Promise<SeparateFederation> {
    const removing: (() => Promise<void>)[] = [];
    const keys = await ceremony();
    removing.unshift(keys.remove);
    const grounds = await freshGrounds(keys.path, agencies);
    removing.unshift(grounds.remove);
    const folder = await mkdtemp(join(tmpdir(), 'tripoint-processes-'));
    removing.unshift(() => rm(folder, { recursive: true, force: true }));
    const passwords = makePasswords();
    const auditorToken = randomBytes(32).toString('base64url');
    const federation = new SeparateFederation(
      grounds.places,
      agencies,
      passwords,
      auditorToken,
      removing,
    );
    await federation.#settle(folder, hubs, removing);
    return federation;
  }

  async #settle(folder: string, hubs: number, removing: (() => Promise<void>)[]): Promise<void> {
    const { federation, ledger, bus, hub, agencies } = this.places;
    const secret = async (name: string, content: string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, `${content}\n`, { mode: 0o600 });
      return path;
    };
    const given = async (kind: keyof typeof KEY_FILES, agency: string): Promise<string> => {
      const path = join(folder, `${kind}-${agency}`);
      await mkdir(path, { mode: 0o700 });
      for (const file of KEY_FILES[kind])
        await copyFile(join(federation, 'keys', agency, file), join(path, file));
      return path;
    };
    let number = 0;
    const engine = async (
      name: string,
      { host, port, database, user, password }: ConnectionSettings,
    ): Promise<Record<string, string>> => ({
      [name]: `postgres://${host}:${port}/${database}`,
      [`${name}_USER`]: user,
      [`${name}_PASSWORD_FILE`]: await secret(`password-${number++}`, password),
    });
    const anchor = join(federation, 'anchor.json');
    const token = await secret('auditor-token', this.auditorToken);
    const hubKeys = await given('hub', 'hub');
    for (let at = 1; at <= hubs; at += 1)
      this.#variables.set(`hub-${at}`, {
        app: 'hub',
        variables: {
          TRIPOINT_HUB_PORT: '0',
          TRIPOINT_HUB_ANCHOR: anchor,
          TRIPOINT_HUB_KEYS: hubKeys,
          TRIPOINT_HUB_LOG_KEY: join(federation, 'log'),
          TRIPOINT_HUB_AUDITOR_TOKEN_FILE: token,
          ...(await engine('TRIPOINT_HUB_DATABASE', hub)),
          ...(await engine('TRIPOINT_HUB_LEDGER', ledger)),
          ...(await engine('TRIPOINT_HUB_BUS', bus)),
        },
      });
    for (const [agency, settings] of Object.entries(agencies)) {
      this.#variables.set(`agency-${agency}`, {
        app: 'agency',
        variables: {
          TRIPOINT_AGENCY_PORT: '0',
          TRIPOINT_AGENCY_AGENCY: agency,
          TRIPOINT_AGENCY_ANCHOR: anchor,
          TRIPOINT_AGENCY_KEYS: await given('agency', agency),
          ...(await engine('TRIPOINT_AGENCY_DATABASE', settings)),
          ...(await engine('TRIPOINT_AGENCY_BUS', bus)),
        },
      });
      this.#variables.set(`projector-${agency}`, {
        app: 'projector',
        variables: {
          TRIPOINT_PROJECTOR_PORT: '0',
          TRIPOINT_PROJECTOR_AGENCY: agency,
          TRIPOINT_PROJECTOR_ANCHOR: anchor,
          TRIPOINT_PROJECTOR_KEYS: await given('projector', agency),
          ...(await engine('TRIPOINT_PROJECTOR_DATABASE', settings)),
          ...(await engine('TRIPOINT_PROJECTOR_BUS', bus)),
        },
      });
      const database = new AgencyDatabase(settings);
      await addOfficers(memberOf(agency), database.officers, this.passwords);
      await database.close();
    }
    const watched = await freshDatabase('oversight');
    const accounts = await freshDatabase('accounts');
    removing.unshift(watched.drop, accounts.drop);
    const watch = new HubDatabase(watched.config);
    await watch.migrate();
    await watch.close();
    const auditors = new AgencyDatabase(accounts.config);
    await auditors.migrate();
    await addOfficers(memberOf('oversight'), auditors.officers, this.passwords);
    await auditors.close();
    this.#variables.set('oversight', {
      app: 'oversight',
      variables: {
        TRIPOINT_OVERSIGHT_PORT: '0',
        TRIPOINT_OVERSIGHT_ANCHOR: anchor,
        TRIPOINT_OVERSIGHT_AUDITOR_TOKEN_FILE: token,
        ...(await engine('TRIPOINT_OVERSIGHT_DATABASE', watched.config)),
        ...(await engine('TRIPOINT_OVERSIGHT_ACCOUNTS', accounts.config)),
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
    const started = new NodeProcess(name, app, { ...variables, ...hub, ...more });
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
