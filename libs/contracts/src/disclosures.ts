import {
  DISCLOSURE_GROUNDS,
  REVIEW_OUTCOMES,
  type DisclosureGround,
  type Grantable,
  type ReviewOutcome,
} from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  Agencies,
  Agency,
  Code,
  Codes,
  Count,
  Moment,
  Nested,
  NestedList,
  Uuid,
  YesNo,
} from './fields.js';
import { PageResponse } from './page.js';
import { GRANTABLE } from './releases.js';
import { ItemResponse } from './requests.js';

/** What custodians are to disclose of one event, to whom, and until when. */
export class OrderDisclosureBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Agency({ about: 'The agency that is to read it: one’s own.' })
  readonly beneficiary!: AgencyId;

  @Code(DISCLOSURE_GROUNDS, 'DisclosureGround', { about: 'On what ground.' })
  readonly ground!: DisclosureGround;

  @Moment({ about: 'Until when, in the log’s time: within a day. Then the copy is purged.' })
  readonly until!: Instant;

  @YesNo({ about: 'Whether it is an emergency of this agency’s own, at which oversight looks.' })
  readonly emergency!: boolean;
}

/** What oversight thinks of an emergency afterwards. */
export class ReviewDisclosureBody {
  @Code(REVIEW_OUTCOMES, 'ReviewOutcome', { about: 'What it thinks of the emergency.' })
  readonly outcome!: ReviewOutcome;
}

/** A review, where the log has it. */
export class DisclosureReviewResponse {
  @Code(REVIEW_OUTCOMES, 'ReviewOutcome', { about: 'What oversight thinks of the emergency.' })
  readonly outcome!: ReviewOutcome;

  @Agency({ about: 'Who reviewed it.' })
  readonly by!: AgencyId;

  @Count({ about: 'The leaf that says so.' })
  readonly leaf!: string;

  @Moment({ about: 'That leaf’s time.' })
  readonly at!: Instant;
}

/** An order to disclose, and what is known of those who keep shares. */
export class DisclosureResponse extends ItemResponse {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.' })
  readonly compartments!: Grantable[];

  @Code(DISCLOSURE_GROUNDS, 'DisclosureGround', { about: 'On what ground.' })
  readonly ground!: DisclosureGround;

  @YesNo({ about: 'Whether an emergency was invoked.' })
  readonly emergency!: boolean;

  @Moment({ about: 'When it ends by itself, in the log’s time.' })
  readonly until!: Instant;

  @Agencies({
    about: 'Custodians of whom this agency knows that they handed over their share.',
    most: 8,
  })
  readonly released!: AgencyId[];

  @Agencies({ about: 'Custodians of whom this agency knows that they will not.', most: 8 })
  readonly declined!: AgencyId[];

  @Uuid({
    about: 'The exchange in which it was said, once any of it is held here.',
    optional: true,
  })
  readonly saidIn?: ExchangeId;

  @Moment({ about: 'When the reader’s node said that its copy is gone.', optional: true })
  readonly purgedAt?: Instant;

  @YesNo({ about: 'Whether its time is over.' })
  readonly expired!: boolean;

  @Nested(() => DisclosureReviewResponse, {
    about: 'What oversight thinks of it, where that was told.',
    optional: true,
  })
  readonly review?: DisclosureReviewResponse;
}

/** An order to disclose something that this agency said. Nothing of it can be changed here; who gave it answers for it. */
export class ToldDisclosureResponse {
  @Uuid({ about: 'The order.' })
  readonly item!: ItemId;

  @Uuid({ about: 'The exchange in which it was given.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The event of this agency’s own.' })
  readonly event!: EventId;

  @Agency({ about: 'Who ordered it.' })
  readonly by!: AgencyId;

  @Agency({ about: 'Who is to read it.' })
  readonly beneficiary!: AgencyId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.' })
  readonly compartments!: Grantable[];

  @Code(DISCLOSURE_GROUNDS, 'DisclosureGround', { about: 'On what ground.', optional: true })
  readonly ground?: DisclosureGround;

  @YesNo({ about: 'Whether an emergency was invoked.' })
  readonly emergency!: boolean;

  @Moment({ about: 'When it ends by itself, in the log’s time.' })
  readonly until!: Instant;

  @Count({ about: 'The leaf at which it was ordered.' })
  readonly leaf!: string;

  @Moment({ about: 'That leaf’s time.' })
  readonly at!: Instant;

  @Nested(() => DisclosureReviewResponse, {
    about: 'What oversight thinks of it.',
    optional: true,
  })
  readonly review?: DisclosureReviewResponse;
}

/** A page of orders to disclose what this agency said. */
export class ToldDisclosuresResponse extends PageResponse {
  @NestedList(() => ToldDisclosureResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ToldDisclosureResponse[];
}

/** A page of disclosures. */
export class DisclosuresResponse extends PageResponse {
  @NestedList(() => DisclosureResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: DisclosureResponse[];
}
