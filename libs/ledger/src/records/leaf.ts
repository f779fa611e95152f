import { hash, randomBytes } from 'node:crypto';
import {
  canonical,
  concat,
  decodeCbor,
  encodeCbor,
  parseCanonical,
  sha256,
} from '@tripoint/envelope';
import {
  type ChainId,
  type Digest,
  type Instant,
  isChainId,
  isDigest,
  isInstant,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';

/**
 * What a leaf is about. `event`, `void`, `registry`, `policy`, `fork` and `countersigned` stand for an entry of a chain;
 * `rejected` for one whose signed part is at fault; the others the sequencer makes itself.
 */
export const LEAF_KINDS = [
  'event',
  'void',
  'rejected',
  'registry',
  'policy',
  'fork',
  'countersigned',
  'heartbeat',
  'due',
  'heads',
  'epoch',
] as const;
export type LeafKind = (typeof LEAF_KINDS)[number];

/**
 * One line of the record everybody agrees on; its JCS bytes are what the Merkle tree hashes.
 *
 * It names nobody but through digests: which chain and number it stands for (`origin`), and what was
 * decided (`records`), are salted, so that whoever is given a leaf learns only what is opened to them.
 */
export type Leaf = {
  readonly v: 1;
  readonly kind: LeafKind;
  readonly index: number;
  /** Never earlier than the previous leaf's. */
  readonly time: Instant;
  /** 32 random bytes in hexadecimal: two leaves are never equal, and none can be guessed. */
  readonly nonce: Digest;
  /** For a leaf with a source: digests of the header or statement bytes and of its first signature. */
  readonly entry: Digest | null;
  readonly signature: Digest | null;
  /** Digest of the opened {@link Origin}; null when the sequencer made the leaf itself. */
  readonly origin: Digest | null;
  /** The issuer's clock stood more than five minutes off. */
  readonly late: boolean;
  /** Why an entry was rejected. */
  readonly code: string | null;
  /** Salted digests of the records kept beside the leaf, sorted, padded with random ones. */
  readonly records: readonly Digest[];
};

/** Where a leaf's source stands. The author and oversight are given it; nobody else. */
export type Origin = {
  readonly v: 1;
  readonly salt: Digest;
  readonly chain: ChainId;
  /** The source's revision in its chain: its sequence number. */
  readonly revision: number;
};

/** A record and the salt that hides it: 32 bytes each salt. */
export type SaltedRecord = { readonly salt: Uint8Array; readonly record: Uint8Array };

/** What the ledger stream `log` holds for one leaf. Only `leaf` is hashed into the tree. */
export type LogEntry = {
  readonly leaf: Uint8Array;
  readonly origin: Uint8Array | null;
  readonly records: readonly SaltedRecord[];
};

const RECORD_DOMAIN = new TextEncoder().encode('tripoint/record/v1\0');
const LEAF_MEMBERS = 'code,entry,index,kind,late,nonce,origin,records,signature,time,v';
/** Records of one leaf: at most 64 recipients in each of at most 16 compartments. */
const MAX_RECORDS = 1024;
const LIMITS = { size: 128 * 1024, depth: 3 };

/** The digest under which a leaf commits to `record`. */
export const recordDigest = ({ salt, record }: SaltedRecord): Digest =>
  sha256(concat(RECORD_DOMAIN, salt, hash('sha256', record, 'buffer')));

/** The digest under which a leaf commits to its origin's bytes. */
export const originDigest = (origin: Uint8Array): Digest => sha256(origin);

/**
 * Coarse on purpose: whoever is handed the leaf sees this number, and it must not tell whether there was a compartment more
 * than the ones he may open. Eight compartments for two parties fit into the smallest.
 */
const padded = (count: number): number => {
  if (count === 0) return 0;
  let size = 16;
  while (size < count) size *= 4;
  return size;
};

/** Digests of `records` and as many random ones as hide how many there are; sorted. */
export const recordDigests = (records: readonly SaltedRecord[]): readonly Digest[] => {
  const digests = records.map(recordDigest);
  while (digests.length < padded(records.length))
    digests.push(randomBytes(32).toString('hex') as Digest);
  return digests.sort();
};

export const formatLeaf = (leaf: Leaf): Uint8Array => canonical(leaf);
export const formatOrigin = (origin: Origin): Uint8Array => canonical(origin);

type RecordsRefusal = Refusal<'malformed-leaf' | 'malformed-origin' | 'malformed-log-entry'>;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isDigestOrNull = (value: unknown): value is Digest | null =>
  value === null || isDigest(value);
const members = (value: object): string => Object.keys(value).sort().join();
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads leaf bytes that whoever served them controls. The inverse of {@link formatLeaf}. */
export const parseLeaf = (bytes: Uint8Array): Leaf | RecordsRefusal => {
  const value = parseCanonical(bytes, LIMITS);
  const malformed = refuse('malformed-leaf', 'the leaf is not of the agreed form');
  if (isRefusal(value) || !isObject(value) || members(value) !== LEAF_MEMBERS) return malformed;
  const { v, kind, index, time, nonce, entry, signature, origin, late, code, records } = value;
  const wellFormed =
    v === 1 &&
    LEAF_KINDS.includes(kind as LeafKind) &&
    isCount(index) &&
    isInstant(time) &&
    isDigest(nonce) &&
    isDigestOrNull(entry) &&
    isDigestOrNull(signature) &&
    isDigestOrNull(origin) &&
    typeof late === 'boolean' &&
    (code === null || (typeof code === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(code))) &&
    Array.isArray(records) &&
    records.length <= MAX_RECORDS &&
    records.every((digest, at) => isDigest(digest) && (at === 0 || records[at - 1] < digest));
  return wellFormed ? (value as unknown as Leaf) : malformed;
};

/** Reads an opened origin. The inverse of {@link formatOrigin}. */
export const parseOrigin = (bytes: Uint8Array): Origin | RecordsRefusal => {
  const value = parseCanonical(bytes, LIMITS);
  const malformed = refuse('malformed-origin', 'the origin is not of the agreed form');
  if (isRefusal(value) || !isObject(value) || members(value) !== 'chain,revision,salt,v')
    return malformed;
  const { v, salt, chain, revision } = value;
  return v === 1 && isDigest(salt) && isChainId(chain) && isCount(revision)
    ? (value as unknown as Origin)
    : malformed;
};

export const formatLogEntry = ({ leaf, origin, records }: LogEntry): Uint8Array =>
  encodeCbor({ leaf, origin, records: records.map(({ salt, record }) => [salt, record]) });

/** Reads what stream `log` holds, which the ledger's operator controls. The inverse of {@link formatLogEntry}. */
export const parseLogEntry = (bytes: Uint8Array): LogEntry | RecordsRefusal => {
  const malformed = refuse('malformed-log-entry', 'the log entry is not of the agreed form');
  const value = decodeCbor(bytes, { items: 4 * MAX_RECORDS, depth: 4 });
  if (isRefusal(value) || !isObject(value) || members(value) !== 'leaf,origin,records')
    return malformed;
  const { leaf, origin, records } = value;
  if (!(leaf instanceof Uint8Array) || !(origin === null || origin instanceof Uint8Array))
    return malformed;
  const salted = parseSaltedRecords(records);
  return salted === undefined ? malformed : { leaf, origin, records: salted };
};

/** `[[salt, record] …]` as CBOR hands it over, or undefined when it is anything else. */
export const parseSaltedRecords = (value: unknown): readonly SaltedRecord[] | undefined => {
  if (!Array.isArray(value) || value.length > MAX_RECORDS) return undefined;
  const records: SaltedRecord[] = [];
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [salt, record] = pair as unknown[];
    if (!(salt instanceof Uint8Array) || salt.length !== 32 || !(record instanceof Uint8Array))
      return undefined;
    records.push({ salt, record });
  }
  return records;
};
