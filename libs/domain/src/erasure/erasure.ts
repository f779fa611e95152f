import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Erasure } from '../item.js';

/** The erasure that this event orders: its author is both parties. Who has done it is said beside it, and moves nothing. */
export const orderedErasure = (
  recorded: Recorded,
  { core: { event, compartments, ground, until } }: Happened<'ErasureOrdered'>,
): Erasure => {
  const at = timeOf(recorded);
  return {
    kind: 'erasure',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'ORDERED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    event,
    compartments,
    ground,
    until,
  };
};
