import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item } from '../item.js';
import { type ReviewCommand } from './review.commands.js';

export type ReviewRefusal = Refusal<'review-is-by-oversight' | 'already-reviewed'> | DraftRefusal;

/**
 * Puts on record what oversight thinks of an emergency. That there was one, the log knows, and whether another body of oversight was first;
 * two auditors of one body stand in the same exchange, and the second finds what the first has said.
 */
export const decideReview = (
  command: ReviewCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ReviewRefusal => {
  const { by, data } = command;
  if (context.kindOf(by.agency) !== 'OVERSIGHT')
    return refuse('review-is-by-oversight', 'only oversight reviews an emergency');
  if (state.kind === 'review') return [];
  if (state.kind !== 'none') return refuse('item-exists', 'an item with this id exists');
  const { disclosure, outcome } = data;
  const before = context.exchange.said.filter(({ issuer }) => issuer === by.agency);
  if (before.some(({ facts: { reviews } }) => reviews?.disclosure === disclosure))
    return refuse('already-reviewed', 'only the first review of an emergency counts');
  return draft(command, context, by.agency, {
    type: 'DisclosureReviewed',
    core: { disclosure, outcome },
    facts: { reviews: { disclosure, outcome } },
  });
};
