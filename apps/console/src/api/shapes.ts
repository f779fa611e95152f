import { type components } from './agency.gen';

type Schemas = components['schemas'];
export type Officer = Schemas['CurrentOfficerResponse'];
export type Agency = Schemas['AgencyResponse'];
export type RequestRow = Schemas['RequestResponse'];
export type ContributionRow = Schemas['ContributionResponse'];
export type ReferralRow = Schemas['ReferralResponse'];
export type ReleaseRow = Schemas['ReleaseResponse'];
export type RecallRow = Schemas['RecallResponse'];
export type DisclosureRow = Schemas['DisclosureResponse'];
export type ToldDisclosure = Schemas['ToldDisclosureResponse'];
export type HoldRow = Schemas['HoldResponse'];
export type Erasure = Schemas['ErasureResponse'];
export type Transcript = Schemas['TranscriptResponse'];
export type Proposal = Schemas['ProposalResponse'];
export type Grantable = ReleaseRow['compartments'][number];
export type TimelineEntry = Schemas['TimelineEntryResponse'];
export type EventContent = Schemas['EventContentResponse'];
export type Submission = Schemas['SubmissionResponse'];
export type Submitted = Schemas['SubmittedResponse'];
export type AudiencePart = Schemas['AudiencePartResponse'];
export type SearchHit = Schemas['SearchHitResponse'];
export type Vehicle = Schemas['VehicleBody'];
export type Person = Schemas['PersonBody'];
export type Entity =
  | Person
  | Vehicle
  | Schemas['DocumentBody']
  | Schemas['LocationBody']
  | Schemas['OrganisationBody'];
export type Marking = Schemas['MarkingBody'];
export type IssueRequest = Schemas['IssueRequestBody'];
export type ShareContribution = Schemas['ShareContributionBody'];
export type IssueReferral = Schemas['IssueReferralBody'];
export type AnswerRequest = Schemas['AnswerRequestBody'];

/** The kinds of item that are worked on. */
export type Kind =
  'request' | 'contribution' | 'referral' | 'release' | 'recall' | 'disclosure' | 'hold';

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
  > &
  Partial<
    Pick<ReleaseRow, 'provider' | 'grantee' | 'event' | 'compartments' | 'until' | 'purgedAt'>
  > &
  Partial<Pick<RecallRow, 'defaulted' | 'kept'>> &
  Partial<Pick<HoldRow, 'liftedAt' | 'expired'>> &
  Partial<Pick<DisclosureRow, 'emergency' | 'released' | 'declined' | 'saidIn' | 'review'>> & {
    readonly ground?: HoldRow['ground'] | DisclosureRow['ground'];
  };
