import {
  type AgencyId,
  type ChainId,
  type Digest,
  type Fingerprint,
  isRefusal,
  refuse,
  type Refusal,
} from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { type ChainEntry, formatChainEntry, voidFrom } from './chain-entry.js';
import { audienceDigest } from './commitment.js';
import { type Container, type ContainerCode, containerFrom, decodeMap } from './container.js';
import {
  type Descriptor,
  type Facts,
  type Header,
  type Opening,
  parseVoid,
  type ReadCode,
  type Routing,
  type Void,
} from './envelope.js';
import { type Certificate, type OpenPgp } from './openpgp.js';
import { readEvent, type ReadEventCode, type ReadDescriptor } from './read-event.js';
import { type GrantedWrap } from './seal.js';
import { type SignatureCode, type Signer, verifyBytes } from './statement.js';

/** A wrap by its digest, and for whom it is of what. */
export type NamedWrap = {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly wrap: Digest;
};

/** What the registrar must know of the federation to admit. */
export type Registered = {
  /** Every certificate ever registered to `chain`, if it is a chain of `issuer`; else none. */
  readonly certificatesOf: (chain: ChainId, issuer: AgencyId) => readonly Certificate[];
  /** Every encryption subkey that may be wrapped to for this agency now; none for a stranger. */
  readonly encryptionSubkeys: (agency: Fingerprint) => readonly Fingerprint[];
  /** Whether a compartment's facts are in the closed schema of the family. */
  readonly factsInSchema: (family: string, facts: Facts, compartment: string) => boolean;
  /** Which wraps of what was said before an envelope carries, as the facts of its core say. */
  readonly granted: (family: string, facts: Facts) => readonly NamedWrap[];
};

/** Why a submission is quarantined. */
export type AdmissionCode =
  | ContainerCode
  | ReadEventCode
  | ReadCode<'void'>
  | 'notice-mismatch'
  | SignatureCode
  | 'facts-not-in-schema'
  | 'unknown-chain'
  | 'parts-mismatch'
  | 'body-mismatch'
  | 'body-profile'
  | 'opening-mismatch'
  | 'wrap-mismatch'
  | 'wrap-profile'
  | 'unknown-recipient'
  | 'unregistered-subkey'
  | 'grant-unknown'
  | 'grant-not-by-provider';

/** One compartment that passed. */
export type AdmittedCompartment = {
  readonly digest: Digest;
  readonly descriptor: Descriptor;
  readonly openings: readonly Opening[];
  readonly wraps: ReadonlyMap<Fingerprint, Uint8Array>;
};

/** A submission that may be recorded once its turn comes. */
export type Admitted = {
  /** Where on the chain it wants to be. */
  readonly routing: Pick<Routing, 'chain' | 'seq' | 'prev'>;
  /** The header's, or the void's body's; the chain's next `prev`. */
  readonly headerDigest: Digest;
  readonly signatureDigest: Digest;
  /** The certificate that the signing subkey belongs to. */
  readonly signer: Fingerprint;
  readonly signingSubkey: Fingerprint;
  /** What is appended to `chain-<chain>`. */
  readonly entry: ChainEntry;
  readonly entryBytes: Uint8Array;
} & (
  | {
      readonly kind: 'event';
      readonly header: Header;
      readonly compartments: readonly AdmittedCompartment[];
      readonly granted: readonly GrantedWrap[];
    }
  | { readonly kind: 'void'; readonly void: Void; readonly notice: Uint8Array }
);

/**
 * The registrar's first five steps, cheap ones first. Consumes nothing and never throws for what the bytes hold; anybody
 * on the broker controls them. Accepts envelopes and voids.
 */
export const admit = async (
  openpgp: OpenPgp,
  bytes: Uint8Array,
  registered: Registered,
): Promise<Admitted | Refusal<AdmissionCode>> => {
  const value = decodeMap(bytes);
  if (value === 'too-large') return refuse('too-large', 'the submission is too large');
  if (value === 'cbor-not-deterministic')
    return refuse('container-not-canonical', 'the submission is not in canonical form');
  const malformed = refuse('container-malformed', 'the submission is not of its form');
  if (typeof value === 'string') return malformed;
  const container = containerFrom(value);
  if (container !== undefined) return admitEvent(openpgp, container, registered);
  const entry = voidFrom(value);
  return entry === undefined ? malformed : admitVoid(openpgp, entry, registered);
};

