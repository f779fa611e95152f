import { isAgencyId, isEventId, type AgencyId, type EventId, type Instant } from '@tripoint/kernel';
import { also, guarded, listOf, oneOf, shape, type Check } from '../check.js';
import { isMoment } from '../instant.js';
import { bare, inOrder, remark, type Bare, type ContentChecks, type Remark } from '../content.js';
import {
  COMPARTMENTS,
  KEPT_BECAUSE,
  PURPOSES,
  type Compartment,
  type KeptBecause,
  type Purpose,
} from '../vocabulary/index.js';

/** What may be handed on later: everything but the core, on which statuses depend. */
export type Grantable = Exclude<Compartment, 'core'>;

/** Which parts of which event. */
export type Scope = {
  readonly event: EventId;
  /** In the order of the vocabulary. */
  readonly compartments: readonly Grantable[];
};

/** Event type → content, for what a provider is asked to let go to one more agency. */
export type ReleaseContent = {
  ReleaseRequested: {
    core: Scope & {
      /** Who said it. */
      readonly to: AgencyId;
      /** Who is to be given it. */
      readonly grantee: AgencyId;
      readonly purpose: Purpose;
    };
    parts: { facts?: Remark };
  };
  /** Nobody has asked: whoever said it hands it on, and is alone told so until it is carried out. */
  ReleaseOffered: {
    core: Scope & { readonly grantee: AgencyId; readonly until: Instant };
    parts: Bare;
  };
  ReleaseGranted: {
    core: { readonly compartments: readonly Grantable[]; readonly until: Instant };
    parts: Bare;
  };
  /** To whom asked for itself: it holds it, and may use it in judicial proceedings (H1). Nothing is handed on. */
  JudicialUsePermitted: {
    core: { readonly compartments: readonly Grantable[]; readonly until: Instant };
    parts: Bare;
  };
  ReleaseDenied: { core: Bare; parts: { facts?: Remark } };
  /** Carries the keys, in its facts by digest; the grantee's first news of all this. */
  GrantMade: {
    core: Scope & { readonly grantee: AgencyId; readonly until: Instant };
    parts: Bare;
  };
  GrantRevoked: { core: Bare; parts: Bare };
  /** The grantee's node: the copy is gone. */
  GrantPurged: { core: Bare; parts: Bare };
  /** The grantee's node: a copy stays, and why. */
  GrantCopyKept: { core: Kept; parts: Bare };
};

/** Why a copy that was to go is still there. */
export type Kept = { readonly because: readonly KeptBecause[] };
export const kept: Check<Kept> = shape<Kept>({
  because: also(
    listOf(oneOf(KEPT_BECAUSE), { min: 1, max: KEPT_BECAUSE.length }),
    inOrder(KEPT_BECAUSE),
  ),
});

export const GRANTABLE = COMPARTMENTS.filter((name): name is Grantable => name !== 'core');
export const compartments = also(
  listOf(oneOf(GRANTABLE), { min: 1, max: GRANTABLE.length }),
  inOrder(GRANTABLE),
);

/** Those of these that may be handed on, in the order of the vocabulary. */
export const grantablesIn = (named: readonly string[]): readonly Grantable[] =>
  GRANTABLE.filter((name) => named.includes(name));
const event = guarded(isEventId, 'the id of an event');
const agency = guarded(isAgencyId, 'an agency');
// The hub refuses a time that the calendar does not have, and by then the number is taken.
export const until = guarded(isMoment, 'an instant');

export const releaseChecks: {
  readonly [T in keyof ReleaseContent]: ContentChecks<ReleaseContent[T]>;
} = {
  ReleaseRequested: {
    core: shape<ReleaseContent['ReleaseRequested']['core']>({
      event,
      compartments,
      to: agency,
      grantee: agency,
      purpose: oneOf(PURPOSES),
    }),
    parts: { facts: remark },
  },
  ReleaseOffered: {
    core: shape<ReleaseContent['ReleaseOffered']['core']>({
      event,
      compartments,
      grantee: agency,
      until,
    }),
    parts: {},
  },
  ReleaseGranted: {
    core: shape<ReleaseContent['ReleaseGranted']['core']>({ compartments, until }),
    parts: {},
  },
  JudicialUsePermitted: {
    core: shape<ReleaseContent['JudicialUsePermitted']['core']>({ compartments, until }),
    parts: {},
  },
  ReleaseDenied: { core: bare, parts: { facts: remark } },
  GrantMade: {
    core: shape<ReleaseContent['GrantMade']['core']>({
      event,
      compartments,
      grantee: agency,
      until,
    }),
    parts: {},
  },
  GrantRevoked: { core: bare, parts: {} },
  GrantPurged: { core: bare, parts: {} },
  GrantCopyKept: { core: kept, parts: {} },
};
