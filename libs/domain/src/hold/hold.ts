import { timeOf, type Happened, type Recorded } from '../event.js';
import { type Hold } from '../item.js';

/** What is not to be deleted yet: whoever holds it is both parties. */
export const placedHold = (
  recorded: Recorded,
  { core: { event, compartments, ground, until } }: Happened<'LegalHoldPlaced'>,
): Hold => {
  const at = timeOf(recorded);
  return {
    kind: 'hold',
    item: recorded.event.item,
    from: recorded.issuer,
    to: recorded.issuer,
    status: 'PLACED',
    issuedAt: at,
    changedAt: at,
    overtaken: [],
    event,
    compartments,
    ground,
    until,
  };
};

/** The hold after an event, undefined when that was not its holder's to say, or was said before. */
export const advanceHold = (state: Hold, recorded: Recorded): Hold | undefined => {
  const { event, issuer } = recorded;
  if (event.type !== 'LegalHoldLifted' || issuer !== state.from || state.status !== 'PLACED')
    return undefined;
  const at = timeOf(recorded);
  return { ...state, status: 'LIFTED', changedAt: at, liftedAt: at };
};