const admitEvent = async (
  openpgp: OpenPgp,
  container: Container,
  registered: Registered,
): Promise<Admitted | Refusal<AdmissionCode>> => {
  const event = readEvent(container);
  if (isRefusal(event)) return event;
  const { header, headerDigest, routing } = event;
  for (const { descriptor } of event.compartments)
    if (!registered.factsInSchema(header.type, descriptor.facts, descriptor.name))
      return refuse('facts-not-in-schema', 'the facts are not in the schema of the family');

  const signer = await signerOf(openpgp, 'header', container.header, container.signature, {
    registered,
    chain: routing.chain,
    issuer: header.issuer,
  });
  if (isRefusal(signer)) return signer;

  const { bodies, openings, wraps } = container;
  const digests = event.compartments.map(({ digest }) => digest);
  const named = event.compartments
    .filter(({ descriptor }) => descriptor.name === 'core')
    .flatMap(({ descriptor }) => registered.granted(header.type, descriptor.facts));
  const alsoWrapped = named.map(({ descriptor }) => descriptor);
  if (
    ![bodies, openings].every((part) => hasExactly(part, digests)) ||
    !hasExactly(wraps, [...digests, ...alsoWrapped])
  )
    return refuse('parts-mismatch', 'bodies, openings and wraps are not those of the descriptors');
  const compartments: AdmittedCompartment[] = [];
  for (const read of event.compartments) {
    const compartment = admitCompartment(openpgp, container, read, registered);
    if (isRefusal(compartment)) return compartment;
    compartments.push(compartment);
  }

  const granted: GrantedWrap[] = [];
  for (const one of named) {
    const wrap = admitGranted(openpgp, container, one, registered);
    if (isRefusal(wrap)) return wrap;
    granted.push(wrap);
  }

  const entry: ChainEntry = {
    kind: 'event',
    header: container.header,
    signature: container.signature,
    routing: container.routing,
    descriptors: container.descriptors,
    bodies,
    openings,
  };
  return {
    kind: 'event',
    header,
    headerDigest,
    routing,
    compartments,
    granted,
    ...recorded(entry, container.signature, signer),
  };
};

const admitVoid = async (
  openpgp: OpenPgp,
  entry: Extract<ChainEntry, { kind: 'void' }>,
  registered: Registered,
): Promise<Admitted | Refusal<AdmissionCode>> => {
  const body = parseVoid(entry.body);
  if (isRefusal(body)) return body;
  const { chain, issuer } = body;
  const signer = await signerOf(openpgp, 'void', entry.body, entry.signature, {
    registered,
    chain,
    issuer,
  });
  if (isRefusal(signer)) return signer;
  if (sha256(entry.notice) !== body.notice)
    return refuse('notice-mismatch', 'the notice is not the one that the void names');
  return {
    kind: 'void',
    notice: entry.notice,
    void: body,
    headerDigest: sha256(entry.body),
    routing: body,
    ...recorded(entry, entry.signature, signer),
  };
};

const recorded = (
  entry: ChainEntry,
  signature: Uint8Array,
  { certificate, subkey }: Signer,
): Pick<Admitted, 'signatureDigest' | 'signer' | 'signingSubkey' | 'entry' | 'entryBytes'> => ({
  signatureDigest: sha256(signature),
  signer: certificate,
  signingSubkey: subkey,
  entry,
  entryBytes: formatChainEntry(entry),
});

const signerOf = async (
  openpgp: OpenPgp,
  kind: string,
  bytes: Uint8Array,
  signature: Uint8Array,
  by: { readonly registered: Registered; readonly chain: ChainId; readonly issuer: AgencyId },
): Promise<Signer | Refusal<SignatureCode | 'unknown-chain'>> => {
  const certificates = by.registered.certificatesOf(by.chain, by.issuer);
  return certificates.length === 0
    ? refuse('unknown-chain', 'the chain is not one of the issuer')
    : verifyBytes(openpgp, kind, bytes, signature, certificates);
};

const hasExactly = (part: ReadonlyMap<Digest, unknown>, digests: readonly Digest[]): boolean =>
  part.size === digests.length && digests.every((digest) => part.has(digest));

