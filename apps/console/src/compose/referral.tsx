import { CONSENT_GIVERS, CONSENT_PURPOSES, SERVICES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type IssueReferral, type Marking } from '../api/shapes';
import { DayInput } from '../ui/dated';
import { Checks, Radios, TextArea, TextInput } from '../ui/field';
import { Icon } from '../ui/icon';
import { type Draft } from './drafts';
import { EMPTY_PERSON, type PersonDraft, PersonFields, personOf } from './entity-fields';
import { type Form } from './form';
import { FIRST_MARKING, MarkingFields } from './marking-fields';
import { LanguageOfText, type StatementDraft } from './statement-fields';

type Service = (typeof SERVICES)[number];
type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
/** The parts that a referral has. */
const COVERED = ['identity', 'needs', 'risk'] as const;
type Covered = (typeof COVERED)[number];

type ReferralDraft = {
  readonly to: string;
  readonly person: PersonDraft;
  readonly services: readonly Service[];
  readonly urgency: 'ROUTINE' | 'URGENT';
  readonly language: StatementDraft['language'];
  readonly needs: string;
  readonly risk: string;
  readonly consented: 'yes' | 'no';
  readonly givenBy: (typeof CONSENT_GIVERS)[number];
  readonly purposes: readonly ConsentPurpose[];
  readonly covered: readonly Covered[];
  readonly until: string;
  readonly evidence: string;
  /** Of the consent; made once, so that the same draft handed in twice is the same. */
  readonly taken: { readonly pseudonym: string; readonly from: string } | undefined;
  readonly marking: Marking;
};

const EMPTY: ReferralDraft = {
  to: '',
  person: { ...EMPTY_PERSON, category: 'VICTIM' },
  services: [],
  urgency: 'ROUTINE',
  language: 'en',
  needs: '',
  risk: '',
  consented: 'no',
  givenBy: 'SELF',
  purposes: [],
  covered: [],
  until: '',
  evidence: '',
  taken: undefined,
  marking: FIRST_MARKING,
};

/** For whom consent is taken, as a token that is no name, and from when it holds. */
const takenNow = (): ReferralDraft['taken'] => ({
  pseudonym: `P-${crypto.randomUUID().slice(0, 8).toUpperCase()}`,
  from: new Date(Date.now() - 60_000).toISOString(),
});

const bodyOf = (draft: ReferralDraft, exchange: string | undefined): IssueReferral => {
  const { to, marking, person, services, urgency, language, needs, risk, taken } = draft;
  return {
    to,
    ...(exchange === undefined ? {} : { exchange }),
    marking,
    persons: [personOf(person)],
    needs: {
      services: [...services],
      urgency,
      language,
      ...(needs.trim() !== '' && { text: needs.trim() }),
    },
    ...(risk.trim() !== '' && { risk: { text: risk.trim() } }),
    ...(draft.consented === 'yes' &&
      taken !== undefined && {
        consent: {
          subjectPseudonym: taken.pseudonym,
          purposes: [...draft.purposes],
          recipients: [to],
          compartments: [...draft.covered],
          language,
          givenBy: draft.givenBy,
          from: taken.from,
          // The day that was chosen ends here, and not in Greenwich.
          until: new Date(`${draft.until}T23:59:59`).toISOString(),
          evidenceRef: draft.evidence.trim(),
        },
      }),
  };
};

const Fields = ({
  draft: { value, change },
}: {
  readonly draft: Draft<ReferralDraft>;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <>
      <PersonFields
        value={value.person}
        onChange={(person) => {
          change({ person });
        }}
        categories={['VICTIM', 'WITNESS']}
      />
      <Checks
        label={t('said.services')}
        required
        value={value.services}
        onChange={(services) => {
          change({ services: SERVICES.filter((one) => services.includes(one)) });
        }}
        choices={SERVICES.map((code) => ({ value: code, label: t(`service.${code}`) }))}
      />
      <TextArea
        label={t('form.needs')}
        value={value.needs}
        onChange={(needs) => {
          change({ needs });
        }}
      />
      <TextArea
        label={t('form.risk')}
        hint={t('form.riskHint')}
        value={value.risk}
        onChange={(risk) => {
          change({ risk });
        }}
      />
      <Radios
        label={t('said.urgency')}
        value={value.urgency}
        onChange={(urgency) => {
          change({ urgency });
        }}
        choices={(['ROUTINE', 'URGENT'] as const).map((code) => ({
          value: code,
          label: t(`urgency.${code}`),
        }))}
      />
      <LanguageOfText
        value={value.language}
        onChange={(language) => {
          change({ language });
        }}
      />
      <fieldset className="consent">
        <legend>{t('consent.title')}</legend>
        <p className="hint">{t('consent.about')}</p>
        <Radios
          label={t('consent.given')}
          value={value.consented}
          onChange={(consented) => {
            change({ consented, taken: value.taken ?? takenNow() });
          }}
          choices={(['yes', 'no'] as const).map((code) => ({
            value: code,
            label: t(`consent.${code}`),
          }))}
        />
        {value.consented === 'no' && (
          <p className="note note-warn">
            <Icon name="hold" />
            <span>{t('consent.notYet')}</span>
          </p>
        )}
        {value.consented === 'yes' && (
          <>
            <Radios
              label={t('said.givenBy')}
              value={value.givenBy}
              onChange={(givenBy) => {
                change({ givenBy });
              }}
              choices={CONSENT_GIVERS.map((code) => ({
                value: code,
                label: t(`consentGiver.${code}`),
              }))}
            />
            <Checks
              label={t('said.purposes')}
              required
              value={value.purposes}
              onChange={(purposes) => {
                change({ purposes: CONSENT_PURPOSES.filter((one) => purposes.includes(one)) });
              }}
              choices={CONSENT_PURPOSES.map((code) => ({
                value: code,
                label: t(`consentPurpose.${code}`),
              }))}
            />
            <Checks
              label={t('said.compartments')}
              required
              value={value.covered}
              onChange={(covered) => {
                change({ covered: COVERED.filter((one) => covered.includes(one)) });
              }}
              choices={COVERED.map((code) => ({
                value: code,
                label: t(`compartment.${code}`),
                hint: t(`compartmentHint.${code}`),
              }))}
            />
            <DayInput
              label={t('said.until')}
              value={value.until}
              onChange={(until) => {
                change({ until });
              }}
            />
            <TextInput
              label={t('said.evidenceRef')}
              value={value.evidence}
              onChange={(evidence) => {
                change({ evidence });
              }}
              required
            />
          </>
        )}
      </fieldset>
    </>
  );
};

const Travel = ({
  draft: { value, change },
}: {
  readonly draft: Draft<ReferralDraft>;
}): ReactElement => (
  <MarkingFields
    value={value.marking}
    onChange={(marking) => {
      change({ marking });
    }}
  />
);

const CARES = [
  'NGO',
  'CHILD_PROTECTION',
  'SOCIAL_ASSISTANCE',
  'HEALTH',
  'IOM',
  'UNHCR',
  'SAR',
  'LEGAL_AID',
];

export const referral: Form<ReferralDraft> = {
  kind: 'referral',
  empty: EMPTY,
  goesTo: (kind) => CARES.includes(kind),
  fields: (draft) => <Fields draft={draft} />,
  marking: (draft) => <Travel draft={draft} />,
  preview: (draft, { exchange }) =>
    ask('post', '/audience/referrals', { body: bodyOf(draft, exchange) }),
  seal: (draft, { exchange }, key) =>
    ask('post', '/referrals', {
      body: bodyOf(draft, exchange),
      headers: { 'idempotency-key': key },
    }),
};
