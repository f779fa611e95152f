// The one place where an event gets its audience: the author always, the other party as far as its kind may hold
// the compartment. Nothing that an officer enters reaches this file as an audience.
import { refuse, type AgencyId, type Digest, type Refusal } from '@tripoint/kernel';
import { type ContentRefusal } from './check.js';
import { type CommandOf, type Context } from './command.js';
import { UNMARKED, marking as markingCheck, type Marking } from './content.js';
import {
  contentFault,
  type Audience,
  type DraftEvent,
  type EventContent,
  type EventFacts,
  type Happened,
} from './event.js';
import {
  COMPARTMENTS,
  aboveRestricted,
  familyOf,
  isLawEnforcement,
  type Compartment,
  type EventType,
  type ItemFamily,
} from './vocabulary/index.js';

/** Why an event cannot be written as it was meant. */
export type DraftRefusal =
  | Refusal<
      | 'classification-not-accredited'
      | 'handling-h3-without-text'
      | 'compartment-not-allowed'
      | 'unknown-agency'
      | 'to-oneself'
      | 'not-participant'
      | 'not-exchange-owner'
      | 'item-exists'
      | 'item-unknown'
    >
  | ContentRefusal;

export type AnyCommand = CommandOf<string, object>;

/** An event as a decision means it, before it has an audience. */
export type Plan<T extends EventType> = {
  [K in T]: {
    readonly type: K;
    readonly core: EventContent[K]['core'];
    readonly parts?: {
      readonly [P in keyof EventContent[K]['parts']]?: EventContent[K]['parts'][P] | undefined;
    };
    readonly marking?: Marking;
    readonly facts?: EventFacts;
    readonly derivedFrom?: readonly Digest[] | undefined;
    /** Who else is told that it happened: of its core, and of nothing else. */
    readonly also?: readonly AgencyId[];
    /** The other party is not told of it. */
    readonly alone?: true;
    /** Parts that have to be there and that the other party has to be able to read. */
    readonly needed?: readonly Exclude<Compartment, 'core'>[];
  };
}[T];

/** Compartments into which an item of each family may let its receiver. */
export const ITEM_COMPARTMENTS: Readonly<Record<ItemFamily, readonly Compartment[]>> = {
  request: ['core', 'facts'],
  contribution: ['core', 'facts', 'intelligence'],
  referral: ['core', 'identity', 'needs', 'risk', 'welfare'],
  attempt: ['core'],
  release: ['core'],
  grant: ['core'],
  recall: ['core'],
  disclosure: ['core'],
  erasure: ['core'],
  hold: ['core'],
  reads: ['core'],
  receipt: ['core'],
};

// What became of a person in care, and why a service could not take her, never goes back to law enforcement,
// whatever the federation's table of compartments allows.
const NEVER_TO_LAW_ENFORCEMENT: readonly Compartment[] = ['needs', 'welfare', 'health', 'shelter'];

/** Whether `agency`, being another than the author, may be given this compartment. */
export const mayBeGiven = (
  context: Context,
  agency: AgencyId,
  compartment: Compartment,
): boolean => {
  if (compartment === 'core') return true;
  const kind = context.kindOf(agency);
  if (compartment === 'source' || kind === undefined) return false;
  if (isLawEnforcement(kind) && NEVER_TO_LAW_ENFORCEMENT.includes(compartment)) return false;
  return context.mayHold(agency).includes(compartment);
};

/** Why `agency` is not to be given all of this later, whoever asks or orders it: no rules would let that be. */
export const beyondItsKind = (
  context: Context,
  agency: AgencyId,
  compartments: readonly Compartment[],
): Refusal<'compartment-not-allowed'> | undefined => {
  const beyond = compartments.find((one) => !mayBeGiven(context, agency, one));
  return beyond === undefined
    ? undefined
    : refuse('compartment-not-allowed', `an agency of that kind may not hold \`${beyond}\``);
};

/** The refusal that stands in the way of this marking, if one does. */
const markingRefusal = (marking: Marking, parts: object): DraftRefusal | undefined => {
  const fault = markingCheck(marking, 'marking');
  if (fault !== undefined) return fault;
  if (aboveRestricted(marking.classification))
    return refuse(
      'classification-not-accredited',
      'the network is not accredited for anything above R-UE/EU-R',
    );
  const explained = Object.values(parts).some(
    (part) => typeof part === 'object' && part !== null && 'restrictions' in part,
  );
  return marking.handling.includes('H3') && !explained
    ? refuse('handling-h3-without-text', 'H3 has to say in words what it restricts')
    : undefined;
};

const present = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

/** Writes one event for its author and the `other` status party, or says why it must not be written. */
export const draft = (
  { item, exchange, by }: AnyCommand,
  context: Context,
  other: AgencyId,
  plan: Plan<EventType>,
): readonly DraftEvent[] | DraftRefusal => {
  const { type, core, marking = UNMARKED, needed = [], also = [], alone } = plan;
  const parts = present(plan.parts ?? {});
  const fault =
    contentFault({ type, core, parts } as Happened & { parts: object }) ??
    markingRefusal(marking, parts);
  if (fault !== undefined) return fault;
  for (const compartment of needed) {
    if (!Object.hasOwn(parts, compartment))
      return refuse('missing-member', `\`${compartment}\` is missing`);
    const beyond = beyondItsKind(context, other, [compartment]);
    if (beyond !== undefined) return beyond;
  }
  const audience = COMPARTMENTS.filter((name) => name === 'core' || name in parts).map(
    (compartment): Audience => ({
      compartment,
      to: sorted([
        by.agency,
        ...(alone !== true && mayBeGiven(context, other, compartment) ? [other] : []),
        ...(compartment === 'core' ? also : []),
      ]),
    }),
  );
  const derivedFrom = plan.derivedFrom ?? [];
  const facts: EventFacts = {
    item,
    ...plan.facts,
    ...(derivedFrom.length > 0 ? { derivedFrom: sorted(derivedFrom) } : {}),
  };
  const family = familyOf(type);
  return [{ type, family, item, exchange, core, parts, audience, facts, marking } as DraftEvent];
};

/** Without repetitions, in ascending order of code units: equal sets are equal bytes. */
export const sorted = <S extends string>(values: readonly S[]): readonly S[] =>
  [...new Set(values)].sort();

/**
 * What the hub has to know of a new item: whether it opens the exchange, and whom it lets in. Only the owner
 * admits; another participant addresses those who take part already.
 */
export const admission = (
  { by, item }: AnyCommand,
  to: AgencyId,
  family: ItemFamily,
  context: Context,
): EventFacts | DraftRefusal => {
  const { owner, participants } = context.exchange;
  if (to === by.agency) return refuse('to-oneself', 'an agency has nothing to send to itself');
  if (context.kindOf(by.agency) === undefined || context.kindOf(to) === undefined)
    return refuse('unknown-agency', 'there is no such agency in the federation');
  const opens = owner === undefined && participants.length === 0;
  if (!opens && owner !== by.agency) {
    if (!participants.includes(by.agency))
      return refuse('not-participant', 'this agency does not take part in the exchange');
    if (!participants.includes(to))
      return refuse(
        'not-exchange-owner',
        'only the agency that opened the exchange lets others in',
      );
  }
  const compartments = sorted(
    ITEM_COMPARTMENTS[family].filter((compartment) => mayBeGiven(context, to, compartment)),
  );
  // Said by another than the owner this lets nobody in; it tells whoever keeps the clock whom the item is for.
  return { ...(opens ? { opens } : {}), item, admits: [{ agency: to, compartments }] };
};
