import {
  ACCESSES,
  ANSWER_OUTCOMES,
  LANGUAGES,
  REFUSAL_GROUNDS,
  REFUSAL_SCOPES,
  URGENCIES,
  type Access,
  type AnswerOutcome,
  type Language,
  type RefusalGround,
  type RefusalScope,
  type Urgency,
} from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { Entities, type AnyEntityBody } from './entities.js';
import {
  Agency,
  Code,
  Count,
  Form,
  Lines,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Uuids,
  Whole,
  Words,
  YesNo,
} from './fields.js';
import { EvaluationBody, MarkingBody } from './markings.js';
import { PageResponse } from './page.js';
import { PROSE, RemarkBody, RESTRICTIONS, SourceBody, StatementBody } from './statements.js';

/** What a request asks, and what entitles it to an answer: Directive (EU) 2023/977, Article 4. */
export class QuestionBody {
  @Lines({
    about: 'The information sought.',
    most: PROSE,
    example: 'When and where did the vehicle cross, and with whom?',
  })
  readonly sought!: string;

  @Lines({ about: 'What it is needed for.', most: PROSE, example: 'locating two persons at risk' })
  readonly purpose!: string;

  @Words({ about: 'The underlying offence.', most: 500, example: 'trafficking in human beings' })
  readonly offence!: string;

  @Lines({
    about: 'Why the information is thought to be available there.',
    most: PROSE,
    example: 'the vehicle is thought to have crossed at a border crossing of the agency',
  })
  readonly availability!: string;

  @Lines({
    about: 'How the persons named are linked to the purpose; needed once a person is named.',
    most: PROSE,
    optional: true,
  })
  readonly connection?: string;

  @Lines({
    about: 'Why it is necessary and proportionate.',
    most: PROSE,
    example: 'no other lead is left',
  })
  readonly necessity!: string;

  @Lines({ about: 'Why it is urgent; needed when it is.', most: PROSE, optional: true })
  readonly urgencyGrounds?: string;

  @Lines({
    about: 'What H3 restricts, in words; needed when H3 applies.',
    most: RESTRICTIONS,
    optional: true,
  })
  readonly restrictions?: string;

  @Nested(() => EvaluationBody, {
    about: 'Grading of what the request itself says.',
    optional: true,
  })
  readonly evaluation?: EvaluationBody;

  @Code(LANGUAGES, 'Language', {
    about: 'The language it is written in (ISO 639-1).',
    example: 'en',
  })
  readonly language!: Language;

  @Entities({ about: 'The persons and things that it names.' })
  readonly entities!: AnyEntityBody[];
}

/** A request for information to one agency. Asking three agencies is three requests. */
export class IssueRequestBody {
  @Agency({ about: 'The agency that is asked.', example: 'bg-border-police' })
  readonly to!: AgencyId;

  @Uuid({
    about: 'The exchange it belongs to; a new one is opened when it is left out.',
    optional: true,
  })
  readonly exchange?: ExchangeId;

  @Code(URGENCIES, 'Urgency', { about: 'How soon an answer is needed.', example: 'URGENT' })
  readonly urgency!: Urgency;

  @Code(ACCESSES, 'Access', { about: 'Whether the agency can reach the data itself.' })
  readonly access!: Access;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => QuestionBody, { about: 'What is asked.' })
  readonly facts!: QuestionBody;

  @Uuids({
    about: 'The events whose content is passed on in it; their markings bind.',
    most: 16,
    optional: true,
  })
  readonly derivedFrom?: EventId[];
}

/** What is unclear about a request. */
export class AskClarificationBody {
  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'What is unclear.' })
  readonly facts!: RemarkBody;
}

/** The answer to a question about a request. */
export class ClarifyBody {
  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'The clarification.' })
  readonly facts!: RemarkBody;
}

/** The answer will come later than the deadline. */
export class NotifyDelayBody {
  @Whole({
    about: 'By how many seconds the time allowed grows.',
    least: 1,
    most: 315_360_000,
    example: 86_400,
  })
  readonly seconds!: number;

  @YesNo({ about: 'Whether a court or prosecutor has to authorise the answer.', example: false })
  readonly judicialAuthorisation!: boolean;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'Why.' })
  readonly facts!: RemarkBody;
}

/** An answer, compartment by compartment. */
export class AnswerRequestBody {
  @Code(ANSWER_OUTCOMES, 'AnswerOutcome', { about: 'What the answer amounts to.' })
  readonly outcome!: AnswerOutcome;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => StatementBody, {
    about: 'What was found; needed, unless nothing is held: then there is none.',
    optional: true,
  })
  readonly facts?: StatementBody;

  @Nested(() => SourceBody, { about: 'Stays with the answering agency.', optional: true })
  readonly source?: SourceBody;

  @Uuids({
    about: 'The events whose content is passed on in it; their markings bind.',
    most: 16,
    optional: true,
  })
  readonly derivedFrom?: EventId[];
}

