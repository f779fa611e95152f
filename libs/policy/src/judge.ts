import { CLASSIFICATIONS } from '@tripoint/domain';
import { type AgencyId, type Digest, type ExchangeId } from '@tripoint/kernel';
import { type AgencyAttributes, type PairPolicy } from './attributes.js';
import { type Facts } from './facts.js';
import { custodianOf } from './compartments.js';
import { foldMembership, isAdmitted, takesPart, type Membership } from './membership.js';
import { type NeedToKnow } from './need-to-know.js';
import { type Party, type Question } from './question.js';
import { ONWARD } from './schema.js';
import { type Verdict } from './verdict.js';

/** One compartment of an event: its labels and facts, and the agencies it is meant for. */
export type Part = {
  readonly compartment: string;
  readonly classification: string;
  readonly handling: readonly string[];
  /** As {@link parseFacts} accepts them. */
  readonly facts: Facts;
  /** The issuer too, where it keeps a copy. */
  readonly recipients: readonly AgencyId[];
};

/** A descriptor that others are derived from, as far as the one who judges knows it. */
export type Source = {
  readonly issuer: AgencyId;
  readonly exchange: ExchangeId;
  readonly compartment: string;
  readonly classification: string;
  readonly handling: readonly string[];
  /** Who was allowed it for good: a grant ends, and what was taken from it meanwhile would not. */
  readonly holders: readonly AgencyId[];
  readonly derivedFrom: readonly Digest[];
};

/** What an event hands to one more agency of what was said before. */
export type Granting = {
  readonly recipient: AgencyId;
  readonly descriptors: readonly Digest[];
  /** As in {@link Question}: booleans, because the rules know no time. */
  readonly inTime: boolean;
  readonly asDecided: boolean;
  /** Whether the recipient holds it by a grant that has not ended. */
  readonly holds: (descriptor: Digest) => boolean;
};

/** What an event orders to be disclosed of what is in custody. */
export type Ordering = {
  readonly recipient: AgencyId;
  readonly descriptors: readonly Digest[];
  readonly emergency: boolean;
  readonly inTime: boolean;
  readonly inCustody: (descriptor: Digest) => boolean;
  readonly holds: (descriptor: Digest) => boolean;
};

/** The share that an event hands over. */
export type Sharing = {
  readonly recipient: AgencyId;
  readonly descriptor: Digest;
  readonly byCustodian: boolean;
  readonly asOrdered: boolean;
  readonly inTime: boolean;
};

/** An event and whom it is meant for, and where to look up what it refers to, as of one index of the log. */
export type Disclosure = {
  readonly stream: ExchangeId;
  readonly family: string;
  readonly issuer: AgencyId;
  readonly parts: readonly Part[];
  /** As it stood before this event: the event's own facts are folded in first. */
  readonly membership: Membership;
  readonly agency: (id: AgencyId) => AgencyAttributes | undefined;
  /** What two agencies have agreed, asked for in either order. */
  readonly pair: (a: AgencyId, b: AgencyId) => PairPolicy | undefined;
  readonly source: (descriptor: Digest) => Source | undefined;
  /** Whether a holder is to hold it no longer, because its provider took it back or everybody is to forget it. */
  readonly isGone?: ((descriptor: Digest, holder: AgencyId) => boolean) | undefined;
  readonly granting?: Granting | undefined;
  /** Who keeps shares, in the order of their compartments. */
  readonly custodians?: readonly AgencyId[] | undefined;
  readonly ordering?: Ordering | undefined;
  readonly sharing?: Sharing | undefined;
  /** Who holds what the event takes back, or recalls, and hears of it whoever takes part by now; towards an author, who cannot judge a share, also whom it is handed to. */
  readonly endsGrantOf?: AgencyId | undefined;
  /** Whether `provider` has granted the issuer something in this exchange, whatever became of it. */
  readonly grantedBy?: ((provider: AgencyId) => boolean) | undefined;
};

/** The verdict on one thing that was said before, for the one to whom it is handed. */
export type JudgedGrant = {
  readonly descriptor: Digest;
  readonly recipient: AgencyId;
  readonly verdict: Verdict;
};

