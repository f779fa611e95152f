import {
  type AgencyId,
  type Digest,
  type EventId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type RequestTerms } from './request/request.events.js';
import { type ReferralDisclosure } from './referral/referral.events.js';
import {
  type AnswerOutcome,
  type Compartment,
  type DisclosureGround,
  type ErasureGround,
  type HoldGround,
  type KeptBecause,
  type RefusalGround,
  type ReferralOutcome,
  type ReviewOutcome,
} from './vocabulary/index.js';

/** What every item has once it exists. */
type Existing<Kind extends string> = {
  readonly kind: Kind;
  readonly item: ItemId;
  /** The two status parties: nobody else's events change the status. */
  readonly from: AgencyId;
  readonly to: AgencyId;
  readonly issuedAt: Instant;
  readonly changedAt: Instant;
  /** Events that came too late, or from somebody without a say; kept, without effect. */
  readonly overtaken: readonly EventId[];
};

/** Nothing that made an item has been seen. */
export type NoItem = {
  readonly kind: 'none';
  readonly status: 'NONE';
  readonly overtaken: readonly EventId[];
};

export const REQUEST_STATUSES = [
  'ISSUED',
  'RECEIVED',
  'CLARIFICATION_ASKED',
  'ACCEPTED',
  'DELAY_NOTIFIED',
  'ANSWERED_FULL',
  'ANSWERED_PARTIAL',
  'ANSWERED_NOTHING_HELD',
  'REFUSED',
  'WITHDRAWN',
  'CLOSED',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** A legal clock, told in the log's time. */
export type Clock = {
  readonly dueInSeconds: number;
  readonly graceSeconds: number;
  readonly issuedAt: Instant;
  readonly receivedAt?: Instant;
  /** Set while a clarification is pending. */
  readonly suspendedAt?: Instant;
  /** For how long it has stood still before. */
  readonly suspendedMillis: number;
  /** When the whole of the request was settled. */
  readonly stoppedAt?: Instant;
};

export type Request = Existing<'request'> & {
  readonly status: RequestStatus;
  readonly terms: RequestTerms;
  readonly clock: Clock;
  /** Where it goes on once a clarification is there. */
  readonly resumeAs: RequestStatus;
  readonly outcome?: AnswerOutcome;
  /** Of the whole or of parts, in the order given. */
  readonly refusals: readonly RefusalGround[];
  readonly judicialAuthorisation: boolean;
};

export const CONTRIBUTION_STATUSES = [
  'SHARED',
  'RECEIVED',
  'ACKNOWLEDGED',
  'EVALUATED',
  'RE_EVALUATED',
] as const;
export type ContributionStatus = (typeof CONTRIBUTION_STATUSES)[number];

export type Contribution = Existing<'contribution'> & { readonly status: ContributionStatus };

export const REFERRAL_STATUSES = [
  'ISSUED',
  'RECEIVED',
  'ACCEPTED',
  'REJECTED',
  'NOT_POSSIBLE',
  'FEEDBACK_GIVEN',
  'DONE',
  'REVOKED',
  'CONSENT_WITHDRAWN',
] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

export type Referral = Existing<'referral'> & {
  readonly status: ReferralStatus;
  readonly disclosure: ReferralDisclosure;
  readonly outcome?: ReferralOutcome;
};

/** A disclosure that a rule stopped; seen by its author alone, who is both parties. */
export type Attempt = Existing<'attempt'> & {
  readonly status: 'RECORDED';
  readonly refused: string;
};

export const RELEASE_STATUSES = [
  'REQUESTED',
  'GRANTED',
  'DENIED',
  'USED',
  'REVOKED',
  'EXPIRED',
] as const;
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number];

/**
 * A provider is asked to let what it said go to one more agency, for a time. `from` asked and `to` said it; for the grantee,
 * who knows of no asking, `from` is the provider and `to` is itself.
 */
