import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { admission, draft, type DraftRefusal, type Plan } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Contribution, type ContributionStatus, type Item } from '../item.js';
import { partyRefusal, type StepRefusal } from '../step.js';
import { type ContributionCommand } from './contribution.commands.js';
import {
  CONTRIBUTION_STEPS,
  contributionRefusal,
  type ContributionStepType,
} from './contribution.js';

export type ContributionRefusal =
  Refusal<'contribution-without-content'> | DraftRefusal | StepRefusal;

type Share = Extract<ContributionCommand, { readonly type: 'ShareContribution' }>;
type Step = Exclude<ContributionCommand, Share>;

/** Decides what follows when a command meets a contribution. */
export const decideContribution = (
  command: ContributionCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ContributionRefusal => {
  if (command.type === 'ShareContribution')
    return state.kind === 'none'
      ? share(command, context)
      : refuse('item-exists', 'an item with this id exists');
  return state.kind === 'contribution'
    ? step(command, state, context)
    : refuse('item-unknown', 'there is no such contribution');
};

const share = (command: Share, context: Context): readonly DraftEvent[] | ContributionRefusal => {
  const { to, marking, facts, intelligence, source, derivedFrom } = command.data;
  const admitted = admission(command, to, 'contribution', context);
  if (isRefusal(admitted)) return admitted;
  if (facts === undefined && intelligence === undefined)
    return refuse('contribution-without-content', 'a contribution has to say something');
  return draft(command, context, to, {
    type: 'ContributionShared',
    core: { to },
    parts: { facts, intelligence, source },
    marking,
    facts: admitted,
    derivedFrom,
    needed: [
      ...(facts === undefined ? [] : (['facts'] as const)),
      ...(intelligence === undefined ? [] : (['intelligence'] as const)),
    ],
  });
};

const ALREADY_SO: Readonly<Partial<Record<Step['type'], (status: ContributionStatus) => boolean>>> =
  {
    ReceiveContribution: (status) => status !== 'SHARED',
    AcknowledgeContribution: (status) => status !== 'SHARED' && status !== 'RECEIVED',
  };

const step = (
  command: Step,
  state: Contribution,
  context: Context,
): readonly DraftEvent[] | ContributionRefusal => {
  const { agency } = command.by;
  const plan = planned(command);
  const stranger = partyRefusal(CONTRIBUTION_STEPS[plan.type], state, agency);
  if (stranger !== undefined) return stranger;
  if (ALREADY_SO[command.type]?.(state.status) === true) return [];
  return (
    contributionRefusal(state, plan, agency) ??
    draft(command, context, agency === state.from ? state.to : state.from, plan)
  );
};

// A grading that the other party may not hold stays with its author: the status alone tells that it was made.
const planned = (command: Step): Plan<ContributionStepType> => {
  switch (command.type) {
    case 'ReceiveContribution':
      return { type: 'ContributionReceived', core: {} };
    case 'AcknowledgeContribution':
      return { type: 'ContributionAcknowledged', core: {} };
    case 'EvaluateContribution': {
      const { marking, intelligence } = command.data;
      return { type: 'ContributionEvaluated', core: {}, parts: { intelligence }, marking };
    }
    case 'ReviseEvaluation': {
      const { marking, intelligence } = command.data;
      return { type: 'EvaluationRevised', core: {}, parts: { intelligence }, marking };
    }
  }
};
