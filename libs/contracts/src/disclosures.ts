import { DISCLOSURE_GROUNDS, type DisclosureGround, type Grantable } from '@tripoint/domain';
import { type AgencyId, type EventId, type ExchangeId, type Instant } from '@tripoint/kernel';
import { Agencies, Agency, Code, Codes, Moment, NestedList, Uuid, YesNo } from './fields.js';
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
}

/** A page of disclosures. */
export class DisclosuresResponse extends PageResponse {
  @NestedList(() => DisclosureResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: DisclosureResponse[];
}
