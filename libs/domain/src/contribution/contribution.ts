import { type AgencyId, type Instant } from '@tripoint/kernel';
import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Contribution, type ContributionStatus } from '../item.js';
import { stepRefusal, type Step, type StepRefusal } from '../step.js';
import { type ContributionContent } from './contribution.events.js';

export type ContributionEventType = keyof ContributionContent;
/** Every event of a contribution but the one that makes it. */
export type ContributionStepType = Exclude<ContributionEventType, 'ContributionShared'>;

/** Who may say what, and when. A contributor may revise too: a source can lose its good name later. */
export const CONTRIBUTION_STEPS: Readonly<Record<ContributionStepType, Step<ContributionStatus>>> =
  {
    ContributionReceived: { by: 'to', when: ['SHARED'] },
    ContributionAcknowledged: { by: 'to', when: ['SHARED', 'RECEIVED'] },
    ContributionEvaluated: { by: 'to', when: ['ACKNOWLEDGED'] },
    EvaluationRevised: { by: 'either', when: ['EVALUATED', 'RE_EVALUATED'] },
  };

const LEADS_TO: Readonly<Record<ContributionStepType, ContributionStatus>> = {
  ContributionReceived: 'RECEIVED',
  ContributionAcknowledged: 'ACKNOWLEDGED',
  ContributionEvaluated: 'EVALUATED',
  EvaluationRevised: 'RE_EVALUATED',
};

/** Why `agency` may not make this happen to the contribution, if so. */
export const contributionRefusal = (
  state: Contribution,
  event: Happened<ContributionStepType>,
  agency: AgencyId,
): StepRefusal | undefined => stepRefusal(CONTRIBUTION_STEPS[event.type], state, agency);

/** The contribution that this event makes; nobody shares with itself. */
export const sharedContribution = (
  recorded: Recorded,
  event: Happened<'ContributionShared'>,
): Contribution | undefined => {
  const { issuer } = recorded;
  if (issuer === event.core.to) return undefined;
  const at = timeOf(recorded);
  return {
    kind: 'contribution',
    item: recorded.event.item,
    from: issuer,
    to: event.core.to,
    status: 'SHARED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
  };
};

/** The contribution after a valid event. */
export const advanceContribution = (
  state: Contribution,
  event: Happened<ContributionStepType>,
  at: Instant,
): Contribution => ({ ...state, status: LEADS_TO[event.type], changedAt: at });
