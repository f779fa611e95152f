import { isEventId, type EventId, type Instant } from '@tripoint/kernel';
import { also, guarded, listOf, oneOf, optional, shape } from '../check.js';
import { inOrder, type Bare, type ContentChecks } from '../content.js';
import { compartments, until, type Scope } from '../release/release.events.js';
import {
  ERASURE_GROUNDS,
  KEPT_BECAUSE,
  PURGED_STORES,
  type ErasureGround,
  type KeptBecause,
  type PurgedStore,
} from '../vocabulary/index.js';

/** Event type → content, for what is forgotten everywhere. */
export type ErasureContent = {
  /** Its author alone holds it: whoever else is told, is told by the log. */
  ErasureOrdered: {
    core: Scope & { readonly ground: ErasureGround; readonly until: Instant };
    parts: Bare;
  };
  /** A node: it is gone here. A claim, and no proof. */
  ErasurePurged: {
    core: {
      readonly event: EventId;
      readonly stores: readonly PurgedStore[];
      readonly backupsUntil: Instant;
      /** Why a copy stays all the same, where one does. */
      readonly kept?: readonly KeptBecause[];
    };
    parts: Bare;
  };
};

const event = guarded(isEventId, 'the id of an event');

export const erasureChecks: {
  readonly [T in keyof ErasureContent]: ContentChecks<ErasureContent[T]>;
} = {
  ErasureOrdered: {
    core: shape<ErasureContent['ErasureOrdered']['core']>({
      event,
      compartments,
      ground: oneOf(ERASURE_GROUNDS),
      until,
    }),
    parts: {},
  },
  ErasurePurged: {
    core: shape<ErasureContent['ErasurePurged']['core']>({
      event,
      stores: also(
        listOf(oneOf(PURGED_STORES), { min: 1, max: PURGED_STORES.length }),
        inOrder(PURGED_STORES),
      ),
      backupsUntil: until,
      kept: optional(
        also(
          listOf(oneOf(KEPT_BECAUSE), { min: 1, max: KEPT_BECAUSE.length }),
          inOrder(KEPT_BECAUSE),
        ),
      ),
    }),
    parts: {},
  },
};
