import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { DisclosureReviewResponse } from './disclosures.js';
import {
  Agencies,
  Agency,
  Count,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Words,
  YesNo,
} from './fields.js';

/** An order to disclose, as the log alone says how it stands. */
export class OrderedDisclosureResponse {
  @Uuid({ about: 'The order.' })
  readonly item!: ItemId;

  @Uuid({ about: 'The exchange in which it was given.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The event that is to be disclosed.' })
  readonly event!: EventId;

  @Agency({ about: 'Who said that, and is told.' })
  readonly originator!: AgencyId;

  @Agency({ about: 'Who ordered it.' })
  readonly orderedBy!: AgencyId;

  @Agency({ about: 'Who is to read it.' })
  readonly beneficiary!: AgencyId;

  @Words({ about: 'On what ground.', most: 32, example: 'DANGER_TO_LIFE', optional: true })
  readonly ground?: string;

  @YesNo({ about: 'Whether an emergency was invoked.' })
  readonly emergency!: boolean;

  @Count({ about: 'The leaf at which it was ordered.' })
  readonly leaf!: string;

  @Moment({ about: 'That leaf’s time.' })
  readonly at!: Instant;

  @Moment({ about: 'When it ends by itself, in the log’s time.' })
  readonly until!: Instant;

  @YesNo({ about: 'Whether the log has said that its time is over.' })
  readonly ended!: boolean;

  @Agencies({ about: 'Custodians that have handed over their share.', most: 8 })
  readonly released!: AgencyId[];

  @Agencies({ about: 'Custodians that will not.', most: 8 })
  readonly declined!: AgencyId[];

  @Moment({ about: 'By when an emergency is to be reviewed.', optional: true })
  readonly reviewDue?: Instant;

  @Nested(() => DisclosureReviewResponse, {
    about: 'What oversight has said of it.',
    optional: true,
  })
  readonly review?: DisclosureReviewResponse;

  @YesNo({ about: 'Whether its review is overdue.' })
  readonly overdue!: boolean;
}

/** Whether it was shown in this quarter that custodians' shares give a key. */
export class DrillResponse {
  @Moment({ about: 'By when it is to be shown again.' })
  readonly due!: Instant;

  @Count({ about: 'The leaf at which it was shown last.', optional: true })
  readonly provenLeaf?: string;

  @Moment({ about: 'That leaf’s time.', optional: true })
  readonly provenAt?: Instant;

  @YesNo({ about: 'Whether that is overdue.' })
  readonly overdue!: boolean;
}

/** Orders to disclose, the newest first. */
export class OrderedDisclosuresResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @Count({ about: 'How many there are.' })
  readonly found!: string;

  @Count({ about: 'How many wait for a review that is overdue.' })
  readonly overdue!: string;

  @Nested(() => DrillResponse, {
    about: 'How it stands with drills; absent where nobody keeps shares.',
    optional: true,
  })
  readonly drill?: DrillResponse;

  @NestedList(() => OrderedDisclosureResponse, { about: 'The newest first.', most: 1000 })
  readonly rows!: OrderedDisclosureResponse[];
}
