/** How far information may travel: Europol's handling codes. Several may apply at once. */
export const HANDLING_CODES = ['H0', 'H1', 'H2', 'H3'] as const;
export type HandlingCode = (typeof HANDLING_CODES)[number];

/** What each handling code says, for people. */
export const HANDLING_MEANING: Readonly<Record<HandlingCode, string>> = {
  H0: 'only for preventing and combating crime',
  H1: 'not in judicial proceedings without permission of the provider',
  H2: 'not to be passed on without permission of the provider',
  H3: 'other restrictions, stated in words',
};

/** Reliability of the source. */
export const SOURCE_EVALS = ['A', 'B', 'C', 'X'] as const;
export type SourceEval = (typeof SOURCE_EVALS)[number];

/** Reliability of what the source said. */
export const INFO_EVALS = ['1', '2', '3', '4'] as const;
export type InfoEval = (typeof INFO_EVALS)[number];

/** A 4×4 grading: the source and what it said. */
export type Evaluation = { readonly source: SourceEval; readonly info: InfoEval };

/** Lowest first; the position in the list is the order. */
export const CLASSIFICATIONS = [
  'UNCLASSIFIED',
  'BPL',
  'R-UE/EU-R',
  'C-UE/EU-C',
  'S-UE/EU-S',
  'TS-UE/EU-TS',
] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** The place of a classification in their order, 0 being the lowest. */
export const classificationRank = (classification: Classification): number =>
  CLASSIFICATIONS.indexOf(classification);

/** Whether a classification lies above what the network is accredited to carry. */
export const aboveRestricted = (classification: Classification): boolean =>
  classificationRank(classification) > classificationRank('R-UE/EU-R');

/** The strictest of several classifications: what merged content is marked with. */
export const strictest = (classifications: readonly Classification[]): Classification =>
  classifications.reduce<Classification>(
    (high, next) => (classificationRank(next) > classificationRank(high) ? next : high),
    'UNCLASSIFIED',
  );

/** Whether a statement reports a fact or an opinion (LED Art. 7). */
export const STATEMENT_KINDS = ['FACT', 'PERSONAL_ASSESSMENT'] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** What a person is to a case (LED Art. 6; Europol Regulation, Annex II). */
export const DATA_SUBJECT_CATEGORIES = [
  'SUSPECT',
  'CONVICTED',
  'POTENTIAL_FUTURE_OFFENDER',
  'CONTACT',
  'ASSOCIATE',
  'VICTIM',
  'WITNESS',
  'INFORMANT',
] as const;
export type DataSubjectCategory = (typeof DATA_SUBJECT_CATEGORIES)[number];

/** As of which class agencies say what they say: a bundle of rules can name a term for each. */
export const RETENTION_CLASSES = ['STANDARD'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];
