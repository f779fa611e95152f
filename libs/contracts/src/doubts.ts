import { type AgencyId, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import { Agency, Code, Count, Moment, NestedList, Uuid, Words, YesNo } from './fields.js';

/** Leaves that follow one another. */
export class LeafRun {
  @Count({ about: 'The first leaf.' })
  readonly first!: string;

  @Count({ about: 'The last leaf.' })
  readonly last!: string;
}

export const RESTING = ['grant', 'release', 'order', 'recall', 'erasure'] as const;

/** What others were given, or have to do, because of one leaf. */
export class RestingResponse {
  @Count({ about: 'The leaf at which it was decided.' })
  readonly leaf!: string;

  @Code(RESTING, 'Resting', {
    about: 'What was decided; a release is a grant that was not carried out.',
  })
  readonly what!: (typeof RESTING)[number];

  @Uuid({ about: 'The item; absent where it names none.', optional: true })
  readonly item?: ItemId;

  @Uuid({ about: 'The exchange.' })
  readonly exchange!: ExchangeId;

  @Agency({ about: 'To whom, or from whom; absent where all have to forget.', optional: true })
  readonly concerns?: AgencyId;

  @YesNo({ about: 'It has ended, or everybody has done what it asks for.' })
  readonly over!: boolean;

  @YesNo({ about: 'The leaf was attested since by other keys.' })
  readonly attested!: boolean;
}

/** What one lost key puts in doubt. What was decided at those leaves stands. */
export class DoubtResponse {
  @Agency({ about: 'Whose key it was.' })
  readonly agency!: AgencyId;

  @Words({ about: 'The fingerprint of its certificate.', most: 64 })
  readonly certificate!: string;

  @Words({ about: 'What was said of the key.', most: 32, example: 'compromised' })
  readonly reason!: string;

  @Count({ about: 'The leaf from which on it may have been in other hands.' })
  readonly since!: string;

  @Count({ about: 'The leaf from which on nothing more was taken under it.' })
  readonly until!: string;

  @Count({ about: 'How many leaves are in doubt and not attested.' })
  readonly inDoubt!: string;

  @NestedList(() => LeafRun, { about: 'Those leaves.', most: 10_000_000 })
  readonly leaves!: LeafRun[];

  @NestedList(() => LeafRun, {
    about: 'Leaves that were in doubt, and that the agency has attested since by other keys.',
    most: 10_000_000,
  })
  readonly attested!: LeafRun[];

  @NestedList(() => RestingResponse, {
    about:
      'What rests on those leaves: a grant among them is over, the rest is for people to look into.',
    most: 10_000_000,
  })
  readonly resting!: RestingResponse[];
}

/** An agency of which something has stood in the log for too long without anybody having attested it. */
export class OverdueAttestationResponse {
  @Agency({ about: 'Whose word it is.' })
  readonly agency!: AgencyId;

  @Count({ about: 'The oldest leaf of its own that is not attested.' })
  readonly leaf!: string;

  @Moment({ about: 'When the log recorded it.' })
  readonly since!: Instant;

  @Count({
    about: 'Through which leaf it has attested; absent while it never has.',
    optional: true,
  })
  readonly attestedThrough?: string;

  @Moment({ about: 'When the log recorded that.', optional: true })
  readonly attestedAt?: Instant;
}

/** What stands in the log under keys that may have been in other hands. */
export class DoubtsResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @NestedList(() => DoubtResponse, { about: 'The oldest certificate first.', most: 100_000 })
  readonly rows!: DoubtResponse[];

  @NestedList(() => OverdueAttestationResponse, {
    about:
      'Whose word has not been attested for more than eight days: a compromise could be dated as far back.',
    most: 100_000,
  })
  readonly overdue!: OverdueAttestationResponse[];
}
