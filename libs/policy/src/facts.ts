import {
  COMPARTMENTS,
  DISCLOSURE_GROUNDS,
  ERASURE_GROUNDS,
  FAMILIES,
  KEPT_BECAUSE,
  isMoment,
  PURGED_STORES,
  REVIEW_OUTCOMES,
  type Compartment,
  type DisclosureGround,
  type ErasureGround,
  type Family,
  type PurgedStore,
  type KeptBecause,
  type ProvenKey,
  type ReviewOutcome,
} from '@tripoint/domain';
import {
  isAgencyId,
  isDigest,
  isEventId,
  isFingerprint,
  isItemId,
  isRefusal,
  refuse,
  type AgencyId,
  type Digest,
  type EventId,
  type Fingerprint,
  type Instant,
  type ItemId,
  type Refusal,
} from '@tripoint/kernel';

/** An agency let into an exchange, and the compartments it may be given there (sorted). */
export type Admission = {
  readonly agency: AgencyId;
  readonly compartments: readonly Compartment[];
};

/** What is to be handed to one more agency, and until when. */
export type ReleaseFact = {
  readonly agency: AgencyId;
  /** Sorted. */
  readonly descriptors: readonly Digest[];
  readonly until: Instant;
};

/** What is handed to one more agency, as was decided at an earlier leaf, with the keys to it named by digest. */
export type GrantFact = {
  readonly agency: AgencyId;
  /** Of the grantee's primary key. */
  readonly certificate: Fingerprint;
  /** Digest of the header under which it was said. */
  readonly header: Digest;
  readonly until: Instant;
  /** Index of the leaf at which it was decided. */
  readonly verdict: number;
  /** Sorted by descriptor. */
  readonly wraps: readonly { readonly descriptor: Digest; readonly wrap: Digest }[];
};

/** What is to be forgotten by everybody who holds it. */
export type ErasesFact = {
  readonly event: EventId;
  /** Of its compartments, never the core; sorted. */
  readonly descriptors: readonly Digest[];
  readonly ground: ErasureGround;
  /** Who said it, where an authority orders what others are to forget: that is held against the log. */
  readonly saidBy?: AgencyId;
  /** By when everybody is to have said that it is gone. */
  readonly until: Instant;
};

/** What a node claims to have emptied, and when its last backup that holds it is deleted. */
export type PurgedFact = {
  /** Sorted. */
  readonly stores: readonly PurgedStore[];
  readonly backups: Instant;
};

/** What is to be disclosed of one event by those who keep shares of its keys: to whom, and until when. */
export type OrderFact = {
  readonly agency: AgencyId;
  readonly event: EventId;
  /** Sorted. */
  readonly compartments: readonly Compartment[];
  readonly until: Instant;
  /** An agency invokes it for itself, and oversight reviews it afterwards. */
  readonly emergency: boolean;
  /** Of which who said it is told; orders of before this was stated have none. */
  readonly ground?: DisclosureGround;
};

/** What oversight thinks of an emergency that somebody invoked. */
export type ReviewFact = { readonly disclosure: ItemId; readonly outcome: ReviewOutcome };

/** So many reads an agency has recorded, and the root over them (RFC 6962). */
export type ReadsFact = {
  readonly size: number;
  readonly root: Digest;
  /** The size that it published before; 0 for the first. */
  readonly since: number;
  /** That the tree of `since` rows is the beginning of this one; in the order of RFC 6962 section 2.1.2. */
  readonly proof: readonly Digest[];
};

/** What an event does to the clock of its item. */
export type ClockFact = 'issued' | 'received' | 'suspended' | 'resumed' | 'stopped';

/**
 * What the hub must know of an event in order to decide and to keep clocks. Never personal data: codes, agencies,
 * digests and random ids only. Every member is optional; which of them may stand depends on the family.
 */
export type Facts = {
  /** This event creates the exchange, and its issuer owns it. */
  readonly opens?: true;
  /** The request, contribution or referral that this event is about. */
  readonly item?: ItemId;
  /** Sorted by agency. */
  readonly admits?: readonly Admission[];
  /** Sorted. */
  readonly removes?: readonly AgencyId[];
  readonly clock?: ClockFact;
  readonly urgency?: 'URGENT' | 'ROUTINE';
  readonly access?: 'DIRECT' | 'INDIRECT';
  readonly dueInSeconds?: number;
  /** Digests of the descriptors that the content was taken from, sorted. */
  readonly derivedFrom?: readonly Digest[];
  /** Agencies to which a refused disclosure was to go, sorted. */
  readonly tried?: readonly AgencyId[];
  readonly release?: ReleaseFact;
  readonly grant?: GrantFact;
  /** The grant of this item ends here. */
  readonly revokes?: true;
  /** The root over the issuer's read log. */
  readonly reads?: ReadsFact;
  /** What its issuer takes back from one holder, and by when it is to be gone there. */
  readonly recall?: ReleaseFact;
  readonly erases?: ErasesFact;
  readonly purged?: PurgedFact;
  /** What was to go is not gone, and why. */
  readonly kept?: readonly KeptBecause[];
  readonly order?: OrderFact;
  /** A custodian will not hand over its share. */
  readonly declines?: true;
  readonly reviews?: ReviewFact;
  /** It is noise, said for a drill. */
  readonly practice?: true;
  /** What shares of a drill have given; sorted by descriptor. */
  readonly proves?: readonly ProvenKey[];
};