/** The request, or a part of it, is refused. */
export class RefuseRequestBody {
  @Code(REFUSAL_GROUNDS, 'RefusalGround', {
    about: 'The ground: Directive (EU) 2023/977, Article 6(1).',
    example: 'f-ii',
  })
  readonly ground!: RefusalGround;

  @Code(REFUSAL_SCOPES, 'RefusalScope', { about: 'How much of the request it covers.' })
  readonly scope!: RefusalScope;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'What may be said about it.', optional: true })
  readonly facts?: RemarkBody;
}

/** A command that needs no words: accept, withdraw, close, acknowledge, complete. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- it has no members because nothing may be sent
export class EmptyBody {}

/** A workflow item without its content. */
export class ItemResponse {
  @Uuid({ about: 'The item.' })
  readonly item!: ItemId;

  @Uuid({ about: 'Its exchange.' })
  readonly exchange!: ExchangeId;

  @Agency({ about: 'Who issued it.' })
  readonly from!: AgencyId;

  @Agency({ about: 'Whom it addresses.', example: 'bg-border-police' })
  readonly to!: AgencyId;

  @Words({ about: 'How it stands.', most: 64, example: 'ISSUED' })
  readonly status!: string;

  @YesNo({ about: 'Whether somebody still has to act.' })
  readonly open!: boolean;

  @Moment({ about: 'When the log recorded its first event.' })
  readonly firstAt!: Instant;

  @Moment({ about: 'When the log recorded its newest event.' })
  readonly newestAt!: Instant;

  @Count({ about: 'Leaf index of its newest event.' })
  readonly newestLeaf!: string;

  @Whole({
    about:
      'How many events of this agency about it are sealed and not recorded yet; what is shown here is without them.',
    most: 2_147_483_647,
    example: 0,
  })
  readonly onItsWay!: number;

  @Form({
    about:
      'Another one after every change, recorded or on its way; the `ETag` and `If-Match` say the same.',
    pattern: /^(0|[1-9]\d{0,18})(-[1-9]\d{0,9}-[0-9a-f]{8})?$/,
    most: 40,
    form: 'a version',
    example: '2',
  })
  readonly version!: string;
}

/** A request and its legal clock. */
export class RequestResponse extends ItemResponse {
  @Code(URGENCIES, 'Urgency', { about: 'How soon an answer is needed.' })
  readonly urgency!: Urgency;

  @Code(ACCESSES, 'Access', {
    about: 'Whether the agency can reach the data itself.',
    optional: true,
  })
  readonly access?: Access;

  @YesNo({ about: 'Whether it is unsettled and past its deadline.' })
  readonly overdue!: boolean;

  @Moment({ about: 'When the log recorded the receipt: the clock’s start.', optional: true })
  readonly receivedAt?: Instant;

  @Moment({
    about: 'The deadline; absent before the receipt and while the clock stands still.',
    optional: true,
  })
  readonly dueAt?: Instant;

  @Moment({ about: 'Since when the clock stands still.', optional: true })
  readonly suspendedAt?: Instant;

  @Moment({ about: 'When it was answered, refused or withdrawn.', optional: true })
  readonly settledAt?: Instant;

  @Whole({ about: 'How late it was settled.', most: 2_147_483_647, optional: true, example: 3600 })
  readonly lateBySeconds?: number;
}

/** A page of requests. */
export class RequestsResponse extends PageResponse {
  @NestedList(() => RequestResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: RequestResponse[];
}

/** What a command answers: it is sealed and on its way, or it was so already. */
export class SubmittedResponse {
  @Uuid({ about: 'The item.' })
  readonly item!: ItemId;

  @Uuid({ about: 'Its exchange.' })
  readonly exchange!: ExchangeId;

  @NestedList(() => SubmittedEventResponse, {
    about: 'What was sealed; empty when it was so already, and then the answer is 200.',
    most: 16,
  })
  readonly events!: SubmittedEventResponse[];

  @Words({
    about:
      'How the item stands at this agency, when it had been done before and nothing was left to seal.',
    most: 64,
    optional: true,
    example: 'ACKNOWLEDGED',
  })
  readonly already?: string;

  @Uuid({
    about: 'Nothing is sealed yet: a second officer confirms this proposal, or it lapses.',
    optional: true,
  })
  readonly proposal?: string;
}

/** One sealed event. */
export class SubmittedEventResponse {
  @Uuid({ about: 'The event; `/submissions/{event}` says how far it has come.' })
  readonly event!: EventId;

  @Words({ about: 'Its type.', most: 64, example: 'RequestIssued' })
  readonly type!: string;
}
