import { type ExchangeId, type Instant, type ItemId, type OfficerId } from '@tripoint/kernel';
import { Code, Moment, NestedList, Uuid, Words } from './fields.js';

/** How a proposal stands. */
export const PROPOSAL_STATUSES = ['OPEN', 'CONFIRMED', 'REJECTED', 'LAPSED'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** The id of a proposal. */
export class ProposalParams {
  @Uuid({ about: 'The proposal.' })
  readonly proposal!: string;
}

/** What one officer proposes and another confirms. */
export class ProposalResponse {
  @Uuid({ about: 'The proposal.' })
  readonly proposal!: string;

  @Words({ about: 'The command that it would give.', most: 64, example: 'GrantRelease' })
  readonly command!: string;

  @Uuid({ about: 'The item.' })
  readonly item!: ItemId;

  @Uuid({ about: 'Its exchange.' })
  readonly exchange!: ExchangeId;

  @Words({
    about: 'What the command says, as JSON; to whoever has its duty.',
    most: 16_384,
    optional: true,
  })
  readonly says?: string;

  @Code(PROPOSAL_STATUSES, 'ProposalStatus', { about: 'How it stands.' })
  readonly status!: ProposalStatus;

  @Words({ about: 'Who proposed it.', most: 64 })
  readonly proposedBy!: OfficerId;

  @Moment({ about: 'When.' })
  readonly proposedAt!: Instant;

  @Moment({ about: 'When it lapses.' })
  readonly until!: Instant;

  @Words({ about: 'Who decided on it.', most: 64, optional: true })
  readonly decidedBy?: OfficerId;

  @Moment({ about: 'When.', optional: true })
  readonly decidedAt?: Instant;
}

/** What was proposed, the newest first. */
export class ProposalsResponse {
  @NestedList(() => ProposalResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ProposalResponse[];
}
