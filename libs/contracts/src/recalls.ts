import { KEPT_BECAUSE, type Grantable, type KeptBecause } from '@tripoint/domain';
import { type AgencyId, type EventId, type Instant } from '@tripoint/kernel';
import { Agency, Codes, Moment, Nested, NestedList, Uuid, YesNo } from './fields.js';
import { MarkingBody } from './markings.js';
import { PageResponse } from './page.js';
import { GRANTABLE } from './releases.js';
import { ItemResponse } from './requests.js';
import { StatementBody } from './statements.js';

/** What is taken back from one holder, and what is said instead. */
export class IssueRecallBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Agency({ about: 'The holder that is to forget it.' })
  readonly to!: AgencyId;

  @Moment({ about: 'By when, in the log’s time.' })
  readonly until!: Instant;

  @Nested(() => MarkingBody, { about: 'How what is said instead may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => StatementBody, { about: 'What was seen or found, rightly.', optional: true })
  readonly facts?: StatementBody;

  @Nested(() => StatementBody, { about: 'What is made of it, rightly.', optional: true })
  readonly intelligence?: StatementBody;
}

/** A recall without its words. */
export class RecallResponse extends ItemResponse {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.' })
  readonly compartments!: Grantable[];

  @Moment({ about: 'By when the copy is to be gone, in the log’s time.' })
  readonly until!: Instant;

  @Moment({ about: 'When the holder’s node said that it is.', optional: true })
  readonly purgedAt?: Instant;

  @Codes(KEPT_BECAUSE, 'KeptBecause', {
    about: 'Why a copy stays, as the holder’s node says; until it says that it is gone.',
    optional: true,
  })
  readonly kept?: KeptBecause[];

  @YesNo({ about: 'Whether the holder had not said by then what became of it, or has not.' })
  readonly defaulted!: boolean;
}

/** A page of recalls. */
export class RecallsResponse extends PageResponse {
  @NestedList(() => RecallResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: RecallResponse[];
}
