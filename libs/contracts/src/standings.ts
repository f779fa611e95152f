import { type Digest } from '@tripoint/kernel';
import { Agency, Count, Hex, Lines, NestedList, Words, YesNo } from './fields.js';

/** A path that names a descriptor and a leaf. */
export class StandingParams {
  @Hex({ about: 'The digest of the descriptor.' })
  readonly descriptor!: Digest;

  @Count({ about: 'The index of the leaf.' })
  readonly index!: string;
}

/** How one agency stands to a compartment. */
export class StandingResponse {
  @Agency({ about: 'The agency.' })
  readonly agency!: string;

  @YesNo({ about: 'Whether it may hold it.' })
  readonly couldSee!: boolean;

  @Words({ about: 'How that came about.', most: 32, example: 'given' })
  readonly how!: string;

  @YesNo({
    about: 'Whether it is suspended or has left: it keeps what it holds, and is given no more.',
  })
  readonly suspended!: boolean;

  @Lines({ about: 'The sentence of what decides.', most: 8000 })
  readonly because!: string;
}

/** How every agency stands to a compartment as of a leaf. */
export class StandingsResponse {
  @Hex({ about: 'The digest of the descriptor.' })
  readonly descriptor!: string;

  @Count({ about: 'The leaf.' })
  readonly index!: string;

  @NestedList(() => StandingResponse, { about: 'By agency.', most: 10_000 })
  readonly rows!: StandingResponse[];
}
