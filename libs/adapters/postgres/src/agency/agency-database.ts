import {
  type Changes,
  type CourtFiles,
  type Journal,
  type Officers,
  type Outbox,
  type Proposals,
  type Reads,
  type Remaking,
  type Views,
  type Witnessed,
} from '@tripoint/read-model';
import { grant } from '../grants.js';
import { Database, type DatabaseConfig } from '../database.js';
import { Room } from '../room.js';
import { scrub, type Scrubbed, type ScrubOptions } from '../scrub.js';
import { checkSchema, migrate, type Migration } from '../migrate.js';
import { AgencyDatabase1764000000001 } from './001-agency-database.js';
import { UnopenedDeliveries1764000000002 } from './002-unopened-deliveries.js';
import { RecordedLosesContainer1764000000003 } from './003-recorded-loses-container.js';
import { Room1764000000004 } from './004-room.js';
import { Folded1764000000005 } from './005-folded.js';
import { Witnessed1764000000006 } from './006-witnessed.js';
import { CourtFiles1764000000007 } from './007-court-files.js';
import { Retained1764000000008 } from './008-retained.js';
import { Remaking1764000000009 } from './009-remaking.js';
import { Entrusted1764000000010 } from './010-entrusted.js';
import { Erasures1764000000011 } from './011-erasures.js';
import { ReadRoots1764000000012 } from './012-read-roots.js';
import { ProvenDeliveries1764000000013 } from './013-proven-deliveries.js';
import { SealedOff1764000000014 } from './014-sealed-off.js';
import { Heads1764000000015 } from './015-heads.js';
import { Proposals1764000000016 } from './016-proposals.js';
import { Forgetting1764000000017 } from './017-forgetting.js';
import { MadeKeys1764000000018 } from './018-made-keys.js';
import { ToldDisclosures1764000000019 } from './019-told-disclosures.js';
import { Unsampled1764000000020 } from './020-unsampled.js';
import { Countersigned1764000000021 } from './021-countersigned.js';
import { WaitsForItsTime1764000000022 } from './022-waits-for-its-time.js';
import { CompleteRegistry1764000000023 } from './023-complete-registry.js';
import { LogEvidence1764000000024 } from './024-log-evidence.js';
import { OpenedByShares1764000000025 } from './025-opened-by-shares.js';
import { ErasuresOf1764000000026 } from './026-erasures-of.js';
import { OverByDoubt1764000000027 } from './027-over-by-doubt.js';
import { PostgresChanges } from './postgres-changes.js';
import { PostgresCourtFiles } from './postgres-court-files.js';
import { PostgresJournal } from './postgres-journal.js';
import { PostgresOfficers } from './postgres-officers.js';
import { PostgresOutbox } from './postgres-outbox.js';
import { PostgresRemaking } from './postgres-remaking.js';
import { PostgresProposals } from './postgres-proposals.js';
import { PostgresReads } from './postgres-reads.js';
import { PostgresViews } from './postgres-views.js';
import { PostgresWitnessed } from './postgres-witnessed.js';
import { accountsGrants, type AgencyRoles, agencyGrants } from './agency-grants.js';

const MIGRATIONS: readonly Migration[] = [
  AgencyDatabase1764000000001,
  UnopenedDeliveries1764000000002,
  RecordedLosesContainer1764000000003,
  Room1764000000004,
  Folded1764000000005,
  Witnessed1764000000006,
  CourtFiles1764000000007,
  Retained1764000000008,
  Remaking1764000000009,
  Entrusted1764000000010,
  Erasures1764000000011,
  ReadRoots1764000000012,
  ProvenDeliveries1764000000013,
  SealedOff1764000000014,
  Heads1764000000015,
  Proposals1764000000016,
  Forgetting1764000000017,
  MadeKeys1764000000018,
  ToldDisclosures1764000000019,
  Unsampled1764000000020,
  Countersigned1764000000021,
  WaitsForItsTime1764000000022,
  CompleteRegistry1764000000023,
  LogEvidence1764000000024,
  OpenedByShares1764000000025,
  ErasuresOf1764000000026,
  OverByDoubt1764000000027,
];

/** One agency's own database, as one role. Connects when it is first used. */
export class AgencyDatabase {
  readonly outbox: Outbox;
  readonly journal: Journal;
  readonly views: Views;
  readonly reads: Reads;
  readonly officers: Officers;
  readonly changes: Changes;
  readonly witnessed: Witnessed;
  readonly courtFiles: CourtFiles;
  readonly remaking: Remaking;
  readonly proposals: Proposals;
  readonly #database: Database;
  readonly #accounts: PostgresOfficers;
  readonly #room: Room;

  constructor(private readonly config: DatabaseConfig) {
    this.#database = new Database(config);
    this.outbox = new PostgresOutbox(this.#database);
    this.journal = new PostgresJournal(this.#database);
    this.views = new PostgresViews(this.#database);
    this.reads = new PostgresReads(this.#database);
    this.#accounts = new PostgresOfficers(this.#database, config);
    this.officers = this.#accounts;
    this.changes = new PostgresChanges(this.#database);
    this.witnessed = new PostgresWitnessed(this.#database);
    this.courtFiles = new PostgresCourtFiles(this.#database);
    this.remaking = new PostgresRemaking(this.#database);
    this.proposals = new PostgresProposals(this.#database);
    this.#room = new Room(this.#database);
  }

  /**
   * Brings the schema up to date; several at once take turns. The role owns the schema.
   * @throws {HubError} `schema-newer` when a newer program has been here
   */
  migrate(): Promise<void> {
    return migrate(this.config, MIGRATIONS);
  }

  /** Gives roles what the agency's front door, its projector and its scrub need, and takes everything else from them. As the owner. */
  grant(roles: AgencyRoles): Promise<void> {
    return grant(this.#database, agencyGrants(roles));
  }

  /** Gives a role what is needed of a database that keeps nothing but accounts. As the owner. */
  grantAccounts(role: string): Promise<void> {
    return grant(this.#database, accountsGrants(role));
  }

  /**
   * Whether it can be used now: that it answers, that its schema is the one this program knows, and that it has room. Cheap: what was
   * found of the room is told for a few seconds.
   * @throws {HubError} `schema-behind` or `schema-newer`; retriable when the store is away or its disk full
   */
  async check(): Promise<void> {
    await checkSchema(this.#database, MIGRATIONS);
    await this.#room.check();
  }

  /** Writes anew what held something that was made to go since the last time. */
  scrub(options?: ScrubOptions): Promise<Scrubbed> {
    return scrub(this.config, 'agency', options);
  }

  /** What the server's clock says, in milliseconds since 1970. */
  clock(): Promise<number> {
    return this.#database.clock();
  }

  /** Ends every wait and every connection. */
  async close(): Promise<void> {
    await this.#accounts.close();
    await this.#database.close();
  }
}
