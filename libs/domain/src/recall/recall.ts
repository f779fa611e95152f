import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Recall } from '../item.js';

/** What is taken back from one holder; nobody takes back from itself. */
export const issuedRecall = (
  recorded: Recorded,
  { core: { to, event, compartments, until } }: Happened<'RecallIssued'>,
): Recall | undefined => {
  const { issuer } = recorded;
  const at = timeOf(recorded);
  return issuer === to
    ? undefined
    : {
        kind: 'recall',
        item: recorded.event.item,
        from: issuer,
        to,
        status: 'ISSUED',
        issuedAt: at,
        changedAt: at,
        overtaken: [],
        event,
        compartments,
        until,
      };
};

/** The recall after an event, undefined when that was not the holder's to say, or was said before. */
export const advanceRecall = (state: Recall, recorded: Recorded): Recall | undefined => {
  const { event, issuer } = recorded;
  if (event.type !== 'RecallPurged' || issuer !== state.to || state.status !== 'ISSUED')
    return undefined;
  const at = timeOf(recorded);
  return { ...state, status: 'PURGED', changedAt: at, purgedAt: at };
};
