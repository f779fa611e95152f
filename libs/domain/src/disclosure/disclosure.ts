import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Disclosure } from '../item.js';

/** What is to be disclosed: who ordered it, to whom. In an emergency both are one. */
export const orderedDisclosure = (
  recorded: Recorded,
  { core }: Happened<'DisclosureOrdered'>,
): Disclosure => {
  const { beneficiary, event, compartments, ground, until, emergency } = core;
  const at = timeOf(recorded);
  return {
    kind: 'disclosure',
    item: recorded.event.item,
    from: recorded.issuer,
    to: beneficiary,
    status: 'ORDERED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    event,
    compartments,
    ground,
    until,
    emergency,
    approved: [],
    released: [],
    declined: [],
  };
};

/** The disclosure after an event, undefined when that was not its issuer's to say, or was said before. */
export const advanceDisclosure = (
  state: Disclosure,
  recorded: Recorded,
): Disclosure | undefined => {
  const { event, issuer } = recorded;
  const at = timeOf(recorded);
  const next = { ...state, changedAt: at };
  if (event.type === 'DisclosurePurged')
    return issuer === state.to && state.status !== 'PURGED'
      ? { ...next, status: 'PURGED', purgedAt: at }
      : undefined;
  if (event.type === 'DrillProven')
    return issuer === state.to && state.ground === 'DRILL' && state.provenAt === undefined
      ? { ...next, provenAt: at }
      : undefined;
  const { approved, released, declined } = state;
  if (state.status === 'PURGED' || issuer === state.to || released.includes(issuer))
    return undefined;
  if (event.type === 'ShareReleased') return { ...next, released: [...released, issuer].sort() };
  if (event.type === 'ShareApproved' && !approved.includes(issuer))
    return { ...next, approved: [...approved, issuer].sort() };
  return event.type === 'ShareDeclined' && !declined.includes(issuer)
    ? { ...next, declined: [...declined, issuer].sort() }
    : undefined;
};
