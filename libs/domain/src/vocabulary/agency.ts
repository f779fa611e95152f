/** What kind of body an agency is; decides what it may hold at most. */
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

/** Kinds that investigate or prosecute: of a referral they learn the outcome and nothing else. */
export const LAW_ENFORCEMENT_KINDS = [
  'POLICE',
  'BORDER_POLICE',
  'CUSTOMS',
  'NATIONAL_SECURITY',
  'PROSECUTOR',
  'FIU',
] as const satisfies readonly AgencyKind[];

export const isLawEnforcement = (kind: AgencyKind): boolean =>
  (LAW_ENFORCEMENT_KINDS as readonly AgencyKind[]).includes(kind);

/** The parts into which content is split, each with an audience of its own. */
export const COMPARTMENTS = [
  'core',
  'facts',
  'intelligence',
  'source',
  'evidence',
  'financial',
  'identity',
  'needs',
  'risk',
  'welfare',
  'health',
  'shelter',
  'consular',
  'legal',
  'statistics',
] as const;
export type Compartment = (typeof COMPARTMENTS)[number];

/** Why an officer reads content; recorded with every read. */
export const PURPOSES = [
  'PREVENTION',
  'INVESTIGATION',
  'PROSECUTION',
  'BORDER_CONTROL',
  'CUSTOMS_CONTROL',
  'VICTIM_PROTECTION',
  'CHILD_PROTECTION',
  'SERVICE_PROVISION',
  'DATA_SUBJECT_REQUEST',
  'QUALITY_CONTROL',
  'OVERSIGHT',
] as const;
export type Purpose = (typeof PURPOSES)[number];
