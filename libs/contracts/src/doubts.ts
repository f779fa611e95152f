import { type AgencyId } from '@tripoint/kernel';
import { Agency, Count, NestedList, Words } from './fields.js';

/** Leaves that follow one another. */
export class LeafRun {
  @Count({ about: 'The first leaf.' })
  readonly first!: string;

  @Count({ about: 'The last leaf.' })
  readonly last!: string;
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
}

/** What stands in the log under keys that may have been in other hands. */
export class DoubtsResponse {
  @Count({ about: 'How many leaves have been recomputed.' })
  readonly replayed!: string;

  @NestedList(() => DoubtResponse, { about: 'The oldest certificate first.', most: 100_000 })
  readonly rows!: DoubtResponse[];
}
