import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Reading } from '../item.js';

/** The root that this event publishes: its author is both parties, and nothing follows. */
export const publishedReading = (
  recorded: Recorded,
  { core: { size, root } }: Happened<'ReadRootPublished'>,
): Reading => {
  const at = timeOf(recorded);
  return {
    kind: 'reads',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'PUBLISHED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    size,
    root,
  };
};
