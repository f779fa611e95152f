import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { millisBetween } from '../instant.js';
import { type Item } from '../item.js';
import { longerThan } from '../longest.js';
import { grantablesIn } from '../release/release.events.js';
import { type StepRefusal } from '../step.js';
import { type HoldCommand } from './hold.commands.js';

export type HoldRefusal =
  Refusal<'deadline-in-the-past' | 'term-too-long'> | DraftRefusal | StepRefusal;

type Place = Extract<HoldCommand, { readonly type: 'PlaceHold' }>;

/** Decides what follows when a command meets a legal hold. */
export const decideHold = (
  command: HoldCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | HoldRefusal => {
  if (command.type === 'PlaceHold')
    return state.kind === 'none'
      ? place(command, context)
      : refuse('item-exists', 'an item with this id exists');
  if (state.kind !== 'hold') return refuse('item-unknown', 'there is no such hold');
  if (command.by.agency !== state.from)
    return refuse('not-the-issuing-party', 'only the agency that issued the item does this');
  return state.status === 'LIFTED'
    ? []
    : draft(command, context, state.from, { type: 'LegalHoldLifted', core: {} });
};

const place = (command: Place, context: Context): readonly DraftEvent[] | HoldRefusal => {
  const { event, ground, reference, until } = command.data;
  if (millisBetween(command.at, until) <= 0)
    return refuse('deadline-in-the-past', 'the time for which it is held would be over');
  const tooLong = longerThan('hold', command.at, until);
  if (tooLong !== undefined) return tooLong;
  return draft(command, context, command.by.agency, {
    type: 'LegalHoldPlaced',
    core: {
      event,
      compartments: grantablesIn(command.data.compartments),
      ground,
      ...(reference === undefined ? {} : { reference }),
      until,
    },
  });
};
