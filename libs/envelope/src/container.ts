import {
  type Digest,
  type Fingerprint,
  isDigest,
  isFingerprint,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { hex, unhex } from './bytes.js';
import {
  type Cbor,
  type CborCode,
  type CborMap,
  decodeFirstCbor,
  encodeCbor,
  isCborMap,
  Refused,
} from './cbor.js';
import { type Opening } from './envelope.js';

/** An envelope as it travels to the hub. Statements stay bytes: digests and signatures are over bytes. */
export type Container = {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly routing: Uint8Array;
  /** By the order of their digests. */
  readonly descriptors: readonly Uint8Array[];
  /** By descriptor digest. */
  readonly bodies: ReadonlyMap<Digest, Uint8Array>;
  /** By descriptor digest, sorted by agency. */
  readonly openings: ReadonlyMap<Digest, readonly Opening[]>;
  /** By descriptor digest, then agency. */
  readonly wraps: ReadonlyMap<Digest, ReadonlyMap<Fingerprint, Uint8Array>>;
};

/** Why bytes are not a container. */
export type ContainerCode = 'too-large' | 'container-malformed' | 'container-not-canonical';

/** Bytes of the largest container, chain entry or entitled part: an EventStoreDB append ends at 1 MiB. */
export const LARGEST = 900_000;
const MOST_COMPARTMENTS = 16;
const MOST_RECIPIENTS = 32;
/** Enough for 16 compartments with 32 recipients each. */
const LIMITS = { depth: 5, items: 4096 };

/** Deterministic bytes of a container. */
export const formatContainer = (container: Container): Uint8Array =>
  encodeCbor({
    kind: 'event',
    ...partsToCbor(container),
    wraps: byDigest(container.wraps, (wraps) => Object.fromEntries(wraps)),
  });

/** The strict inverse of `formatContainer`; never throws. Anybody controls the bytes. */
export const parseContainer = (bytes: Uint8Array): Container | Refusal<ContainerCode> => {
  const value = decodeMap(bytes);
  if (typeof value === 'string')
    return refuse(containerCode(value), 'the submission is not a container');
  return containerFrom(value) ?? refuse('container-malformed', 'the submission is not a container');
};

/** The container in a decoded submission, or undefined when it is not of its form. */
export const containerFrom = (value: CborMap): Container | undefined => {
  if (Object.keys(value).length !== 8 || value['kind'] !== 'event') return undefined;
  const parts = partsFromCbor(value);
  const wraps = mapFrom(value['wraps'], MOST_COMPARTMENTS, isDigest, wrapsFrom);
  return parts === undefined || wraps === undefined ? undefined : { ...parts, wraps };
};

const wrapsFrom = (value: Cbor | undefined): ReadonlyMap<Fingerprint, Uint8Array> | undefined =>
  mapFrom(value, MOST_RECIPIENTS, isFingerprint, bytesFrom);

/** The map that bytes hold, or how they fail; no value can imitate a failure. */
export const decodeMap = (bytes: Uint8Array): CborMap | 'too-large' | CborCode => {
  if (bytes.length > LARGEST) return 'too-large';
  const first = decodeFirstCbor(bytes, LIMITS);
  if (first instanceof Refused) return first.code;
  return first.length === bytes.length && isCborMap(first.value) ? first.value : 'cbor-malformed';
};

const containerCode = (code: 'too-large' | CborCode): ContainerCode =>
  code === 'too-large'
    ? code
    : code === 'cbor-not-deterministic'
      ? 'container-not-canonical'
      : 'container-malformed';

/** Everything of a container but its wraps: what a chain keeps. */
export type Parts = Omit<Container, 'wraps'>;

export const partsToCbor = (parts: Parts): CborMap => ({
  header: parts.header,
  signature: parts.signature,
  routing: parts.routing,
  descriptors: parts.descriptors,
  bodies: byDigest(parts.bodies, (body) => body),
  openings: byDigest(parts.openings, (openings) => openings.map(openingToCbor)),
});

export const partsFromCbor = (value: CborMap): Parts | undefined => {
  const { header, signature, routing } = value;
  const descriptors = listFrom(value['descriptors'], MOST_COMPARTMENTS, bytesFrom);
  const bodies = mapFrom(value['bodies'], MOST_COMPARTMENTS, isDigest, bytesFrom);
  const openings = mapFrom(value['openings'], MOST_COMPARTMENTS, isDigest, (list) =>
    listFrom(list, MOST_RECIPIENTS, openingFrom),
  );
  return header instanceof Uint8Array &&
    signature instanceof Uint8Array &&
    routing instanceof Uint8Array &&
    descriptors !== undefined &&
    bodies !== undefined &&
    openings !== undefined
    ? { header, signature, routing, descriptors, bodies, openings }
    : undefined;
};

export const openingToCbor = ({ agency, salt, wrap }: Opening): Cbor => [
  unhex(agency),
  unhex(salt),
  unhex(wrap),
];

export const openingFrom = (value: Cbor | undefined): Opening | undefined => {
  const parts = listFrom(value, 3, digestFrom);
  const [agency, salt, wrap, ...others] = parts ?? [];
  return agency !== undefined && salt !== undefined && wrap !== undefined && others.length === 0
    ? { agency: agency as string as Fingerprint, salt, wrap }
    : undefined;
};

const digestFrom = (value: Cbor | undefined): Digest | undefined =>
  value instanceof Uint8Array && value.length === 32 ? (hex(value) as Digest) : undefined;

export const bytesFrom = (value: Cbor | undefined): Uint8Array | undefined =>
  value instanceof Uint8Array ? value : undefined;

/** The members of a list of at most `most`, each read; undefined when any is not of its form. */
export const listFrom = <T>(
  value: Cbor | undefined,
  most: number,
  member: (value: Cbor | undefined) => T | undefined,
): readonly T[] | undefined => {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const members = (value as readonly Cbor[]).map(member);
  return members.every((read): read is Exclude<T, undefined> & T => read !== undefined)
    ? members
    : undefined;
};

const mapFrom = <Key extends string, T>(
  value: Cbor | undefined,
  most: number,
  isKey: (key: unknown) => key is Key,
  member: (value: Cbor | undefined) => T | undefined,
): ReadonlyMap<Key, T> | undefined => {
  if (!isCborMap(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > most) return undefined;
  const map = new Map<Key, T>();
  for (const [key, raw] of entries) {
    const read = member(raw);
    if (!isKey(key) || read === undefined) return undefined;
    map.set(key, read);
  }
  return map;
};

const byDigest = <T>(map: ReadonlyMap<Digest, T>, write: (value: T) => Cbor): CborMap =>
  Object.fromEntries([...map].map(([digest, value]) => [digest, write(value)]));
