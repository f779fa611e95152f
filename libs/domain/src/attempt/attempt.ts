import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Attempt } from '../item.js';

/** The attempt that this event records: its author is both parties, and nothing follows. */
export const recordedAttempt = (
  recorded: Recorded,
  event: Happened<'DisclosureAttempted'>,
): Attempt => {
  const at = timeOf(recorded);
  return {
    kind: 'attempt',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'RECORDED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    refused: event.core.refused,
  };
};
