import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, sorted, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item } from '../item.js';
import { type AttemptCommand } from './attempt.commands.js';

export type AttemptRefusal = Refusal<'nothing-was-tried'> | DraftRefusal;

/** Puts on record that a disclosure was stopped: to whom and from what, never what it would have said. */
export const decideAttempt = (
  command: AttemptCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | AttemptRefusal => {
  const { by, data } = command;
  if (state.kind === 'attempt') return [];
  if (state.kind !== 'none') return refuse('item-exists', 'an item with this id exists');
  if (data.tried.length === 0)
    return refuse('nothing-was-tried', 'an attempt has to name whom it was to reach');
  return draft(command, context, by.agency, {
    type: 'DisclosureAttempted',
    core: { refused: data.refused },
    facts: { tried: sorted(data.tried) },
    derivedFrom: data.derivedFrom,
  });
};
