import {
  type AgencyId,
  type Digest,
  type Fingerprint,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { type Cbor, encodeCbor, isCborMap } from './cbor.js';
import { type EventEntry } from './chain-entry.js';
import { audienceDigest, commitmentOf, contextOf } from './commitment.js';
import { decodeMap, listFrom, openingFrom, openingToCbor } from './container.js';
import {
  type Descriptor,
  type Frame,
  type Header,
  type Opening,
  parseHeader,
  type ReadCode,
} from './envelope.js';
import { parseFrame } from './frame.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';
import { type DescriptorsCode, readDescriptors, type ReadDescriptor } from './read-event.js';
import { type SignatureCode, verifyBytes } from './statement.js';

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
  | ReadCode<'header'>
  | SignatureCode
  | DescriptorsCode
  | 'not-addressed'
  | 'wrap-missing'
  | 'wrap-mismatch'
  | 'wrap-profile'
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
  /** The certificate that signed, and its subkey; whether they were good at the leaf is for the registry to say. */
  readonly signer: Fingerprint;
  readonly signingSubkey: Fingerprint;
  /** By the order of their descriptors' digests. */
  readonly compartments: readonly OpenedCompartment[];
};

/** What a recipient opens with. */
export type OpenWith = {
  /** From the recipient's own copy of the registry: every certificate the issuer ever had. */
  readonly certificatesOf: (issuer: AgencyId) => readonly Certificate[];
  readonly key: SecretKey;
  /** Its own primary fingerprint. */
  readonly own: Fingerprint;
  /** Digests of granted wraps by descriptor digest, from grants already verified: they stand in for the author's `to`. */
  readonly granted?: ReadonlyMap<Digest, Digest>;
  /**
   * A wrap that the recipient can open may stand in the place of the one that was named: it was made again when that one's epoch
   * was retired. That it carries the same session key, the commitment says; so this is for `open` alone.
   */
  readonly remade?: true;
  /** Descriptors whose wraps were erased: verified, not opened, left out of the answer. */
  readonly erased?: ReadonlySet<Digest>;
};

const MOST_COMPARTMENTS = 16;

/**
 * What `own` is given of a recorded envelope: the compartments in `entitled` and nothing of the others.
 * A digest that the entry does not hold is ignored.
 */
export const entitle = (
  entry: EventEntry,
  entitled: readonly Digest[],
  own: Fingerprint,
): Entitled => {
  const compartments = entry.descriptors.flatMap((descriptor): EntitledCompartment[] => {
    const digest = sha256(descriptor);
    const body = entry.bodies.get(digest);
    if (!entitled.includes(digest) || body === undefined) return [];
    const opening = entry.openings.get(digest)?.find(({ agency }) => agency === own);
    return [opening === undefined ? { descriptor, body } : { descriptor, body, opening }];
  });
  return { header: entry.header, signature: entry.signature, compartments };
};

/** Deterministic bytes of an entitled part. */
export const formatEntitled = ({ header, signature, compartments }: Entitled): Uint8Array =>
  encodeCbor({
    header,
    signature,
    compartments: compartments.map(({ descriptor, body, opening }) => ({
      descriptor,
      body,
      opening: opening && openingToCbor(opening),
    })),
  });

/** The strict inverse of `formatEntitled`; never throws. The hub controls the bytes. */
export const parseEntitled = (bytes: Uint8Array): Entitled | Refusal<EntitledCode> => {
  const value = decodeMap(bytes);
  if (value === 'too-large') return refuse('too-large', 'the delivery is too large');
  if (value === 'cbor-not-deterministic')
    return refuse('entitled-not-canonical', 'the delivery is not in canonical form');
  const malformed = refuse('entitled-malformed', 'the delivery is not of its form');
  if (typeof value === 'string' || Object.keys(value).length !== 3) return malformed;
  const { header, signature } = value;
  const compartments = listFrom(value['compartments'], MOST_COMPARTMENTS, compartmentFrom);
  return header instanceof Uint8Array &&
    signature instanceof Uint8Array &&
    compartments !== undefined
    ? { header, signature, compartments }
    : malformed;
};

const compartmentFrom = (value: Cbor | undefined): EntitledCompartment | undefined => {
  if (!isCborMap(value)) return undefined;
  const { descriptor, body } = value;
  if (!(descriptor instanceof Uint8Array) || !(body instanceof Uint8Array)) return undefined;
  const members = Object.keys(value).length;
  if (value['opening'] === undefined) return members === 2 ? { descriptor, body } : undefined;
  const opening = openingFrom(value['opening']);
  return members === 3 && opening !== undefined ? { descriptor, body, opening } : undefined;
};

/** A compartment that is for this recipient as far as can be seen without a secret. */
export type ExaminedCompartment = ReadDescriptor & {
  readonly body: Uint8Array;
  readonly wrap: Uint8Array;
};

/** A recipient's part of an envelope of which everything was checked that needs no secret; nothing of it is open. */
export type Examined = Omit<Opened, 'compartments'> & {
  readonly compartments: readonly ExaminedCompartment[];
};

/**
 * Verifies what a recipient was given, as far as that needs no secret; `wraps` are its own, by descriptor digest. Never throws
 * for what the bytes hold: the hub and, behind a good signature, the issuer control them.
 */
