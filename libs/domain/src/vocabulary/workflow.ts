/** How soon a request must be answered. */
export const URGENCIES = ['ROUTINE', 'URGENT'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Transmission precedence: advice to people, never a clock. */
export const PRECEDENCES = ['ROUTINE', 'PRIORITY', 'IMMEDIATE', 'FLASH'] as const;
export type Precedence = (typeof PRECEDENCES)[number];

/** Whether the answering agency can reach the data itself or must ask another body for it. */
export const ACCESSES = ['DIRECT', 'INDIRECT'] as const;
export type Access = (typeof ACCESSES)[number];

/** Grounds on which a request may be refused: Directive (EU) 2023/977 Art. 6(1), by its letters. */
export const REFUSAL_GROUNDS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f-i',
  'f-ii',
  'f-iii',
  'g-i',
  'g-ii',
  'h',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** What each ground of refusal says, for people. */
export const REFUSAL_GROUND_MEANING: Readonly<Record<RefusalGround, string>> = {
  a: 'not available to the requested authority',
  b: 'the request lacks what Article 4 requires',
  c: 'judicial authorisation was refused',
  d: 'personal data outside the permitted categories',
  e: 'inaccurate, incomplete or out of date',
  'f-i': 'contrary to essential interests of national security',
  'f-ii': 'would jeopardise an investigation or the safety of a person',
  'f-iii': 'would unduly harm a legal person',
  'g-i': 'the offence is punishable by at most one year',
  'g-ii': 'the matter is not an offence where it was asked',
  h: 'obtained from another state, which has not consented',
};

/** What an answer amounts to. */
export const ANSWER_OUTCOMES = ['FULL', 'PARTIAL', 'NOTHING_HELD'] as const;
export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number];

/** How much of a request a refusal covers. */
export const REFUSAL_SCOPES = ['WHOLE', 'PART'] as const;
export type RefusalScope = (typeof REFUSAL_SCOPES)[number];

/** What a person has agreed that others may do with what concerns them. */
export const CONSENT_PURPOSES = [
  'SERVICE_REFERRAL',
  'HEALTH',
  'LEGAL_AID',
  'RETURN',
  'TRACING_FAMILY',
  'STATISTICS',
  'CRIMINAL_PROCEEDINGS',
] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export const CONSENT_GIVERS = ['SELF', 'GUARDIAN'] as const;
export type ConsentGiver = (typeof CONSENT_GIVERS)[number];

/** The only reasons for which content may move without consent, each needing a second approver. */
export const CONSENT_OVERRIDE_REASONS = [
  'IMMINENT_DANGER',
  'CHILD_BEST_INTERESTS',
  'COURT_ORDER',
] as const;
export type ConsentOverrideReason = (typeof CONSENT_OVERRIDE_REASONS)[number];

/** Why a copy that was to go is still there. In ascending order, as the hub is told them. */
export const KEPT_BECAUSE = ['COURT_FILE', 'LEGAL_HOLD'] as const;
export type KeptBecause = (typeof KEPT_BECAUSE)[number];

/** On what ground an agency must not delete yet what it holds. */
export const HOLD_GROUNDS = [
  'CRIMINAL_PROCEEDINGS',
  'COURT_ORDER',
  'PRESERVATION_REQUEST',
  'SUPERVISORY_INQUIRY',
] as const;
export type HoldGround = (typeof HOLD_GROUNDS)[number];

/** All that a referring officer ever learns of what became of a person. */
export const REFERRAL_OUTCOMES = ['ACCEPTED', 'NOT_POSSIBLE'] as const;
export type ReferralOutcome = (typeof REFERRAL_OUTCOMES)[number];

/** Why a service could not take a referral. Content of the `needs` compartment, never of `core`. */
export const REJECTION_REASONS = [
  'NO_CAPACITY',
  'OUTSIDE_MANDATE',
  'NEEDS_CANNOT_BE_MET',
  'PERSON_DECLINED',
  'PERSON_NOT_REACHED',
  'SAFETY_CANNOT_BE_ENSURED',
  'OTHER',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Why the referring agency took a referral back. */
export const REVOCATION_REASONS = [
  'CONSENT_WITHDRAWN',
  'NO_LONGER_NEEDED',
  'ISSUED_IN_ERROR',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Services a referral may ask for: the NRM's measures and HTCDS service types. */
export const SERVICES = [
  'SHELTER',
  'HEALTH',
  'PSYCHOLOGICAL',
  'LEGAL',
  'INTERPRETATION',
  'EDUCATION',
  'FINANCIAL',
  'LIVELIHOOD',
  'SOCIAL_CARE',
  'SAFE_RETURN',
  'COMPENSATION',
] as const;
export type Service = (typeof SERVICES)[number];

/** Why custodians are to disclose what another agency said. */
export const DISCLOSURE_GROUNDS = [
  'COURT_ORDER',
  'SUPERVISORY_INQUIRY',
  'DANGER_TO_LIFE',
  'DRILL',
] as const;
export type DisclosureGround = (typeof DISCLOSURE_GROUNDS)[number];

/** What oversight thinks of an emergency afterwards. `EXCESSIVE`: there was one, and more was ordered than it took. */
export const REVIEW_OUTCOMES = ['JUSTIFIED', 'EXCESSIVE', 'UNJUSTIFIED'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** Why something is forgotten everywhere. */
export const ERASURE_GROUNDS = [
  'DATA_SUBJECT_RIGHT',
  'INACCURATE',
  'UNLAWFUL',
  'PURPOSE_ENDED',
  'CONSENT_WITHDRAWN',
  'COURT_ORDER',
  'SUPERVISORY_ORDER',
] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

/** What a node says that it has emptied: what was read, what opens it, what it was found by, what came and what went out. */
export const PURGED_STORES = ['CONTENT', 'KEYS', 'SEARCH', 'DELIVERIES', 'OUTBOX'] as const;
export type PurgedStore = (typeof PURGED_STORES)[number];
