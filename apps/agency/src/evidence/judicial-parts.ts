import {
  type Compartment,
  type EventType,
  type HandlingCode,
  type JudicialUse,
} from '@tripoint/domain';
import { type AgencyId, type Digest, type EventId, type Instant } from '@tripoint/kernel';
import {
  type Content,
  type EventHandedOver,
  type JournalEntry,
  type Permission,
} from '@tripoint/read-model';
import { type CourtRefusal, notKept } from './court-refusal.js';

/** More sources than this are not followed, and nothing is handed out. */
const MOST_SOURCES = 256;

/**
 * Whose each part is, and what it was taken from: whoever passes on keeps the marking of whom it had it from. What this agency took
 * itself has to be held still, or nobody could say whose it was.
 */
export const partsOf = async (
  content: Pick<Content, 'sources'>,
  agency: AgencyId,
  handed: readonly { readonly entry: JournalEntry }[],
  compartments: readonly Compartment[],
): Promise<readonly UsedPart[] | CourtRefusal> => {
  const uses: UsedPart[] = [];
  const ours = new Set<Digest>();
  let waiting: Digest[] = [];
  const follow = ({ recorded: { issuer }, facts: { derivedFrom = [] } }: JournalEntry): void => {
    waiting.push(...derivedFrom);
    if (issuer === agency) for (const digest of derivedFrom) ours.add(digest);
  };
  for (const { entry } of handed) {
    follow(entry);
    for (const { compartment, marking } of entry.descriptors)
      if (compartments.includes(compartment))
        uses.push(partOf(entry, compartment, marking.handling));
  }
  const seen = new Set<Digest>();
  const found = new Set<Digest>();
  while (waiting.length > 0) {
    const fresh = waiting.filter((digest) => !seen.has(digest));
    for (const digest of fresh) seen.add(digest);
    waiting = [];
    if (seen.size > MOST_SOURCES) return notKept();
    for (const entry of await content.sources(fresh)) {
      follow(entry);
      for (const { compartment, descriptor, marking } of entry.descriptors) {
        if (!seen.has(descriptor)) continue;
        found.add(descriptor);
        uses.push(partOf(entry, compartment, marking.handling));
      }
    }
  }
  return [...ours].every((digest) => found.has(digest)) ? uses : notKept();
};

/** A part of an event that goes to a court, or that something was taken from that does. */
export type UsedPart = Omit<JudicialUse, 'released'> & {
  readonly event: EventId;
  readonly compartment: Compartment;
};

const partOf = (
  { recorded: { id: event, issuer: originator } }: JournalEntry,
  compartment: Compartment,
  handling: readonly HandlingCode[],
): UsedPart => ({ event, originator, compartment, handling });

/** A part, and by which permission of its originator's this agency may use it. */
export type JudicialPart = JudicialUse & { readonly permission: Permission | undefined };

/** Which of it its originator lets this agency use, as of `now`. */
export const usesOf = async (
  content: Content,
  agency: AgencyId,
  parts: readonly UsedPart[],
  now: Instant,
): Promise<readonly JudicialPart[]> => {
  const permitted = await content.permitted(agency, [...new Set(parts.map(({ event }) => event))]);
  return parts.map((part) => {
    const permission = permitted.find(
      ({ provider, event, compartments, until }) =>
        provider === part.originator &&
        event === part.event &&
        // Nobody can be asked for a core: who permits a part permits that it is shown what it is a part of.
        (part.compartment === 'core' || compartments.includes(part.compartment)) &&
        until > now,
    );
    return { ...part, permission, released: permission !== undefined };
  });
};

/** What shows that the use of this was permitted: what this agency asked, and the newest answer. */
export const permissionsOf = async (
  content: Content,
  agency: AgencyId,
  uses: readonly JudicialPart[],
): Promise<readonly EventHandedOver[]> => {
  const items = uses.flatMap(({ originator, handling, permission }) =>
    permission !== undefined && originator !== agency && handling.includes('H1')
      ? [permission.item]
      : [],
  );
  const found: EventHandedOver[] = [];
  for (const item of new Set(items)) {
    const events = await content.handedOver(item);
    const last = (type: EventType) =>
      events.findLast(({ entry }) => entry.recorded.event.type === type);
    for (const one of [last('ReleaseRequested'), last('JudicialUsePermitted')])
      if (one !== undefined) found.push(one);
  }
  return found;
};
