import { type Bus } from '@tripoint/bus';
import { type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type TrustAnchor } from '@tripoint/federation';
import { type Ledger } from '@tripoint/ledger';
import { type HubError } from '@tripoint/kernel';
import { type JsonLog, type Traces } from '@tripoint/platform';
import { type NoteSigner, type TrustPolicy } from '@tripoint/transparency';
import { type HubPositions, type Lease, type Quarantine, type Vault } from '@tripoint/vault';

/** What the hub is built from; only a `main.ts` makes these. */
export abstract class HubOptions {
  abstract readonly openpgp: OpenPgp;
  abstract readonly anchor: TrustAnchor;
  abstract readonly ledger: Ledger;
  abstract readonly bus: Bus;
  abstract readonly vault: Vault;
  abstract readonly quarantine: Quarantine;
  abstract readonly positions: HubPositions;
  /** Of several hubs over one ledger, says which is in office. */
  abstract readonly lease: Lease;
  /** As whom this hub holds it: the same after a start where no other hub can be, another in each process where one can. */
  abstract readonly holder: string;
  /** How long a hub that stands still stays in office. */
  abstract readonly leaseSeconds: number;
  /** Signs checkpoints and chain heads: the log's own key. */
  abstract readonly noteSigner: NoteSigner;
  /** Signs what the hub itself states on its chain, and is looked for again when the registry has another. It opens nothing. */
  abstract readonly signing: { readonly key: SecretKey; reread(): Promise<void> };
  /** Whoever shows this may read leaves and ciphertext: oversight. */
  abstract readonly auditorToken: string;
  /** Whose cosignatures its checkpoints need, and where those witnesses answer; without one it asks nobody. */
  readonly trustPolicy?: TrustPolicy | undefined;
  /** How often witnesses are asked while there is something new. */
  readonly cosignSeconds?: number | undefined;
  /** Wraps of leaves below this one may be missing: whoever runs the hub knows, and has no backup that holds them. */
  readonly lostWrapsBefore?: number | undefined;
  /** Told once of what this hub does not go on with, however often it looks again; a server that serves many stays for whoever mends it. */
  readonly stuck?: ((fault: HubError) => void) | undefined;
  abstract readonly log: JsonLog;
  /** Where it is told how work went; nowhere unless given. */
  abstract readonly traces?: Traces;
  /** Milliseconds since the epoch. */
  abstract readonly now: () => number;
}
