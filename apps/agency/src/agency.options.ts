import { type Bus } from '@tripoint/bus';
import { type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type AgencyId } from '@tripoint/kernel';
import { type JsonLog, type Traces } from '@tripoint/platform';
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
import { type TrustPolicy } from '@tripoint/transparency';

/** What this agency signs with. Only the signing subkey is in it. */
export type SigningKeyring = {
  readonly key: SecretKey;
  /**
   * Looks where the key came from, in case a rotation has put another one there. Cheap when it is asked often.
   * @throws {HubError} when what is there cannot be used; the key stays
   */
  reread(): Promise<void>;
};

/**
 * How far the mailbox had been taken, kept where no backup of the database reaches: a database that stands behind it was put back.
 */
export type PositionMark = {
  /** The number that was wanted next when it was last moved; undefined where there is no mark, or none that says so. */
  read(): Promise<bigint | undefined>;
  /**
   * Durable when it resolves.
   * @throws {HubError} when it cannot be kept
   */
  move(next: bigint): Promise<void>;
};

/** Commands that one officer proposes and another confirms, and where they wait meanwhile. */
export type FourEyes = {
  readonly commands: ReadonlySet<string>;
  readonly proposals: Proposals;
};

/** What an agency's front door is built from; only a `main.ts` makes these. It holds no decryption key. */
export abstract class AgencyOptions {
  abstract readonly agency: AgencyId;
  abstract readonly anchor: TrustAnchor;
  abstract readonly openpgp: OpenPgp;
  abstract readonly bus: Bus;
  abstract readonly outbox: Outbox;
  abstract readonly journal: Journal;
  abstract readonly views: Views;
  abstract readonly reads: Reads;
  abstract readonly officers: Officers;
  abstract readonly changes: Changes;
  /** What stands under a checkpoint that a quorum of witnesses has cosigned. */
  abstract readonly witnessed: Witnessed;
  /** What was taken to a court, and the keys on their way there. */
  abstract readonly courtFiles: CourtFiles;
  /** Our own wraps on their way to the next epoch: signed for here, by their digest. */
  abstract readonly remaking: Remaking;
  /** What needs a second officer; nothing, unless it is given. */
  readonly fourEyes?: FourEyes | undefined;
  abstract readonly signing: SigningKeyring;
  /** Whose cosignatures make a checkpoint one that the world has seen; without it nothing here is ever under quorum. */
  readonly trustPolicy?: TrustPolicy | undefined;
  /** For how long after the newest quorum things are sealed against what it covers. */
  readonly staleAfterSeconds?: number | undefined;
  /** Without it, nothing but the hub's answer vouches for the database after a start. */
  readonly mark?: PositionMark | undefined;
  /** For how long the hub is waited for after a start, where the mark vouches; a minute unless given. */
  readonly waitForHubSeconds?: number | undefined;
  /** How often the root over the read log is published; hourly unless given. */
  readonly readRootEverySeconds?: number | undefined;
  abstract readonly log: JsonLog;
  /** Where it is told how work went; nowhere unless given. */
  abstract readonly traces?: Traces;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}
