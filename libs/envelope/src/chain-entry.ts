import { type Digest, refuse, type Refusal } from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { type CborMap, encodeCbor } from './cbor.js';
import {
  bytesFrom,
  decodeMap,
  listFrom,
  type Parts,
  partsFromCbor,
  partsToCbor,
} from './container.js';
import { type Void } from './envelope.js';
import { type OpenPgp, type SecretKey } from './openpgp.js';
import { signStatement } from './statement.js';

/** An envelope as recorded: the container without its wraps. */
export type EventEntry = { readonly kind: 'event' } & Parts;
/** A number that its issuer gave up, upon a refusal. Its digest, for the next `prev`, is its body's. */
export type VoidEntry = {
  readonly kind: 'void';
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  /** The signed note that it answers, and that its body names by digest. */
  readonly notice: Uint8Array;
};
/** A signed statement, such as a registry statement. Its digest is its body's. */
export type StatementEntry = {
  readonly kind: 'statement';
  /** The kind of statement, a lower-case word; decides the media type. */
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

const MOST_SIGNATURES = 32;

/** Deterministic bytes of a chain entry. */
export const formatChainEntry = (entry: ChainEntry): Uint8Array => {
  switch (entry.kind) {
    case 'event':
      return encodeCbor({ kind: 'event', ...partsToCbor(entry) });
    case 'void': {
      const { body, signature, notice } = entry;
      return encodeCbor({ kind: 'void', body, signature, notice });
    }
    case 'statement': {
      const { statement, body, signatures, attachment } = entry;
      return encodeCbor({ kind: 'statement', statement, body, signatures, attachment });
    }
  }
};

/** The strict inverse of `formatChainEntry`; never throws. The ledger's operator controls the bytes. */
export const parseChainEntry = (bytes: Uint8Array): ChainEntry | Refusal<ChainEntryCode> => {
  const value = decodeMap(bytes);
  if (value === 'too-large') return refuse('too-large', 'the entry is too large');
  if (value === 'cbor-not-deterministic')
    return refuse('entry-not-canonical', 'the entry is not in canonical form');
  const malformed = refuse('entry-malformed', 'the entry is not of its form');
  if (typeof value === 'string') return malformed;
  return eventFrom(value) ?? voidFrom(value) ?? statementFrom(value) ?? malformed;
};

const eventFrom = (value: CborMap): EventEntry | undefined => {
  if (value['kind'] !== 'event' || Object.keys(value).length !== 7) return undefined;
  const parts = partsFromCbor(value);
  return parts && { kind: 'event', ...parts };
};

/** The void in a decoded submission or entry, or undefined when it is not one. */
export const voidFrom = (value: CborMap): VoidEntry | undefined => {
  const { kind, body, signature, notice } = value;
  return kind === 'void' &&
    Object.keys(value).length === 4 &&
    body instanceof Uint8Array &&
    signature instanceof Uint8Array &&
    notice instanceof Uint8Array
    ? { kind, body, signature, notice }
    : undefined;
};

const statementFrom = (value: CborMap): StatementEntry | undefined => {
  const { kind, statement, body, attachment } = value;
  const signatures = listFrom(value['signatures'], MOST_SIGNATURES, bytesFrom);
  if (
    kind !== 'statement' ||
    typeof statement !== 'string' ||
    !/^[a-z][a-z0-9-]{0,31}$/.test(statement) ||
    !(body instanceof Uint8Array) ||
    signatures === undefined
  )
    return undefined;
  const members = Object.keys(value).length;
  if (attachment === undefined)
    return members === 4 ? { kind, statement, body, signatures } : undefined;
  return members === 5 && attachment instanceof Uint8Array
    ? { kind, statement, body, signatures, attachment }
    : undefined;
};

/** What the chain's next `prev` is after this entry: SHA-256 of its header's or body's bytes. */
export const entryDigest = (entry: ChainEntry): Digest =>
  sha256(entry.kind === 'event' ? entry.header : entry.body);

/** A signed void in answer to `notice`, as submitted to the hub in place of an envelope. The bytes are those of its chain entry. */
export const sealVoid = async (
  openpgp: OpenPgp,
  body: Omit<Void, 'notice'>,
  notice: Uint8Array,
  signer: SecretKey,
): Promise<{ readonly submission: Uint8Array; readonly headerDigest: Digest }> => {
  const named = { ...body, notice: sha256(notice) };
  const { bytes, signature } = await signStatement(openpgp, 'void', named, signer);
  return {
    submission: formatChainEntry({ kind: 'void', body: bytes, signature, notice }),
    headerDigest: sha256(bytes),
  };
};
