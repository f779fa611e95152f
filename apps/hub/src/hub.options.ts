import { type Bus } from '@tripoint/bus';
import { type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type Ledger } from '@tripoint/ledger';
import { type JsonLog } from '@tripoint/platform';
import { type NoteSigner } from '@tripoint/transparency';
import { type HubPositions, type Quarantine, type Vault } from '@tripoint/vault';

/** What the hub is built from; only a `main.ts` makes these. */
export abstract class HubOptions {
  abstract readonly openpgp: OpenPgp;
  abstract readonly anchor: TrustAnchor;
  abstract readonly ledger: Ledger;
  abstract readonly bus: Bus;
  abstract readonly vault: Vault;
  abstract readonly quarantine: Quarantine;
  abstract readonly positions: HubPositions;
  /** Signs checkpoints and chain heads: the log's own key. */
  abstract readonly noteSigner: NoteSigner;
  /** Signs what the hub itself states on its chain. It opens nothing. */
  abstract readonly signingKey: SecretKey;
  /** Whoever shows this may read leaves and ciphertext: oversight. */
  abstract readonly auditorToken: string;
  abstract readonly log: JsonLog;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}
