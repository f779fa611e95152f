import { isAgencyId, type AgencyId, type Instant } from '@tripoint/kernel';
import {
  also,
  guarded,
  listOf,
  matching,
  oneOf,
  optional,
  shape,
  text,
  type Check,
} from '../check.js';
import { isMoment } from '../instant.js';
import {
  LINE,
  PROSE,
  bare,
  inOrder,
  restrictions,
  type Bare,
  type ContentChecks,
} from '../content.js';
import { person, type Person } from '../entities/index.js';
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
} from '../vocabulary/index.js';

/** What a person agreed to, as far as one recipient may see it: never who else was named in it. */
export type ConsentShown = {
  readonly purposes: readonly ConsentPurpose[];
  readonly language: Language;
  readonly interpreter?: string;
  readonly givenBy: ConsentGiver;
  readonly capacityNote?: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Where the agency that took it keeps the evidence. */
  readonly evidenceRef: string;
};

/** A person's consent as the agency that took it keeps it. */
export type Consent = ConsentShown & {
  readonly subjectPseudonym: string;
  readonly recipients: readonly AgencyId[];
  readonly compartments: readonly Compartment[];
  readonly withdrawnAt?: Instant;
};

export type Identity = {
  readonly pseudonym: string;
  readonly persons: readonly Person[];
  readonly consent: ConsentShown;
};

export type Needs = {
  readonly services: readonly Service[];
  readonly urgency: Urgency;
  readonly language: Language;
  readonly interpreter?: string;
  readonly text?: string;
  readonly restrictions?: string;
};

export type Risk = { readonly text: string; readonly safetyPlan?: string };

export type Welfare = {
  readonly text: string;
  readonly services?: readonly Service[];
  readonly restrictions?: string;
};

/** Why a referral was not taken: for services only, since it may tell where a person is or what she needs. */
export type Rejection = {
  readonly reason: RejectionReason;
  readonly text?: string;
  readonly restrictions?: string;
};

/** What the referring agency is told later on. */
export const REFERRAL_DISCLOSURES = ['OUTCOME_ONLY', 'FEEDBACK'] as const;
export type ReferralDisclosure = (typeof REFERRAL_DISCLOSURES)[number];

/** Event type → content, for referrals of a person to a service. */
export type ReferralContent = {
  ReferralIssued: {
    core: { readonly to: AgencyId; readonly disclosure: ReferralDisclosure };
    parts: { identity?: Identity; needs?: Needs; risk?: Risk };
  };
  ReferralReceived: { core: Bare; parts: Bare };
  ReferralAccepted: { core: Bare; parts: Bare };
  ReferralRejected: { core: Bare; parts: { needs?: Rejection } };
  ReferralNotPossible: { core: Bare; parts: { needs?: Rejection } };
  ReferralFeedbackGiven: {
    core: { readonly outcome: ReferralOutcome };
    parts: { welfare?: Welfare };
  };
  ReferralCompleted: { core: Bare; parts: Bare };
  /** The service is over, of which a referrer that learns the outcome alone is not told: for its author's eyes only. */
  ReferralServiceEnded: { core: Bare; parts: Bare };
  ReferralRevoked: { core: { readonly reason: RevocationReason }; parts: Bare };
};

const instant: Check<Instant> = guarded(isMoment, 'an instant in UTC with milliseconds');
const agency: Check<AgencyId> = guarded(isAgencyId, 'an agency');
/** A case token: it must not be a name. */
const pseudonym = matching(
  /^[A-Za-z0-9][A-Za-z0-9-]{3,63}$/,
  'a token of 4 to 64 letters, digits and hyphens',
);

const consentMembers = {
  purposes: also(
    listOf(oneOf(CONSENT_PURPOSES), { min: 1, max: CONSENT_PURPOSES.length }),
    inOrder(CONSENT_PURPOSES),
  ),
  language: oneOf(LANGUAGES),
  interpreter: optional(text(LINE)),
  givenBy: oneOf(CONSENT_GIVERS),
  capacityNote: optional(text(2000)),
  from: instant,
  until: instant,
  evidenceRef: text(120),
};

export const consentShown: Check<ConsentShown> = shape<ConsentShown>(consentMembers);

export const consent: Check<Consent> = shape<Consent>({
  ...consentMembers,
  subjectPseudonym: pseudonym,
  recipients: listOf(agency, { min: 1, max: 32 }),
  compartments: listOf(oneOf(COMPARTMENTS), { min: 1, max: COMPARTMENTS.length }),
  withdrawnAt: optional(instant),
});

const services = also(listOf(oneOf(SERVICES), { min: 1, max: SERVICES.length }), inOrder(SERVICES));

const rejection: Check<Rejection> = shape<Rejection>({
  reason: oneOf(REJECTION_REASONS),
  text: optional(text(PROSE)),
  restrictions,
});

export const referralChecks: {
  readonly [T in keyof ReferralContent]: ContentChecks<ReferralContent[T]>;
} = {
  ReferralIssued: {
    core: shape<ReferralContent['ReferralIssued']['core']>({
      to: agency,
      disclosure: oneOf(REFERRAL_DISCLOSURES),
    }),
    parts: {
      identity: shape<Identity>({
        pseudonym,
        persons: listOf(person, { min: 1, max: 16 }),
        consent: consentShown,
      }),
      needs: shape<Needs>({
        services,
        urgency: oneOf(URGENCIES),
        language: oneOf(LANGUAGES),
        interpreter: optional(text(LINE)),
        text: optional(text(PROSE)),
        restrictions,
      }),
      risk: shape<Risk>({ text: text(PROSE), safetyPlan: optional(text(PROSE)) }),
    },
  },
  ReferralReceived: { core: bare, parts: {} },
  ReferralAccepted: { core: bare, parts: {} },
  ReferralRejected: { core: bare, parts: { needs: rejection } },
  ReferralNotPossible: { core: bare, parts: { needs: rejection } },
  ReferralFeedbackGiven: {
    core: shape<ReferralContent['ReferralFeedbackGiven']['core']>({
      outcome: oneOf(REFERRAL_OUTCOMES),
    }),
    parts: {
      welfare: shape<Welfare>({ text: text(PROSE), services: optional(services), restrictions }),
    },
  },
  ReferralCompleted: { core: bare, parts: {} },
  ReferralServiceEnded: { core: bare, parts: {} },
  ReferralRevoked: {
    core: shape<ReferralContent['ReferralRevoked']['core']>({ reason: oneOf(REVOCATION_REASONS) }),
    parts: {},
  },
};
