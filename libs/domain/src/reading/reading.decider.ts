import { refuse } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item } from '../item.js';
import { type ReadingCommand } from './reading.commands.js';

export type ReadingRefusal = DraftRefusal;

/** Puts the root over an agency's read log on record, for nobody's eyes but those who have the log. */
export const decideReading = (
  command: ReadingCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ReadingRefusal => {
  const { by, data } = command;
  const { size, root, since, proof } = data;
  if (state.kind === 'reads') return [];
  if (state.kind !== 'none') return refuse('item-exists', 'an item with this id exists');
  if (size < since)
    return refuse(
      'out-of-range',
      `${since} reads were recorded and published, and ${size} are left`,
    );
  return draft(command, context, by.agency, {
    type: 'ReadRootPublished',
    core: { size, root },
    facts: { reads: { size, root, since, proof } },
  });
};
