import { isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { admission, draft, mayBeGiven, type DraftRefusal, type Plan } from '../draft.js';
import { type Marking, type Remark } from '../content.js';
import { type DraftEvent, type EventFacts } from '../event.js';
import { type Item, type Request, type RequestStatus } from '../item.js';
import { partyRefusal, type StepRefusal } from '../step.js';
import { clockFor } from './request.clock.js';
import { type RequestCommand } from './request.commands.js';
import { REQUEST_STEPS, requestRefusal, type RequestStepType } from './request.js';

export type RequestRefusal =
  | Refusal<
      | 'no-agreed-clock'
      | 'urgency-without-grounds'
      | 'person-without-connection'
      | 'answer-without-content'
      | 'answer-contradicts-itself'
    >
  | DraftRefusal
  | StepRefusal;

type Issue = Extract<RequestCommand, { readonly type: 'IssueRequest' }>;
type Step = Exclude<RequestCommand, Issue>;
type Answer = Extract<RequestCommand, { readonly type: 'ProvideAnswer' }>['data'];

/** Decides what follows when a command meets a request. */
export const decideRequest = (
  command: RequestCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | RequestRefusal => {
  if (command.type === 'IssueRequest')
    return state.kind === 'none'
      ? issue(command, context)
      : refuse('item-exists', 'an item with this id exists');
  return state.kind === 'request'
    ? step(command, state, context)
    : refuse('item-unknown', 'there is no such request');
};

const issue = (command: Issue, context: Context): readonly DraftEvent[] | RequestRefusal => {
  const { by, data } = command;
  const { to, urgency, access, marking, facts, derivedFrom } = data;
  const admitted = admission(command, to, 'request', context);
  if (isRefusal(admitted)) return admitted;
  const pair = context.clocks(by.agency, to);
  if (pair === undefined)
    return refuse('no-agreed-clock', 'the two agencies have not agreed how soon to answer');
  // Whoever may not hold an answer has no use for the question.
  if (!mayBeGiven(context, by.agency, 'facts'))
    return refuse('compartment-not-allowed', 'an agency of this kind may not hold the answer');
  const dueInSeconds = clockFor(pair, urgency, access);
  const drafted = draft(command, context, to, {
    type: 'RequestIssued',
    core: { to, urgency, access, dueInSeconds, graceSeconds: pair.grace },
    parts: { facts },
    marking,
    facts: { ...admitted, clock: 'issued', urgency, access, dueInSeconds },
    derivedFrom,
    needed: ['facts'],
  });
  if (isRefusal(drafted)) return drafted;
  if (urgency === 'URGENT' && facts.urgencyGrounds === undefined)
    return refuse('urgency-without-grounds', 'an urgent request has to say why it is urgent');
  if (facts.entities.some(({ kind }) => kind === 'person') && facts.connection === undefined)
    return refuse(
      'person-without-connection',
      'a request that names a person has to say what links that person to its purpose',
    );
  return drafted;
};

const ALREADY_SO: Readonly<Partial<Record<Step['type'], (status: RequestStatus) => boolean>>> = {
  ReceiveRequest: (status) => status !== 'ISSUED',
  AcceptRequest: (status) => status === 'ACCEPTED',
  WithdrawRequest: (status) => status === 'WITHDRAWN',
  CloseRequest: (status) => status === 'CLOSED',
};

const step = (
  command: Step,
  state: Request,
  context: Context,
): readonly DraftEvent[] | RequestRefusal => {
  const { agency } = command.by;
  const plan = planned(command, state);
  const stranger = partyRefusal(REQUEST_STEPS[plan.type], state, agency);
  if (stranger !== undefined) return stranger;
  if (ALREADY_SO[command.type]?.(state.status) === true) return [];
  const untimely = requestRefusal(state, plan, agency);
  if (untimely !== undefined) return untimely;
  const faulty = command.type === 'ProvideAnswer' ? answerFault(command.data) : undefined;
  if (faulty !== undefined) return faulty;
  return draft(command, context, agency === state.from ? state.to : state.from, plan);
};

const answerFault = ({
  outcome,
  facts,
  source,
  derivedFrom = [],
}: Answer): RequestRefusal | undefined => {
  if (outcome !== 'NOTHING_HELD')
    return facts === undefined
      ? refuse('answer-without-content', 'an answer has to say what was found')
      : undefined;
  return facts === undefined && source === undefined && derivedFrom.length === 0
    ? undefined
    : refuse(
        'answer-contradicts-itself',
        'an answer that nothing is held says nothing of what is held, nor where it is from',
      );
};

const STOPS: EventFacts = { clock: 'stopped' };

const planned = (command: Step, state: Request): Plan<RequestStepType> => {
  switch (command.type) {
    case 'ReceiveRequest':
      return { type: 'RequestReceived', core: {}, facts: { clock: 'received' } };
    case 'AskClarification':
      return {
        type: 'ClarificationAsked',
        core: {},
        ...remarked(command.data),
        facts: { clock: 'suspended' },
      };
    case 'ProvideClarification':
      return {
        type: 'ClarificationProvided',
        core: {},
        ...remarked(command.data),
        facts: { clock: 'resumed' },
      };
    case 'AcceptRequest':
      return { type: 'RequestAccepted', core: {} };
    case 'NotifyDelay': {
      const { seconds, judicialAuthorisation } = command.data;
      const dueInSeconds = state.clock.dueInSeconds + seconds;
      return {
        type: 'DelayNotified',
        core: { seconds, dueInSeconds, judicialAuthorisation },
        ...remarked(command.data),
        facts: { dueInSeconds },
      };
    }
    case 'ProvideAnswer': {
      const { outcome, marking, facts, source, derivedFrom } = command.data;
      return {
        type: 'AnswerProvided',
        core: { outcome },
        parts: { facts, source },
        marking,
        // A further answer to a request that was answered in part finds the clock stopped.
        ...(state.status === 'ANSWERED_PARTIAL' ? {} : { facts: STOPS }),
        derivedFrom,
        needed: facts === undefined ? [] : ['facts'],
      };
    }
    case 'RefuseRequest': {
      const { ground, scope, marking, facts } = command.data;
      return {
        type: 'RequestRefused',
        core: { ground, scope },
        parts: { facts },
        marking,
        ...(scope === 'WHOLE' ? { facts: STOPS } : {}),
        needed: facts === undefined ? [] : ['facts'],
      };
    }
    case 'WithdrawRequest':
      return { type: 'RequestWithdrawn', core: {}, facts: STOPS };
    case 'CloseRequest':
      return { type: 'RequestClosed', core: {} };
  }
};

const remarked = ({ marking, facts }: { marking: Marking; facts: Remark }) =>
  ({ marking, parts: { facts }, needed: ['facts'] }) as const;
