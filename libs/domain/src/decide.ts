import { refuse, type Refusal } from '@tripoint/kernel';
import { type AttemptCommand } from './attempt/attempt.commands.js';
import { decideAttempt, type AttemptRefusal } from './attempt/attempt.decider.js';
import { type Context } from './command.js';
import { type ContributionCommand } from './contribution/contribution.commands.js';
import {
  decideContribution,
  type ContributionRefusal,
} from './contribution/contribution.decider.js';
import { type ErasureCommand } from './erasure/erasure.commands.js';
import { decideErasure, type ErasureRefusal } from './erasure/erasure.decider.js';
import { type DisclosureCommand } from './disclosure/disclosure.commands.js';
import { decideDisclosure, type DisclosureRefusal } from './disclosure/disclosure.decider.js';
import { type DrillCommand } from './drill/drill.commands.js';
import { decideDrill, type DrillRefusal } from './drill/drill.decider.js';
import { type DraftEvent } from './event.js';
import { type HoldCommand } from './hold/hold.commands.js';
import { decideHold, type HoldRefusal } from './hold/hold.decider.js';
import { type Item } from './item.js';
import { type ReferralCommand } from './referral/referral.commands.js';
import { decideReferral, type ReferralRefusal } from './referral/referral.decider.js';
import { type ReadingCommand } from './reading/reading.commands.js';
import { decideReading, type ReadingRefusal } from './reading/reading.decider.js';
import { type RecallCommand } from './recall/recall.commands.js';
import { decideRecall, type RecallRefusal } from './recall/recall.decider.js';
import { type ReviewCommand } from './review/review.commands.js';
import { decideReview, type ReviewRefusal } from './review/review.decider.js';
import { type ReleaseCommand } from './release/release.commands.js';
import { decideRelease, type ReleaseRefusal } from './release/release.decider.js';
import { type RequestCommand } from './request/request.commands.js';
import { decideRequest, type RequestRefusal } from './request/request.decider.js';

/** Anything that an agency can decide on. */
export type Command =
  | RequestCommand
  | ContributionCommand
  | ReferralCommand
  | AttemptCommand
  | ReleaseCommand
  | RecallCommand
  | DisclosureCommand
  | ErasureCommand
  | HoldCommand
  | ReadingCommand
  | ReviewCommand
  | DrillCommand;
export type CommandType = Command['type'];

/** Every reason for which a command can be refused. */
export type DomainRefusal =
  | Refusal<'oversight-gives-orders-alone'>
  | RequestRefusal
  | ContributionRefusal
  | ReferralRefusal
  | AttemptRefusal
  | ReleaseRefusal
  | RecallRefusal
  | DisclosureRefusal
  | ErasureRefusal
  | HoldRefusal
  | ReadingRefusal
  | ReviewRefusal
  | DrillRefusal;

type Decider<C extends Command> = (
  command: C,
  state: Item,
  context: Context,
) => readonly DraftEvent[] | DomainRefusal;

const DECIDERS: { readonly [T in CommandType]: Decider<Extract<Command, { readonly type: T }>> } = {
  IssueRequest: decideRequest,
  ReceiveRequest: decideRequest,
  AskClarification: decideRequest,
  ProvideClarification: decideRequest,
  AcceptRequest: decideRequest,
  NotifyDelay: decideRequest,
  ProvideAnswer: decideRequest,
  RefuseRequest: decideRequest,
  WithdrawRequest: decideRequest,
  CloseRequest: decideRequest,
  ShareContribution: decideContribution,
  ReceiveContribution: decideContribution,
  AcknowledgeContribution: decideContribution,
  EvaluateContribution: decideContribution,
  ReviseEvaluation: decideContribution,
  IssueReferral: decideReferral,
  ReceiveReferral: decideReferral,
  AcceptReferral: decideReferral,
  RejectReferral: decideReferral,
  DeclareReferralNotPossible: decideReferral,
  GiveReferralFeedback: decideReferral,
  CompleteReferral: decideReferral,
  RevokeReferral: decideReferral,
  RecordDisclosureAttempt: decideAttempt,
  RequestRelease: decideRelease,
  OfferRelease: decideRelease,
  GrantRelease: decideRelease,
  DenyRelease: decideRelease,
  MakeGrant: decideRelease,
  RevokeGrant: decideRelease,
  ConfirmPurge: decideRelease,
  IssueRecall: decideRecall,
  ConfirmRecall: decideRecall,
  OrderDisclosure: decideDisclosure,
  ImposeDisclosure: decideDisclosure,
  ApproveShare: decideDisclosure,
  ReleaseShare: decideDisclosure,
  DeclineShare: decideDisclosure,
  ConfirmDisclosurePurge: decideDisclosure,
  OrderErasure: decideErasure,
  ImposeErasure: decideErasure,
  ConfirmErasure: decideErasure,
  PlaceHold: decideHold,
  LiftHold: decideHold,
  PublishReadRoot: decideReading,
  ReviewDisclosure: decideReview,
  PrepareDrill: decideDrill,
  ProveDrill: decideDisclosure,
};

/** The names of all commands. */
export const COMMAND_TYPES = Object.keys(DECIDERS) as readonly CommandType[];

/** What oversight may say: it orders, reviews what others did in an emergency, and shows how often it was read with its own eyes. It takes part in nothing. */
const OF_OVERSIGHT: readonly CommandType[] = [
  'ImposeErasure',
  'ImposeDisclosure',
  'ReviewDisclosure',
  'PublishReadRoot',
];

/**
 * Decides what happens when a command meets an item: the events to seal, none when it is so already, or why not.
 * Pure: no clock, no ids, no I/O.
 */
export const decide = (
  command: Command,
  state: Item,
  context: Context,
): readonly DraftEvent[] | DomainRefusal =>
  context.kindOf(command.by.agency) === 'OVERSIGHT' && !OF_OVERSIGHT.includes(command.type)
    ? refuse(
        'oversight-gives-orders-alone',
        'oversight gives orders and reviews emergencies, and says nothing else',
      )
    : (DECIDERS[command.type] as Decider<Command>)(command, state, context);
