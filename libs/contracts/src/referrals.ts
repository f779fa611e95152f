import {
  COMPARTMENTS,
  CONSENT_GIVERS,
  CONSENT_PURPOSES,
  LANGUAGES,
  REFERRAL_OUTCOMES,
  REJECTION_REASONS,
  REVOCATION_REASONS,
  SERVICES,
  URGENCIES,
  type Compartment,
  type ConsentGiver,
  type ConsentPurpose,
  type Language,
  type ReferralOutcome,
  type RejectionReason,
  type RevocationReason,
  type Service,
  type Urgency,
} from '@tripoint/domain';
import { type AgencyId, type ExchangeId, type Instant } from '@tripoint/kernel';
import { PersonBody } from './entities.js';
import {
  Agencies,
  Agency,
  Code,
  Codes,
  Form,
  Lines,
  Moment,
  Nested,
  NestedList,
  Uuid,
  Words,
} from './fields.js';
import { MarkingBody } from './markings.js';
import { PageResponse } from './page.js';
import { ItemResponse } from './requests.js';
import { PROSE } from './statements.js';

/** What a person has agreed to. */
export class ConsentBody {
  @Form({
    about: 'A token for the person, which must not be a name.',
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]{3,63}$/,
    most: 64,
    form: 'a token of 4 to 64 letters, digits and hyphens',
    example: 'P-7F3A',
  })
  readonly subjectPseudonym!: string;

  @Codes(CONSENT_PURPOSES, 'ConsentPurpose', { about: 'What for.', least: 1 })
  readonly purposes!: ConsentPurpose[];

  @Agencies({ about: 'Who may be told.', least: 1, most: 32, example: ['animus'] })
  readonly recipients!: AgencyId[];

  @Codes(COMPARTMENTS, 'Compartment', {
    about: 'Which parts they may be told.',
    least: 1,
    example: ['identity', 'needs'],
  })
  readonly compartments!: Compartment[];

  @Code(LANGUAGES, 'Language', { about: 'The language in which it was explained.', example: 'bg' })
  readonly language!: Language;

  @Words({ about: 'Who interpreted.', most: 500, optional: true })
  readonly interpreter?: string;

  @Code(CONSENT_GIVERS, 'ConsentGiver', { about: 'Who gave it.' })
  readonly givenBy!: ConsentGiver;

  @Lines({ about: 'A note on the capacity to consent.', most: 2000, optional: true })
  readonly capacityNote?: string;

  @Moment({ about: 'From when it holds.' })
  readonly from!: Instant;

  @Moment({ about: 'Until when it holds.', example: '2027-05-23T12:00:00.000Z' })
  readonly until!: Instant;

  @Words({ about: 'Where the evidence of it is kept.', most: 120, example: 'file 2026/114' })
  readonly evidenceRef!: string;
}

/** What the person needs. */
export class NeedsBody {
  @Codes(SERVICES, 'Service', {
    about: 'Services asked for.',
    least: 1,
    example: ['SHELTER', 'LEGAL'],
  })
  readonly services!: Service[];

  @Code(URGENCIES, 'Urgency', { about: 'How soon help is needed.' })
  readonly urgency!: Urgency;

  @Code(LANGUAGES, 'Language', {
    about: 'The language the person understands best.',
    example: 'bg',
  })
  readonly language!: Language;

  @Words({ about: 'What an interpreter has to be or not to be.', most: 500, optional: true })
  readonly interpreter?: string;

  @Lines({ about: 'Anything else that the service has to know.', most: PROSE, optional: true })
  readonly text?: string;
}

/** What to beware of. */
export class RiskBody {
  @Lines({ about: 'Threats.', most: PROSE })
  readonly text!: string;

  @Lines({ about: 'The safety plan.', most: PROSE, optional: true })
  readonly safetyPlan?: string;
}

/** A person is referred to a service, with consent. */
export class IssueReferralBody {
  @Agency({ about: 'The agency that is asked to take the person on.', example: 'animus' })
  readonly to!: AgencyId;

  @Uuid({
    about: 'The exchange it belongs to; a new one is opened when it is left out.',
    optional: true,
  })
  readonly exchange?: ExchangeId;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @NestedList(() => PersonBody, { about: 'The person referred.', least: 1, most: 16 })
  readonly persons!: PersonBody[];

  @Nested(() => NeedsBody, { about: 'What the person needs.' })
  readonly needs!: NeedsBody;

  @Nested(() => RiskBody, { about: 'What to beware of.', optional: true })
  readonly risk?: RiskBody;

  @Nested(() => ConsentBody, {
    about: 'What the person has agreed to. Without it nothing is sent.',
    optional: true,
  })
  readonly consent?: ConsentBody;
}

/** Why a referral was not taken: for services only, since it may tell where a person is. */
export class RejectionBody {
  @Code(REJECTION_REASONS, 'RejectionReason', { about: 'Why.' })
  readonly reason!: RejectionReason;

  @Lines({ about: 'More about it.', most: PROSE, optional: true })
  readonly text?: string;
}

/** The service does not take the person on, or cannot. Police learn the outcome and never the reason. */
export class DeclineReferralBody {
  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => RejectionBody, { about: 'Why.' })
  readonly needs!: RejectionBody;
}

/** Services given. Never reaches police. */
export class WelfareBody {
  @Lines({ about: 'How it is going.', most: PROSE })
  readonly text!: string;

  @Codes(SERVICES, 'Service', {
    about: 'Services given.',
    least: 1,
    optional: true,
    example: ['SHELTER'],
  })
  readonly services?: Service[];
}

/** Word from the service. */
export class ReferralFeedbackBody {
  @Code(REFERRAL_OUTCOMES, 'ReferralOutcome', { about: 'All that a referring officer learns.' })
  readonly outcome!: ReferralOutcome;

  @Nested(() => MarkingBody, { about: 'How it may travel.' })
  readonly marking!: MarkingBody;

  @Nested(() => WelfareBody, { about: 'For services only.', optional: true })
  readonly welfare?: WelfareBody;
}

/** The referring agency takes the referral back. */
export class RevokeReferralBody {
  @Code(REVOCATION_REASONS, 'RevocationReason', { about: 'Why.' })
  readonly reason!: RevocationReason;
}

/** A referral without its content. */
export class ReferralResponse extends ItemResponse {}

/** A page of referrals. */
export class ReferralsResponse extends PageResponse {
  @NestedList(() => ReferralResponse, { about: 'The newest first.', most: 200 })
  readonly rows!: ReferralResponse[];
}