/** The verdict on one compartment for one recipient. */
export type Judged = {
  /** Index into the disclosure's parts. */
  readonly part: number;
  readonly compartment: string;
  readonly recipient: AgencyId;
  readonly verdict: Verdict;
};

/** More sources than this are not followed, and the event counts as taken from something unknown. */
const MOST_SOURCES = 64;

/** No registry entry: codes that no rule knows, so that whatever is asked is denied. */
const stranger: Party = { kind: '', state: '', clearance: '', active: false };

const party = (attributes: AgencyAttributes | undefined): Party => {
  if (attributes === undefined) return stranger;
  const { kind, state, clearance, active } = attributes;
  return { kind, state, clearance, active };
};

const NO_AGREEMENT: Question['pair'] = { permitted: false, ceiling: 'UNCLASSIFIED' };
const NOT_DERIVED: Question['derivation'] = {
  unknown: false,
  h1: false,
  h2: false,
  onward: 'ALLOWED',
  weakened: false,
};

const STRICTEST = 'FORBIDDEN';

const stricter = (a: string, b: string): string => {
  const known: readonly string[] = ONWARD;
  // A code that is not known is strictest of all: the rules refuse it.
  if (!known.includes(a) || !known.includes(b)) return known.includes(a) ? b : a;
  return known.indexOf(a) < known.indexOf(b) ? b : a;
};

const rank = (classification: string): number =>
  (CLASSIFICATIONS as readonly string[]).indexOf(classification);

/** What an event is taken from, where the trail first leads to other agencies. */
type Origins = {
  readonly foreign: readonly (readonly [Digest, Source])[];
  readonly unknown: boolean;
};

/**
 * Follows declared sources through the issuer's own: an agency may lift its own markings, but not those of others
 * by deriving twice. All parts count together: content does not become freer by being declared in another part.
 */
const originsOf = ({ issuer, parts, source }: Disclosure): Origins => {
  const waiting = parts.flatMap(({ facts }) => facts.derivedFrom ?? []);
  const seen = new Set<Digest>();
  const foreign: (readonly [Digest, Source])[] = [];
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (seen.has(digest)) continue;
    seen.add(digest);
    const found = source(digest);
    if (found === undefined || seen.size > MOST_SOURCES) return { foreign, unknown: true };
    if (found.issuer === issuer) waiting.push(...found.derivedFrom);
    else foreign.push([digest, found]);
  }
  return { foreign, unknown: false };
};

/**
 * What still binds towards one recipient. What it was given itself and holds by right binds no more, and neither does what lies below
 * that; what it is to hold no longer binds as if it had never had it. Below what others provided, only what is known is followed: whoever had something from them need not
 * know what they took it from, and their markings stand on what they provided.
 */
const bindingOn = (
  recipient: AgencyId,
  { issuer, source, pair, isGone }: Disclosure,
  { foreign, unknown }: Origins,
): Omit<Question['derivation'], 'weakened'> => {
  const binding = { unknown, h1: false, h2: false, onward: NOT_DERIVED.onward };
  const waiting = foreign.map(([digest, found]) => ({ digest, found, via: issuer }));
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { digest, found, via } = next;
    const step = `${via} ${digest}`;
    if (seen.has(step)) continue;
    seen.add(step);
    if (seen.size > MOST_SOURCES) return { ...binding, unknown: true };
    if (found.issuer === recipient) continue;
    if (found.holders.includes(recipient) && isGone?.(digest, recipient) !== true) continue;
    if (found.issuer !== issuer) {
      binding.h1 ||= found.handling.includes('H1');
      binding.h2 ||= found.handling.includes('H2');
      if (found.issuer !== via) {
        const agreed = pair(found.issuer, via)?.transfer.onward ?? STRICTEST;
        binding.onward = stricter(binding.onward, agreed);
      }
    }
    for (const below of found.derivedFrom) {
      const known = source(below);
      if (known !== undefined) waiting.push({ digest: below, found: known, via: found.issuer });
    }
  }
  return binding;
};

