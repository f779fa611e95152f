import { createHash } from 'node:crypto';

import { type BinaryEventType, type EventData } from '@eventstore/db-client';

import { damaged } from './faults.js';

/** What a server takes in one append unless it is told otherwise, and counts as {@link sizeOf} does. */
export const LARGEST_APPEND = 1024 * 1024;

/** Streams of the adapter's own; no entry of the ledger is in them. */
export const OWN_PREFIX = 'tripoint-';
/** Names of the ledger's streams, each at least once. */
export const DIRECTORY = `${OWN_PREFIX}streams`;
const PARTS_PREFIX = `${OWN_PREFIX}parts-`;

/** The type of an event says how its data is to be read. */
export const TYPE = {
  /** The bytes of an entry. */
  entry: 'entry',
  /** A {@link Reference} to an entry whose bytes are in a stream of parts. */
  parts: 'parts',
  part: 'part',
  /** The name of a stream. */
  stream: 'stream',
} as const;

/** Stands in a stream for an entry that is too large for it. */
export type Reference = { readonly digest: Uint8Array; readonly length: number };

/** Bytes of a reference. */
export const REFERENCE = 40;

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest();

export const referenceTo = (bytes: Uint8Array): Reference => ({
  digest: sha256(bytes),
  length: bytes.length,
});

export const formatReference = ({ digest, length }: Reference): Uint8Array => {
  const bytes = new Uint8Array(REFERENCE);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  bytes.set(digest, 8);
  return bytes;
};

/** Whoever can write to the server's disk controls it. */
export const parseReference = (bytes: Uint8Array): Reference => {
  if (bytes.length !== REFERENCE) throw damaged('a reference to a large entry is malformed');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  // What this adapter moves aside is larger than nothing and fits into memory.
  if (length === 0n || length > 0x7fff_ffffn)
    throw damaged('a reference to a large entry gives no length');
  return { digest: bytes.slice(8), length: Number(length) };
};

/** One stream for each content, so that writing it twice writes it once. */
export const partsStream = ({ digest }: Reference): string =>
  PARTS_PREFIX + Buffer.from(digest).toString('hex');

/** The first 16 bytes of the digest of what is appended, as the server wants to see them. */
export const eventId = (digest: Uint8Array): string =>
  Buffer.from(digest.subarray(0, 16))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');

/** An event of bytes. `digest` is that of the entry it stands for, where that is not its data. */
export const eventOf = (
  type: string,
  data: Uint8Array,
  digest = sha256(data),
): EventData<BinaryEventType> => ({
  id: eventId(digest),
  contentType: 'application/octet-stream',
  type,
  // The driver writes a plain array, whatever was derived from it.
  data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  metadata: undefined,
});

/** What an event counts towards the limit of an append. */
export const sizeOf = (type: string, length: number): number => length + 2 * type.length;
