import {
  DISCLOSURE_GROUNDS,
  ERASURE_GROUNDS,
  type DisclosureGround,
  type ErasureGround,
  type Grantable,
} from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
} from '@tripoint/kernel';
import { Agency, Code, Codes, Hex, Moment, NestedList, Uuid } from './fields.js';
import { GRANTABLE } from './releases.js';

/** One part of an event, as the log shows it to whoever cannot read it. */
export class NamedPart {
  @Code(GRANTABLE, 'Grantable', { about: 'Its compartment.' })
  readonly compartment!: Grantable;

  @Hex({ about: 'The digest of its descriptor.' })
  readonly descriptor!: Digest;
}

/** What oversight has forgotten by everybody who holds it. */
export class ImposeErasureBody {
  @Uuid({ about: 'The exchange in which it was said.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Agency({ about: 'Who said it.' })
  readonly saidBy!: AgencyId;

  @NestedList(() => NamedPart, { about: 'Which parts of it.', least: 1, most: GRANTABLE.length })
  readonly parts!: NamedPart[];

  @Code(ERASURE_GROUNDS, 'ErasureGround', { about: 'Why.' })
  readonly ground!: ErasureGround;

  @Moment({ about: 'By when it is to be gone everywhere, in the log’s time.' })
  readonly until!: Instant;
}

/** What oversight orders custodians to disclose of one event, to whom, and until when. */
export class ImposeDisclosureBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Agency({ about: 'The agency that is to read it.' })
  readonly beneficiary!: AgencyId;

  @Code(DISCLOSURE_GROUNDS, 'DisclosureGround', { about: 'On what ground.' })
  readonly ground!: DisclosureGround;

  @Moment({ about: 'Until when, in the log’s time: within a day. Then the copy is purged.' })
  readonly until!: Instant;
}
