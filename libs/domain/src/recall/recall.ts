import { timeOf, type Happened, type Recorded } from '../event.js';
import { withoutKept, type Recall } from '../item.js';

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
  const { type, core } = recorded.event;
  if (recorded.issuer !== state.to || state.status === 'PURGED' || core === undefined)
    return undefined;
  const happened = { type, core } as Happened;
  const at = timeOf(recorded);
  const answered = { ...withoutKept(state), changedAt: at, answeredAt: state.answeredAt ?? at };
  if (happened.type === 'RecallPurged') return { ...answered, status: 'PURGED', purgedAt: at };
  return happened.type === 'RecallCopyKept'
    ? { ...answered, status: 'CANNOT_PURGE', kept: happened.core.because }
    : undefined;
};