/** Whether a part is marked below something that another agency provided. */
const isWeakened = ({ classification, handling }: Part, { foreign }: Origins): boolean =>
  foreign.some(
    ([, found]) =>
      rank(found.classification) === -1 ||
      rank(classification) < rank(found.classification) ||
      found.handling.some((code) => !handling.includes(code)),
  );

/**
 * Judges every compartment for every recipient it is meant for, in the order given. The author computes its audience
 * with it, the sequencer judges with it, and oversight judges again with it.
 */
export const judge = (rules: NeedToKnow, disclosure: Disclosure): readonly Judged[] => {
  const { stream, family, parts, agency, pair } = disclosure;
  const issuer = disclosure.issuer;
  const membership = foldMembership(disclosure.membership, {
    stream,
    issuer,
    facts: parts.map(({ facts }) => facts),
  });
  const origins = originsOf(disclosure);
  const derived = origins.unknown || origins.foreign.length > 0;
  const issuerParty = party(agency(issuer));
  const issuerParticipant = takesPart(membership, issuer);
  // Participants other than the owner need not know of one another. To an issuer who does not own the exchange
  // everybody but the owner is a stranger, member or not: the verdict, which the issuer is shown, must not tell.
  const isGranted =
    family === 'grant' && judgeGrants(rules, disclosure).some(({ verdict }) => verdict.allowed);
  const { granting, sharing, endsGrantOf, custodians } = disclosure;
  const isShared =
    sharing !== undefined &&
    judgeDisclosed(rules, disclosure).some(({ verdict }) => verdict.allowed);
  const isTold = (recipient: AgencyId): boolean =>
    recipient !== issuer &&
    ((isGranted && recipient === granting?.recipient) ||
      (isShared && recipient === sharing.recipient) ||
      recipient === endsGrantOf);
  const mayAddress = (recipient: AgencyId): boolean =>
    membership.owner === issuer || membership.owner === recipient || recipient === issuer;

  return parts.flatMap((part, index) => {
    const { compartment, classification } = part;
    const handling = [...part.handling].sort();
    const weakened = derived && isWeakened(part, origins);
    const place = custodianOf(compartment);
    return part.recipients.map((recipient): Judged => {
      const sameAgency = recipient === issuer;
      const transfer = sameAgency ? undefined : pair(issuer, recipient)?.transfer;
      const verdict = rules.decide({
        bundle: rules.bundle.digest,
        recipient: sameAgency ? issuerParty : party(agency(recipient)),
        issuer: issuerParty,
        sameAgency,
        family,
        compartment,
        classification,
        handling,
        relation: {
          participant: mayAddress(recipient) && takesPart(membership, recipient),
          admitted: mayAddress(recipient) && isAdmitted(membership, recipient, compartment),
          owner: membership.owner === recipient,
          // Nobody keeps what its provider takes back by showing that one out of the exchange; who was shown out says nothing beside it.
          issuerParticipant:
            issuerParticipant ||
            (!sameAgency && recipient === endsGrantOf && compartment === 'core'),
        },
        pair:
          transfer === undefined
            ? NO_AGREEMENT
            : { permitted: transfer.permitted, ceiling: transfer.ceiling },
        // The issuer holds what it took things from, and a share says nothing of them.
        derivation:
          derived && !sameAgency && place === -1
            ? { ...bindingOn(recipient, disclosure, origins), weakened }
            : NOT_DERIVED,
        ...(isTold(recipient) ? { grantee: true as const } : {}),
        ...(!sameAgency && disclosure.grantedBy?.(recipient) === true
          ? { scoped: true as const }
          : {}),
        ...(place !== -1 && custodians?.[place] === recipient ? { custodian: true as const } : {}),
      });
      return { part: index, compartment, recipient, verdict };
    });
  });
};

/** Labels of what nobody knows: codes of no rule, so that whatever is asked is denied. */
const NOTHING_KNOWN = { compartment: '', classification: '', handling: [], derivedFrom: [] };

/**
 * Judges what an event hands to one more agency: as what it was said in and how it was marked then, with what it was taken
 * from binding as it did. The deciding event and the one that carries the wraps are judged alike.
 */
