import {
  isItemId,
  refuse,
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';
import { attemptChecks, type AttemptContent } from './attempt/attempt.events.js';
import { type ProvenKey } from './disclosure/disclosure.commands.js';
import { type GrantedKeys } from './release/release.commands.js';
import { guarded, shape, type Check, type ContentRefusal } from './check.js';
import { type Marking } from './content.js';
import {
  contributionChecks,
  type ContributionContent,
} from './contribution/contribution.events.js';
import { referralChecks, type ReferralContent } from './referral/referral.events.js';
import { disclosureChecks, type DisclosureContent } from './disclosure/disclosure.events.js';
import { erasureChecks, type ErasureContent } from './erasure/erasure.events.js';
import { readingChecks, type ReadingContent } from './reading/reading.events.js';
import { drillChecks, type DrillContent } from './drill/drill.events.js';
import { reviewChecks, type ReviewContent } from './review/review.events.js';
import { recallChecks, type RecallContent } from './recall/recall.events.js';
import { holdChecks, type HoldContent } from './hold/hold.events.js';
import { releaseChecks, type ReleaseContent } from './release/release.events.js';
import { requestChecks, type RequestContent } from './request/request.events.js';
import {
  COMPARTMENTS,
  isEventType,
  type Access,
  type Compartment,
  type DisclosureGround,
  type ErasureGround,
  type EventType,
  type ItemFamily,
  type PurgedStore,
  type KeptBecause,
  type ReviewOutcome,
  type Urgency,
} from './vocabulary/index.js';

/** Event type → what its core and its parts hold. */
export type EventContent = RequestContent &
  ContributionContent &
  ReferralContent &
  AttemptContent &
  ReleaseContent &
  RecallContent &
  DisclosureContent &
  ErasureContent &
  HoldContent &
  ReadingContent &
  ReviewContent &
  DrillContent;

export type Admission = {
  readonly agency: AgencyId;
  /** Sorted. */
  readonly compartments: readonly Compartment[];
};

/** What the hub is told of an event, so that it can judge it and keep its clock. No personal data. */
export type EventFacts = {
  readonly opens?: true;
  readonly item?: ItemId;
  readonly admits?: readonly Admission[];
  readonly clock?: 'issued' | 'received' | 'suspended' | 'resumed' | 'stopped';
  readonly urgency?: Urgency;
  readonly access?: Access;
  readonly dueInSeconds?: number;
  readonly derivedFrom?: readonly Digest[];
  readonly tried?: readonly AgencyId[];
  readonly release?: {
    readonly agency: AgencyId;
    readonly descriptors: readonly Digest[];
    readonly until: Instant;
  };
  readonly grant?: GrantedKeys & { readonly agency: AgencyId; readonly until: Instant };
  readonly revokes?: true;
  /** The root over the author's read log, and that it continues the one before. */
  readonly reads?: {
    readonly size: number;
    readonly root: Digest;
    readonly since: number;
    readonly proof: readonly Digest[];
  };
  readonly recall?: {
    readonly agency: AgencyId;
    readonly descriptors: readonly Digest[];
    readonly until: Instant;
  };
  readonly order?: {
    readonly agency: AgencyId;
    readonly event: EventId;
    /** Sorted. */
    readonly compartments: readonly Compartment[];
    readonly until: Instant;
    readonly emergency: boolean;
    readonly ground: DisclosureGround;
  };
  /** It is said for a drill. */
  readonly practice?: true;
  /** The keys that shares of a drill have given. */
  readonly proves?: readonly ProvenKey[];
  /** What oversight says of an emergency. */
  readonly reviews?: { readonly disclosure: ItemId; readonly outcome: ReviewOutcome };
  readonly declines?: true;
  readonly erases?: {
    readonly event: EventId;
    readonly descriptors: readonly Digest[];
    readonly ground: ErasureGround;
    readonly saidBy?: AgencyId;
    readonly until: Instant;
  };
  readonly purged?: { readonly stores: readonly PurgedStore[]; readonly backups: Instant };
  readonly kept?: readonly KeptBecause[];
};

/** Who is meant to read one compartment of an event; the author is always among them. */
export type Audience = { readonly compartment: Compartment; readonly to: readonly AgencyId[] };

/** What a decision leads to: all that is needed to seal it, in no particular envelope yet. */
export type DraftEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    readonly family: ItemFamily;
    readonly item: ItemId;
    readonly exchange: ExchangeId;
    readonly core: EventContent[K]['core'];
    readonly parts: EventContent[K]['parts'];
    /** One entry for `core` and for each part, in the order of {@link COMPARTMENTS}. */
    readonly audience: readonly Audience[];
    /** Of the whole event; `derivedFrom` holds for each of its parts. */
    readonly facts: EventFacts;
    readonly marking: Marking;
  };
}[T];

/** An event as far as one reader holds it: without `core`, only what was granted later. */
export type SeenEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    readonly item: ItemId;
    readonly core?: EventContent[K]['core'];
    readonly parts: EventContent[K]['parts'];
  };
}[T];

/** An event with what its envelope and the log say of it. JSON-compatible. */
export type Recorded<T extends EventType = EventType> = {
  readonly id: EventId;
  readonly event: SeenEvent<T>;
  /** From the signature, never from content. */
  readonly issuer: AgencyId;
  /** Known for one's own events. */
  readonly officer?: OfficerId;
  /** What the issuer's clock said. */
  readonly at: Instant;
  /** Absent while the event is pending. */
  readonly leaf?: { readonly index: number; readonly time: Instant };
};

