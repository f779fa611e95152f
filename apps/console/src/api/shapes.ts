import { type components } from './agency.gen';

type Schemas = components['schemas'];
export type Officer = Schemas['CurrentOfficerResponse'];
export type Agency = Schemas['AgencyResponse'];
export type RequestRow = Schemas['RequestResponse'];
export type ContributionRow = Schemas['ContributionResponse'];
export type ReferralRow = Schemas['ReferralResponse'];
export type TimelineEntry = Schemas['TimelineEntryResponse'];
export type EventContent = Schemas['EventContentResponse'];
export type Submission = Schemas['SubmissionResponse'];
export type Submitted = Schemas['SubmittedResponse'];
export type AudiencePart = Schemas['AudiencePartResponse'];
export type SearchHit = Schemas['SearchHitResponse'];
export type Vehicle = Schemas['VehicleBody'];
export type Person = Schemas['PersonBody'];
export type Marking = Schemas['MarkingBody'];
export type IssueRequest = Schemas['IssueRequestBody'];
export type ShareContribution = Schemas['ShareContributionBody'];
export type IssueReferral = Schemas['IssueReferralBody'];
export type AnswerRequest = Schemas['AnswerRequestBody'];

/** The three kinds of item that are worked on. */
export type Kind = 'request' | 'contribution' | 'referral';

/** An item of any kind, as a list shows it. */
export type Item = { readonly kind: Kind } & ContributionRow &
  Partial<
    Pick<
      RequestRow,
      | 'urgency'
      | 'access'
      | 'overdue'
      | 'receivedAt'
      | 'dueAt'
      | 'suspendedAt'
      | 'settledAt'
      | 'lateBySeconds'
    >
  >;
