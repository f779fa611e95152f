import { type ExchangeId, type ItemId } from '@tripoint/kernel';
import { type ReadRow } from './read-row.js';

/** What somebody asks about who read it: an exchange with all that is in it, or one item of it. */
export type ReadSubject = { readonly exchange: ExchangeId; readonly item?: ItemId };

/** Whether a read was of one of these: of the item itself, or of the whole exchange at once. */
export const isReadOf = (
  subjects: readonly ReadSubject[],
  read: Pick<ReadRow, 'exchange' | 'item'>,
): boolean =>
  subjects.some(({ exchange, item }) =>
    item === undefined || read.item === undefined ? read.exchange === exchange : read.item === item,
  );

/** Whether a read names nothing that it was of: what a search over everything showed is in no record. */
export const namesNothing = ({ exchange, item }: Pick<ReadRow, 'exchange' | 'item'>): boolean =>
  exchange === undefined && item === undefined;
