import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { type Item } from '../item.js';
import { grantablesIn } from '../release/release.events.js';
import { type DrillCommand } from './drill.commands.js';

export type DrillRefusal = Refusal<'order-is-of-what-is-in-custody'> | DraftRefusal;

/** Says noise to nobody, where there is somebody to keep shares of its keys. */
export const decideDrill = (
  command: DrillCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | DrillRefusal => {
  const { by, data } = command;
  if (state.kind !== 'none') return refuse('item-exists', 'an item with this id exists');
  const compartments = grantablesIn(data.compartments);
  if (compartments.length === 0)
    return refuse('order-is-of-what-is-in-custody', 'no custodians have shares of any key');
  return draft(command, context, by.agency, {
    type: 'DrillPrepared',
    core: {},
    parts: Object.fromEntries(compartments.map((name) => [name, { noise: data.noise }])),
    facts: { opens: true, practice: true },
  });
};
