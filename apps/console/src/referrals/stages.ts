// The stages of a referral as whoever looks at it may know them: a service sees its work, police see an outcome.
import { isLawEnforcement, type AgencyKind, type ReferralStatus } from '@tripoint/domain';
import { type Agency, type Item } from '../api/shapes';

export const STAGES = ['waiting', 'accepted', 'feedback', 'done', 'notTaken'] as const;
export type Stage = (typeof STAGES)[number];

const STAGE_OF: Readonly<Record<ReferralStatus, Stage>> = {
  ISSUED: 'waiting',
  RECEIVED: 'waiting',
  ACCEPTED: 'accepted',
  FEEDBACK_GIVEN: 'feedback',
  DONE: 'done',
  REJECTED: 'notTaken',
  NOT_POSSIBLE: 'notTaken',
  REVOKED: 'notTaken',
  CONSENT_WITHDRAWN: 'notTaken',
};

/** Whether an agency of this kind learns the outcome of its referrals and nothing else; an unknown one learns least. */
export const learnsOutcomeOnly = (kind: Agency['kind'] | undefined): boolean =>
  kind === undefined || isLawEnforcement(kind as AgencyKind);

/** Where a referral stands on the board. Whoever learns the outcome alone is not shown how far the service has come. */
export const stageOf = ({ status }: Item, outcomeOnly: boolean): Stage => {
  const stage = STAGE_OF[status as ReferralStatus];
  return outcomeOnly && stage === 'feedback' ? 'accepted' : stage;
};

/** The stages that there can be for whoever looks. */
export const stagesFor = (outcomeOnly: boolean): readonly Stage[] =>
  outcomeOnly ? STAGES.filter((stage) => stage !== 'feedback') : STAGES;
