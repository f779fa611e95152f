import { type Refusal, refuse } from '@tripoint/kernel';

/** What has become of a finding. */
export const FINDING_STATES = [
  'OPEN',
  'ACKNOWLEDGED',
  'EXPLAINED',
  'REMEDIED',
  'CONFIRMED_BREACH',
  'CLOSED',
] as const;
export type FindingState = (typeof FINDING_STATES)[number];

const ENDS: readonly FindingState[] = ['EXPLAINED', 'REMEDIED', 'CONFIRMED_BREACH'];
const NEXT: Readonly<Record<FindingState, readonly FindingState[]>> = {
  OPEN: ['ACKNOWLEDGED'],
  ACKNOWLEDGED: ENDS,
  EXPLAINED: ['CLOSED'],
  REMEDIED: ['CLOSED'],
  CONFIRMED_BREACH: ['CLOSED'],
  // Only what is found again opens it again.
  CLOSED: [],
};
/** Where somebody has said that it is over, and it is not. */
const OVER: readonly FindingState[] = ['EXPLAINED', 'REMEDIED', 'CLOSED'];

/** Why an auditor cannot take a finding there, undefined where it is the next step of its life. */
export const stepRefusal = (
  from: FindingState,
  to: FindingState,
): Refusal<'finding-step-refused'> | undefined =>
  NEXT[from].includes(to)
    ? undefined
    : refuse(
        'finding-step-refused',
        NEXT[from].length === 0
          ? `a finding that is ${from} is opened again by nothing but being found again`
          : `a finding that is ${from} becomes ${NEXT[from].join(' or ')}`,
      );

/** Whether being found again opens it again. */
export const opensAgain = (state: FindingState): boolean => OVER.includes(state);
