import { type OfficerRole } from '@tripoint/contracts';
import { type CommandType } from '@tripoint/domain';

// Who may do what, as data. Whatever is in no row is allowed to nobody.

type Duty = readonly [OfficerRole, ...OfficerRole[]];

const CASEWORK: Duty = [
  'LIAISON_OFFICER',
  'CENTRE_COORDINATOR',
  'SPOC_OPERATOR',
  'ANALYST',
  'INVESTIGATOR',
  'PROSECUTOR',
  'JIT_LEADER',
  'FIU_ANALYST',
];

const CARE: Duty = [
  'NGO_CASEWORKER',
  'NGO_SUPERVISOR',
  'HOTLINE_116000',
  'SACP_OFFICER',
  'SAD_SOCIAL_WORKER',
  'GUARDIAN',
  'RHI_COORDINATOR',
  'CONSULAR_OFFICER',
  'SAR_CASEWORKER',
  'IOM_CASEWORKER',
  'UNHCR_PROTECTION',
  'LEGAL_AID_COUNSEL',
];

/** Meets people first, and passes on what was seen. */
const FIRST_LINE: Duty = ['FIRST_LINE_IDENTIFIER'];

/** Lets what the agency said go further than to whom it was said: not for whoever only analyses. */
const RELEASES: Duty = [
  'LIAISON_OFFICER',
  'CENTRE_COORDINATOR',
  'SPOC_OPERATOR',
  'INVESTIGATOR',
  'PROSECUTOR',
  'JIT_LEADER',
  'NGO_SUPERVISOR',
  'SACP_OFFICER',
  'GUARDIAN',
];

/** Keeps from deletion what proceedings may need: whoever answers for them. */
const HOLDS: Duty = ['PROSECUTOR', 'JIT_LEADER'];

/** Orders custodians to disclose what another agency said: whoever answers for an operation. */
const BREAKS_GLASS: Duty = [...HOLDS, 'CENTRE_COORDINATOR'];

/** Orders what others are to forget or to disclose: an auditor, at the door of oversight alone. */
const ORDERS: Duty = ['OVERSIGHT_AUDITOR'];

/** Looks at what others did in an emergency. */
const REVIEWS: Duty = ['OVERSIGHT_AUDITOR'];

/** Commands that officers give; receipts, attempts, read roots and the keys of a grant or of a share are the agency's own. */
export type OfficerCommand = Exclude<
  CommandType,
  | 'ReceiveRequest'
  | 'ReceiveContribution'
  | 'ReceiveReferral'
  | 'RecordDisclosureAttempt'
  | 'MakeGrant'
  | 'ConfirmPurge'
  | 'ConfirmRecall'
  | 'ConfirmErasure'
  | 'ReleaseShare'
  | 'ConfirmDisclosurePurge'
  | 'ProveDrill'
  | 'PublishReadRoot'
>;

/** Who may give which command. Whether the agency may is for the domain and the rules to say. */
export const MAY_COMMAND: Readonly<Record<OfficerCommand, Duty>> = {
  IssueRequest: CASEWORK,
  AskClarification: CASEWORK,
  ProvideClarification: CASEWORK,
  AcceptRequest: CASEWORK,
  NotifyDelay: CASEWORK,
  ProvideAnswer: CASEWORK,
  RefuseRequest: CASEWORK,
  WithdrawRequest: CASEWORK,
  CloseRequest: CASEWORK,
  ShareContribution: [...CASEWORK, ...CARE, ...FIRST_LINE],
  AcknowledgeContribution: [...CASEWORK, ...CARE],
  EvaluateContribution: [...CASEWORK, ...CARE],
  ReviseEvaluation: [...CASEWORK, ...CARE],
  IssueReferral: [...CASEWORK, ...CARE, ...FIRST_LINE],
  AcceptReferral: CARE,
  RejectReferral: CARE,
  DeclareReferralNotPossible: CARE,
  GiveReferralFeedback: CARE,
  // Whoever referred may know no more than the outcome, and closes the matter when that has come; the service closes it for itself.
  CompleteReferral: [...CASEWORK, ...CARE, ...FIRST_LINE],
  RevokeReferral: [...CASEWORK, ...CARE, ...FIRST_LINE],
  RequestRelease: [...CASEWORK, ...CARE],
  OfferRelease: RELEASES,
  GrantRelease: RELEASES,
  DenyRelease: RELEASES,
  RevokeGrant: RELEASES,
  IssueRecall: RELEASES,
  OrderDisclosure: BREAKS_GLASS,
  ImposeDisclosure: ORDERS,
  ApproveShare: RELEASES,
  DeclineShare: RELEASES,
  ReviewDisclosure: REVIEWS,
  PrepareDrill: BREAKS_GLASS,
  OrderErasure: RELEASES,
  ImposeErasure: ORDERS,
  PlaceHold: HOLDS,
  LiftHold: HOLDS,
};

