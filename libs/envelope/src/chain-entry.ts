import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Instant,
  type Refusal,
} from '@tripoint/kernel';
import { type Container } from './container.js';
import { type OpenPgp, type SecretKey } from './openpgp.js';

/** The body by which an issuer consumes a number without an event. */
export type Void = {
  readonly v: 1;
  readonly issuer: AgencyId;
  readonly chain: ChainId;
  readonly seq: number;
  readonly prev: Digest;
  readonly at: Instant;
  /** A code, in capitals. */
  readonly reason: string;
};

/** An envelope as recorded: the container without its wraps. */
export type EventEntry = { readonly kind: 'event' } & Omit<Container, 'wraps'>;
/** A number that its issuer gave up. Its digest, for the next `prev`, is its body's. */
export type VoidEntry = {
  readonly kind: 'void';
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
};
/** A signed statement, such as a registry statement. Its digest is its body's. */
export type StatementEntry = {
  readonly kind: 'statement';
  /** The kind of statement; decides the media type. */
  readonly statement: string;
  readonly body: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  /** What the body names by digest, such as a policy bundle. */
  readonly attachment?: Uint8Array;
};
/** What a `chain-<chain>` stream holds. */
export type ChainEntry = EventEntry | VoidEntry | StatementEntry;

/** Why bytes are not a chain entry. */
export type ChainEntryCode = 'too-large' | 'entry-malformed' | 'entry-not-canonical';

/** Deterministic bytes of a chain entry. */
export const formatChainEntry = (entry: ChainEntry): Uint8Array => {
  throw new Error(`not built: ${entry.kind}`);
};

/** The strict inverse of `formatChainEntry`; never throws. The ledger's operator controls the bytes. */
export const parseChainEntry = (bytes: Uint8Array): ChainEntry | Refusal<ChainEntryCode> => {
  throw new Error(`not built: ${bytes.length}`);
};

/** What the chain's next `prev` is after this entry: SHA-256 of its header's or body's bytes. */
export const entryDigest = (entry: ChainEntry): Digest => {
  throw new Error(`not built: ${entry.kind}`);
};

/** A signed void, as submitted to the hub in place of an envelope. */
export const sealVoid = async (
  openpgp: OpenPgp,
  body: Void,
  signer: SecretKey,
): Promise<{ readonly submission: Uint8Array; readonly headerDigest: Digest }> =>
  Promise.reject(new Error(`not built: ${body.seq} ${signer.fingerprint} ${typeof openpgp}`));
