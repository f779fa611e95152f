import { decodeCbor, encodeCbor, type Rewrapped } from '@tripoint/envelope';
import {
  type ChainId,
  type Digest,
  isChainId,
  isDigest,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { parseSaltedRecords, type SaltedRecord } from './leaf.js';

/** What an agency says to the hub on `submissions.<agency>`. Only its own principal can write there. */
export type Submission =
  /** A sealed container, or a void in chain entry form. */
  | { readonly kind: 'container'; readonly bytes: Uint8Array }
  /** Send my mailbox again from this number on. */
  | { readonly kind: 'resume'; readonly from: number }
  /** Where does my chain stand? Answered by a `head` that repeats the nonce (16 bytes). */
  | { readonly kind: 'hello'; readonly chain: ChainId; readonly nonce: Uint8Array }
  /** Which checkpoint have witnesses cosigned, and does it continue the trees of these sizes? Answered by `cosigned`. */
  | { readonly kind: 'prove'; readonly sizes: readonly number[] }
  /** Keep these in the place of my own wraps, signed by the agency: see `signRewrapped`. Answered by `rewrapped`. */
  | {
      readonly kind: 'rewrapped';
      readonly signature: Uint8Array;
      readonly wraps: readonly Rewrapped[];
    }
  /** What I was handed ends thus: a `SignedCountersignature` with where the mailbox ended. */
  | {
      readonly kind: 'countersign';
      readonly body: Uint8Array;
      readonly signature: Uint8Array;
      readonly mailbox: Uint8Array;
    };

/** Wraps that an agency has made again at a time. */
export const MOST_REWRAPPED = 512;

/** Trees that an agency asks about at a time. */
export const MOST_PROVED = 64;

/** What the hub says to an agency on `mailbox.<agency>`. */
export type Delivery =
  | {
      readonly kind: 'entry';
      readonly mailbox: Uint8Array;
      readonly leaf: Uint8Array;
      /** Inclusion proof of the leaf in the checkpoint's tree: 32-byte hashes. */
      readonly proof: readonly Uint8Array[];
      /** A signed note. */
      readonly checkpoint: string;
      /** For an event: the reader's part of it. For registry and policy: the chain entry. Else null. */
      readonly source: Uint8Array | null;
      /** Only to the event's author. */
      readonly origin: Uint8Array | null;
      readonly wraps: readonly { readonly descriptor: Digest; readonly wrap: Uint8Array }[];
      /** Entitled descriptors whose wraps were erased before this copy was made. */
      readonly erased: readonly Digest[];
      /** Those records of the leaf that concern the reader. */
      readonly records: readonly SaltedRecord[];
      /** What the event hands on, of an earlier leaf: to its provider where that decides, to the grantee where it is given. */
      readonly granted: GrantedPart | null;
    }
  /** Where the agency's chain stands at the hub: a note signed with the log's key. */
  | { readonly kind: 'head'; readonly nonce: Uint8Array; readonly note: string }
  /** What was submitted was put aside without consuming its number: a `QuarantineNotice`, signed with the log's key. */
  | { readonly kind: 'quarantined'; readonly note: string }
  /** Wraps that were made again stand in the place of those before: a `RewrappedNotice`, signed with the log's key. */
  | { readonly kind: 'rewrapped'; readonly note: string }
  /** A checkpoint that a quorum of witnesses has cosigned, and that it continues earlier trees: consistency proofs. */
  | { readonly kind: 'cosigned'; readonly note: string; readonly proofs: readonly SizeProof[] };

/** The consistency proof from the tree of `from` leaves: 32-byte hashes. */
export type SizeProof = { readonly from: number; readonly hashes: readonly Uint8Array[] };

/** Of something that was said before: its leaf, that it is in the same tree, and the reader's part of the event. */
export type GrantedPart = {
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly source: Uint8Array;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isBytesOrNull = (value: unknown): value is Uint8Array | null =>
  value === null || isBytes(value);
const members = (value: object): string => Object.keys(value).sort().join();

export const formatSubmission = (submission: Submission): Uint8Array =>
  encodeCbor(
    submission.kind === 'rewrapped'
      ? {
          ...submission,
          wraps: submission.wraps.map(({ descriptor, wrap }) => [descriptor, wrap]),
        }
      : submission,
  );

/** Reads what an agency put on the bus; it, and a broker that damages copies, control the bytes. */
export const parseSubmission = (
  bytes: Uint8Array,
): Submission | Refusal<'malformed-submission'> => {
  const malformed = refuse('malformed-submission', 'the submission is not of the agreed form');
  const value = decodeCbor(bytes, { items: 16 + 3 * MOST_REWRAPPED, depth: 3 });
  if (isRefusal(value) || !isObject(value)) return malformed;
  const form = members(value);
  const { kind } = value;
  if (kind === 'rewrapped') {
    const wraps = parseWraps(value['wraps'], MOST_REWRAPPED);
    const { signature } = value;
    return form === 'kind,signature,wraps' && isBytes(signature) && wraps !== undefined
      ? { kind, signature, wraps }
      : malformed;
  }
  const wellFormed =
    (kind === 'container' && form === 'bytes,kind' && isBytes(value['bytes'])) ||
    (kind === 'resume' && form === 'from,kind' && isCount(value['from'])) ||
    (kind === 'prove' &&
      form === 'kind,sizes' &&
      Array.isArray(value['sizes']) &&
      value['sizes'].length <= MOST_PROVED &&
      value['sizes'].every(isCount)) ||
    (kind === 'countersign' &&
      form === 'body,kind,mailbox,signature' &&
      isBytes(value['body']) &&
      isBytes(value['signature']) &&
      isBytes(value['mailbox'])) ||
    (kind === 'hello' &&
      form === 'chain,kind,nonce' &&
      isChainId(value['chain']) &&
      isBytes(value['nonce']) &&
      value['nonce'].length === 16);
  return wellFormed ? (value as unknown as Submission) : malformed;
};

export const formatDelivery = (delivery: Delivery): Uint8Array => encodeCbor(formOf(delivery));

const formOf = (delivery: Delivery): Parameters<typeof encodeCbor>[0] => {
  if (delivery.kind === 'cosigned')
    return { ...delivery, proofs: delivery.proofs.map(({ from, hashes }) => [from, [...hashes]]) };
  return delivery.kind === 'entry'
    ? {
        ...delivery,
        wraps: delivery.wraps.map(({ descriptor, wrap }) => [descriptor, wrap]),
        records: delivery.records.map(({ salt, record }) => [salt, record]),
      }
    : delivery;
};

const ENTRY_MEMBERS =
  'checkpoint,erased,granted,kind,leaf,mailbox,origin,proof,records,source,wraps';

/** Reads what the hub put on the bus; it, and a broker that damages copies, control the bytes. */
export const parseDelivery = (bytes: Uint8Array): Delivery | Refusal<'malformed-delivery'> => {
  const malformed = refuse('malformed-delivery', 'the delivery is not of the agreed form');
  const value = decodeCbor(bytes, { items: 8192, depth: 4 });
  if (isRefusal(value) || !isObject(value)) return malformed;
  const form = members(value);
  if (value['kind'] === 'head')
    return form === 'kind,nonce,note' &&
      isBytes(value['nonce']) &&
      typeof value['note'] === 'string'
      ? (value as unknown as Delivery)
      : malformed;
  if (value['kind'] === 'quarantined' || value['kind'] === 'rewrapped')
    return form === 'kind,note' && typeof value['note'] === 'string'
      ? (value as unknown as Delivery)
      : malformed;
  if (value['kind'] === 'cosigned') {
    const proofs = parseProofs(value['proofs']);
    return form === 'kind,note,proofs' && typeof value['note'] === 'string' && proofs !== undefined
      ? { kind: 'cosigned', note: value['note'], proofs }
      : malformed;
  }
  if (value['kind'] !== 'entry' || form !== ENTRY_MEMBERS) return malformed;
  const { mailbox, leaf, proof, checkpoint, source, origin, erased } = value;
  const wraps = parseWraps(value['wraps'], MOST_COMPARTMENTS);
  const records = parseSaltedRecords(value['records']);
  const wellFormed =
    isBytes(mailbox) &&
    isBytes(leaf) &&
    isProof(proof) &&
    isGrantedOrNull(value['granted']) &&
    typeof checkpoint === 'string' &&
    isBytesOrNull(source) &&
    isBytesOrNull(origin) &&
    Array.isArray(erased) &&
    erased.every(isDigest);
  if (!wellFormed || wraps === undefined || records === undefined) return malformed;
  return { ...(value as unknown as Delivery & { kind: 'entry' }), wraps, records };
};

/** Hashes of a proof in a tree of any size. */
const isProof = (value: unknown): value is readonly Uint8Array[] =>
  Array.isArray(value) &&
  value.length <= 64 &&
  value.every((hash) => isBytes(hash) && hash.length === 32);

const parseProofs = (value: unknown): readonly SizeProof[] | undefined => {
  if (!Array.isArray(value) || value.length > MOST_PROVED) return undefined;
  const proofs: SizeProof[] = [];
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [from, hashes] = pair as unknown[];
    if (!isCount(from) || !isProof(hashes)) return undefined;
    proofs.push({ from, hashes });
  }
  return proofs;
};

const isGrantedOrNull = (value: unknown): value is GrantedPart | null =>
  value === null ||
  (isObject(value) &&
    members(value) === 'leaf,proof,source' &&
    isBytes(value['leaf']) &&
    isProof(value['proof']) &&
    isBytes(value['source']));

const MOST_COMPARTMENTS = 16;

const parseWraps = (value: unknown, most: number): readonly Rewrapped[] | undefined => {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const wraps: Rewrapped[] = [];
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [descriptor, wrap] = pair as unknown[];
    if (!isDigest(descriptor) || !isBytes(wrap)) return undefined;
    wraps.push({ descriptor, wrap });
  }
  return wraps;
};
