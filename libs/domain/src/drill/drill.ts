import { timeOf, type Recorded } from '../event.js';
import { type Drill } from '../item.js';

/** What was said for a drill: its author is both parties, and nothing follows for this item. */
export const preparedDrill = (recorded: Recorded): Drill => {
  const at = timeOf(recorded);
  return {
    kind: 'drill',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'PREPARED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
  };
};
