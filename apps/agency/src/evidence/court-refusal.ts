import { refuse, type Refusal } from '@tripoint/kernel';

/** Why nothing is taken to a court. */
export type CourtRefusal = Refusal<
  'judicial-use-not-permitted' | 'not-witnessed' | 'not-kept' | 'nothing-to-bundle'
>;

export const notKept = (): CourtRefusal =>
  refuse('not-kept', 'what is kept of the item does not show all of it');
