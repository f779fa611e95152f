import { firstBundle } from '../bundle.js';
import { type Party, type Question } from '../question.js';

/** A part of a question, to lay over {@link aQuestion}. */
export type Change = {
  readonly [Member in keyof Question]?: Question[Member] extends
    readonly string[] | string | boolean | undefined
    ? Question[Member]
    : Member extends 'grant' | 'order' | 'share'
      ? Question[Member]
      : Partial<Question[Member]>;
};

const borderPolice: Party = {
  kind: 'BORDER_POLICE',
  state: 'BG',
  clearance: 'R-UE/EU-R',
  active: true,
};

/** Bulgarian border police answer the Greek police who asked: allowed under the first rules. */
export const aQuestion: Question = {
  bundle: firstBundle().digest,
  recipient: { kind: 'POLICE', state: 'GR', clearance: 'R-UE/EU-R', active: true },
  issuer: borderPolice,
  sameAgency: false,
  family: 'request',
  compartment: 'facts',
  classification: 'BPL',
  handling: ['H2'],
  relation: { participant: true, admitted: true, owner: true, issuerParticipant: true },
  pair: { permitted: true, ceiling: 'R-UE/EU-R' },
  derivation: { unknown: false, h1: false, h2: false, onward: 'ALLOWED', weakened: false },
};

/** The same, but for what `change` says. */
export const aQuestionWith = (change: Change): Question => ({
  ...aQuestion,
  ...change,
  recipient: { ...aQuestion.recipient, ...change.recipient },
  issuer: { ...aQuestion.issuer, ...change.issuer },
  relation: { ...aQuestion.relation, ...change.relation },
  pair: { ...aQuestion.pair, ...change.pair },
  derivation: { ...aQuestion.derivation, ...change.derivation },
});

/** The issuer's own copy. */
export const ownCopy: Change = {
  sameAgency: true,
  recipient: borderPolice,
  pair: { permitted: false, ceiling: 'UNCLASSIFIED' },
};
