import { FINDING_STATES, type FindingState } from '@tripoint/domain';
import {
  Agency,
  Code,
  Count,
  Lines,
  Moment,
  Nested,
  NestedList,
  Whole,
  WholeInQuery,
  Words,
} from './fields.js';

const STATE = 'FindingState';

/** Which findings are asked for. */
export class FindingsQuery {
  @Code([...FINDING_STATES, 'UNSETTLED'], 'FindingsAsked', {
    about: 'Those in this state; UNSETTLED is every one that is not CLOSED.',
    optional: true,
  })
  readonly state?: FindingState | 'UNSETTLED';

  @Code(['OLDEST', 'NEWEST'], 'FindingsOrder', {
    about: 'What comes first; the newest unless told.',
    optional: true,
  })
  readonly first?: 'OLDEST' | 'NEWEST';

  @Count({ about: 'The `next` of the page before.', optional: true })
  readonly after?: string;

  @WholeInQuery({
    about: 'At most so many; 100 unless told.',
    least: 1,
    most: 1000,
    optional: true,
    example: 100,
  })
  readonly limit?: number;
}

/** A path that names a finding. */
export class FindingParams {
  @Count({ about: 'The number of the finding.' })
  readonly finding!: string;
}

/** What somebody makes of a finding. */
export class FindingStepBody {
  @Code(FINDING_STATES, STATE, { about: 'What it becomes.', example: 'ACKNOWLEDGED' })
  readonly state!: FindingState;

  @Lines({ about: 'Why; never case content. It stays for good.', most: 2000 })
  readonly reason!: string;
}

/** Something that oversight found. */
export class OversightFindingResponse {
  @Count({ about: 'Its number.' })
  readonly number!: string;

  @Words({ about: 'Its code.', most: 64, example: 'decision-differs' })
  readonly code!: string;

  @Code(FINDING_STATES, STATE, { about: 'What has become of it.' })
  readonly state!: FindingState;

  @Lines({ about: 'For people; never case content.', most: 500 })
  readonly detail!: string;

  @Count({ about: 'The leaf it was about the last time.', optional: true })
  readonly leaf?: string;

  @Agency({ about: 'The agency it is about.', optional: true })
  readonly agency?: string;

  @Moment({ about: 'When it was found first.' })
  readonly at!: string;

  @Moment({ about: 'When it was found last.' })
  readonly lastAt!: string;

  @Whole({ about: 'How often it was found.', least: 1, most: 2_147_483_647, example: 1 })
  readonly times!: number;

  @Whole({ about: 'Days since it was found first.', most: 2_147_483_647, example: 0 })
  readonly ageInDays!: number;
}

/** What oversight has recomputed so far, and what was wrong. */
export class OversightFindingsResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @Whole({ about: 'How many findings there are.', most: 2_147_483_647, example: 0 })
  readonly found!: number;

  @Whole({ about: 'How many of them are not closed.', most: 2_147_483_647, example: 0 })
  readonly unsettled!: number;

  @NestedList(() => OversightFindingResponse, { about: 'In the order asked for.', most: 1000 })
  readonly rows!: OversightFindingResponse[];

  @Count({ about: 'The number to go on from; absent at the end.', optional: true })
  readonly next?: string;
}

/** A step of a finding's life. */
export class FindingStepResponse {
  @Code(FINDING_STATES, STATE, { about: 'What it became.' })
  readonly state!: FindingState;

  @Words({ about: 'Who said so; absent for being found.', most: 64, optional: true })
  readonly by?: string;

  @Lines({ about: 'Why.', most: 2000 })
  readonly reason!: string;

  @Moment({ about: 'When.' })
  readonly at!: string;
}

/** One time that it was found. */
export class FindingOccasionResponse {
  @Moment({ about: 'When.' })
  readonly at!: string;

  @Count({ about: 'The leaf it was about.', optional: true })
  readonly leaf?: string;

  @Lines({ about: 'What was found.', most: 500 })
  readonly detail!: string;
}

/** A finding and all that became of it. */
export class FindingHistoryResponse {
  @Nested(() => OversightFindingResponse, { about: 'As it stands.' })
  readonly finding!: OversightFindingResponse;

  @NestedList(() => FindingStepResponse, { about: 'In order.', most: 100_000 })
  readonly steps!: FindingStepResponse[];

  @NestedList(() => FindingOccasionResponse, { about: 'The newest first.', most: 100_000 })
  readonly occasions!: FindingOccasionResponse[];
}
