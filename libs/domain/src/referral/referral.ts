import { refuse, type AgencyId, type Instant } from '@tripoint/kernel';
import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Referral, type ReferralStatus } from '../item.js';
import { stepRefusal, type Step, type StepRefusal } from '../step.js';
import { type ReferralContent } from './referral.events.js';

export type ReferralEventType = keyof ReferralContent;
/** Every event of a referral but the one that makes it. */
export type ReferralStepType = Exclude<ReferralEventType, 'ReferralIssued'>;

/** Who may say what, and when. */
export const REFERRAL_STEPS: Readonly<Record<ReferralStepType, Step<ReferralStatus>>> = {
  ReferralReceived: { by: 'to', when: ['ISSUED'] },
  ReferralAccepted: { by: 'to', when: ['RECEIVED'] },
  ReferralRejected: { by: 'to', when: ['RECEIVED'] },
  ReferralNotPossible: { by: 'to', when: ['RECEIVED', 'ACCEPTED'] },
  ReferralFeedbackGiven: { by: 'to', when: ['ACCEPTED', 'FEEDBACK_GIVEN'] },
  ReferralCompleted: { by: 'either', when: ['ACCEPTED', 'FEEDBACK_GIVEN'] },
  ReferralServiceEnded: { by: 'to', when: ['ACCEPTED', 'FEEDBACK_GIVEN'] },
  ReferralRevoked: { by: 'from', when: ['ISSUED', 'RECEIVED', 'ACCEPTED', 'FEEDBACK_GIVEN'] },
};

/**
 * Whether the event itself would tell a referrer that may learn the outcome alone how things go on: why a
 * person was not taken, that there is feedback, when a service ended. What its author alone holds tells nobody.
 */
const tellsTooMuch = (
  { to }: Referral,
  { type }: Happened<ReferralStepType>,
  agency: AgencyId,
): boolean => type === 'ReferralRejected' || (type === 'ReferralCompleted' && agency === to);

/** Why `agency` may not make this happen to the referral, if so. */
export const referralRefusal = (
  state: Referral,
  event: Happened<ReferralStepType>,
  agency: AgencyId,
): StepRefusal | undefined =>
  stepRefusal(REFERRAL_STEPS[event.type], state, agency) ??
  (state.disclosure === 'OUTCOME_ONLY' && tellsTooMuch(state, event, agency)
    ? refuse(
        'referrer-learns-outcome-only',
        'this would tell the referring agency more than the outcome',
      )
    : undefined);

/** The referral that this event makes; nobody refers to itself. */
export const issuedReferral = (
  recorded: Recorded,
  event: Happened<'ReferralIssued'>,
): Referral | undefined => {
  const { issuer } = recorded;
  if (issuer === event.core.to) return undefined;
  const at = timeOf(recorded);
  return {
    kind: 'referral',
    item: recorded.event.item,
    from: issuer,
    to: event.core.to,
    status: 'ISSUED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    disclosure: event.core.disclosure,
  };
};

/** The referral after a valid event. */
export const advanceReferral = (
  state: Referral,
  event: Happened<ReferralStepType>,
  at: Instant,
): Referral => {
  const next = { ...state, changedAt: at };
  switch (event.type) {
    case 'ReferralReceived':
      return { ...next, status: 'RECEIVED' };
    case 'ReferralAccepted':
      return { ...next, status: 'ACCEPTED', outcome: 'ACCEPTED' };
    case 'ReferralRejected':
      return { ...next, status: 'REJECTED', outcome: 'NOT_POSSIBLE' };
    case 'ReferralNotPossible':
      return { ...next, status: 'NOT_POSSIBLE', outcome: 'NOT_POSSIBLE' };
    case 'ReferralFeedbackGiven':
      return { ...next, status: 'FEEDBACK_GIVEN', outcome: event.core.outcome };
    case 'ReferralCompleted':
    case 'ReferralServiceEnded':
      return { ...next, status: 'DONE' };
    case 'ReferralRevoked':
      return {
        ...next,
        status: event.core.reason === 'CONSENT_WITHDRAWN' ? 'CONSENT_WITHDRAWN' : 'REVOKED',
      };
  }
};
