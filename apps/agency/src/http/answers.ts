// What officers are answered, the first time and whenever they ask the same again.
import { createHash } from 'node:crypto';
import { type SubmittedResponse } from '@tripoint/contracts';
import { type EventType } from '@tripoint/domain';
import { isRefusal, type Refusal } from '@tripoint/kernel';
import { problem, Problem } from '@tripoint/platform';
import { type Proposal } from '@tripoint/read-model';
import { type AgencyOptions } from '../agency.options.js';
import { type Submitted } from '../commands/submit-command.js';
import { type Caller } from './caller.js';
import { type OfficerCommand } from './duties.js';
import { agencyProblems } from './problems.js';

/** Each command is recorded as one event of this type. */
export const RECORDED_AS: Readonly<Record<OfficerCommand, EventType>> = {
  IssueRequest: 'RequestIssued',
  AskClarification: 'ClarificationAsked',
  ProvideClarification: 'ClarificationProvided',
  AcceptRequest: 'RequestAccepted',
  NotifyDelay: 'DelayNotified',
  ProvideAnswer: 'AnswerProvided',
  RefuseRequest: 'RequestRefused',
  WithdrawRequest: 'RequestWithdrawn',
  CloseRequest: 'RequestClosed',
  ShareContribution: 'ContributionShared',
  AcknowledgeContribution: 'ContributionAcknowledged',
  EvaluateContribution: 'ContributionEvaluated',
  ReviseEvaluation: 'EvaluationRevised',
  IssueReferral: 'ReferralIssued',
  AcceptReferral: 'ReferralAccepted',
  RejectReferral: 'ReferralRejected',
  DeclareReferralNotPossible: 'ReferralNotPossible',
  GiveReferralFeedback: 'ReferralFeedbackGiven',
  CompleteReferral: 'ReferralCompleted',
  RevokeReferral: 'ReferralRevoked',
  RequestRelease: 'ReleaseRequested',
  OfferRelease: 'ReleaseOffered',
  GrantRelease: 'ReleaseGranted',
  DenyRelease: 'ReleaseDenied',
  RevokeGrant: 'GrantRevoked',
  IssueRecall: 'RecallIssued',
  OrderDisclosure: 'DisclosureOrdered',
  ImposeDisclosure: 'DisclosureOrdered',
  ApproveShare: 'ShareApproved',
  DeclineShare: 'ShareDeclined',
  ReviewDisclosure: 'DisclosureReviewed',
  PrepareDrill: 'DrillPrepared',
  OrderErasure: 'ErasureOrdered',
  ImposeErasure: 'ErasureOrdered',
  PlaceHold: 'LegalHoldPlaced',
  LiftHold: 'LegalHoldLifted',
};

/** A refusal as this interface answers it. Rules of later bundles may have ids that no page explains. */
export const refused = ({ refused: code, detail }: Refusal): Problem =>
  code in agencyProblems
    ? new Problem(code, detail)
    : new Problem('not-permitted', `\`${code}\`: ${detail}`);

/** The id that a text stands for. */
const uuidOf = (text: string): string => {
  const digits = createHash('sha256').update(text).digest('hex');
  const parts = [
    [0, 8],
    [8, 12],
    [13, 16],
    [17, 20],
    [20, 32],
  ] as const;
  const [a, b, c, d, e] = parts.map(([from, to]) => digits.slice(from, to));
  return `${a ?? ''}-${b ?? ''}-4${c ?? ''}-a${d ?? ''}-${e ?? ''}`;
};

/** The same request of the same officer is the same proposal; the id is random to everybody else. */
export const proposalOf = ({ officer, key, request }: Caller): string =>
  uuidOf(`${officer.id} ${key} ${request}`);

/** What a command is answered that waits for a second officer. */
export const asProposed = ({
  id,
  item,
  exchange,
}: Pick<Proposal, 'id' | 'item' | 'exchange'>): SubmittedResponse => ({
  item,
  exchange,
  events: [],
  proposal: id,
});

/** What a command is answered that was sealed. A refusal is thrown. */
export const answerOf = (
  command: OfficerCommand,
  outcome: Submitted | Refusal,
): SubmittedResponse => {
  if (isRefusal(outcome))
    throw outcome.refused === 'version-moved' ? problem(outcome) : refused(outcome);
  const { item, exchange, submissions, types, already } = outcome;
  return {
    item,
    exchange,
    events: submissions.map((event, n) => ({ event, type: types?.[n] ?? RECORDED_AS[command] })),
    ...(already === undefined ? {} : { already }),
  };
};

/**
 * What this very request was answered when it came first; nothing when it is new. It is asked before anything is looked up: what the
 * command has brought about, an erasure above all, may leave nothing to be found by which it was given.
 */
export const answeredBefore = async (
  { fourEyes, outbox }: Pick<AgencyOptions, 'fourEyes' | 'outbox'>,
  command: OfficerCommand,
  caller: Caller,
): Promise<SubmittedResponse | undefined> => {
  const proposal = await fourEyes?.proposals.one(proposalOf(caller));
  if (proposal !== undefined) return asProposed(proposal);
  const before = await outbox.remembered(caller.officer.id, caller.key);
  if (before?.request !== caller.request) return undefined;
  return answerOf(command, before.response as Submitted | Refusal);
};
