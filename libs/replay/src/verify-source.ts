// What the registrar has to have seen to before an entry stood on its chain, looked at again from outside.
import {
  type ChainEntry,
  concat,
  decodeCbor,
  entryDigest,
  type EventEntry,
  isCborMap,
  type JsonObject,
  type OpenPgp,
  mediaType,
  NO_PREVIOUS_HEADER,
  pae,
  parseCanonical,
  parseChainEntry,
  parseVoid,
  type ReadEvent,
  sha256,
  type StatementEntry,
  unhex,
  utf8,
  verifyStatement,
} from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import {
  type ChainId,
  type Digest,
  type Fingerprint,
  isChainId,
  isDigest,
  isRefusal,
} from '@tripoint/kernel';
import { COUNTERSIGNED, HUB_CHAIN, REGISTRY_CHAIN } from '@tripoint/ledger';
import { factsInSchema } from '@tripoint/policy';
import { type Sourced } from './log-state.js';
import { readOnce } from './read-once.js';
import { type FaultCode } from './verify-fault.js';

/** The newest entry of a chain that has a leaf. */
export type ChainHead = { readonly seq: number; readonly digest: Digest };

/** A fault whose leaf is known to whoever asked. */
export type SourceFault = readonly [code: FaultCode, detail: string];

const TO = utf8('tripoint/to/v1\0');

/** What the signature of an event or a void covers, and the signature. */
const signedPart = (
  entry: ChainEntry,
): { readonly signed: Uint8Array; readonly signature: Uint8Array } | undefined => {
  switch (entry.kind) {
    case 'event':
      return { signed: pae(mediaType('header'), entry.header), signature: entry.signature };
    case 'void':
      return { signed: pae(mediaType('void'), entry.body), signature: entry.signature };
    case 'statement':
      return undefined;
  }
};

/** The signing subkey that made an entry's signature, if it is of a certificate ever registered for its chain. */
export const signerOf = async (
  openpgp: OpenPgp,
  { chain, entry }: { readonly chain: ChainId; readonly entry: ChainEntry },
  registry: Registry,
): Promise<Fingerprint | undefined> => {
  const part = signedPart(entry);
  if (part === undefined) return undefined;
  for (const { certificate } of registry.certificatesOf(chain)) {
    const signer = await openpgp.verify(part.signed, part.signature, certificate);
    if (!isRefusal(signer)) return signer;
  }
  return undefined;
};

/** Whether the entry is the next of its chain. */
export const placeFault = (
  { chain, revision }: Sourced,
  head: ChainHead | undefined,
): SourceFault | undefined => {
  const next = (head?.seq ?? -1) + 1;
  if (revision < next)
    return ['source-repeated', `number ${revision} of chain ${chain} has a leaf already`];
  if (revision > next)
    return ['chain-gap', `number ${next} of chain ${chain} has no leaf before number ${revision}`];
  return undefined;
};

/** The form of an entry and its place in the history that its issuer signed. */
export const formFault = (
  openpgp: OpenPgp,
  sourced: Sourced,
  head: ChainHead | undefined,
  registry: Registry,
): SourceFault | undefined => {
  const { chain, revision, entry } = sourced;
  const prev = head?.digest ?? NO_PREVIOUS_HEADER;
  const broken: SourceFault = ['chain-broken', `it does not continue chain ${chain} as signed`];
  switch (entry.kind) {
    case 'event': {
      const event = readOnce(entry);
      if (isRefusal(event)) return ['source-malformed', event.refused];
      const { routing } = event;
      if (routing.chain !== chain || routing.seq !== revision || routing.prev !== prev)
        return broken;
      return eventFault(openpgp, entry, event, registry);
    }
    case 'void': {
      const body = parseVoid(entry.body);
      if (isRefusal(body)) return ['source-malformed', body.refused];
      return body.chain !== chain ||
        body.seq !== revision ||
        body.prev !== prev ||
        registry.chainOwner(chain)?.id !== body.issuer
        ? broken
        : undefined;
    }
    case 'statement':
      return chain === REGISTRY_CHAIN || chain === HUB_CHAIN
        ? undefined
        : ['source-malformed', 'a statement stands on a chain for events'];
  }
};

