import { isEventId, type Instant } from '@tripoint/kernel';
import { guarded, oneOf, optional, shape, text } from '../check.js';
import { bare, LINE, type Bare, type ContentChecks } from '../content.js';
import { compartments, until, type Scope } from '../release/release.events.js';
import { HOLD_GROUNDS, type HoldGround } from '../vocabulary/index.js';

/** Event type → content, for what an agency must not delete yet. Nobody else is told of it. */
export type HoldContent = {
  LegalHoldPlaced: {
    core: Scope & {
      readonly ground: HoldGround;
      readonly reference?: string;
      /** By when it ends by itself, in the log's time. */
      readonly until: Instant;
    };
    parts: Bare;
  };
  LegalHoldLifted: { core: Bare; parts: Bare };
};

export const holdChecks: {
  readonly [T in keyof HoldContent]: ContentChecks<HoldContent[T]>;
} = {
  LegalHoldPlaced: {
    core: shape<HoldContent['LegalHoldPlaced']['core']>({
      event: guarded(isEventId, 'the id of an event'),
      compartments,
      ground: oneOf(HOLD_GROUNDS),
      reference: optional(text(LINE)),
      until,
    }),
    parts: {},
  },
  LegalHoldLifted: { core: bare, parts: {} },
};