/** Why facts were refused: the detail names the member at fault, never its value. */
export type FactsRefusal = Refusal<'facts-not-in-schema'>;

type Check = (value: unknown) => boolean;

/** More agencies than any one event admits, removes or is refused; keeps a descriptor far below its limit. */
const MOST_AGENCIES = 32;
const MOST_SOURCES = 32;
/** A year. */
const LONGEST_TERM = 31_536_000;

const isOneOf =
  (...codes: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && codes.includes(value);

/** A list that is not empty, not too long, strictly ascending (so without repetition), each of it as `check` says. */
const isAscending =
  (check: Check, most: number, by: (value: never) => string = String): Check =>
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= most &&
    value.every(check) &&
    value.every((one, i) => i === 0 || by(value[i - 1] as never) < by(one as never));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCompartments = isAscending(isOneOf(...COMPARTMENTS), COMPARTMENTS.length);

const isAdmission: Check = (value) =>
  isObject(value) &&
  Object.keys(value).length === 2 &&
  isAgencyId(value['agency']) &&
  isCompartments(value['compartments']);

const isAgencies = isAscending(isAgencyId, MOST_AGENCIES);

const hasMembers = (value: object, members: string): boolean =>
  Object.keys(value).sort().join() === members;

/** The calendar has days that do not exist: a time is what its own milliseconds are written as. */
const isTime: Check = isMoment;

/** Compartments of one event, and never its core. */
const MOST_GRANTED = 15;

const isRelease: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'agency,descriptors,until') &&
  isAgencyId(value['agency']) &&
  isTime(value['until']) &&
  isAscending(isDigest, MOST_GRANTED)(value['descriptors']);

const isGrantedWrap: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'descriptor,wrap') &&
  isDigest(value['descriptor']) &&
  isDigest(value['wrap']);

const isGrant: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'agency,certificate,header,until,verdict,wraps') &&
  isAgencyId(value['agency']) &&
  isFingerprint(value['certificate']) &&
  isDigest(value['header']) &&
  isTime(value['until']) &&
  Number.isSafeInteger(value['verdict']) &&
  (value['verdict'] as number) >= 0 &&
  isAscending(
    isGrantedWrap,
    MOST_GRANTED,
    ({ descriptor }: GrantFact['wraps'][number]) => descriptor,
  )(value['wraps']);

const isErases: Check = (value) =>
  isObject(value) &&
  (hasMembers(value, 'descriptors,event,ground,until') ||
    (hasMembers(value, 'descriptors,event,ground,saidBy,until') && isAgencyId(value['saidBy']))) &&
  isEventId(value['event']) &&
  isTime(value['until']) &&
  isOneOf(...ERASURE_GROUNDS)(value['ground']) &&
  isAscending(isDigest, MOST_GRANTED)(value['descriptors']);

const isPurged: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'backups,stores') &&
  isTime(value['backups']) &&
  isAscending(isOneOf(...PURGED_STORES), PURGED_STORES.length)(value['stores']);

const isOrder: Check = (value) =>
  isObject(value) &&
  (hasMembers(value, 'agency,compartments,emergency,event,until') ||
    (hasMembers(value, 'agency,compartments,emergency,event,ground,until') &&
      isOneOf(...DISCLOSURE_GROUNDS)(value['ground']))) &&
  isAgencyId(value['agency']) &&
  isEventId(value['event']) &&
  isCompartments(value['compartments']) &&
  !(value['compartments'] as readonly string[]).includes('core') &&
  isTime(value['until']) &&
  typeof value['emergency'] === 'boolean';

const isReview: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'disclosure,outcome') &&
  isItemId(value['disclosure']) &&
  isOneOf(...REVIEW_OUTCOMES)(value['outcome']);

const isProven: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'descriptor,key') &&
  isDigest(value['descriptor']) &&
  isDigest(value['key']);

