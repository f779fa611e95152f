import { type AgencyId, type EventId, type ExchangeId } from '@tripoint/kernel';
import { Agency, Lines, Nested, NestedList, Uuid, Uuids } from './fields.js';
import { EvaluationBody, MarkingBody } from './markings.js';
import { PageResponse } from './page.js';
import { ItemResponse } from './requests.js';
import { PROSE, SourceBody, StatementBody } from './statements.js';

/** Information given on one’s own initiative, to one agency. */
export class ShareContributionBody {
  @Agency({ about: 'The agency that it is given to.' })
  readonly to!: AgencyId;

  @Uuid({
    about: 'The exchange it belongs to; a new one is opened when it is left out.',
    optional: true,
  })
  readonly exchange?: ExchangeId;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => StatementBody, { about: 'What was seen or found.', optional: true })
  readonly facts?: StatementBody;

  @Nested(() => StatementBody, {
    about: 'What is made of it. At least one of facts and intelligence has to be there.',
    optional: true,
  })
  readonly intelligence?: StatementBody;

  @Nested(() => SourceBody, { about: 'Stays with the contributing agency.', optional: true })
  readonly source?: SourceBody;

  @Uuids({
    about: 'The events whose content is passed on in it; their markings bind.',
    most: 16,
    optional: true,
  })
  readonly derivedFrom?: EventId[];
}

/** A grading, and why. */
export class GradingBody {
  @Nested(() => EvaluationBody, { about: 'The grading.' })
  readonly evaluation!: EvaluationBody;

  @Lines({ about: 'Why.', most: PROSE, optional: true })
  readonly text?: string;
}

/** A grading of a contribution, the first or a later one. */
export class EvaluateContributionBody {
  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => GradingBody, { about: 'The grading.' })
  readonly intelligence!: GradingBody;
}

/** A contribution without its content; its gradings are content. */
export class ContributionResponse extends ItemResponse {}

/** A page of contributions. */
export class ContributionsResponse extends PageResponse {
  @NestedList(() => ContributionResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ContributionResponse[];
}
