import {
  ERASURE_GROUNDS,
  KEPT_BECAUSE,
  PURGED_STORES,
  type ErasureGround,
  type Grantable,
  type KeptBecause,
  type PurgedStore,
} from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { Agencies, Agency, Code, Codes, Count, Moment, NestedList, Uuid } from './fields.js';
import { PageQuery, PageResponse } from './page.js';
import { GRANTABLE } from './releases.js';

/** Why something is forgotten: what an order names, and what the log names itself. */
export const FORGOTTEN_BECAUSE = [...ERASURE_GROUNDS, 'RETENTION_OVER'] as const;

/**
 * How it stands here: ordered; a copy stays here; gone here; gone at everybody who held it, as they claim, which who said it is told; or
 * ordered in vain, because of an earlier one that names all of it.
 */
export const ERASURE_STATUSES = ['ORDERED', 'CANNOT_PURGE', 'PURGED', 'ERASED', 'IN_VAIN'] as const;
export type ErasureStatus = (typeof ERASURE_STATUSES)[number];

/** What is to be forgotten by everybody who holds it. */
export class OrderErasureBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Code(ERASURE_GROUNDS, 'ErasureGround', { about: 'Why.' })
  readonly ground!: ErasureGround;

  @Moment({ about: 'By when it is to be gone everywhere, in the log’s time.' })
  readonly until!: Instant;
}

/** What one node says that it has emptied: a claim, and no proof. */
export class PurgeClaimResponse {
  @Agency({ about: 'Whose node.' })
  readonly agency!: AgencyId;

  @Moment({ about: 'When the log recorded it.' })
  readonly at!: Instant;

  @Codes(PURGED_STORES, 'PurgedStore', { about: 'What it has emptied.' })
  readonly stores!: PurgedStore[];

  @Moment({ about: 'When its last backup that holds it is deleted.' })
  readonly backupsUntil!: Instant;

  @Codes(KEPT_BECAUSE, 'KeptBecause', {
    about: 'Why a copy stays all the same, where one does.',
    optional: true,
  })
  readonly kept?: KeptBecause[];
}

/** An erasure, and who has done it. */
export class ErasureResponse {
  @Uuid({ about: 'The erasure.' })
  readonly item!: ItemId;

  @Uuid({ about: 'The exchange in which it was said.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The event that said it.' })
  readonly event!: EventId;

  @Uuid({ about: 'The item in which it was said, where any of it ever came here.', optional: true })
  readonly saidIn?: ItemId;

  @Agency({ about: 'Who said it.' })
  readonly originator!: AgencyId;

  @Agency({ about: 'Who ordered it; absent where its time to be kept is over.', optional: true })
  readonly by?: AgencyId;

  @Code(FORGOTTEN_BECAUSE, 'ForgottenBecause', { about: 'Why.' })
  readonly ground!: (typeof FORGOTTEN_BECAUSE)[number];

  @Moment({ about: 'By when it is to be gone everywhere, in the log’s time.' })
  readonly until!: Instant;

  @Count({ about: 'The leaf from which on it is forgotten.' })
  readonly leaf!: string;

  @Moment({ about: 'When that was.' })
  readonly orderedAt!: Instant;

  @Code(ERASURE_STATUSES, 'ErasureStatus', {
    about: 'How it stands, as far as this agency is told.',
  })
  readonly status!: ErasureStatus;

  @Uuid({
    about: 'The erasure by which it is forgotten, where this one was ordered in vain.',
    optional: true,
  })
  readonly instead?: ItemId;

  @Moment({ about: 'When everybody had said that it is gone.', optional: true })
  readonly completedAt?: Instant;

  @Agencies({ about: 'Who had not said so in time.', most: 256 })
  readonly overdue!: AgencyId[];

  @NestedList(() => PurgeClaimResponse, { about: 'Who has said so.', most: 256 })
  readonly receipts!: PurgeClaimResponse[];
}

/** A page of erasures. */
export class ErasuresResponse extends PageResponse {
  @NestedList(() => ErasureResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ErasureResponse[];
}

/** Which erasures are asked for. */
export class ErasuresQuery extends PageQuery {
  @Uuid({ about: 'Only those of this exchange.', optional: true })
  readonly exchange?: ExchangeId;
}