export const judgeGrants = (rules: NeedToKnow, disclosure: Disclosure): readonly JudgedGrant[] => {
  const { stream, family, issuer, agency, pair, granting, source } = disclosure;
  if (granting === undefined) return [];
  const { recipient, descriptors, inTime, asDecided, holds } = granting;
  const { membership } = disclosure;
  const transfer = pair(issuer, recipient)?.transfer;
  return descriptors.map((descriptor) => {
    const said = source(descriptor);
    const { compartment, classification, handling, derivedFrom } = said ?? NOTHING_KNOWN;
    const part = { compartment, classification, handling, facts: { derivedFrom }, recipients: [] };
    const taken = { ...disclosure, parts: [part] };
    const origins = originsOf(taken);
    const derived = origins.unknown || origins.foreign.length > 0;
    const verdict = rules.decide({
      bundle: rules.bundle.digest,
      recipient: party(agency(recipient)),
      issuer: party(agency(issuer)),
      sameAgency: false,
      family,
      compartment,
      classification,
      handling: [...handling].sort(),
      relation: {
        participant: false,
        admitted: false,
        owner: membership.owner === recipient,
        issuerParticipant: takesPart(membership, issuer),
      },
      pair:
        transfer === undefined
          ? NO_AGREEMENT
          : { permitted: transfer.permitted, ceiling: transfer.ceiling },
      derivation: derived
        ? { ...bindingOn(recipient, taken, origins), weakened: isWeakened(part, origins) }
        : NOT_DERIVED,
      grant: {
        byProvider: said?.issuer === issuer && said.exchange === stream,
        inTime,
        asDecided,
        held:
          recipient === issuer || said?.holders.includes(recipient) === true || holds(descriptor),
      },
    });
    return { descriptor, recipient, verdict };
  });
};

/**
 * Judges what an event orders to be disclosed, or the share that a custodian hands over. What an order names is judged as it was
 * marked when it was said, between who said it and whom it is for; what it was taken from binds its reader afterwards, and
 * does not stand in the way of an authority.
 */
export const judgeDisclosed = (
  rules: NeedToKnow,
  { family, issuer, agency, pair, source, membership, ordering, sharing }: Disclosure,
): readonly JudgedGrant[] => {
  const asked = (recipient: AgencyId, descriptor: Digest): Question => {
    const said = source(descriptor);
    const { compartment, classification, handling } = said ?? NOTHING_KNOWN;
    const transfer = said === undefined ? undefined : pair(said.issuer, recipient)?.transfer;
    return {
      bundle: rules.bundle.digest,
      recipient: party(agency(recipient)),
      issuer: party(agency(issuer)),
      sameAgency: false,
      family,
      compartment,
      classification,
      handling: [...handling].sort(),
      relation: {
        participant: false,
        admitted: false,
        owner: membership.owner === recipient,
        issuerParticipant: true,
      },
      pair:
        transfer === undefined
          ? NO_AGREEMENT
          : { permitted: transfer.permitted, ceiling: transfer.ceiling },
      derivation: NOT_DERIVED,
    };
  };
  const judged = (recipient: AgencyId, descriptor: Digest, question: Question): JudgedGrant => ({
    descriptor,
    recipient,
    verdict: rules.decide(question),
  });
  if (sharing !== undefined) {
    const { recipient, descriptor, byCustodian, asOrdered, inTime } = sharing;
    const question = asked(recipient, descriptor);
    return [
      judged(recipient, descriptor, { ...question, share: { byCustodian, asOrdered, inTime } }),
    ];
  }
  if (ordering === undefined) return [];
  const { recipient, descriptors, emergency, inTime, inCustody, holds } = ordering;
  const byOversight = agency(issuer)?.kind === 'OVERSIGHT';
  return descriptors.map((descriptor) =>
    judged(recipient, descriptor, {
      ...asked(recipient, descriptor),
      order: {
        byOversight,
        emergency: emergency && recipient === issuer,
        inTime,
        inCustody: inCustody(descriptor),
        held:
          source(descriptor)?.issuer === recipient ||
          source(descriptor)?.holders.includes(recipient) === true ||
          holds(descriptor),
      },
    }),
  );
};
