import { type EventId } from '@tripoint/kernel';
import {
  advanceContribution,
  contributionRefusal,
  sharedContribution,
} from './contribution/contribution.js';
import { advanceDisclosure, orderedDisclosure } from './disclosure/disclosure.js';
import { orderedErasure } from './erasure/erasure.js';
import { publishedReading } from './reading/reading.js';
import { advanceRecall, issuedRecall } from './recall/recall.js';
import {
  advanceRelease,
  grantedRelease,
  offeredRelease,
  releaseRefusal,
  requestedRelease,
} from './release/release.js';
import { preparedDrill } from './drill/drill.js';
import { saidReview } from './review/review.js';
import { advanceHold, placedHold } from './hold/hold.js';
import { timeOf, type Happened, type Recorded } from './event.js';
import { recordedAttempt } from './attempt/attempt.js';
import { noItem, type Item, type NoItem } from './item.js';
import { advanceReferral, issuedReferral, referralRefusal } from './referral/referral.js';
import { advanceRequest, issuedRequest, requestRefusal } from './request/request.js';
import { familyOf } from './vocabulary/index.js';

/**
 * What an item is after one more event. Total: history cannot be refused, so an event that comes too late or from
 * somebody without a say is kept as overtaken and changes nothing else. An event whose core this reader does not
 * hold, or that is about another item, changes nothing at all.
 */
export const evolve = (state: Item, recorded: Recorded): Item => {
  const { event } = recorded;
  if (event.core === undefined) return state;
  // What became of a copy is no step of whatever ordered it, which its holder does not hold.
  if (event.type === 'ErasurePurged') return state;
  const happened = { type: event.type, core: event.core } as Happened;
  if (state.kind === 'none') {
    const born = begin(recorded, happened);
    return born === undefined
      ? overtaken(state, recorded.id)
      : { ...born, overtaken: state.overtaken };
  }
  if (event.item !== state.item) return state;
  return advance(state, recorded, happened) ?? overtaken(state, recorded.id);
};

const overtaken = <S extends Item>(state: S, event: EventId): S => ({
  ...state,
  overtaken: [...state.overtaken, event],
});

const begin = (recorded: Recorded, event: Happened): Exclude<Item, NoItem> | undefined => {
  if (event.type === 'RequestIssued') return issuedRequest(recorded, event);
  if (event.type === 'ContributionShared') return sharedContribution(recorded, event);
  if (event.type === 'ReferralIssued') return issuedReferral(recorded, event);
  if (event.type === 'DisclosureAttempted') return recordedAttempt(recorded, event);
  if (event.type === 'ReleaseRequested') return requestedRelease(recorded, event);
  if (event.type === 'ReleaseOffered') return offeredRelease(recorded, event);
  if (event.type === 'GrantMade') return grantedRelease(recorded, event);
  if (event.type === 'RecallIssued') return issuedRecall(recorded, event);
  if (event.type === 'DisclosureOrdered') return orderedDisclosure(recorded, event);
  if (event.type === 'ErasureOrdered') return orderedErasure(recorded, event);
  if (event.type === 'ReadRootPublished') return publishedReading(recorded, event);
  if (event.type === 'DrillPrepared') return preparedDrill(recorded);
  if (event.type === 'DisclosureReviewed') return saidReview(recorded, event);
  if (event.type === 'LegalHoldPlaced') return placedHold(recorded, event);
  return undefined;
};

/** The item after an event that was valid, undefined after one that was not. */
const advance = (
  state: Exclude<Item, NoItem>,
  recorded: Recorded,
  event: Happened,
): Item | undefined => {
  const at = timeOf(recorded);
  const { issuer } = recorded;
  switch (state.kind) {
    case 'request':
      return isRequestStep(event) && requestRefusal(state, event, issuer) === undefined
        ? advanceRequest(state, event, at)
        : undefined;
    case 'contribution':
      return isContributionStep(event) && contributionRefusal(state, event, issuer) === undefined
        ? advanceContribution(state, event, at)
        : undefined;
    case 'referral':
      return isReferralStep(event) && referralRefusal(state, event, issuer) === undefined
        ? advanceReferral(state, event, at)
        : undefined;
    case 'release':
      return isReleaseStep(event) && releaseRefusal(state, event, issuer) === undefined
        ? advanceRelease(state, event, at)
        : undefined;
    case 'recall':
      return advanceRecall(state, recorded);
    case 'disclosure':
      return advanceDisclosure(state, recorded);
    case 'hold':
      return advanceHold(state, recorded);
    case 'erasure':
    case 'attempt':
    case 'reads':
    case 'review':
    case 'drill':
      return undefined;
  }
};

const isRequestStep = (event: Happened): event is Parameters<typeof advanceRequest>[1] =>
  familyOf(event.type) === 'request' && event.type !== 'RequestIssued';
const isContributionStep = (event: Happened): event is Parameters<typeof advanceContribution>[1] =>
  familyOf(event.type) === 'contribution' && event.type !== 'ContributionShared';
const isReferralStep = (event: Happened): event is Parameters<typeof advanceReferral>[1] =>
  familyOf(event.type) === 'referral' && event.type !== 'ReferralIssued';
const isReleaseStep = (event: Happened): event is Parameters<typeof advanceRelease>[1] =>
  event.type === 'GrantPurged' ||
  event.type === 'GrantCopyKept' ||
  (['release', 'grant'].includes(familyOf(event.type)) &&
    event.type !== 'ReleaseRequested' &&
    event.type !== 'ReleaseOffered');

/** The item that these events make, in the order given. */
export const foldItem = (history: Iterable<Recorded>): Item => {
  let state: Item = noItem;
  for (const recorded of history) state = evolve(state, recorded);
  return state;
};

/** What the log has recorded by leaf index, then what is pending in the order it was decided. */
export const inLogOrder = (history: readonly Recorded[]): readonly Recorded[] =>
  history.toSorted(
    (a, b) =>
      (a.leaf?.index ?? Number.MAX_SAFE_INTEGER) - (b.leaf?.index ?? Number.MAX_SAFE_INTEGER),
  );
