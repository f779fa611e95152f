import { refuse, type AgencyId, type Instant } from '@tripoint/kernel';
import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Request, type RequestStatus } from '../item.js';
import { stepRefusal, type Step, type StepRefusal } from '../step.js';
import { resumed, stopped } from './request.clock.js';
import { type RequestContent } from './request.events.js';

export type RequestEventType = keyof RequestContent;
/** Every event of a request but the one that makes it. */
export type RequestStepType = Exclude<RequestEventType, 'RequestIssued'>;

/** Who may say what, and when. `RequestIssued` is not here: it makes the item. */
export const REQUEST_STEPS: Readonly<Record<RequestStepType, Step<RequestStatus>>> = {
  RequestReceived: { by: 'to', when: ['ISSUED'] },
  ClarificationAsked: { by: 'to', when: ['RECEIVED', 'ACCEPTED', 'DELAY_NOTIFIED'] },
  ClarificationProvided: { by: 'from', when: ['CLARIFICATION_ASKED'] },
  RequestAccepted: { by: 'to', when: ['RECEIVED', 'DELAY_NOTIFIED'] },
  DelayNotified: { by: 'to', when: ['RECEIVED', 'ACCEPTED', 'DELAY_NOTIFIED'] },
  AnswerProvided: {
    by: 'to',
    when: ['RECEIVED', 'ACCEPTED', 'DELAY_NOTIFIED', 'ANSWERED_PARTIAL'],
  },
  RequestRefused: {
    by: 'to',
    when: ['RECEIVED', 'CLARIFICATION_ASKED', 'ACCEPTED', 'DELAY_NOTIFIED', 'ANSWERED_PARTIAL'],
  },
  RequestWithdrawn: {
    by: 'from',
    when: ['ISSUED', 'RECEIVED', 'CLARIFICATION_ASKED', 'ACCEPTED', 'DELAY_NOTIFIED'],
  },
  RequestClosed: {
    by: 'from',
    when: ['ANSWERED_FULL', 'ANSWERED_PARTIAL', 'ANSWERED_NOTHING_HELD', 'REFUSED', 'WITHDRAWN'],
  },
};

/** Why `agency` may not make this happen to the request, if so. The one rule for deciding and for folding. */
export const requestRefusal = (
  state: Request,
  event: Happened<RequestStepType>,
  agency: AgencyId,
): StepRefusal | undefined => {
  const wrong = stepRefusal(REQUEST_STEPS[event.type], state, agency);
  if (wrong !== undefined) return wrong;
  if (event.type === 'RequestRefused')
    return event.core.scope === 'WHOLE' && state.status === 'ANSWERED_PARTIAL'
      ? refuse('already-answered-in-part', 'what is left of it can only be refused in part')
      : undefined;
  if (event.type === 'DelayNotified')
    return event.core.dueInSeconds === state.clock.dueInSeconds + event.core.seconds
      ? undefined
      : refuse('delay-does-not-add-up', 'the time allowed is not what it was plus the delay');
  return undefined;
};

/** The request that this event makes; nobody asks itself. */
export const issuedRequest = (
  recorded: Recorded,
  event: Happened<'RequestIssued'>,
): Request | undefined => {
  const { issuer } = recorded;
  if (issuer === event.core.to) return undefined;
  const at = timeOf(recorded);
  const { to, dueInSeconds, graceSeconds } = event.core;
  return {
    kind: 'request',
    item: recorded.event.item,
    from: issuer,
    to,
    status: 'ISSUED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    terms: event.core,
    clock: { dueInSeconds, graceSeconds, issuedAt: at, suspendedMillis: 0 },
    resumeAs: 'RECEIVED',
    refusals: [],
    judicialAuthorisation: false,
  };
};

/** The request after a valid event. */
export const advanceRequest = (
  state: Request,
  event: Happened<RequestStepType>,
  at: Instant,
): Request => {
  const next = { ...state, changedAt: at };
  const { clock } = state;
  switch (event.type) {
    case 'RequestReceived':
      return { ...next, status: 'RECEIVED', clock: { ...clock, receivedAt: at } };
    case 'ClarificationAsked':
      return {
        ...next,
        status: 'CLARIFICATION_ASKED',
        resumeAs: state.status,
        clock: { ...clock, suspendedAt: at },
      };
    case 'ClarificationProvided':
      return { ...next, status: state.resumeAs, clock: resumed(clock, at) };
    case 'RequestAccepted':
      return { ...next, status: 'ACCEPTED' };
    case 'DelayNotified':
      return {
        ...next,
        status: 'DELAY_NOTIFIED',
        clock: { ...clock, dueInSeconds: event.core.dueInSeconds },
        judicialAuthorisation: state.judicialAuthorisation || event.core.judicialAuthorisation,
      };
    case 'AnswerProvided': {
      const { outcome } = event.core;
      return {
        ...next,
        status: `ANSWERED_${outcome}`,
        outcome,
        clock: stopped(clock, at),
      };
    }
    case 'RequestRefused': {
      const refusals = [...state.refusals, event.core.ground];
      return event.core.scope === 'PART'
        ? { ...next, refusals }
        : { ...next, refusals, status: 'REFUSED', clock: stopped(clock, at) };
    }
    case 'RequestWithdrawn':
      return { ...next, status: 'WITHDRAWN', clock: stopped(clock, at) };
    case 'RequestClosed':
      return { ...next, status: 'CLOSED' };
  }
};
