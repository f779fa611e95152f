import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Fingerprint,
  type Refusal,
} from '@tripoint/kernel';
import { type ChainEntry, type Void } from './chain-entry.js';
import {
  type Descriptor,
  type Facts,
  type Header,
  type Opening,
  type Routing,
} from './envelope.js';
import { type Certificate, type OpenPgp } from './openpgp.js';

/** What the registrar must know of the federation to admit. */
export type Registered = {
  /** Every certificate ever registered to `chain`, if it is a chain of `issuer`; else none. */
  readonly certificatesOf: (chain: ChainId, issuer: AgencyId) => readonly Certificate[];
  /** Every encryption subkey that may be wrapped to for this agency now; none for a stranger. */
  readonly encryptionSubkeys: (agency: Fingerprint) => readonly Fingerprint[];
  /** Whether a compartment's facts are in the closed schema of the family. */
  readonly factsInSchema: (family: string, facts: Facts, compartment: string) => boolean;
};

/** Why a submission is quarantined, in the order in which it is looked at. */
export type AdmissionCode =
  | 'too-large'
  | 'container-malformed'
  | 'container-not-canonical'
  | 'header-malformed'
  | 'header-not-canonical'
  | 'routing-malformed'
  | 'routing-not-canonical'
  | 'routing-mismatch'
  | 'descriptor-malformed'
  | 'descriptor-not-canonical'
  | 'descriptor-mismatch'
  | 'compartment-repeated'
  | 'facts-not-in-schema'
  | 'void-malformed'
  | 'void-not-canonical'
  | 'unknown-chain'
  | 'signature-profile'
  | 'unknown-signer'
  | 'bad-signature'
  | 'parts-mismatch'
  | 'opening-mismatch'
  | 'body-mismatch'
  | 'body-profile'
  | 'wrap-mismatch'
  | 'wrap-profile'
  | 'unknown-recipient'
  | 'unregistered-subkey';

/** One compartment that passed. */
export type AdmittedCompartment = {
  readonly digest: Digest;
  readonly descriptor: Descriptor;
  readonly openings: readonly Opening[];
  readonly wraps: ReadonlyMap<Fingerprint, Uint8Array>;
};

/** A submission that may be recorded once its turn comes. */
export type Admitted = {
  /** Where on the chain it wants to be. */
  readonly routing: Pick<Routing, 'chain' | 'seq' | 'prev'>;
  /** The header's, or the void's body's; the chain's next `prev`. */
  readonly headerDigest: Digest;
  readonly signatureDigest: Digest;
  /** The certificate that the signing subkey belongs to. */
  readonly signer: Fingerprint;
  readonly signingSubkey: Fingerprint;
  /** What is appended to `chain-<chain>`. */
  readonly entry: ChainEntry;
  readonly entryBytes: Uint8Array;
} & (
  | {
      readonly kind: 'event';
      readonly header: Header;
      readonly compartments: readonly AdmittedCompartment[];
    }
  | { readonly kind: 'void'; readonly void: Void }
);

/**
 * The registrar's first five steps, cheap ones first. Consumes nothing and never throws for what the bytes hold; anybody
 * on the broker controls them. Accepts envelopes and voids.
 */
export const admit = async (
  openpgp: OpenPgp,
  bytes: Uint8Array,
  registered: Registered,
): Promise<Admitted | Refusal<AdmissionCode>> =>
  Promise.reject(new Error(`not built: ${bytes.length} ${typeof openpgp} ${typeof registered}`));

/** The newest entry of a chain; undefined before the first. */
export type Head = { readonly seq: number; readonly digest: Digest };

/** What a chain makes of an admitted submission. */
export type Placement = 'next' | 'duplicate' | 'fork' | 'out-of-turn';

/**
 * Where an admitted submission stands against its chain. `recorded` is the header digest that the chain holds at
 * `routing.seq`; needed only below the head.
 */
export const place = (
  head: Head | undefined,
  routing: Pick<Routing, 'seq' | 'prev'>,
  headerDigest: Digest,
  recorded?: Digest,
): Placement => {
  throw new Error(`not built: ${head?.seq ?? -1} ${routing.seq} ${headerDigest} ${recorded ?? ''}`);
};
