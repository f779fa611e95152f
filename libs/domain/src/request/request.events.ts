import { isAgencyId, type AgencyId } from '@tripoint/kernel';
import { guarded, integer, oneOf, optional, shape, text, yesOrNo, type Check } from '../check.js';
import {
  LINE,
  PROSE,
  bare,
  evaluation,
  remark,
  restrictions,
  seconds,
  source,
  statement,
  type Bare,
  type ContentChecks,
  type Remark,
  type Source,
  type Statement,
} from '../content.js';
import { entities, type Entity } from '../entities/index.js';
import {
  ACCESSES,
  ANSWER_OUTCOMES,
  LANGUAGES,
  REFUSAL_GROUNDS,
  REFUSAL_SCOPES,
  URGENCIES,
  type Access,
  type AnswerOutcome,
  type Evaluation,
  type Language,
  type RefusalGround,
  type RefusalScope,
  type Urgency,
} from '../vocabulary/index.js';

/** What a request asks, and what entitles it to an answer: Directive (EU) 2023/977 Art. 4. */
export type Question = {
  readonly sought: string;
  /** What for, and the underlying offence. */
  readonly purpose: string;
  readonly offence: string;
  /** Why the information is thought to be available there. */
  readonly availability: string;
  /** The link between the persons named and the purpose; required once a person is named. */
  readonly connection?: string;
  readonly necessity: string;
  /** Required of an urgent request. */
  readonly urgencyGrounds?: string;
  /** Restrictions on the use of what the request itself says; required under H3. */
  readonly restrictions?: string;
  readonly evaluation?: Evaluation;
  readonly language: Language;
  readonly entities: readonly Entity[];
};

/** Terms of a request that both parties need in order to keep its clock. */
export type RequestTerms = {
  readonly to: AgencyId;
  readonly urgency: Urgency;
  readonly access: Access;
  readonly dueInSeconds: number;
  /** How long the clock waits for a receipt before it starts without one. */
  readonly graceSeconds: number;
};

/** A delay that the answering agency announced; `dueInSeconds` is the whole time allowed from then on. */
export type Delay = {
  readonly seconds: number;
  readonly dueInSeconds: number;
  /** A court or prosecutor has to authorise the answer. */
  readonly judicialAuthorisation: boolean;
};

/** Event type → content, for requests. */
export type RequestContent = {
  /** The first thing the asked agency learns of the case, so it makes sense on its own. */
  RequestIssued: { core: RequestTerms; parts: { facts?: Question } };
  RequestReceived: { core: Bare; parts: Bare };
  ClarificationAsked: { core: Bare; parts: { facts?: Remark } };
  ClarificationProvided: { core: Bare; parts: { facts?: Remark } };
  RequestAccepted: { core: Bare; parts: Bare };
  DelayNotified: { core: Delay; parts: { facts?: Remark } };
  AnswerProvided: {
    core: { readonly outcome: AnswerOutcome };
    parts: { facts?: Statement; source?: Source };
  };
  RequestRefused: {
    core: { readonly ground: RefusalGround; readonly scope: RefusalScope };
    parts: { facts?: Remark };
  };
  RequestWithdrawn: { core: Bare; parts: Bare };
  RequestClosed: { core: Bare; parts: Bare };
};

export const question: Check<Question> = shape<Question>({
  sought: text(PROSE),
  purpose: text(PROSE),
  offence: text(LINE),
  availability: text(PROSE),
  connection: optional(text(PROSE)),
  necessity: text(PROSE),
  urgencyGrounds: optional(text(PROSE)),
  restrictions,
  evaluation: optional(evaluation),
  language: oneOf(LANGUAGES),
  entities,
});

const terms: Check<RequestTerms> = shape<RequestTerms>({
  to: guarded(isAgencyId, 'an agency'),
  urgency: oneOf(URGENCIES),
  access: oneOf(ACCESSES),
  dueInSeconds: seconds,
  graceSeconds: integer(0, 315_360_000),
});

const delay: Check<Delay> = shape<Delay>({
  seconds,
  dueInSeconds: seconds,
  judicialAuthorisation: yesOrNo,
});

export const requestChecks: {
  readonly [T in keyof RequestContent]: ContentChecks<RequestContent[T]>;
} = {
  RequestIssued: { core: terms, parts: { facts: question } },
  RequestReceived: { core: bare, parts: {} },
  ClarificationAsked: { core: bare, parts: { facts: remark } },
  ClarificationProvided: { core: bare, parts: { facts: remark } },
  RequestAccepted: { core: bare, parts: {} },
  DelayNotified: { core: delay, parts: { facts: remark } },
  AnswerProvided: {
    core: shape<RequestContent['AnswerProvided']['core']>({ outcome: oneOf(ANSWER_OUTCOMES) }),
    parts: { facts: statement, source },
  },
  RequestRefused: {
    core: shape<RequestContent['RequestRefused']['core']>({
      ground: oneOf(REFUSAL_GROUNDS),
      scope: oneOf(REFUSAL_SCOPES),
    }),
    parts: { facts: remark },
  },
  RequestWithdrawn: { core: bare, parts: {} },
  RequestClosed: { core: bare, parts: {} },
};
