import { refuse, type AgencyId, type Refusal } from '@tripoint/kernel';
import { type HandlingCode } from './vocabulary/index.js';

/** Something that somebody wants to take to a court: whose it is, and how it is marked. */
export type JudicialUse = {
  readonly originator: AgencyId;
  readonly handling: readonly HandlingCode[];
  /** The originator has permitted this agency to use it in judicial proceedings. */
  readonly released: boolean;
};

/**
 * Whether `agency` may take all of it to a court. What another agency marked H1 stays out until that agency has permitted it; the
 * refusal names who has to be asked, and nothing else.
 */
export const judicialUseFault = (
  agency: AgencyId,
  uses: readonly JudicialUse[],
): Refusal<'judicial-use-not-permitted'> | undefined => {
  const withheld = uses
    .filter(
      ({ originator, handling, released }) =>
        originator !== agency && handling.includes('H1') && !released,
    )
    .map(({ originator }) => originator);
  return withheld.length === 0
    ? undefined
    : refuse(
        'judicial-use-not-permitted',
        `not permitted in judicial proceedings (H1) by ${[...new Set(withheld)].sort().join(', ')}`,
      );
};