export const examine = async (
  openpgp: OpenPgp,
  part: Entitled,
  wraps: ReadonlyMap<Digest, Uint8Array>,
  using: Omit<OpenWith, 'key' | 'remade'>,
): Promise<Examined | Refusal<OpenCode>> => {
  // Read first only to learn whose certificates to ask for; nothing of it is believed before the signature is.
  const header = parseHeader(part.header);
  if (isRefusal(header)) return header;
  const signer = await verifyBytes(
    openpgp,
    'header',
    part.header,
    part.signature,
    using.certificatesOf(header.issuer),
  );
  if (isRefusal(signer)) return signer;
  const descriptors = readDescriptors(
    header,
    part.compartments.map(({ descriptor }) => descriptor),
  );
  if (isRefusal(descriptors)) return descriptors;

  const compartments: ExaminedCompartment[] = [];
  for (const [at, compartment] of part.compartments.entries()) {
    const read = descriptors[at];
    if (read === undefined || using.erased?.has(read.digest) === true) continue;
    const addressed = address(openpgp, compartment, read, wraps.get(read.digest), using);
    if (isRefusal(addressed)) return addressed;
    compartments.push(addressed);
  }
  return {
    header,
    headerDigest: sha256(part.header),
    signer: signer.certificate,
    signingSubkey: signer.subkey,
    compartments,
  };
};

/**
 * Verifies and opens what a recipient was given; `wraps` are its own, by descriptor digest. Everything that needs no secret is
 * checked first, and nothing decrypted is looked at before its last tag was. Never throws for what the bytes hold: the
 * hub and, behind a good signature, the issuer control them.
 */
export const open = async (
  openpgp: OpenPgp,
  part: Entitled,
  wraps: ReadonlyMap<Digest, Uint8Array>,
  using: OpenWith,
): Promise<Opened | Refusal<OpenCode>> => {
  const examined = await examine(openpgp, part, wraps, using);
  if (isRefusal(examined)) return examined;
  const opened = await Promise.all(
    examined.compartments.map(async (one) =>
      openCompartment(openpgp, examined.header, one, using.key),
    ),
  );
  const compartments: OpenedCompartment[] = [];
  for (const compartment of opened) {
    if (isRefusal(compartment)) return compartment;
    compartments.push(compartment);
  }
  return { ...examined, compartments };
};

const address = (
  openpgp: OpenPgp,
  { body, opening }: EntitledCompartment,
  { digest, descriptor }: ReadDescriptor,
  wrap: Uint8Array | undefined,
  { own, granted, remade }: Omit<OpenWith, 'key'>,
): ExaminedCompartment | Refusal<OpenCode> => {
  if (wrap === undefined) return refuse('wrap-missing', 'a compartment came without its wrap');
  const expected = granted?.get(digest) ?? openedWrap(descriptor, opening, own);
  if (expected === undefined)
    return refuse('not-addressed', 'neither the author nor a grant names this agency');
  const subkey = openpgp.wrappedFor(wrap);
  if (sha256(wrap) !== expected && (isRefusal(subkey) || remade !== true))
    return refuse('wrap-mismatch', 'the wrap is not the one that was made for this agency');
  if (isRefusal(subkey)) return subkey;
  if (body.length !== descriptor.length || sha256(body) !== descriptor.body)
    return refuse('body-mismatch', 'the body is not the one in the descriptor');
  return { digest, descriptor, body, wrap };
};

const openedWrap = (
  { to }: Descriptor,
  opening: Opening | undefined,
  own: Fingerprint,
): Digest | undefined => {
  if (opening?.agency !== own) return undefined;
  return to.includes(audienceDigest(opening.salt, opening.agency, opening.wrap))
    ? opening.wrap
    : undefined;
};

const openCompartment = async (
  openpgp: OpenPgp,
  header: Header,
  { digest, descriptor, body, wrap }: ExaminedCompartment,
  key: SecretKey,
): Promise<OpenedCompartment | Refusal<OpenCode>> => {
  const sessionKey = await openpgp.unwrap(wrap, key);
  if (isRefusal(sessionKey)) return sessionKey;
  const frame = await openBody(openpgp, header, descriptor, body, sessionKey);
  return isRefusal(frame) ? frame : { descriptor, descriptorDigest: digest, frame, sessionKey };
};

/** Whether this is the session key that the envelope commits to. */
export const isKeyOf = (
  header: Header,
  { name, to, key }: Descriptor,
  sessionKey: Uint8Array,
): boolean =>
  sessionKey.length === 32 && commitmentOf(sessionKey, contextOf(header, name, to)) === key;

/** Why a body does not open under a session key that was disclosed. */
export type BodyCode =
  'body-mismatch' | 'commitment-mismatch' | 'body-profile' | 'cannot-decrypt' | 'frame-malformed';

/**
 * What a compartment says, by its session key alone: for whoever was disclosed the key and is no recipient. The header and the
 * descriptor were verified; whoever disclosed controls body and key.
 */
export const openBody = async (
  openpgp: OpenPgp,
  header: Header,
  descriptor: Descriptor,
  body: Uint8Array,
  sessionKey: Uint8Array,
): Promise<Frame | Refusal<BodyCode>> => {
  if (body.length !== descriptor.length || sha256(body) !== descriptor.body)
    return refuse('body-mismatch', 'the body is not the one in the descriptor');
  if (!isKeyOf(header, descriptor, sessionKey))
    return refuse('commitment-mismatch', 'the session key is not the one committed to');
  const content = await openpgp.decrypt(sessionKey, body);
  if (isRefusal(content)) return content;
  const frame = parseFrame(content);
  return frame ?? refuse('frame-malformed', 'what was encrypted is not a frame');
};
