import { isRefusal, refuse, type AgencyId, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { admission, draft, type DraftRefusal, type Plan } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item, type Referral, type ReferralStatus } from '../item.js';
import { partyRefusal, type StepRefusal } from '../step.js';
import { isLawEnforcement, type DataSubjectCategory } from '../vocabulary/index.js';
import { type ReferralCommand } from './referral.commands.js';
import { consentFault, shown, useRefusal, type ConsentRefusal } from './referral.consent.js';
import { type ReferralDisclosure } from './referral.events.js';
import { REFERRAL_STEPS, referralRefusal, type ReferralStepType } from './referral.js';

export type ReferralRefusal =
  Refusal<'not-a-person-to-refer'> | ConsentRefusal | DraftRefusal | StepRefusal;

type Issue = Extract<ReferralCommand, { readonly type: 'IssueReferral' }>;
type Step = Exclude<ReferralCommand, Issue>;

/** Decides what follows when a command meets a referral. */
export const decideReferral = (
  command: ReferralCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ReferralRefusal => {
  if (command.type === 'IssueReferral')
    return state.kind === 'none'
      ? issue(command, context)
      : refuse('item-exists', 'an item with this id exists');
  return state.kind === 'referral'
    ? step(command, state, context)
    : refuse('item-unknown', 'there is no such referral');
};

// A service is told of the people it is to help, never of suspects.
const REFERABLE: readonly DataSubjectCategory[] = ['VICTIM', 'WITNESS'];

const issue = (command: Issue, context: Context): readonly DraftEvent[] | ReferralRefusal => {
  const { by, at, data } = command;
  const { to, marking, persons, needs, risk, consent } = data;
  const admitted = admission(command, to, 'referral', context);
  if (isRefusal(admitted)) return admitted;
  if (consent === undefined) return refuse('no-consent', 'the person has not agreed to this');
  const faulty = consentFault(consent);
  if (faulty !== undefined) return faulty;
  const told = ['identity', 'needs', ...(risk === undefined ? [] : (['risk'] as const))] as const;
  const drafted = draft(command, context, to, {
    type: 'ReferralIssued',
    core: { to, disclosure: toldOf(by.agency, context) },
    parts: {
      identity: { pseudonym: consent.subjectPseudonym, persons, consent: shown(consent) },
      needs,
      risk,
    },
    marking,
    facts: admitted,
    needed: told,
  });
  if (isRefusal(drafted)) return drafted;
  if (persons.some(({ category }) => !REFERABLE.includes(category)))
    return refuse('not-a-person-to-refer', 'a referral names victims and witnesses only');
  return useRefusal(consent, { to, compartments: told, services: needs.services, at }) ?? drafted;
};

/** What a referring agency of this kind is told of what follows; an unknown one is told least. */
const toldOf = (agency: AgencyId, context: Context): ReferralDisclosure => {
  const kind = context.kindOf(agency);
  return kind === undefined || isLawEnforcement(kind) ? 'OUTCOME_ONLY' : 'FEEDBACK';
};

const ALREADY_SO: Readonly<Partial<Record<Step['type'], (status: ReferralStatus) => boolean>>> = {
  ReceiveReferral: (status) => status !== 'ISSUED',
  AcceptReferral: (status) => status === 'ACCEPTED',
  CompleteReferral: (status) => status === 'DONE',
  RevokeReferral: (status) => status === 'REVOKED' || status === 'CONSENT_WITHDRAWN',
};

const step = (
  command: Step,
  state: Referral,
  context: Context,
): readonly DraftEvent[] | ReferralRefusal => {
  const { agency } = command.by;
  // What the issuer wrote of itself is not relied on: the registry says whether it is law enforcement.
  const disclosure =
    state.disclosure === 'FEEDBACK' ? toldOf(state.from, context) : state.disclosure;
  const strict: Referral = { ...state, disclosure };
  const plan = planned(command, strict, agency);
  const stranger = partyRefusal(REFERRAL_STEPS[plan.type], state, agency);
  if (stranger !== undefined) return stranger;
  if (ALREADY_SO[command.type]?.(state.status) === true) return [];
  return (
    referralRefusal(strict, plan, agency) ??
    draft(command, context, agency === state.from ? state.to : state.from, plan)
  );
};

const planned = (
  command: Step,
  { disclosure, to }: Referral,
  agency: AgencyId,
): Plan<ReferralStepType> => {
  switch (command.type) {
    case 'ReceiveReferral':
      return { type: 'ReferralReceived', core: {} };
    case 'AcceptReferral':
      return { type: 'ReferralAccepted', core: {} };
    case 'RejectReferral': {
      const { marking, needs } = command.data;
      // To law enforcement a rejection looks like any other impossibility.
      const type = disclosure === 'FEEDBACK' ? 'ReferralRejected' : 'ReferralNotPossible';
      return { type, core: {}, parts: { needs }, marking };
    }
    case 'DeclareReferralNotPossible': {
      const { marking, needs } = command.data;
      return { type: 'ReferralNotPossible', core: {}, parts: { needs }, marking };
    }
    case 'GiveReferralFeedback': {
      const { outcome, marking, welfare } = command.data;
      const plan = {
        type: 'ReferralFeedbackGiven',
        core: { outcome },
        parts: { welfare },
        marking,
      } as const;
      // That there is feedback, and when, would tell law enforcement that a person is in care still.
      return disclosure === 'OUTCOME_ONLY' ? { ...plan, alone: true } : plan;
    }
    case 'CompleteReferral':
      // To law enforcement an end would tell how long a person was in care: the service ends it for itself.
      return disclosure === 'OUTCOME_ONLY' && agency === to
        ? { type: 'ReferralServiceEnded', core: {}, alone: true }
        : { type: 'ReferralCompleted', core: {} };
    case 'RevokeReferral':
      return { type: 'ReferralRevoked', core: { reason: command.data.reason } };
  }
};
