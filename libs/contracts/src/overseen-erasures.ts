import {
  type ErasureGround,
  KEPT_BECAUSE,
  type KeptBecause,
  PURGED_STORES,
  type PurgedStore,
} from '@tripoint/domain';
import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { FORGOTTEN_BECAUSE } from './erasures.js';
import { Agencies, Agency, Code, Codes, Count, Moment, NestedList, Uuid, YesNo } from './fields.js';

/** How an erasure stands by the log alone. *Shredded*: no secret is left that a kept copy of a wrap would need, as its holders claim. */
export const OVERSEEN_ERASURE_STATUSES = ['ORDERED', 'ERASED', 'SHREDDED'] as const;

/** What one of those who were told has said of it. */
export class OverseenHolderResponse {
  @Agency({ about: 'Who was told to forget it.' })
  readonly agency!: AgencyId;

  @YesNo({ about: 'Whether it has said that it is gone: a claim, and no proof.' })
  readonly purged!: boolean;

  @Codes(PURGED_STORES, 'PurgedStore', {
    about: 'What it says that it has emptied.',
    optional: true,
  })
  readonly stores?: PurgedStore[];

  @Moment({ about: 'When its last backup that holds it is deleted.', optional: true })
  readonly backupsUntil?: Instant;

  @Codes(KEPT_BECAUSE, 'KeptBecause', {
    about: 'Why a copy stays, where one does.',
    optional: true,
  })
  readonly kept?: KeptBecause[];

  @Moment({ about: 'Since when it is overdue; also where it has come late.', optional: true })
  readonly overdueSince?: Instant;
}

/** What is to be forgotten everywhere, and by whom that has been done. */
export class OverseenErasureResponse {
  @Uuid({ about: 'The erasure.' })
  readonly item!: ItemId;

  @Uuid({ about: 'The exchange in which it was said.' })
  readonly exchange!: ExchangeId;

  @Uuid({ about: 'The event that said it.' })
  readonly event!: EventId;

  @Agency({ about: 'Who said it.' })
  readonly originator!: AgencyId;

  @Agency({ about: 'Who ordered it; absent where its time to be kept is over.', optional: true })
  readonly by?: AgencyId;

  @Code(FORGOTTEN_BECAUSE, 'ForgottenBecause', { about: 'Why.' })
  readonly ground!: ErasureGround | 'RETENTION_OVER';

  @Count({ about: 'The leaf from which on it is forgotten.' })
  readonly leaf!: string;

  @Moment({ about: 'When that was.' })
  readonly orderedAt!: Instant;

  @Moment({ about: 'By when it is to be gone everywhere, in the log’s time.' })
  readonly until!: Instant;

  @Code(OVERSEEN_ERASURE_STATUSES, 'OverseenErasureStatus', { about: 'How it stands.' })
  readonly status!: (typeof OVERSEEN_ERASURE_STATUSES)[number];

  @NestedList(() => OverseenHolderResponse, { about: 'Everybody who was told.', most: 1000 })
  readonly told!: OverseenHolderResponse[];

  @Agencies({ about: 'Whose time is over, and who has said nothing.', most: 1000 })
  readonly overdue!: AgencyId[];
}

/** What was ordered to be forgotten, as the verified log says. */
export class OverseenErasuresResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @Count({ about: 'How many there are.' })
  readonly found!: string;

  @Count({ about: 'Of how many somebody is overdue.' })
  readonly overdue!: string;

  @NestedList(() => OverseenErasureResponse, { about: 'The newest first.', most: 1000 })
  readonly rows!: OverseenErasureResponse[];
}
