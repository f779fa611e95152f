import { refuse, type Refusal } from '@tripoint/kernel';
import { type Context } from '../command.js';
import { UNMARKED } from '../content.js';
import { beyondItsKind, draft, sorted, type DraftRefusal } from '../draft.js';
import { type DraftEvent } from '../event.js';
import { millisBetween } from '../instant.js';
import { type Item, type Release } from '../item.js';
import { longerThan } from '../longest.js';
import { type StepRefusal } from '../step.js';
import { grantablesIn } from './release.events.js';
import { type ReleaseCommand } from './release.commands.js';
import { isForUse, releaseRefusal, type ReleaseStepType } from './release.js';

export type ReleaseRefusal =
  | Refusal<'release-beyond-request' | 'release-in-the-past' | 'term-too-long'>
  | DraftRefusal
  | StepRefusal;

type Ask = Extract<ReleaseCommand, { readonly type: 'RequestRelease' }>;
type Offer = Extract<ReleaseCommand, { readonly type: 'OfferRelease' }>;
type Step = Exclude<ReleaseCommand, Ask | Offer>;

const EVENT: Readonly<Record<Step['type'], ReleaseStepType>> = {
  GrantRelease: 'ReleaseGranted',
  DenyRelease: 'ReleaseDenied',
  MakeGrant: 'GrantMade',
  RevokeGrant: 'GrantRevoked',
  ConfirmPurge: 'GrantPurged',
};

const eventOf = ({ type }: Step, state: Release): ReleaseStepType =>
  type === 'GrantRelease' && isForUse(state) ? 'JudicialUsePermitted' : EVENT[type];

/** Decides what follows when a command meets a release. */
export const decideRelease = (
  command: ReleaseCommand,
  state: Item,
  context: Context,
): readonly DraftEvent[] | ReleaseRefusal => {
  if (command.type === 'RequestRelease' || command.type === 'OfferRelease') {
    if (state.kind !== 'none') return refuse('item-exists', 'an item with this id exists');
    return command.type === 'OfferRelease' ? offer(command, context) : ask(command, context);
  }
  if (state.kind !== 'release') return refuse('item-unknown', 'there is no such release');
  return (
    releaseRefusal(state, { type: eventOf(command, state) }, command.by.agency) ??
    step(command, state, context)
  );
};

const ask = (command: Ask, context: Context): readonly DraftEvent[] | ReleaseRefusal => {
  const { marking, facts, to, grantee, event, compartments, purpose } = command.data;
  const { agency } = command.by;
  const { participants } = context.exchange;
  if (to === agency || to === grantee)
    return refuse('to-oneself', 'what an agency said itself it is not asked to hand to itself');
  if (context.kindOf(to) === undefined || context.kindOf(grantee) === undefined)
    return refuse('unknown-agency', 'there is no such agency in the federation');
  if (!participants.includes(agency) || !participants.includes(to))
    return refuse('not-participant', 'both have to take part in the exchange');
  const asked = grantablesIn(compartments);
  // Whoever asks for itself holds it already, and is given nothing.
  const beyond = isForUse({ from: agency, grantee })
    ? undefined
    : beyondItsKind(context, grantee, asked);
  if (beyond !== undefined) return beyond;
  return draft(command, context, to, {
    type: 'ReleaseRequested',
    core: { to, grantee, event, purpose, compartments: asked },
    parts: { facts },
    marking,
  });
};

const offer = (command: Offer, context: Context): readonly DraftEvent[] | ReleaseRefusal => {
  const { grantee, until, event, descriptors, saidBy } = command.data;
  const { agency } = command.by;
  if (grantee === agency) return refuse('to-oneself', 'an agency has nothing to hand to itself');
  if (saidBy !== agency)
    return refuse('not-the-provider', 'only who said it decides who else is given it');
  if (context.kindOf(grantee) === undefined)
    return refuse('unknown-agency', 'there is no such agency in the federation');
  if (!context.exchange.participants.includes(agency))
    return refuse('not-participant', 'this agency does not take part in the exchange');
  if (millisBetween(command.at, until) <= 0)
    return refuse('release-in-the-past', 'the time for which it is granted would be over');
  const tooLong = longerThan('grant', command.at, until);
  if (tooLong !== undefined) return tooLong;
  const compartments = grantablesIn(command.data.compartments);
  const beyond = beyondItsKind(context, grantee, compartments);
  if (beyond !== undefined) return beyond;
  return draft(command, context, agency, {
    type: 'ReleaseOffered',
    core: { event, grantee, until, compartments },
    facts: { release: { agency: grantee, descriptors: sorted(descriptors), until } },
  });
};

const step = (
  command: Step,
  state: Release,
  context: Context,
): readonly DraftEvent[] | ReleaseRefusal => {
  const { from, provider, grantee, event, compartments, until } = state;
  switch (command.type) {
    case 'GrantRelease': {
      const { data } = command;
      const granted = grantablesIn(data.compartments);
      if (granted.some((name) => !(compartments as readonly string[]).includes(name)))
        return refuse('release-beyond-request', 'no more is granted than was asked for');
      if (millisBetween(command.at, data.until) <= 0)
        return refuse('release-in-the-past', 'the time for which it is granted would be over');
      const tooLong = longerThan('grant', command.at, data.until);
      if (tooLong !== undefined) return tooLong;
      const core = { compartments: granted, until: data.until };
      if (isForUse(state))
        return draft(command, context, from, { type: 'JudicialUsePermitted', core });
      const beyond = beyondItsKind(context, grantee, granted);
      if (beyond !== undefined) return beyond;
      return draft(command, context, from, {
        type: 'ReleaseGranted',
        core,
        facts: {
          release: {
            agency: grantee,
            descriptors: sorted(data.descriptors),
            until: data.until,
          },
        },
      });
    }
    case 'DenyRelease': {
      const { marking, facts } = command.data;
      return draft(command, context, from, {
        type: 'ReleaseDenied',
        core: {},
        parts: { facts },
        marking,
      });
    }
    case 'MakeGrant': {
      if (until === undefined) return refuse('status-does-not-allow', 'nothing was granted');
      const { certificate, header, verdict, wraps } = command.data;
      return draft(command, context, grantee, {
        type: 'GrantMade',
        core: { event, grantee, until, compartments: grantablesIn(compartments) },
        facts: { grant: { agency: grantee, certificate, header, until, verdict, wraps } },
        also: [from],
        marking: UNMARKED,
      });
    }
    case 'RevokeGrant':
      // Whoever was not given it yet is not told of it now.
      return draft(command, context, state.status === 'USED' ? grantee : from, {
        type: 'GrantRevoked',
        core: {},
        facts: { revokes: true },
        also: [from],
      });
    case 'ConfirmPurge': {
      const because = command.data.kept ?? [];
      if (because.length === 0)
        return draft(command, context, provider, { type: 'GrantPurged', core: {} });
      return state.kept?.join() === because.join()
        ? []
        : draft(command, context, provider, {
            type: 'GrantCopyKept',
            core: { because },
            facts: { kept: because },
          });
    }
  }
};