export type Release = Existing<'release'> & {
  readonly status: ReleaseStatus;
  readonly provider: AgencyId;
  readonly grantee: AgencyId;
  /** The event that the compartments are of. */
  readonly event: EventId;
  /** In the order of the vocabulary; what was asked for, then what was granted. */
  readonly compartments: readonly Compartment[];
  /** Until when, in the log's time; absent before it was granted. That it has passed is read off. */
  readonly until?: Instant;
  /** When the grantee said that its copy is gone. */
  readonly purgedAt?: Instant;
  /** Why a copy of the grantee's stays although the grant is over. */
  readonly kept?: readonly KeptBecause[];
};

export const RECALL_STATUSES = ['ISSUED', 'PURGED', 'CANNOT_PURGE'] as const;
export type RecallStatus = (typeof RECALL_STATUSES)[number];

/** Whoever said something (`from`) takes it back from one holder (`to`). That the holder defaulted is read off, like a clock. */
export type Recall = Existing<'recall'> & {
  readonly status: RecallStatus;
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  /** By when the copy is to be gone, in the log's time. */
  readonly until: Instant;
  /** When the holder first said what became of its copy: that it is gone, or why it stays. */
  readonly answeredAt?: Instant;
  readonly purgedAt?: Instant;
  /** Why a copy stays, as long as one does. */
  readonly kept?: readonly KeptBecause[];
};

/** The root over an agency's read log, as it was published; seen by itself alone, which is both parties. */
export type Reading = Existing<'reads'> & {
  readonly status: 'PUBLISHED';
  readonly size: number;
  readonly root: Digest;
};

export const HOLD_STATUSES = ['PLACED', 'LIFTED'] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

/** What an agency must not delete yet, whoever recalls or erases it; seen by itself alone, which is both parties. */
export type Hold = Existing<'hold'> & {
  readonly status: HoldStatus;
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  readonly ground: HoldGround;
  /** That its time has passed is read off. */
  readonly until: Instant;
  readonly liftedAt?: Instant;
};

export const DISCLOSURE_STATUSES = ['ORDERED', 'PURGED'] as const;
export type DisclosureStatus = (typeof DISCLOSURE_STATUSES)[number];

/**
 * Custodians are ordered (by `from`) to disclose something to `to`, each by its share. Every custodian knows of its own; what was
 * disclosed is for who was given enough of them to say.
 */
export type Disclosure = Existing<'disclosure'> & {
  readonly status: DisclosureStatus;
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  readonly ground: DisclosureGround;
  /** That its time has passed is read off. */
  readonly until: Instant;
  readonly emergency: boolean;
  /** Whose officer has let the share go, sorted: nobody hears of any but its own. */
  readonly approved: readonly AgencyId[];
  readonly released: readonly AgencyId[];
  readonly declined: readonly AgencyId[];
  /** When the reader's node showed that the shares of a drill give the key. */
  readonly provenAt?: Instant;
  readonly purgedAt?: Instant;
};

/** What oversight said of an emergency; seen by itself alone, which is both parties. */
export type Review = Existing<'review'> & {
  readonly status: 'REVIEWED';
  readonly disclosure: ItemId;
  readonly outcome: ReviewOutcome;
};

/** Noise that was said for a drill; seen by its author alone, which is both parties. */
export type Drill = Existing<'drill'> & { readonly status: 'PREPARED' };

/** What is forgotten everywhere. Who was told and who has done it, the log says beside the order. */
export type Erasure = Existing<'erasure'> & {
  readonly status: 'ORDERED';
  readonly event: EventId;
  readonly compartments: readonly Compartment[];
  readonly ground: ErasureGround;
  /** By when it is to be gone, in the log's time. */
  readonly until: Instant;
};

/** A workflow item as its events so far make it. JSON-compatible. */
export type Item =
  | NoItem
  | Request
  | Contribution
  | Referral
  | Attempt
  | Release
  | Recall
  | Disclosure
  | Erasure
  | Hold
  | Reading
  | Review
  | Drill;

/** As it is once no copy stays. */
export const withoutKept = <S extends Release | Recall>(state: S): S => {
  const next: S & { kept?: unknown } = { ...state };
  delete next.kept;
  return next;
};

/** Every status an item can have. */
export type ItemStatus = Item['status'];

/** The item before its first event. */
export const noItem: NoItem = { kind: 'none', status: 'NONE', overtaken: [] };
