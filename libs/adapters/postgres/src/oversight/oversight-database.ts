import { type FindingBook, type HubPositions } from '@tripoint/vault';
import { Database, type DatabaseConfig } from '../database.js';
import { grant } from '../grants.js';
import { HubDatabase1764000000001 } from '../hub/001-hub-database.js';
import { VaultInOneTurn1764000000002 } from '../hub/002-vault-in-one-turn.js';
import { QuarantineBySource1764000000003 } from '../hub/003-quarantine-by-source.js';
import { Leases1764000000004 } from '../hub/004-leases.js';
import { WithdrawnWraps1764000000005 } from '../hub/005-withdrawn-wraps.js';
import { PostgresHubPositions } from '../hub/postgres-hub-positions.js';
import { checkSchema, migrate, type Migration } from '../migrate.js';
import { Findings1764000000101 } from './001-findings.js';
import { oversightGrants } from './oversight-grants.js';
import { PostgresFindingBook } from './postgres-finding-book.js';

const MIGRATIONS: readonly Migration[] = [
  // It began as a database like the hub's, for the places in it; what the hub's became later is none of its business.
  HubDatabase1764000000001,
  VaultInOneTurn1764000000002,
  QuarantineBySource1764000000003,
  Leases1764000000004,
  WithdrawnWraps1764000000005,
  Findings1764000000101,
];

/** What oversight remembers: how far it has verified, and what it found. Connects when it is first used. */
export class OversightDatabase {
  readonly positions: HubPositions;
  readonly findings: FindingBook;
  readonly #database: Database;

  constructor(private readonly config: DatabaseConfig) {
    this.#database = new Database(config);
    this.positions = new PostgresHubPositions(this.#database);
    this.findings = new PostgresFindingBook(this.#database);
  }

  /** Brings the schema up to date; refuses a newer one. */
  migrate(): Promise<void> {
    return migrate(this.config, MIGRATIONS);
  }

  /** Gives a role what oversight needs, and takes everything else from it. As the owner. */
  grant(role: string): Promise<void> {
    return grant(this.#database, oversightGrants(role));
  }

  /**
   * Whether it can be used now: that it answers, and that its schema is the one this program knows.
   * @throws {HubError} `schema-behind` or `schema-newer`; retriable when the store is away
   */
  check(): Promise<void> {
    return checkSchema(this.#database, MIGRATIONS);
  }

  /** What the server's clock says, in milliseconds since 1970. */
  clock(): Promise<number> {
    return this.#database.clock();
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
