import { canonical, decodeCbor, encodeCbor, parseCanonical, sha256 } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type Instant,
  isAgencyId,
  isDigest,
  isInstant,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/** The kind of statement that an agency signs, and the one in which the hub puts it on its own chain. */
export const COUNTERSIGNATURE = 'countersignature';
export const COUNTERSIGNED = 'countersigned';

/**
 * What an agency signs of a leaf of kind `heads` that it was handed: it holds everything that its mailbox had before that leaf. Where its
 * mailbox ended is salted, so that an author can be shown this and learns of nothing else that the agency was given.
 */
export type Countersignature = {
  readonly v: 1;
  readonly agency: AgencyId;
  /** The `heads` leaf, and its RFC 6962 leaf hash. */
  readonly leaf: number;
  readonly leafHash: Digest;
  /** Digest of {@link MailboxEnd}. */
  readonly mailbox: Digest;
  readonly at: Instant;
};

/** The newest line that the agency holds from before that leaf. Hub and oversight are told. */
export type MailboxEnd = {
  readonly v: 1;
  readonly salt: Digest;
  readonly number: number;
  readonly head: Digest;
};

/** A countersignature with what goes with it; the end of the mailbox is left out of what an author is shown. */
export type SignedCountersignature = {
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  readonly mailbox: Uint8Array | null;
};

/** What the hub states: that this was signed. */
export type Countersigned = {
  readonly v: 1;
  readonly seq: number;
  readonly prev: Digest;
  readonly at: Instant;
  /** SHA-256 of the agency's statement. */
  readonly countersignature: Digest;
};

type Malformed = Refusal<'malformed-countersignature'>;
const MALFORMED: Malformed = refuse(
  'malformed-countersignature',
  'the countersignature is not of the agreed form',
);
const LIMITS = { size: 2 * 1024, depth: 2 };

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const membersOf = (
  bytes: Uint8Array,
  names: string,
): Readonly<Record<string, unknown>> | undefined => {
  const value = parseCanonical(bytes, LIMITS);
  return !isRefusal(value) &&
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === names
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
};

export const formatMailboxEnd = (end: MailboxEnd): Uint8Array => canonical(end);

/** The digest under which a countersignature commits to where a mailbox ended. */
export const mailboxEndDigest = (end: Uint8Array): Digest => sha256(end);

/** Reads a statement of an agency, which controls the bytes. */
export const parseCountersignature = (bytes: Uint8Array): Countersignature | Malformed => {
  const value = membersOf(bytes, 'agency,at,leaf,leafHash,mailbox,v');
  return value?.['v'] === 1 &&
    isAgencyId(value['agency']) &&
    isCount(value['leaf']) &&
    isDigest(value['leafHash']) &&
    isDigest(value['mailbox']) &&
    isInstant(value['at'])
    ? (value as unknown as Countersignature)
    : MALFORMED;
};

/** Reads what an agency has opened of its mailbox. The inverse of {@link formatMailboxEnd}. */
export const parseMailboxEnd = (bytes: Uint8Array): MailboxEnd | Malformed => {
  const value = membersOf(bytes, 'head,number,salt,v');
  return value?.['v'] === 1 &&
    isDigest(value['salt']) &&
    isCount(value['number']) &&
    isDigest(value['head'])
    ? (value as unknown as MailboxEnd)
    : MALFORMED;
};

/** Reads a statement of the hub's, which controls the bytes. */
export const parseCountersigned = (bytes: Uint8Array): Countersigned | Malformed => {
  const value = membersOf(bytes, 'at,countersignature,prev,seq,v');
  return value?.['v'] === 1 &&
    isCount(value['seq']) &&
    isDigest(value['prev']) &&
    isInstant(value['at']) &&
    isDigest(value['countersignature'])
    ? (value as unknown as Countersigned)
    : MALFORMED;
};

export const formatSignedCountersignature = (signed: SignedCountersignature): Uint8Array =>
  encodeCbor({ body: signed.body, signature: signed.signature, mailbox: signed.mailbox });

/** Reads what goes with the hub's statement, which controls the bytes. The inverse of {@link formatSignedCountersignature}. */
export const parseSignedCountersignature = (
  bytes: Uint8Array,
): SignedCountersignature | Malformed => {
  const value = decodeCbor(bytes, { items: 8, depth: 2 });
  if (isRefusal(value) || typeof value !== 'object' || value === null) return MALFORMED;
  if (Object.keys(value).sort().join() !== 'body,mailbox,signature') return MALFORMED;
  const { body, signature, mailbox } = value as Readonly<Record<string, unknown>>;
  return body instanceof Uint8Array &&
    signature instanceof Uint8Array &&
    (mailbox === null || mailbox instanceof Uint8Array)
    ? { body, signature, mailbox }
    : MALFORMED;
};
