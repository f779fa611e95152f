import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type Refusal,
} from '@tripoint/kernel';
import {
  type Descriptor,
  type Facts,
  type Frame,
  type Header,
  type Opening,
  type Routing,
} from './envelope.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';

/** Fresh random bytes, as many as asked for. */
export type Random = (length: number) => Uint8Array;

/** Whom a compartment is for: the agency's certificate and its encryption subkey of the epoch. */
export type Recipient = { readonly certificate: Certificate; readonly subkey: Fingerprint };

/** One compartment to be sealed. */
export type CompartmentDraft = {
  readonly name: string;
  readonly classification: string;
  readonly handling: readonly string[];
  readonly retention: string;
  readonly facts: Facts;
  readonly frame: Frame;
  /** 1 to 32, each agency once; the issuer itself is normally among them. */
  readonly to: readonly Recipient[];
};

/** One event to be sealed. */
export type Draft = {
  readonly id: EventId;
  readonly stream: ExchangeId;
  /** The coarse family. */
  readonly type: string;
  readonly schema: number;
  readonly issuer: AgencyId;
  readonly at: Instant;
  /** 1 to 16, names distinct. */
  readonly compartments: readonly CompartmentDraft[];
};

/** Why a draft cannot be sealed. */
export type SealCode =
  | 'draft-malformed'
  | 'frame-too-large'
  | 'too-many-recipients'
  | 'too-many-compartments'
  | 'too-large';

/** One compartment, encrypted. The session key stays with the author until the leaf is back. */
export type SealedCompartment = {
  readonly name: string;
  readonly descriptor: Descriptor;
  readonly descriptorBytes: Uint8Array;
  readonly descriptorDigest: Digest;
  readonly body: Uint8Array;
  readonly sessionKey: Uint8Array;
  readonly openings: readonly Opening[];
  readonly wraps: ReadonlyMap<Fingerprint, Uint8Array>;
};

/** Everything but the place on the chain and the signature. */
export type Prepared = {
  readonly header: Omit<Header, 'routing'>;
  readonly compartments: readonly SealedCompartment[];
};

/** Where an envelope goes on its issuer's chain. */
export type Place = { readonly chain: ChainId; readonly seq: number; readonly prev: Digest };

/** A finished envelope. */
export type Sealed = {
  /** What goes to the hub. */
  readonly container: Uint8Array;
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  /** The next envelope's `prev`. */
  readonly headerDigest: Digest;
  readonly signature: Uint8Array;
  readonly routing: Routing;
  /** By the order of their descriptors' digests. */
  readonly compartments: readonly SealedCompartment[];
};

/** Seals events: `prepare` does the encrypting before any lock, `finish` is the little that needs the chain's head. */
export class Sealer {
  constructor(
    private readonly openpgp: OpenPgp,
    private readonly random: Random,
  ) {}

  /** Wraps, encrypts and describes every compartment. May be thrown away. */
  async prepare(draft: Draft): Promise<Prepared | Refusal<SealCode>> {
    return Promise.reject(new Error(`not built: ${draft.id} ${typeof this.openpgp}`));
  }

  /** Places a prepared envelope on its chain and signs it. The same `prepared` may be finished again at another place. */
  async finish(prepared: Prepared, place: Place, signer: SecretKey): Promise<Sealed> {
    return Promise.reject(
      new Error(
        `not built: ${prepared.header.id} ${place.chain} ${signer.fingerprint} ${typeof this.random}`,
      ),
    );
  }
}