/**
 * What an agency may want two officers for: what lets something go further, or go for good. None of it says anything of a case, so
 * that what waits for the second officer is no content.
 */
export const MAY_NEED_TWO = [
  'OfferRelease',
  'GrantRelease',
  'RevokeGrant',
  'OrderErasure',
  'OrderDisclosure',
  'ApproveShare',
  'LiftHold',
] as const satisfies readonly OfficerCommand[];

/** What no single officer ever orders, wherever and whatever a node is told: what others said is forgotten or opened by it. */
export const ALWAYS_NEEDS_TWO: readonly OfficerCommand[] = [
  'ImposeErasure',
  'ImposeDisclosure',
  'OrderDisclosure',
];

/** Who confirms some proposal; whether this one, its command says. */
export const MAY_CONFIRM: Duty = [
  ...new Set([...RELEASES, ...BREAKS_GLASS, ...ORDERS]),
] as unknown as Duty;

/** What was said: only for those who work on cases. */
export const MAY_READ_CONTENT: Duty = [...CASEWORK, ...CARE, ...FIRST_LINE];

/** Who answers people who ask what was said of them, to whom, and who read it. */
export const MAY_ANSWER_SUBJECTS: Duty = ['DATA_PROTECTION_OFFICER'];

/** Who finds by a name: whoever works on cases, and whoever answers somebody of that name. */
export const MAY_SEARCH: Duty = [...MAY_READ_CONTENT, ...MAY_ANSWER_SUBJECTS];

/** Who takes to a court what was said: whoever leads an investigation, and nobody who assists. */
export const MAY_GO_TO_COURT: Duty = ['PROSECUTOR', 'JIT_LEADER', 'INVESTIGATOR'];

/** What a legal hold keeps although it was to go: only for those who answer for the hold. */
export const MAY_READ_HELD: Duty = HOLDS;

/** That something was said, by whom, and how it stands. */
export const MAY_READ_LISTS: Duty = [
  ...MAY_READ_CONTENT,
  'NRM_COORDINATOR',
  'LOCAL_COMMISSION_SECRETARY',
];

/** The role without which nobody could be let in or looked at again: an agency always has somebody with it. */
export const KEEPS_ACCOUNTS = 'NODE_SECURITY_OFFICER' satisfies OfficerRole;

/** Accounts, and the record of who read what. */
export const MAY_KEEP_ACCOUNTS: Duty = [KEEPS_ACCOUNTS];

/** Rows of the record of reads with their proofs: also for an auditor of oversight to whom the agency gives an account. */
export const MAY_SHOW_READS: Duty = [KEEPS_ACCOUNTS, 'OVERSIGHT_AUDITOR'];

/** How envelopes travel, and what could not be opened. */
export const MAY_WATCH_TRAFFIC: Duty = [...MAY_READ_LISTS, ...MAY_KEEP_ACCOUNTS];
