import { isItemId, type ItemId } from '@tripoint/kernel';
import { guarded, oneOf, shape } from '../check.js';
import { type Bare, type ContentChecks } from '../content.js';
import { REVIEW_OUTCOMES, type ReviewOutcome } from '../vocabulary/index.js';

/** Event type → content, for what oversight says of an emergency. */
export type ReviewContent = {
  /** The log itself tells whom it concerns: oversight takes no part in any exchange. */
  DisclosureReviewed: {
    core: { readonly disclosure: ItemId; readonly outcome: ReviewOutcome };
    parts: Bare;
  };
};

export const reviewChecks: {
  readonly [T in keyof ReviewContent]: ContentChecks<ReviewContent[T]>;
} = {
  DisclosureReviewed: {
    core: shape<ReviewContent['DisclosureReviewed']['core']>({
      disclosure: guarded(isItemId, 'the id of an item'),
      outcome: oneOf(REVIEW_OUTCOMES),
    }),
    parts: {},
  },
};
