import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { draft, sorted, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { millisBetween } from '../instant.js';
import { type Item } from '../item.js';
import { longerThan } from '../longest.js';
import { grantablesIn } from '../release/release.events.js';
import { type StepRefusal } from '../step.js';
import { type RecallCommand } from './recall.commands.js';

export type RecallRefusal =
  Refusal<'deadline-in-the-past' | 'term-too-long'> | DraftRefusal | StepRefusal;

type Issue = Extract<RecallCommand, { readonly type: 'IssueRecall' }>;

/** Decides what follows when a command meets a recall. */
export const decideRecall = (
  command: RecallCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | RecallRefusal => {
  if (command.type === 'IssueRecall')
    return state.kind === 'none'
      ? issue(command, context)
      : refuse('item-exists', 'an item with this id exists');
  if (state.kind !== 'recall') return refuse('item-unknown', 'there is no such recall');
  if (command.by.agency !== state.to)
    return refuse('not-the-receiving-party', 'only the agency that the item went to does this');
  const because = command.data.kept ?? [];
  const said = state.kept ?? [];
  if (state.status === 'PURGED' || (because.length > 0 && said.join() === because.join()))
    return [];
  return draft(
    command,
    context,
    state.from,
    because.length === 0
      ? { type: 'RecallPurged', core: {} }
      : { type: 'RecallCopyKept', core: { because }, facts: { kept: because } },
  );
};

const issue = (command: Issue, context: Context): readonly DraftEvent[] | RecallRefusal => {
  const { to, until, event, descriptors, saidBy, marking, facts, intelligence } = command.data;
  const { agency } = command.by;
  if (to === agency) return refuse('to-oneself', 'an agency has nothing to send to itself');
  if (saidBy !== agency)
    return refuse('not-the-provider', 'only who said it decides who else is given it');
  if (!context.exchange.participants.includes(agency))
    return refuse('not-participant', 'this agency does not take part in the exchange');
  if (context.kindOf(to) === undefined)
    return refuse('unknown-agency', 'there is no such agency in the federation');
  if (millisBetween(command.at, until) <= 0)
    return refuse('deadline-in-the-past', 'the time by which it is to be gone would be over');
  const tooLong = longerThan('deadline', command.at, until);
  if (tooLong !== undefined) return tooLong;
  const compartments = grantablesIn(command.data.compartments);
  return draft(command, context, to, {
    type: 'RecallIssued',
    core: { to, event, compartments, until },
    parts: { facts, intelligence },
    marking,
    facts: { recall: { agency: to, descriptors: sorted(descriptors), until } },
    needed: [
      ...(facts === undefined ? [] : (['facts'] as const)),
      ...(intelligence === undefined ? [] : (['intelligence'] as const)),
    ],
  });
};