const eventFault = (
  openpgp: OpenPgp,
  entry: EventEntry,
  { header, compartments }: ReadEvent,
  registry: Registry,
): SourceFault | undefined => {
  const { bodies, openings } = entry;
  if (bodies.size !== compartments.length || openings.size !== compartments.length)
    return ['source-malformed', 'bodies and openings are not those of the descriptors'];
  for (const { digest, descriptor } of compartments) {
    if (!factsInSchema(header.type, descriptor.facts))
      return ['facts-not-in-schema', 'the facts are not in the schema of the family'];
    const body = bodies.get(digest);
    if (
      body?.length !== descriptor.length ||
      sha256(body) !== descriptor.body ||
      !openpgp.inBodyProfile(body)
    )
      return ['body-differs', 'a body is not the one that its descriptor commits to'];
    let previous = '';
    for (const { agency, salt, wrap } of openings.get(digest) ?? []) {
      const opened = sha256(concat(TO, unhex(salt + agency + wrap)));
      if (agency <= previous || !descriptor.to.includes(opened))
        return ['opening-differs', 'an opening is of nobody that the descriptor commits to'];
      if (registry.byFingerprint(agency) === undefined)
        return ['opening-differs', 'an opening is of nobody in the registry'];
      previous = agency;
    }
    if (previous === '') return ['opening-differs', 'a compartment is opened to nobody'];
  }
  return undefined;
};

/** Whether the hub has signed what stands on its chain, and shows what it says. */
export const hubFault = async (
  openpgp: OpenPgp,
  { revision, entry }: Sourced,
  head: ChainHead | undefined,
  registry: Registry,
): Promise<SourceFault | undefined> => {
  const { body, signatures, attachment, statement } = entry as StatementEntry;
  const hub = registry.certificatesOf(HUB_CHAIN).map(({ certificate }) => certificate);
  const verified =
    hub.length > 0 && (statement === 'fork' || statement === COUNTERSIGNED)
      ? await verifyStatement(openpgp, statement, body, signatures, hub, 1)
      : undefined;
  if (verified === undefined || isRefusal(verified))
    return ['signature-refused', 'the hub has not signed what it states'];
  const said = verified.body;
  if (said['seq'] !== revision || said['prev'] !== (head?.digest ?? NO_PREVIOUS_HEADER))
    return ['chain-broken', 'it does not continue the chain of the hub as signed'];
  // Whether it holds is judged, like whatever an agency signs.
  return statement === COUNTERSIGNED ? undefined : forkFault(openpgp, said, attachment, registry);
};

const unproved = (detail: string): SourceFault => ['fork-unproved', detail];

/**
 * Two entries for one number, both signed by the chain's owner and neither of them a void. That one names another predecessor
 * than is there proves nothing: it may be a void that answers a refusal, and that whoever refused keeps to itself.
 */
const forkFault = async (
  openpgp: OpenPgp,
  { chain, number, recorded, offending, evidence }: JsonObject,
  attachment: Uint8Array | undefined,
  registry: Registry,
): Promise<SourceFault | undefined> => {
  if (!isChainId(chain) || !isDigest(recorded) || !isDigest(offending) || recorded === offending)
    return unproved('the statement names no two entries of a chain');
  if (attachment === undefined || sha256(attachment) !== evidence)
    return unproved('the evidence is not what the statement names');
  const shown = decodeCbor(attachment, { items: 8, depth: 2 });
  if (isRefusal(shown) || !isCborMap(shown)) return unproved('the evidence is not of its form');
  const places: Place[] = [];
  for (const [bytes, digest] of [
    [shown['recorded'], recorded],
    [shown['offending'], offending],
  ] as const) {
    const one = bytes instanceof Uint8Array ? parseChainEntry(bytes) : undefined;
    if (one === undefined || isRefusal(one) || entryDigest(one) !== digest)
      return unproved('the evidence is not what the statement names');
    const place = one.kind === 'event' ? placeOf(one) : undefined;
    if (place?.chain !== chain) return unproved('the evidence stands on another chain');
    places.push(place);
    if ((await signerOf(openpgp, { chain, entry: one }, registry)) === undefined)
      return unproved('the evidence is not signed by the owner of the chain');
  }
  const [kept, other] = places;
  return kept?.seq === number && other?.seq === number
    ? undefined
    : unproved('the evidence stands for another number');
};

type Place = { readonly chain: ChainId; readonly seq: number };

const placeOf = (entry: EventEntry): Place | undefined => {
  const event = readOnce(entry);
  return isRefusal(event) ? undefined : event.routing;
};

/** The kind of registry statement an entry claims to be, for people. */
export const statementKind = ({ body }: StatementEntry): string => {
  const value = parseCanonical(body);
  if (isRefusal(value) || typeof value !== 'object' || value === null || Array.isArray(value))
    return 'unknown';
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === 'string' && /^[a-z-]{1,40}$/.test(kind) ? kind : 'unknown';
};
