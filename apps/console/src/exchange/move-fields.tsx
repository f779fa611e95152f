import { REFUSAL_GROUNDS, REJECTION_REASONS, REVOCATION_REASONS } from '@tripoint/domain';
import { type TFunction } from 'i18next';
import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { type Draft } from '../compose/drafts';
import { SaidFields, SaidMarking, SourceField } from '../compose/said-fields';
import { GradingFields, LanguageOfText } from '../compose/statement-fields';
import { type Move } from '../inbox/turn';
import { MomentInput } from '../ui/dated';
import { Checks, Radios, Select, TextArea, TextInput } from '../ui/field';
import { type MoveDraft } from './move-draft';

type Fields = { readonly draft: Draft<MoveDraft> };

const Words = ({
  draft: { value, change },
  label,
  required = true,
}: Fields & { readonly label: string; readonly required?: boolean }): ReactElement => (
  <>
    <TextArea
      label={label}
      value={value.text}
      onChange={(text) => {
        change({ text });
      }}
      required={required}
    />
    <LanguageOfText
      value={value.language}
      onChange={(language) => {
        change({ language });
      }}
    />
  </>
);

const AnswerFields = ({ draft }: Fields): ReactElement => {
  const { t } = useTranslation();
  const { value, change } = draft;
  return (
    <>
      <Radios
        label={t('said.outcome')}
        value={value.outcome}
        onChange={(outcome) => {
          change({ outcome });
        }}
        choices={(['FULL', 'PARTIAL', 'NOTHING_HELD'] as const).map((code) => ({
          value: code,
          label: t(`outcome.${code}`),
        }))}
      />
      {value.outcome !== 'NOTHING_HELD' && (
        <>
          <SaidFields draft={draft} label={t('form.found')} />
          <SourceField draft={draft} />
        </>
      )}
      <SaidMarking draft={draft} restricted={value.outcome !== 'NOTHING_HELD'} />
    </>
  );
};

/** What a move needs to be told, beside that it is made. */
export const fieldsOf = (
  move: Move,
  draft: Draft<MoveDraft>,
  { t, item }: { readonly t: TFunction; readonly item: Item },
): ReactNode => {
  const { value, change } = draft;
  switch (move) {
    case 'AnswerProvided':
      return <AnswerFields draft={draft} />;
    case 'ClarificationAsked':
      return (
        <>
          <Words draft={draft} label={t('form.unclear')} />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'ClarificationProvided':
      return (
        <>
          <Words draft={draft} label={t('form.meant')} />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'DelayNotified':
      return (
        <>
          <TextInput
            label={t('form.hours')}
            type="number"
            value={value.hours}
            onChange={(hours) => {
              change({ hours });
            }}
            required
          />
          <Radios
            label={t('said.judicialAuthorisation')}
            value={value.judicial}
            onChange={(judicial) => {
              change({ judicial });
            }}
            choices={(['no', 'yes'] as const).map((code) => ({
              value: code,
              label: t(`form.${code}`),
            }))}
          />
          <Words draft={draft} label={t('form.why')} />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'RequestRefused':
      return (
        <>
          <Radios
            label={t('said.ground')}
            value={value.ground}
            onChange={(ground) => {
              change({ ground });
            }}
            choices={REFUSAL_GROUNDS.map((code) => ({ value: code, label: t(`ground.${code}`) }))}
          />
          <Radios
            label={t('said.scope')}
            value={value.scope}
            onChange={(scope) => {
              change({ scope });
            }}
            choices={(['WHOLE', 'PART'] as const).map((code) => ({
              value: code,
              label: t(`scope.${code}`),
            }))}
          />
          <Words draft={draft} label={t('form.maySay')} required={false} />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'ContributionEvaluated':
    case 'EvaluationRevised':
      return (
        <>
          <GradingFields
            {...value.grading}
            onChange={(grading) => {
              change({ grading });
            }}
            required
          />
          <TextArea
            label={t('form.why')}
            value={value.text}
            onChange={(text) => {
              change({ text });
            }}
          />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'ReferralRejected':
    case 'ReferralNotPossible':
      return (
        <>
          <Select
            label={t('said.reason')}
            hint={t('form.reasonHint')}
            value={value.rejection}
            onChange={(rejection) => {
              change({ rejection });
            }}
            none={t('form.choose')}
            choices={REJECTION_REASONS.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
            required
          />
          <TextArea
            label={t('form.more')}
            value={value.text}
            onChange={(text) => {
              change({ text });
            }}
          />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'ReferralFeedbackGiven':
      return (
        <>
          <Radios
            label={t('said.outcome')}
            value={value.feedback}
            onChange={(feedback) => {
              change({ feedback });
            }}
            choices={(['ACCEPTED', 'NOT_POSSIBLE'] as const).map((code) => ({
              value: code,
              label: t(`outcome.${code}`),
            }))}
          />
          <TextArea
            label={t('form.going')}
            hint={t('form.goingHint')}
            value={value.text}
            onChange={(text) => {
              change({ text });
            }}
          />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'ReferralRevoked':
      return (
        <Select
          label={t('said.reason')}
          value={value.revocation}
          onChange={(revocation) => {
            change({ revocation });
          }}
          none={t('form.choose')}
          choices={REVOCATION_REASONS.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
          required
        />
      );
    case 'ReleaseGranted':
      return (
        <>
          <Checks
            label={t('release.parts')}
            value={value.parts.length === 0 ? (item.compartments ?? []) : value.parts}
            onChange={(parts) => {
              change({ parts });
            }}
            choices={(item.compartments ?? []).map((code) => ({
              value: code,
              label: t(`compartment.${code}`),
              hint: t(`compartmentHint.${code}`),
            }))}
          />
          <MomentInput
            label={t('release.until')}
            hint={t('release.untilHint')}
            value={value.until}
            onChange={(until) => {
              change({ until });
            }}
          />
        </>
      );
    case 'ReleaseDenied':
      return (
        <>
          <Words draft={draft} label={t('form.why')} required={false} />
          <SaidMarking draft={draft} restricted={false} />
        </>
      );
    case 'GrantRevoked':
    case 'ShareApproved':
    case 'ShareDeclined':
    case 'LegalHoldLifted':
    case 'RequestAccepted':
    case 'RequestWithdrawn':
    case 'RequestClosed':
    case 'ContributionAcknowledged':
    case 'ReferralAccepted':
    case 'ReferralCompleted':
      return undefined;
  }
};
