import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  isAgencyId,
  isChainId,
  isDigest,
  isEventId,
  isExchangeId,
  isInstant,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { type Cbor } from './cbor.js';
import { canonicalWithin, isJsonObject, type Json, type JsonObject, readCanonical } from './jcs.js';

/** What the author signs. Every recipient reads it, so it tells neither audience nor order nor amount. */
export type Header = {
  readonly v: 1;
  readonly id: EventId;
  readonly stream: ExchangeId;
  /** The coarse family; the exact event type is inside. */
  readonly type: string;
  /** Version of the content's schema. */
  readonly schema: number;
  readonly issuer: AgencyId;
  readonly at: Instant;
  /** Digest of the routing statement. */
  readonly routing: Digest;
  /** Digests of the descriptors, sorted, padded to 4, 8 or 16 with random ones. */
  readonly compartments: readonly Digest[];
};

/** The envelope's place on its issuer's chain; for the hub and oversight only. */
export type Routing = {
  readonly salt: Digest;
  readonly chain: ChainId;
  readonly seq: number;
  /** SHA-256 of the previous header's (or void's) bytes; 64 zeros at seq 0. */
  readonly prev: Digest;
};

/** What the hub must know to decide; its schema is the policy's, its shape any JSON object. */
export type Facts = JsonObject;

/** One compartment: how it is marked, whom it is for, and what it commits to. */
export type Descriptor = {
  readonly salt: Digest;
  readonly name: string;
  readonly classification: string;
  /** Sorted, without repeats. */
  readonly handling: readonly string[];
  readonly retention: string;
  readonly facts: Facts;
  /** One salted digest per recipient, sorted, padded to 4, 8, 16 or 32 with random ones. */
  readonly to: readonly Digest[];
  /** Bytes of the body. */
  readonly length: number;
  /** Digest of the body: one SEIPD packet. */
  readonly body: Digest;
  /** Commitment to the session key and the context. */
  readonly key: Digest;
};

/** Shows that one entry of a descriptor's `to` is one agency's wrap. */
export type Opening = {
  readonly agency: Fingerprint;
  readonly salt: Digest;
  /** Digest of the wrap: one PKESK packet. */
  readonly wrap: Digest;
};

/** The plaintext of one compartment. */
export type Frame = {
  readonly event: { readonly type: string; readonly data: Cbor };
  /** Who acted, by a name meaningful inside the issuer only. */
  readonly officer: string;
  /** The event that this one answers. */
  readonly causation: EventId | null;
  /** The request, click or import that caused it. */
  readonly correlation: string | null;
};

/** What the context and the commitment cover: the header without what `finish` adds and without the audience's size. */
export type HeaderCore = Omit<Header, 'routing' | 'compartments'>;

/** How many digests `compartments` may hold. */
export const COMPARTMENT_CLASSES = [4, 8, 16] as const;
/** How many digests `to` may hold. */
export const AUDIENCE_CLASSES = [4, 8, 16, 32] as const;

/** Why a statement of an envelope is not read. */
export type ReadCode<Statement extends string> =
  `${Statement}-malformed` | `${Statement}-not-canonical`;

/** The header in canonical bytes. Anybody controls them. */
export const parseHeader = (bytes: Uint8Array): Header | Refusal<ReadCode<'header'>> =>
  read('header', bytes, isHeader);

/** The routing statement in canonical bytes. Anybody controls them. */
export const parseRouting = (bytes: Uint8Array): Routing | Refusal<ReadCode<'routing'>> =>
  read('routing', bytes, isRouting);

/** The descriptor in canonical bytes; its facts are any object. Anybody controls the bytes. */
export const parseDescriptor = (bytes: Uint8Array): Descriptor | Refusal<ReadCode<'descriptor'>> =>
  read('descriptor', bytes, isDescriptor);

/** The bytes of a header of ours, or undefined where `parseHeader` would refuse them. */
export const formatHeader = (header: Header): Uint8Array | undefined =>
  isHeader(header) ? canonicalWithin(header) : undefined;

