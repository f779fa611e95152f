import { refuse, type AgencyId, type Instant } from '@tripoint/kernel';
import { timeOf, type Happened, type Recorded } from '../event.js';
import { withoutKept, type Release, type ReleaseStatus } from '../item.js';
import { type StepRefusal } from '../step.js';
import { type ReleaseContent } from './release.events.js';

export type ReleaseStepType = Exclude<keyof ReleaseContent, 'ReleaseRequested' | 'ReleaseOffered'>;

type ReleaseStep = {
  readonly by: 'provider' | 'grantee';
  readonly when: readonly ReleaseStatus[];
};

/** Who may say what, and when. `ReleaseRequested` is not here: it makes the item, as `GrantMade` does for the grantee. */
export const RELEASE_STEPS: Readonly<Record<ReleaseStepType, ReleaseStep>> = {
  // Again, where the first time has not led to a grant: the grantee may have changed its key meanwhile.
  ReleaseGranted: { by: 'provider', when: ['REQUESTED', 'GRANTED'] },
  JudicialUsePermitted: { by: 'provider', when: ['REQUESTED', 'GRANTED'] },
  ReleaseDenied: { by: 'provider', when: ['REQUESTED'] },
  GrantMade: { by: 'provider', when: ['GRANTED'] },
  GrantRevoked: { by: 'provider', when: ['GRANTED', 'USED'] },
  GrantPurged: { by: 'grantee', when: ['USED', 'REVOKED'] },
  GrantCopyKept: { by: 'grantee', when: ['USED', 'REVOKED'] },
};

/** Whether its asker wants to use what it holds, and nobody is to be given anything. */
export const isForUse = ({ from, grantee }: Pick<Release, 'from' | 'grantee'>): boolean =>
  from === grantee;

/** Why `agency` may not make this happen to the release, if so. */
export const releaseRefusal = (
  state: Release,
  { type }: { readonly type: ReleaseStepType },
  agency: AgencyId,
): StepRefusal | undefined => {
  const { by, when } = RELEASE_STEPS[type];
  if (agency !== state[by])
    return by === 'provider'
      ? refuse('not-the-provider', 'only who said it decides who else is given it')
      : refuse('not-the-grantee', 'only who was given it says what became of it');
  // Whoever asks for itself is given nothing that it does not hold: what it wants is to use it.
  const fits =
    type === 'ReleaseGranted'
      ? !isForUse(state)
      : type !== 'JudicialUsePermitted' || isForUse(state);
  return fits && when.includes(state.status)
    ? undefined
    : refuse('status-does-not-allow', `the item is ${state.status}`);
};

const begun = (recorded: Recorded) => {
  const at = timeOf(recorded);
  return {
    kind: 'release',
    item: recorded.event.item,
    issuedAt: at,
    changedAt: at,
    overtaken: [],
  } as const;
};

/** What is asked for; nobody asks itself. */
export const requestedRelease = (
  recorded: Recorded,
  { core: { to, grantee, event, compartments } }: Happened<'ReleaseRequested'>,
): Release | undefined => {
  const { issuer } = recorded;
  return issuer === to
    ? undefined
    : {
        ...begun(recorded),
        status: 'REQUESTED',
        from: issuer,
        to,
        provider: to,
        grantee,
        event,
        compartments,
      };
};

/** What nobody has asked for: until it is carried out, it is its provider's alone. */
export const offeredRelease = (
  recorded: Recorded,
  { core: { grantee, event, compartments, until } }: Happened<'ReleaseOffered'>,
): Release | undefined => {
  const { issuer } = recorded;
  return issuer === grantee
    ? undefined
    : {
        ...begun(recorded),
        status: 'GRANTED',
        from: issuer,
        to: issuer,
        provider: issuer,
        grantee,
        event,
        compartments,
        until,
      };
};

/** What the grantee hears first. */
export const grantedRelease = (
  recorded: Recorded,
  { core: { grantee, event, compartments, until } }: Happened<'GrantMade'>,
): Release | undefined => {
  const { issuer } = recorded;
  return issuer === grantee
    ? undefined
    : {
        ...begun(recorded),
        status: 'USED',
        from: issuer,
        to: grantee,
        provider: issuer,
        grantee,
        event,
        compartments,
        until,
      };
};

/** The release after a valid event. */
export const advanceRelease = (
  state: Release,
  event: Happened<ReleaseStepType>,
  at: Instant,
): Release => {
  const next = { ...state, changedAt: at };
  switch (event.type) {
    case 'ReleaseGranted':
    case 'JudicialUsePermitted': {
      const { compartments, until } = event.core;
      return { ...next, status: 'GRANTED', compartments, until };
    }
    case 'ReleaseDenied':
      return { ...next, status: 'DENIED' };
    case 'GrantMade':
      return { ...next, status: 'USED' };
    case 'GrantRevoked':
      return { ...next, status: 'REVOKED' };
    case 'GrantCopyKept':
      return { ...next, kept: event.core.because };
    case 'GrantPurged':
      return {
        ...withoutKept(next),
        status: state.status === 'REVOKED' ? 'REVOKED' : 'EXPIRED',
        purgedAt: at,
      };
  }
};
