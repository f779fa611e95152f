import { type Bus } from '@tripoint/bus';
import { type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type AgencyId, type Fingerprint } from '@tripoint/kernel';
import { type JsonLog, type Traces } from '@tripoint/platform';
import {
  type CourtFiles,
  type Journal,
  type Remaking,
  type Views,
  type Witnessed,
} from '@tripoint/read-model';
import { type TrustPolicy } from '@tripoint/transparency';

/** What a projector is built from; only a `main.ts` makes these. It holds no signing key. */
export abstract class ProjectorOptions {
  abstract readonly agency: AgencyId;
  abstract readonly anchor: TrustAnchor;
  abstract readonly openpgp: OpenPgp;
  abstract readonly bus: Bus;
  abstract readonly journal: Journal;
  /** Registry and policy statements are read back from here after a start. */
  abstract readonly views: Views;
  /** Where is kept what stands under a checkpoint that a quorum of witnesses has cosigned. */
  abstract readonly witnessed: Witnessed;
  /** Where is asked for session keys that are to be disclosed. */
  abstract readonly courtFiles: CourtFiles;
  /** Where our own wraps are made again when an epoch is retired. */
  abstract readonly remaking: Remaking;
  /**
   * The private key file that opens what is wrapped to this encryption subkey, if it is there by now: a rotation may have
   * brought it since the last time. Cheap when it is not.
   * @throws {HubError} when what is there cannot be used
   */
  abstract readonly keyFor: (subkey: Fingerprint) => Promise<SecretKey | undefined>;
  /** The secret of this subkey is said to be destroyed: lets go of it where it is in no file any more, and answers whether it is gone. */
  abstract readonly drop: (subkey: Fingerprint) => Promise<boolean>;
  /** Whose cosignatures make a checkpoint one that the world has seen; without it nothing here is ever under quorum. */
  readonly trustPolicy?: TrustPolicy | undefined;
  /** For how many days the agency's backups are kept: what is forgotten is said to be in them until then. */
  readonly backupDays?: number;
  /** How often the hub is asked again for what was erased, to see that it has forgotten it; once a day unless given. */
  readonly probeEverySeconds?: number;
  abstract readonly log: JsonLog;
  /** Where it is told how work went; nowhere unless given. */
  abstract readonly traces?: Traces;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
  /** Milliseconds that have gone by, by a clock that nobody sets: patience is measured by it. This process's own unless given. */
  abstract readonly elapsed?: () => number;
}