/** The bytes of a descriptor of ours, or undefined where `parseDescriptor` would refuse them. */
export const formatDescriptor = (descriptor: Descriptor): Uint8Array | undefined =>
  isDescriptor(descriptor) ? canonicalWithin(descriptor) : undefined;

/** A statement of a closed schema. */
const read = <T extends object, Name extends string>(
  name: Name,
  bytes: Uint8Array,
  isWanted: (value: object) => value is T,
): T | Refusal<ReadCode<Name>> => {
  const outcome = readCanonical(bytes);
  if (outcome === 'json-not-canonical')
    return refuse<ReadCode<Name>>(`${name}-not-canonical`, `the ${name} is not in canonical form`);
  return typeof outcome === 'object' && isJsonObject(outcome.value) && isWanted(outcome.value)
    ? outcome.value
    : refuse<ReadCode<Name>>(`${name}-malformed`, `the ${name} is not of its form`);
};

type Check = (value: Json | undefined) => boolean;

/** Whether an object has exactly these members, each as wanted. */
const closed = <T extends object>(
  shape: Readonly<Record<keyof T & string, Check>>,
): ((value: object) => value is T) => {
  const checks = Object.entries<Check>(shape);
  return (value): value is T => {
    const members: Readonly<Record<string, Json | undefined>> = { ...value };
    return (
      Object.keys(members).length === checks.length &&
      checks.every(([name, check]) => Object.hasOwn(members, name) && check(members[name]))
    );
  };
};

const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const WORD = matching(/^[a-z][a-z0-9-]{0,31}$/);
const LABEL = matching(/^[A-Z0-9][A-Z0-9./+-]{0,31}$/);
const isCount: Check = (value) => typeof value === 'number' && value >= 0;

/** Whether a text is an instant that exists: the kernel's guard knows the digits, not the calendar. */
const isRealInstant: Check = (value) => {
  if (!isInstant(value)) return false;
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
};

const isTexts = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((member) => typeof member === 'string');

/** Strictly, so that no member stands twice. */
const isAscending = (value: Json | undefined, isMember: Check): value is readonly string[] =>
  isTexts(value) &&
  value.every((member, at) => isMember(member) && (at === 0 || (value[at - 1] ?? '') < member));

const digestsPaddedTo =
  (classes: readonly number[]): Check =>
  (value) =>
    isAscending(value, isDigest) && classes.includes(value.length);

const isHeader = closed<Header>({
  v: (v) => v === 1,
  id: isEventId,
  stream: isExchangeId,
  type: WORD,
  schema: (schema) => isCount(schema) && schema !== 0,
  issuer: isAgencyId,
  at: isRealInstant,
  routing: isDigest,
  compartments: digestsPaddedTo(COMPARTMENT_CLASSES),
});

const isRouting = closed<Routing>({
  salt: isDigest,
  chain: isChainId,
  seq: isCount,
  prev: isDigest,
});

const isDescriptor = closed<Descriptor>({
  salt: isDigest,
  name: WORD,
  classification: LABEL,
  handling: (handling) => isAscending(handling, LABEL) && handling.length <= 8,
  retention: LABEL,
  facts: isJsonObject,
  to: digestsPaddedTo(AUDIENCE_CLASSES),
  length: isCount,
  body: isDigest,
  key: isDigest,
});

const isVoid = closed<Void>({
  v: (v) => v === 1,
  issuer: isAgencyId,
  chain: isChainId,
  seq: isCount,
  prev: isDigest,
  at: isRealInstant,
  reason: LABEL,
  notice: isDigest,
});

/** The body by which an issuer consumes a number of its chain without an event. */
export type Void = {
  readonly v: 1;
  readonly issuer: AgencyId;
  readonly chain: ChainId;
  readonly seq: number;
  readonly prev: Digest;
  readonly at: Instant;
  /** A code, in capitals. */
  readonly reason: string;
  /** SHA-256 of the note in which the registrar refused it, or the one that it follows. */
  readonly notice: Digest;
};

/** The void in canonical bytes. Anybody controls them. */
export const parseVoid = (bytes: Uint8Array): Void | Refusal<ReadCode<'void'>> =>
  read('void', bytes, isVoid);
