import { refuse, type AgencyId, type Instant, type Refusal } from '@tripoint/kernel';
import { type ContentRefusal } from '../check.js';
import { millisBetween } from '../instant.js';
import { type Compartment, type ConsentPurpose, type Service } from '../vocabulary/index.js';
import { consent as consentCheck, type Consent, type ConsentShown } from './referral.events.js';

/** Any one of these purposes covers a referral to the service. */
export const CONSENT_FOR_SERVICE: Readonly<Record<Service, readonly ConsentPurpose[]>> = {
  SHELTER: ['SERVICE_REFERRAL'],
  HEALTH: ['SERVICE_REFERRAL', 'HEALTH'],
  PSYCHOLOGICAL: ['SERVICE_REFERRAL', 'HEALTH'],
  LEGAL: ['SERVICE_REFERRAL', 'LEGAL_AID'],
  INTERPRETATION: ['SERVICE_REFERRAL'],
  EDUCATION: ['SERVICE_REFERRAL'],
  FINANCIAL: ['SERVICE_REFERRAL'],
  LIVELIHOOD: ['SERVICE_REFERRAL'],
  SOCIAL_CARE: ['SERVICE_REFERRAL'],
  // To be sent back is never covered by having asked for help.
  SAFE_RETURN: ['RETURN'],
  COMPENSATION: ['SERVICE_REFERRAL', 'LEGAL_AID'],
};

export type ConsentRefusal =
  | Refusal<
      | 'no-consent'
      | 'consent-not-in-force'
      | 'consent-not-for-this-recipient'
      | 'consent-not-for-this-compartment'
      | 'consent-not-for-this-service'
    >
  | ContentRefusal;

/** What is to be done in the name of a consent. */
export type Use = {
  readonly to: AgencyId;
  readonly compartments: readonly Compartment[];
  readonly services: readonly Service[];
  readonly at: Instant;
};

/** Whether it is a consent at all. */
export const consentFault = (consent: Consent): ContentRefusal | undefined =>
  consentCheck(consent, 'consent');

/** Why this consent does not carry this use. */
export const useRefusal = (
  consent: Consent,
  { to, compartments, services, at }: Use,
): ConsentRefusal | undefined => {
  if (
    consent.withdrawnAt !== undefined ||
    millisBetween(consent.from, at) < 0 ||
    millisBetween(at, consent.until) <= 0
  )
    return refuse('consent-not-in-force', 'the consent is not, or no longer, in force');
  if (!consent.recipients.includes(to))
    return refuse('consent-not-for-this-recipient', 'the consent does not name this recipient');
  if (!compartments.every((compartment) => consent.compartments.includes(compartment)))
    return refuse(
      'consent-not-for-this-compartment',
      'the consent does not cover everything that would be told',
    );
  const covered = services.every((service) =>
    CONSENT_FOR_SERVICE[service].some((purpose) => consent.purposes.includes(purpose)),
  );
  return covered
    ? undefined
    : refuse('consent-not-for-this-service', 'the consent does not cover a service asked for');
};

/** The consent without what would tell one recipient of the others. */
export const shown = (consent: Consent): ConsentShown => ({
  purposes: consent.purposes,
  language: consent.language,
  ...(consent.interpreter === undefined ? {} : { interpreter: consent.interpreter }),
  givenBy: consent.givenBy,
  ...(consent.capacityNote === undefined ? {} : { capacityNote: consent.capacityNote }),
  from: consent.from,
  until: consent.until,
  evidenceRef: consent.evidenceRef,
});
