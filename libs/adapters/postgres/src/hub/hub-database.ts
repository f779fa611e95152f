import { type HubPositions, type Lease, type Quarantine, type Vault } from '@tripoint/vault';
import { grant } from '../grants.js';
import { Database, type DatabaseConfig } from '../database.js';
import { scrub, type Scrubbed, type ScrubOptions } from '../scrub.js';
import { checkSchema, migrate, type Migration } from '../migrate.js';
import { HubDatabase1764000000001 } from './001-hub-database.js';
import { VaultInOneTurn1764000000002 } from './002-vault-in-one-turn.js';
import { QuarantineBySource1764000000003 } from './003-quarantine-by-source.js';
import { Leases1764000000004 } from './004-leases.js';
import { WithdrawnWraps1764000000005 } from './005-withdrawn-wraps.js';
import { ReplacedWraps1764000000006 } from './006-replaced-wraps.js';
import { Forgetting1764000000007 } from './007-forgetting.js';
import { hubGrants } from './hub-grants.js';
import { PostgresHubPositions } from './postgres-hub-positions.js';
import { PostgresLease } from './postgres-lease.js';
import { PostgresQuarantine } from './postgres-quarantine.js';
import { PostgresVault } from './postgres-vault.js';

const MIGRATIONS: readonly Migration[] = [
  HubDatabase1764000000001,
  VaultInOneTurn1764000000002,
  QuarantineBySource1764000000003,
  Leases1764000000004,
  WithdrawnWraps1764000000005,
  ReplacedWraps1764000000006,
  Forgetting1764000000007,
];

/** The hub's own database. Connects when it is first used. */
export class HubDatabase {
  readonly vault: Vault;
  readonly positions: HubPositions;
  readonly quarantine: Quarantine;
  readonly lease: Lease;
  readonly #database: Database;

  constructor(private readonly config: DatabaseConfig) {
    this.#database = new Database(config);
    this.vault = new PostgresVault(this.#database);
    this.positions = new PostgresHubPositions(this.#database);
    this.quarantine = new PostgresQuarantine(this.#database);
    this.lease = new PostgresLease(this.#database);
  }

  /** Brings the schema up to date; refuses a newer one. */
  migrate(): Promise<void> {
    return migrate(this.config, MIGRATIONS);
  }

  /** Gives the hub's role what it needs, and the scrub's what that one needs; takes everything else from them. As the owner. */
  grant(role: string, scrubber?: string): Promise<void> {
    return grant(this.#database, hubGrants(role, scrubber));
  }

  /**
   * Whether it can be used now: that it answers, and that its schema is the one this program knows.
   * @throws {HubError} `schema-behind` or `schema-newer`; retriable when the store is away
   */
  check(): Promise<void> {
    return checkSchema(this.#database, MIGRATIONS);
  }

  /** Writes anew what held something that was deleted since the last time. */
  scrub(options?: ScrubOptions): Promise<Scrubbed> {
    return scrub(this.config, 'hub', options);
  }

  /** What the server's clock says, in milliseconds since 1970. */
  clock(): Promise<number> {
    return this.#database.clock();
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
