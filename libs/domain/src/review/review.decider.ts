import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item } from '../item.js';
import { type ReviewCommand } from './review.commands.js';

export type ReviewRefusal = Refusal<'review-is-by-oversight'> | DraftRefusal;

/** Puts on record what oversight thinks of an emergency. That there was one, and that it is the first review, the log knows. */
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
  return draft(command, context, by.agency, {
    type: 'DisclosureReviewed',
    core: { disclosure, outcome },
    facts: { reviews: { disclosure, outcome } },
  });
};
