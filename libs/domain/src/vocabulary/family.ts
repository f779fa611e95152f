/** What the hub sees of an event's type. */
export const FAMILIES = [
  'request',
  'contribution',
  'referral',
  'protection',
  'alert',
  'membership',
  'grant',
  'release',
  'recall',
  'disclosure',
  'erasure',
  'receipt',
  'attempt',
  'hold',
  'reads',
  'void',
] as const;
export type Family = (typeof FAMILIES)[number];

/** Families whose events are workflow items of this library. */
export type ItemFamily =
  | 'request'
  | 'contribution'
  | 'referral'
  | 'attempt'
  | 'release'
  | 'grant'
  | 'recall'
  | 'disclosure'
  | 'erasure'
  | 'hold'
  | 'reads'
  | 'receipt';

/** Exact event type → family. */
export const EVENT_FAMILY = {
  RequestIssued: 'request',
  RequestReceived: 'request',
  ClarificationAsked: 'request',
  ClarificationProvided: 'request',
  RequestAccepted: 'request',
  DelayNotified: 'request',
  AnswerProvided: 'request',
  RequestRefused: 'request',
  RequestWithdrawn: 'request',
  RequestClosed: 'request',
  ContributionShared: 'contribution',
  ContributionReceived: 'contribution',
  ContributionAcknowledged: 'contribution',
  ContributionEvaluated: 'contribution',
  EvaluationRevised: 'contribution',
  ReferralIssued: 'referral',
  ReferralReceived: 'referral',
  ReferralAccepted: 'referral',
  ReferralRejected: 'referral',
  ReferralNotPossible: 'referral',
  ReferralFeedbackGiven: 'referral',
  ReferralCompleted: 'referral',
  ReferralServiceEnded: 'referral',
  ReferralRevoked: 'referral',
  DisclosureAttempted: 'attempt',
  ReleaseRequested: 'release',
  ReleaseOffered: 'release',
  ReleaseGranted: 'release',
  JudicialUsePermitted: 'release',
  ReleaseDenied: 'release',
  GrantMade: 'grant',
  GrantRevoked: 'grant',
  GrantPurged: 'receipt',
  GrantCopyKept: 'receipt',
  RecallIssued: 'recall',
  RecallPurged: 'receipt',
  DisclosureOrdered: 'disclosure',
  ShareApproved: 'disclosure',
  ShareReleased: 'disclosure',
  ShareDeclined: 'disclosure',
  DisclosurePurged: 'receipt',
  DisclosureReviewed: 'disclosure',
  DrillPrepared: 'disclosure',
  DrillProven: 'disclosure',
  ErasureOrdered: 'erasure',
  ErasurePurged: 'receipt',
  RecallCopyKept: 'receipt',
  LegalHoldPlaced: 'hold',
  LegalHoldLifted: 'hold',
  ReadRootPublished: 'reads',
} as const satisfies Readonly<Record<string, ItemFamily>>;
export type EventType = keyof typeof EVENT_FAMILY;

export const EVENT_TYPES = Object.keys(EVENT_FAMILY) as readonly EventType[];

/** The family under which the hub knows an event of this type. */
export const familyOf = (type: EventType): ItemFamily => EVENT_FAMILY[type];

/** Whether an unknown value names an event type of this library; the value comes from another agency. */
export const isEventType = (value: unknown): value is EventType =>
  typeof value === 'string' && Object.hasOwn(EVENT_FAMILY, value);
