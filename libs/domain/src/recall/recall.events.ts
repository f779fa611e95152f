import { isAgencyId, isEventId, type AgencyId, type Instant } from '@tripoint/kernel';
import { guarded, shape } from '../check.js';
import { bare, statement, type Bare, type ContentChecks, type Statement } from '../content.js';
import { compartments, kept, until, type Kept, type Scope } from '../release/release.events.js';

/** Event type → content, for what whoever said it takes back from one holder. */
export type RecallContent = {
  RecallIssued: {
    core: Scope & {
      /** The holder. */
      readonly to: AgencyId;
      /** By when its copy is to be gone, in the log's time. */
      readonly until: Instant;
    };
    /** What is said instead. */
    parts: { facts?: Statement; intelligence?: Statement };
  };
  /** The holder's node: the copy is gone. */
  RecallPurged: { core: Bare; parts: Bare };
  /** The holder's node: a copy stays, and why. */
  RecallCopyKept: { core: Kept; parts: Bare };
};

export const recallChecks: {
  readonly [T in keyof RecallContent]: ContentChecks<RecallContent[T]>;
} = {
  RecallIssued: {
    core: shape<RecallContent['RecallIssued']['core']>({
      event: guarded(isEventId, 'the id of an event'),
      compartments,
      to: guarded(isAgencyId, 'an agency'),
      until,
    }),
    parts: { facts: statement, intelligence: statement },
  },
  RecallPurged: { core: bare, parts: {} },
  RecallCopyKept: { core: kept, parts: {} },
};