/** Step 5 for one compartment: what it is made of is what its descriptor says, and for nobody unregistered. */
const admitCompartment = (
  openpgp: OpenPgp,
  container: Container,
  { digest, descriptor }: ReadDescriptor,
  registered: Registered,
): AdmittedCompartment | Refusal<AdmissionCode> => {
  const body = container.bodies.get(digest) ?? new Uint8Array();
  if (body.length !== descriptor.length || sha256(body) !== descriptor.body)
    return refuse('body-mismatch', 'the body is not the one in the descriptor');
  if (!openpgp.inBodyProfile(body))
    return refuse('body-profile', 'the body is not one encrypted data packet of the profile');

  const openings = container.openings.get(digest) ?? [];
  const wraps = container.wraps.get(digest) ?? new Map<Fingerprint, Uint8Array>();
  if (openings.length === 0 || openings.length !== wraps.size)
    return refuse('parts-mismatch', 'openings and wraps are not one to one');
  let previous = '';
  for (const { agency, salt, wrap: wrapDigest } of openings) {
    const wrap = wraps.get(agency);
    // Strictly ascending, so no agency is opened twice and every wrap has its opening.
    if (wrap === undefined || agency <= previous)
      return refuse('parts-mismatch', 'openings and wraps are not one to one');
    previous = agency;
    if (!descriptor.to.includes(audienceDigest(salt, agency, wrapDigest)))
      return refuse('opening-mismatch', 'an opening is of nothing in the descriptor');
    const fault = wrapFault(openpgp, wrap, { agency, wrap: wrapDigest }, registered);
    if (fault !== undefined) return fault;
  }
  return { digest, descriptor, openings, wraps };
};

/** What is wrong with a wrap that is to be for `agency` and have this digest. */
const wrapFault = (
  openpgp: OpenPgp,
  bytes: Uint8Array,
  { agency, wrap }: Pick<NamedWrap, 'agency' | 'wrap'>,
  registered: Registered,
): Refusal<AdmissionCode> | undefined => {
  if (sha256(bytes) !== wrap)
    return refuse('wrap-mismatch', 'a wrap is not the one that its digest names');
  const subkey = openpgp.wrappedFor(bytes);
  if (isRefusal(subkey)) return subkey;
  const subkeys = registered.encryptionSubkeys(agency);
  if (subkeys.length === 0)
    return refuse('unknown-recipient', 'a wrap is for nobody in the registry');
  return subkeys.includes(subkey)
    ? undefined
    : refuse('unregistered-subkey', 'a wrap is for a subkey that is not registered');
};

/** The wrap of something that was said before: one, for whom the facts name, and the one whose digest they name. */
const admitGranted = (
  openpgp: OpenPgp,
  { wraps }: Container,
  named: NamedWrap,
  registered: Registered,
): GrantedWrap | Refusal<AdmissionCode> => {
  const { descriptor, agency } = named;
  const own = wraps.get(descriptor);
  const wrap = own?.get(agency);
  if (wrap === undefined || own?.size !== 1)
    return refuse('parts-mismatch', 'a granted wrap is not for whom the facts name');
  return wrapFault(openpgp, wrap, named, registered) ?? { descriptor, agency, wrap };
};

/** The newest entry of a chain; undefined before the first. */
export type Head = {
  readonly seq: number;
  readonly digest: Digest;
  /** Its issuer consumed the number without an event. */
  readonly void?: boolean;
};

/** What a chain makes of an admitted submission. */
export type Placement = 'next' | 'duplicate' | 'voided' | 'fork' | 'out-of-turn';

/** What the first entry of a chain has for `prev`. */
export const NO_PREVIOUS_HEADER = '0'.repeat(64) as Digest;

/**
 * Where an admitted submission stands against its chain. `recorded` is what the chain holds at `routing.seq`; needed only
 * below the head. A fork is two headers for one number, shown both. A next number after another history is none yet: what it
 * follows may be a void, in answer to a refusal that should not have been.
 *
 * A void takes back what its issuer had signed for a number. Copies of that, and of what named it as predecessor, may still be on
 * their way, on either side: they are `voided`, and nobody lied.
 */
export const place = (
  head: Head | undefined,
  { seq, prev }: Pick<Routing, 'seq' | 'prev'>,
  { digest, void: isVoid = false }: Omit<Head, 'seq'>,
  recorded?: Omit<Head, 'seq'>,
): Placement => {
  const newest: Head = head ?? { seq: -1, digest: NO_PREVIOUS_HEADER };
  if (seq > newest.seq + 1) return 'out-of-turn';
  if (seq === newest.seq + 1) {
    if (prev === newest.digest) return 'next';
    return newest.void === true ? 'voided' : 'out-of-turn';
  }
  const holds = seq === newest.seq ? newest : recorded;
  if (digest === holds?.digest) return 'duplicate';
  return isVoid || holds?.void === true ? 'voided' : 'fork';
};
