import { isAgencyId, isEventId, type AgencyId, type Instant } from '@tripoint/kernel';
import { guarded, oneOf, shape, yesOrNo } from '../check.js';
import { bare, type Bare, type ContentChecks } from '../content.js';
import { compartments, until, type Scope } from '../release/release.events.js';
import { DISCLOSURE_GROUNDS, type DisclosureGround } from '../vocabulary/index.js';

/** Event type → content, for what custodians are ordered to disclose of one event. */
export type DisclosureContent = {
  DisclosureOrdered: {
    core: Scope & {
      /** Who is to read it. */
      readonly beneficiary: AgencyId;
      readonly ground: DisclosureGround;
      /** By when it ends by itself, in the log's time. */
      readonly until: Instant;
      /** The beneficiary invokes it for itself, and oversight looks at it afterwards. */
      readonly emergency: boolean;
    };
    parts: Bare;
  };
  /** An officer of a custodian lets its share go; nobody else is told of it until that is carried out. */
  ShareApproved: { core: Bare; parts: Bare };
  /** Carries the share, in its facts by digest. */
  ShareReleased: {
    core: { readonly beneficiary: AgencyId; readonly until: Instant };
    parts: Bare;
  };
  ShareDeclined: { core: Bare; parts: Bare };
  /** The beneficiary's node: the shares of a drill have given the key, which its facts show. */
  DrillProven: { core: Bare; parts: Bare };
  /** The beneficiary's node: what was disclosed is gone, and the shares. */
  DisclosurePurged: { core: Bare; parts: Bare };
};

export const disclosureChecks: {
  readonly [T in keyof DisclosureContent]: ContentChecks<DisclosureContent[T]>;
} = {
  DisclosureOrdered: {
    core: shape<DisclosureContent['DisclosureOrdered']['core']>({
      event: guarded(isEventId, 'the id of an event'),
      compartments,
      beneficiary: guarded(isAgencyId, 'an agency'),
      ground: oneOf(DISCLOSURE_GROUNDS),
      until,
      emergency: yesOrNo,
    }),
    parts: {},
  },
  ShareApproved: { core: bare, parts: {} },
  ShareReleased: {
    core: shape<DisclosureContent['ShareReleased']['core']>({
      beneficiary: guarded(isAgencyId, 'an agency'),
      until,
    }),
    parts: {},
  },
  ShareDeclined: { core: bare, parts: {} },
  DrillProven: { core: bare, parts: {} },
  DisclosurePurged: { core: bare, parts: {} },
};
