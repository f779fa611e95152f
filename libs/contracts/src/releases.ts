import {
  COMPARTMENTS,
  KEPT_BECAUSE,
  PURPOSES,
  type Grantable,
  type KeptBecause,
  type Purpose,
} from '@tripoint/domain';
import { type AgencyId, type EventId, type Instant } from '@tripoint/kernel';
import { Agency, Code, Codes, Moment, Nested, NestedList, Uuid, YesNo } from './fields.js';
import { MarkingBody } from './markings.js';
import { PageResponse } from './page.js';
import { ItemResponse } from './requests.js';
import { RemarkBody } from './statements.js';

/** Everything but the core: what an item is and how it stands is for its participants. */
export const GRANTABLE = COMPARTMENTS.filter((name): name is Grantable => name !== 'core');

/** That its provider let something go to one more agency, and what for. */
export class RequestReleaseBody {
  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Agency({
    about:
      'The agency that is to be given it; one’s own, to use in judicial proceedings what its provider marked H1.',
  })
  readonly grantee!: AgencyId;

  @Code(PURPOSES, 'Purpose', { about: 'What for.' })
  readonly purpose!: Purpose;

  @Nested(() => MarkingBody, { about: 'How this question may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'Why, in words.', optional: true })
  readonly facts?: RemarkBody;
}

/** What is handed on although nobody asked. */
export class OfferReleaseBody {
  @Uuid({ about: 'The event that says it; this agency’s own.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts of it.', least: 1 })
  readonly compartments!: Grantable[];

  @Agency({ about: 'The agency that is given it.' })
  readonly grantee!: AgencyId;

  @Moment({ about: 'Until when, in the log’s time; then the copy is purged.' })
  readonly until!: Instant;
}

/** What is let go, and until when. */
export class GrantReleaseBody {
  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts; no more than was asked for.', least: 1 })
  readonly compartments!: Grantable[];

  @Moment({ about: 'Until when, in the log’s time; then the copy is purged.' })
  readonly until!: Instant;
}

/** Why nothing is let go. */
export class DenyReleaseBody {
  @Nested(() => MarkingBody, { about: 'How this answer may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RemarkBody, { about: 'Why, in words.', optional: true })
  readonly facts?: RemarkBody;
}

/** A release without its words. */
export class ReleaseResponse extends ItemResponse {
  @Agency({ about: 'Who said it, and decides.' })
  readonly provider!: AgencyId;

  @Agency({ about: 'Who is to be given it.' })
  readonly grantee!: AgencyId;

  @Uuid({ about: 'The event that says it.' })
  readonly event!: EventId;

  @Codes(GRANTABLE, 'Grantable', { about: 'Which parts: asked for, then granted.' })
  readonly compartments!: Grantable[];

  @Moment({ about: 'Until when, in the log’s time, once it was granted.', optional: true })
  readonly until?: Instant;

  @Moment({ about: 'When the grantee said that its copy is gone.', optional: true })
  readonly purgedAt?: Instant;

  @Codes(KEPT_BECAUSE, 'KeptBecause', {
    about: 'Why a copy of the grantee’s stays although the grant is over.',
    optional: true,
  })
  readonly kept?: KeptBecause[];

  @YesNo({
    about: 'Whether the time for which it was granted is over, as of the log’s time.',
  })
  readonly expired!: boolean;
}

/** A page of releases. */
export class ReleasesResponse extends PageResponse {
  @NestedList(() => ReleaseResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ReleaseResponse[];
}
