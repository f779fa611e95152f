import { refuse, type Refusal } from '@tripoint/kernel';

/** Why nothing is taken to a court. */
export type CourtRefusal = Refusal<
  | 'judicial-use-not-permitted'
  | 'not-witnessed'
  | 'not-kept'
  | 'opened-by-custodians'
  | 'nothing-to-bundle'
>;

/** What custodians opened was given by an order and for its time: no verdict and no grant says that its reader may have it. */
export const openedByCustodians = (): CourtRefusal =>
  refuse(
    'opened-by-custodians',
    'custodians have opened something of it to this agency, by an order and for its time',
  );

export const notKept = (): CourtRefusal =>
  refuse('not-kept', 'what is kept of the item does not show all of it');
