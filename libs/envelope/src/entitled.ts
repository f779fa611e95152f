import { type Digest, type Fingerprint, type Refusal } from '@tripoint/kernel';
import { type EventEntry } from './chain-entry.js';
import { type Descriptor, type Frame, type Header, type Opening } from './envelope.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';

/** One compartment, as given to one recipient. */
export type EntitledCompartment = {
  readonly descriptor: Uint8Array;
  readonly body: Uint8Array;
  /** The recipient's own; absent where a grant, not the author's `to`, entitles it. */
  readonly opening?: Opening;
};

/** The part of an envelope that one recipient is given; its wraps come beside it. */
export type Entitled = {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  /** By the order of their descriptors' digests. */
  readonly compartments: readonly EntitledCompartment[];
};

/** Why bytes are not an entitled part. */
export type EntitledCode = 'too-large' | 'entitled-malformed' | 'entitled-not-canonical';

/** Why a delivery cannot be opened: a finding, never a crash. */
export type OpenCode =
  | 'signature-profile'
  | 'unknown-signer'
  | 'bad-signature'
  | 'header-malformed'
  | 'header-not-canonical'
  | 'descriptor-malformed'
  | 'descriptor-not-canonical'
  | 'descriptor-mismatch'
  | 'compartment-repeated'
  | 'wrap-missing'
  | 'wrap-mismatch'
  | 'wrap-profile'
  | 'not-addressed'
  | 'body-mismatch'
  | 'body-profile'
  | 'cannot-unwrap'
  | 'commitment-mismatch'
  | 'cannot-decrypt'
  | 'frame-malformed';

/** One compartment, opened. The session key lets its holder wrap it again for a grant. */
export type OpenedCompartment = {
  readonly descriptor: Descriptor;
  readonly descriptorDigest: Digest;
  readonly frame: Frame;
  readonly sessionKey: Uint8Array;
};

/** An envelope, as far as one recipient may open it. */
export type Opened = {
  readonly header: Header;
  readonly headerDigest: Digest;
  /** The signing subkey; whether it was good at the leaf is for the registry to say. */
  readonly signingSubkey: Fingerprint;
  readonly compartments: readonly OpenedCompartment[];
};

/** What a recipient opens with. */
export type OpenWith = {
  /** Of the issuer named in the header, from the recipient's own copy of the registry. */
  readonly certificates: readonly Certificate[];
  readonly key: SecretKey;
  /** Its own primary fingerprint. */
  readonly own: Fingerprint;
  /** Digests of granted wraps by descriptor digest, from grants already verified: they stand in for the author's `to`. */
  readonly granted?: ReadonlyMap<Digest, Digest>;
  /** Descriptors whose wraps were erased: verified, not opened, left out of the answer. */
  readonly erased?: ReadonlySet<Digest>;
};

/**
 * What `own` is given of a recorded envelope: the compartments in `entitled` and nothing of the others.
 * A digest that the entry does not hold is ignored.
 */
export const entitle = (
  entry: EventEntry,
  entitled: readonly Digest[],
  own: Fingerprint,
): Entitled => {
  throw new Error(`not built: ${entry.kind} ${entitled.length} ${own}`);
};

/** Deterministic bytes of an entitled part. */
export const formatEntitled = (part: Entitled): Uint8Array => {
  throw new Error(`not built: ${part.header.length}`);
};

/** The strict inverse of `formatEntitled`; never throws. The hub controls the bytes. */
export const parseEntitled = (bytes: Uint8Array): Entitled | Refusal<EntitledCode> => {
  throw new Error(`not built: ${bytes.length}`);
};

/** Verifies and opens what a recipient was given; `wraps` are its own, by descriptor digest. Never throws for hostile bytes. */
export const open = async (
  openpgp: OpenPgp,
  part: Entitled,
  wraps: ReadonlyMap<Digest, Uint8Array>,
  using: OpenWith,
): Promise<Opened | Refusal<OpenCode>> =>
  Promise.reject(
    new Error(`not built: ${part.header.length} ${wraps.size} ${using.own} ${typeof openpgp}`),
  );
