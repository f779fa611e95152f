export * from './attempt/attempt.commands.js';
export { type AttemptContent } from './attempt/attempt.events.js';
export { type ContentRefusal, isDate } from './check.js';
export * from './command.js';
export {
  UNMARKED,
  type Bare,
  type Marking,
  type Remark,
  type Source,
  type Statement,
} from './content.js';
export * from './contribution/contribution.commands.js';
export { type ContributionContent, type Grading } from './contribution/contribution.events.js';
export { COUNTRIES } from './entities/countries.js';
export {
  validateEntity,
  type Entity,
  type IdentityDocument,
  type Location,
  type Organisation,
  type Person,
  type PersonName,
  type Vehicle,
} from './entities/entity.js';
export * from './decide.js';
export * from './evolve.js';
export * from './finding/finding.js';
export * from './instant.js';
export * from './item.js';
export * from './referral/referral.commands.js';
export {
  REFERRAL_DISCLOSURES,
  type Consent,
  type ConsentShown,
  type Identity,
  type Needs,
  type ReferralContent,
  type ReferralDisclosure,
  type Rejection,
  type Risk,
  type Welfare,
} from './referral/referral.events.js';
export * from './disclosure/disclosure.commands.js';
export { type DisclosureContent } from './disclosure/disclosure.events.js';
export { type DisclosureRefusal } from './disclosure/disclosure.decider.js';
export * from './drill/drill.commands.js';
export { type DrillContent } from './drill/drill.events.js';
export { type DrillRefusal } from './drill/drill.decider.js';
export * from './erasure/erasure.commands.js';
export { type ErasureContent } from './erasure/erasure.events.js';
export { type ErasureRefusal } from './erasure/erasure.decider.js';
export * from './hold/hold.commands.js';
export { type HoldContent } from './hold/hold.events.js';
export { type HoldRefusal } from './hold/hold.decider.js';
export * from './reading/read-row.js';
export * from './reading/read-subject.js';
export * from './reading/reading.commands.js';
export { type ReadingContent } from './reading/reading.events.js';
export { type ReadingRefusal } from './reading/reading.decider.js';
export * from './review/review.commands.js';
export { type ReviewContent } from './review/review.events.js';
export { type ReviewRefusal } from './review/review.decider.js';
export * from './recall/recall.commands.js';
export { type RecallContent } from './recall/recall.events.js';
export { type RecallRefusal } from './recall/recall.decider.js';
export * from './release/release.commands.js';
export { type Grantable, type ReleaseContent, type Scope } from './release/release.events.js';
export { type ReleaseRefusal } from './release/release.decider.js';
export { RELEASE_STEPS } from './release/release.js';
export * from './request/request.commands.js';
export {
  type Delay,
  type Question,
  type RequestContent,
  type RequestTerms,
} from './request/request.events.js';
export * from './vocabulary/index.js';
export * from './request/request.clock.js';
export { type StepRefusal } from './step.js';
export { tellsClock, tellsGrant } from './told.js';
export { type AttemptRefusal } from './attempt/attempt.decider.js';
export { type ContributionRefusal } from './contribution/contribution.decider.js';
export { CONTRIBUTION_STEPS } from './contribution/contribution.js';
export { ITEM_COMPARTMENTS, mayBeGiven, type DraftRefusal } from './draft.js';
export * from './entities/naming.js';
export * from './exchange/exchange.js';
export { CONSENT_FOR_SERVICE, type ConsentRefusal } from './referral/referral.consent.js';
export { type ReferralRefusal } from './referral/referral.decider.js';
export { REFERRAL_STEPS } from './referral/referral.js';
export { type RequestRefusal } from './request/request.decider.js';
export { REQUEST_STEPS } from './request/request.js';
export * from './judicial-use.js';
export { LONGEST } from './longest.js';
export { type Step } from './step.js';
export {
  join,
  seen,
  split,
  timeOf,
  type Admission,
  type Audience,
  type DraftEvent,
  type EventContent,
  type EventFacts,
  type Happened,
  type JoinRefusal,
  type Piece,
  type PieceContent,
  type Recorded,
  type SeenEvent,
} from './event.js';