/** The time that counts: the log's, or the issuer's own until the log has spoken. */
export const timeOf = ({ at, leaf }: Recorded): Instant => leaf?.time ?? at;

/** What happened, as far as a status depends on it. */
export type Happened<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly core: EventContent[K]['core'] };
}[T];

/** What one compartment's frame holds. */
export type Piece = { readonly compartment: Compartment; readonly content: PieceContent };
export type PieceContent =
  | { readonly type: EventType; readonly item: ItemId; readonly core: object }
  | { readonly type: EventType; readonly item: ItemId; readonly part: object };

const CHECKS: Readonly<
  Record<
    EventType,
    {
      readonly core: Check<unknown>;
      readonly parts: Readonly<Partial<Record<Exclude<Compartment, 'core'>, Check<unknown>>>>;
    }
  >
> = {
  ...requestChecks,
  ...contributionChecks,
  ...referralChecks,
  ...attemptChecks,
  ...releaseChecks,
  ...recallChecks,
  ...disclosureChecks,
  ...erasureChecks,
  ...holdChecks,
  ...readingChecks,
  ...reviewChecks,
  ...drillChecks,
};

/** Whether the core and the parts are what the event type's schema says. */
export const contentFault = ({
  type,
  core,
  parts,
}: Happened & { readonly parts: object }): ContentRefusal | undefined => {
  const checks = CHECKS[type];
  let fault = checks.core(core, 'core');
  for (const [name, part] of Object.entries(parts)) fault ??= partCheck(type, name)?.(part, name);
  return fault;
};

/** Why pieces are no event. */
export type JoinRefusal =
  | Refusal<'no-pieces' | 'pieces-of-different-events' | 'repeated-piece' | 'unknown-event-type'>
  | ContentRefusal;

/** What everybody who may read all of it will hold of a draft. */
export const seen = <T extends EventType>({
  type,
  item,
  core,
  parts,
}: DraftEvent<T>): SeenEvent<T> => ({ type, item, core, parts });

/** The frames' contents, one for the core if it is held and one for each part, in the order of {@link COMPARTMENTS}. */
export const split = ({ type, item, core, parts }: SeenEvent): readonly Piece[] => {
  const byCompartment = new Map<string, object>(Object.entries(parts));
  return COMPARTMENTS.flatMap((compartment): readonly Piece[] => {
    if (compartment === 'core') return core ? [{ compartment, content: { type, item, core } }] : [];
    const part = byCompartment.get(compartment);
    return part ? [{ compartment, content: { type, item, part } }] : [];
  });
};

/**
 * Puts together what a reader could open of one event, in any order. The issuer controls every byte of it:
 * nothing is taken that the schema of its event type does not know.
 */
export const join = (
  pieces: readonly { readonly compartment: string; readonly content: unknown }[],
): SeenEvent | JoinRefusal => {
  let type: EventType | undefined;
  let item: ItemId | undefined;
  const held: Record<string, unknown> = {};
  for (const { compartment, content } of pieces) {
    const member = compartment === 'core' ? 'core' : 'part';
    const fault = frame(member)(content, 'content');
    if (fault !== undefined) return fault;
    const piece = content as Readonly<Record<'type' | 'item' | 'core' | 'part', unknown>>;
    if (!isEventType(piece.type))
      return refuse('unknown-event-type', 'this type of event is not known here');
    if (Object.hasOwn(held, compartment))
      return refuse('repeated-piece', 'a compartment is there twice');
    if (type !== undefined && (type !== piece.type || item !== piece.item))
      return refuse('pieces-of-different-events', 'the compartments belong to different events');
    type = piece.type;
    item = piece.item as ItemId;
    const check = compartment === 'core' ? CHECKS[type].core : partCheck(type, compartment);
    if (check === undefined)
      return refuse('unknown-member', 'an event of this type has no such compartment');
    const malformed = check(piece[member], compartment);
    if (malformed !== undefined) return malformed;
    held[compartment] = piece[member];
  }
  if (type === undefined) return refuse('no-pieces', 'nothing of the event could be opened');
  const { core, ...parts } = held;
  return (core === undefined ? { type, item, parts } : { type, item, core, parts }) as SeenEvent;
};

const partCheck = (type: EventType, compartment: string): Check<unknown> | undefined => {
  const { parts } = CHECKS[type];
  return Object.hasOwn(parts, compartment)
    ? parts[compartment as Exclude<Compartment, 'core'>]
    : undefined;
};

const itemId = guarded(isItemId, 'the id of an item');
/** The event type is looked at afterwards, so that an unknown one gets a code of its own. */
const anyText = guarded((value): value is string => typeof value === 'string', 'text');
const anyObject: Check<object> = () => undefined;
const frames = {
  core: shape<{ type: string; item: ItemId; core: object }>({
    type: anyText,
    item: itemId,
    core: anyObject,
  }),
  part: shape<{ type: string; item: ItemId; part: object }>({
    type: anyText,
    item: itemId,
    part: anyObject,
  }),
} as const;
const frame = (member: 'core' | 'part'): Check<unknown> => frames[member];
