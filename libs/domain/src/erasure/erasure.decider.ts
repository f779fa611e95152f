import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, sorted, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { millisBetween } from '../instant.js';
import { type Item } from '../item.js';
import { longerThan } from '../longest.js';
import { type StepRefusal } from '../step.js';
import { COMPARTMENTS } from '../vocabulary/index.js';
import { type ErasureCommand } from './erasure.commands.js';

export type ErasureRefusal =
  | Refusal<'deadline-in-the-past' | 'term-too-long' | 'not-an-authority' | 'forgotten-already'>
  | DraftRefusal
  | StepRefusal;

type Order = Extract<ErasureCommand, { readonly type: 'OrderErasure' | 'ImposeErasure' }>;
type Confirm = Extract<ErasureCommand, { readonly type: 'ConfirmErasure' }>;

/** Decides what follows when a command meets an erasure. */
export const decideErasure = (
  command: ErasureCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ErasureRefusal => {
  if (command.type !== 'ConfirmErasure')
    return state.kind === 'none'
      ? order(command, context)
      : refuse('item-exists', 'an item with this id exists');
  // Most who have something to forget hold nothing of the order: the log has told them.
  return state.kind === 'none' || state.kind === 'erasure'
    ? confirm(command, context)
    : refuse('item-unknown', 'there is no such erasure');
};

const order = (command: Order, context: Context): readonly DraftEvent[] | ErasureRefusal => {
  const { event, descriptors, saidBy, ground, until } = command.data;
  const { agency } = command.by;
  if (command.type === 'ImposeErasure') {
    if (context.kindOf(agency) !== 'OVERSIGHT')
      return refuse('not-an-authority', 'only oversight has forgotten what others said');
    if (context.kindOf(saidBy) === undefined)
      return refuse('unknown-agency', 'there is no such agency in the federation');
  } else if (saidBy !== agency)
    return refuse('not-the-provider', 'only who said it has it forgotten everywhere');
  if (millisBetween(command.at, until) <= 0)
    return refuse('deadline-in-the-past', 'the time by which it is to be gone would be over');
  const tooLong = longerThan('deadline', command.at, until);
  if (tooLong !== undefined) return tooLong;
  if (isOrdered(command, context))
    return refuse('forgotten-already', 'an order of this agency has all of that forgotten already');
  const named = command.data.compartments as readonly string[];
  const compartments = COMPARTMENTS.filter(
    (name): name is Exclude<typeof name, 'core'> => name !== 'core' && named.includes(name),
  );
  return draft(command, context, agency, {
    type: 'ErasureOrdered',
    core: { event, compartments, ground, until },
    facts: {
      erases: {
        event,
        descriptors: sorted(descriptors),
        ground,
        ...(command.type === 'ImposeErasure' ? { saidBy } : {}),
        until,
      },
    },
    alone: true,
  });
};

/**
 * Whether orders of this agency's name all of it before, recorded or on their way: the log would let nothing follow of one more. One
 * that says of another agency that it said it may have been in vain, and takes nothing from a true one.
 */
const isOrdered = ({ type, by, data }: Order, { exchange }: Context): boolean => {
  const saidBy = type === 'ImposeErasure' ? data.saidBy : undefined;
  const before = exchange.said.flatMap(({ issuer, facts: { erases } }) =>
    issuer === by.agency && erases?.event === data.event && erases.saidBy === saidBy
      ? erases.descriptors
      : [],
  );
  return data.descriptors.every((one) => before.includes(one));
};

const confirm = (command: Confirm, context: Context): readonly DraftEvent[] | ErasureRefusal => {
  const { to, event, stores, backupsUntil, kept } = command.data;
  const why = kept === undefined ? {} : { kept };
  return draft(command, context, to, {
    type: 'ErasurePurged',
    core: { event, stores, backupsUntil, ...why },
    facts: { purged: { stores: sorted(stores), backups: backupsUntil }, ...why },
  });
};
