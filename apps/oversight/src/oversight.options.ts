import { type OpenPgp } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type AgencyId } from '@tripoint/kernel';
import { type JsonLog } from '@tripoint/platform';
import { type Officers } from '@tripoint/read-model';
import { type TrustPolicy } from '@tripoint/transparency';
import { type FindingBook, type HubPositions } from '@tripoint/vault';

/** What oversight is built from; only a `main.ts` makes these. There is no key among them: it can open nothing. */
export abstract class OversightOptions {
  abstract readonly agency: AgencyId;
  abstract readonly anchor: TrustAnchor;
  abstract readonly openpgp: OpenPgp;
  /** Where the hub answers. */
  abstract readonly hub: string;
  /** Lets its holder read leaves and ciphertext. */
  abstract readonly auditorToken: string;
  abstract readonly officers: Officers;
  /** Keeps what was verified last, so that a log put back to an earlier state is noticed after a restart too. */
  abstract readonly positions: HubPositions;
  /** What was found, and what became of it. */
  abstract readonly findings: FindingBook;
  /** Whose cosignatures the log has to have; without it nobody's are looked for. */
  readonly trustPolicy?: TrustPolicy | undefined;
  abstract readonly log: JsonLog;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}
