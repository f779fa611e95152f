import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Review } from '../item.js';

/** What oversight said of an emergency: it is both parties, and nothing follows. */
export const saidReview = (
  recorded: Recorded,
  { core: { disclosure, outcome } }: Happened<'DisclosureReviewed'>,
): Review => {
  const at = timeOf(recorded);
  return {
    kind: 'review',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'REVIEWED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    disclosure,
    outcome,
  };
};
