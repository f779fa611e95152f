import { HOLD_GROUNDS, type Grantable, type HoldGround } from '@tripoint/domain';
import { type EventId, type Instant } from '@tripoint/kernel';
import { Code, Codes, Moment, NestedList, Uuid, Words, YesNo } from './fields.js';
import { PageResponse } from './page.js';
import { GRANTABLE } from './releases.js';
import { ItemResponse } from './requests.js';

/** What is not to be deleted yet, on what ground, and for how long. */
export class PlaceHoldBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Code(HOLD_GROUNDS, 'HoldGround', { about: 'On what ground.' })
  readonly ground!: HoldGround;

  @Words({ about: 'Under which the proceedings are found again.', most: 500, optional: true })
  readonly reference?: string;

  @Moment({ about: 'When it ends by itself, in the log’s time.' })
  readonly until!: Instant;
}

/** A legal hold, without its reference. */
export class HoldResponse extends ItemResponse {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.' })
  readonly compartments!: Grantable[];

  @Code(HOLD_GROUNDS, 'HoldGround', { about: 'On what ground.' })
  readonly ground!: HoldGround;

  @Moment({ about: 'When it ends by itself, in the log’s time.' })
  readonly until!: Instant;

  @Moment({ about: 'When it was lifted.', optional: true })
  readonly liftedAt?: Instant;

  @YesNo({ about: 'Whether it has ended by itself.' })
  readonly expired!: boolean;
}

/** A page of legal holds. */
export class HoldsResponse extends PageResponse {
  @NestedList(() => HoldResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: HoldResponse[];
}
