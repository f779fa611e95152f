/** What an agency is; the compartments it may hold at most follow from this. */
export const AGENCY_KINDS = [
  'POLICE',
  'BORDER_POLICE',
  'CUSTOMS',
  'NATIONAL_SECURITY',
  'PROSECUTOR',
  'FIU',
  'CHILD_PROTECTION',
  'SOCIAL_ASSISTANCE',
  'HEALTH',
  'NGO',
  'IOM',
  'UNHCR',
  'SAR',
  'CONSULATE',
  'MFA',
  'LEGAL_AID',
  'TRANSPORT',
  'NATIONAL_COMMISSION',
  'COORDINATION_GROUP',
  'SELEC',
  'OVERSIGHT',
  'HUB',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** Classifications an agency can be cleared for, lowest first. Nothing above the last is handled at all. */
export const CLEARANCES = ['UNCLASSIFIED', 'BPL', 'R-UE/EU-R'] as const;
export type Clearance = (typeof CLEARANCES)[number];

/** Whether what one agency gave the other may travel on from there. */
export const ONWARD_TRANSFERS = ['ALLOWED', 'WITH_AUTHORISATION', 'FORBIDDEN'] as const;
export type OnwardTransfer = (typeof ONWARD_TRANSFERS)[number];

/** Why a certificate may no longer be used. */
export const REVOCATION_REASONS = ['superseded', 'compromised', 'unknown'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Why a chain that forked may go on. */
export const UNFREEZE_REASONS = ['RESTORED_FROM_BACKUP', 'OPERATOR_ERROR', 'KEY_REPLACED'] as const;
export type UnfreezeReason = (typeof UNFREEZE_REASONS)[number];

/** Member states of the European Union: between two of them the directive's clocks hold without an agreement. */
export const EU_STATES: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