/** Longer than the consistency proof of any tree whose size is a safe integer. */
const MOST_HASHES = 108;

const isSize: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

const isReads: Check = (value) =>
  isObject(value) &&
  hasMembers(value, 'proof,root,since,size') &&
  isSize(value['size']) &&
  isSize(value['since']) &&
  isDigest(value['root']) &&
  Array.isArray(value['proof']) &&
  value['proof'].length <= MOST_HASHES &&
  value['proof'].every(isDigest);

const checks: Readonly<Record<keyof Facts, Check>> = {
  opens: (value) => value === true,
  item: isItemId,
  admits: isAscending(isAdmission, MOST_AGENCIES, ({ agency }: Admission) => agency),
  removes: isAgencies,
  clock: isOneOf('issued', 'received', 'suspended', 'resumed', 'stopped'),
  urgency: isOneOf('URGENT', 'ROUTINE'),
  access: isOneOf('DIRECT', 'INDIRECT'),
  dueInSeconds: (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LONGEST_TERM,
  derivedFrom: isAscending(isDigest, MOST_SOURCES),
  tried: isAgencies,
  release: isRelease,
  grant: isGrant,
  revokes: (value) => value === true,
  recall: isRelease,
  reads: isReads,
  erases: isErases,
  purged: isPurged,
  kept: isAscending(isOneOf(...KEPT_BECAUSE), KEPT_BECAUSE.length),
  order: isOrder,
  declines: (value) => value === true,
  reviews: isReview,
  practice: (value) => value === true,
  proves: isAscending(isProven, MOST_GRANTED, ({ descriptor }: ProvenKey) => descriptor),
};

/** Which facts an event of a family may state. Families whose events are still to come may name their item only. */
const schema: Readonly<Record<Family, readonly (keyof Facts)[]>> = {
  request: [
    'opens',
    'item',
    'admits',
    'removes',
    'clock',
    'urgency',
    'access',
    'dueInSeconds',
    'derivedFrom',
  ],
  contribution: ['opens', 'item', 'admits', 'removes', 'clock', 'derivedFrom'],
  referral: [
    'opens',
    'item',
    'admits',
    'removes',
    'clock',
    'urgency',
    'dueInSeconds',
    'derivedFrom',
  ],
  membership: ['opens', 'admits', 'removes'],
  receipt: ['item', 'clock', 'purged', 'kept'],
  attempt: ['item', 'derivedFrom', 'tried'],
  hold: ['item'],
  reads: ['item', 'reads'],
  protection: ['item'],
  alert: ['item'],
  grant: ['item', 'grant', 'revokes'],
  release: ['item', 'release'],
  recall: ['item', 'recall'],
  disclosure: [
    'opens',
    'item',
    'admits',
    'order',
    'grant',
    'declines',
    'reviews',
    'practice',
    'proves',
  ],
  erasure: ['item', 'erases'],
  void: [],
};

const isFamily = (family: string): family is Family =>
  (FAMILIES as readonly string[]).includes(family);

const refused = (member: string) =>
  refuse('facts-not-in-schema', `${member} is not what the schema of the family says`);

/**
 * Reads facts of unknown origin against the closed schema of their family: no member that the family does not
 * know, no repetition, no other order than the sorted one. An agency cannot be admitted and removed at once.
 */
export const parseFacts = (family: string, facts: unknown): Facts | FactsRefusal => {
  if (!isFamily(family)) return refused('the family');
  if (!isObject(facts)) return refused('the whole');
  for (const [member, value] of Object.entries(facts)) {
    const known = schema[family].find((name) => name === member);
    if (known === undefined) return refused('a member');
    if (!checks[known](value)) return refused(known);
  }
  const parsed = facts as Facts;
  const removed = parsed.removes ?? [];
  if (parsed.admits?.some(({ agency }) => removed.includes(agency)) === true)
    return refused('removes');
  return parsed;
};

/** Whether {@link parseFacts} accepts `facts`: the check that the registrar makes. */
export const factsInSchema = (family: string, facts: unknown): boolean =>
  !isRefusal(parseFacts(family, facts));

/** The wraps that the core of an envelope says it carries beside its own, of what was said before. */
export const grantedWraps = (
  family: string,
  facts: unknown,
): readonly {
  readonly descriptor: Digest;
  readonly agency: Fingerprint;
  readonly wrap: Digest;
}[] => {
  const parsed = parseFacts(family, facts);
  if (isRefusal(parsed) || parsed.grant === undefined) return [];
  const { certificate: agency, wraps } = parsed.grant;
  return wraps.map(({ descriptor, wrap }) => ({ descriptor, agency, wrap }));
};
