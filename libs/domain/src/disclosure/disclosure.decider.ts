import { refuse, type AgencyId, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { beyondItsKind, draft, sorted, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { millisBetween } from '../instant.js';
import { type Disclosure, type Item } from '../item.js';
import { grantablesIn } from '../release/release.events.js';
import { type StepRefusal } from '../step.js';
import { type DisclosureCommand } from './disclosure.commands.js';

export type DisclosureRefusal =
  | Refusal<
      | 'not-an-authority'
      | 'order-is-by-oversight-or-in-an-emergency'
      | 'order-is-for-a-day-at-most'
      | 'order-is-of-what-is-in-custody'
      | 'share-is-in-time'
    >
  | DraftRefusal
  | StepRefusal;

type Order = Extract<DisclosureCommand, { readonly type: 'OrderDisclosure' | 'ImposeDisclosure' }>;
type Step = Exclude<DisclosureCommand, Order>;

/** No order is good for longer than a day. */
const LONGEST = 24 * 60 * 60 * 1000;

/** Decides what follows when a command meets an order to disclose. */
export const decideDisclosure = (
  command: DisclosureCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | DisclosureRefusal => {
  if (command.type === 'OrderDisclosure' || command.type === 'ImposeDisclosure')
    return state.kind === 'none'
      ? order(command, context)
      : refuse('item-exists', 'an item with this id exists');
  return state.kind === 'disclosure'
    ? step(command, state, context)
    : refuse('item-unknown', 'there is no such disclosure');
};

const order = (command: Order, context: Context): readonly DraftEvent[] | DisclosureRefusal => {
  const { beneficiary, event, ground, until, custodians } = command.data;
  const { agency } = command.by;
  const emergency = command.type === 'OrderDisclosure' && command.data.emergency;
  if (command.type === 'ImposeDisclosure') {
    if (context.kindOf(agency) !== 'OVERSIGHT')
      return refuse('not-an-authority', 'only oversight orders it for another agency');
  } else if (!emergency || beneficiary !== agency)
    return refuse(
      'order-is-by-oversight-or-in-an-emergency',
      'only oversight orders a disclosure, or an agency for itself in an emergency',
    );
  else if (ground === 'SUPERVISORY_INQUIRY')
    return refuse(
      'order-is-by-oversight-or-in-an-emergency',
      'a supervisory inquiry is oversight’s, and no ground of an emergency',
    );
  if (context.kindOf(beneficiary) === undefined)
    return refuse('unknown-agency', 'there is no such agency in the federation');
  const millis = millisBetween(command.at, until);
  if (millis <= 0 || millis > LONGEST)
    return refuse('order-is-for-a-day-at-most', 'the time of the order is over, or is too long');
  if (custodians.length === 0)
    return refuse('order-is-of-what-is-in-custody', 'no custodians have shares of any key');
  const compartments = grantablesIn(command.data.compartments);
  const beyond = beyondItsKind(context, beneficiary, compartments);
  if (beyond !== undefined) return beyond;
  const told = [...custodians, beneficiary].filter((one) => one !== agency);
  return draft(command, context, beneficiary, {
    type: 'DisclosureOrdered',
    core: { event, compartments, beneficiary, ground, until, emergency },
    also: custodians,
    facts: {
      opens: true,
      admits: sorted(told).map((one) => ({ agency: one, compartments: ['core'] })),
      order: {
        agency: beneficiary,
        compartments: sorted(compartments),
        emergency,
        event,
        ground,
        until,
      },
    },
  });
};

const step = (
  command: Step,
  state: Disclosure,
  context: Context,
): readonly DraftEvent[] | DisclosureRefusal => {
  const { agency } = command.by;
  const { from, to, until } = state;
  // Oversight is told nothing by those to whom it gives orders: it reads in the log that they did it.
  const alone = context.kindOf(from) === 'OVERSIGHT' ? ({ alone: true } as const) : {};
  if (command.type === 'ConfirmDisclosurePurge') {
    if (agency !== to)
      return refuse('not-the-receiving-party', 'only the agency that the item went to does this');
    // Where a legal hold keeps a copy it is not gone: that is said when none stays any more.
    return state.status === 'PURGED' || (command.data.kept ?? []).length > 0
      ? []
      : draft(command, context, from, { type: 'DisclosurePurged', core: {}, ...alone });
  }
  if (command.type === 'ProveDrill') {
    if (agency !== to)
      return refuse('not-the-receiving-party', 'only the agency that the item went to does this');
    // The key of anything else stays where it is.
    if (state.ground !== 'DRILL')
      return refuse('status-does-not-allow', 'what was ordered is no drill');
    return state.provenAt === undefined
      ? draft(command, context, from, {
          type: 'DrillProven',
          core: {},
          facts: { proves: command.data.proves },
          ...alone,
        })
      : [];
  }
  if (agency === to) return refuse('to-oneself', 'nobody hands a share to itself');
  if (state.status === 'PURGED' || millisBetween(command.at, until) <= 0)
    return refuse('share-is-in-time', 'the time of the order is over');
  switch (command.type) {
    case 'ApproveShare':
      return includes(state.approved, agency) || includes(state.released, agency)
        ? []
        : draft(command, context, agency, { type: 'ShareApproved', core: {} });
    case 'ReleaseShare':
      if (!includes(state.approved, agency))
        return refuse('status-does-not-allow', 'no officer has let the share go');
      return includes(state.released, agency)
        ? []
        : draft(command, context, to, {
            type: 'ShareReleased',
            core: { beneficiary: to, until },
            facts: { grant: { ...command.data, agency: to, until } },
          });
    case 'DeclineShare':
      if (includes(state.approved, agency))
        return refuse('status-does-not-allow', 'the share was let go');
      return includes(state.declined, agency)
        ? []
        : draft(command, context, to, {
            type: 'ShareDeclined',
            core: {},
            ...alone,
            facts: { declines: true },
          });
  }
};

const includes = (agencies: readonly AgencyId[], agency: AgencyId): boolean =>
  agencies.includes(agency);
