import { REFUSAL_GROUNDS, REJECTION_REASONS, REVOCATION_REASONS } from '@tripoint/domain';
import { type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Draft } from '../compose/drafts';
import { EntityList } from '../compose/entity-fields';
import { MarkingFields } from '../compose/marking-fields';
import { GradingFields, LanguageOfText, StatementFields } from '../compose/statement-fields';
import { type Move } from '../inbox/turn';
import { Radios, Select, TextArea, TextInput } from '../ui/field';
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

const MarkingOf = ({
  draft: { value, change },
  restricted = false,
}: Fields & { readonly restricted?: boolean }): ReactElement => (
  <MarkingFields
    value={value.marking}
    onChange={(marking) => {
      change({ marking });
    }}
    {...(restricted && {
      restrictions: {
        value: value.statement.restrictions,
        onChange: (restrictions: string) => {
          change({ statement: { ...value.statement, restrictions } });
        },
      },
    })}
  />
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
          <StatementFields
            label={t('form.found')}
            value={value.statement}
            onChange={(statement) => {
              change({ statement });
            }}
          />
          <EntityList
            value={value.entities}
            onChange={(entities) => {
              change({ entities });
            }}
          />
          <TextArea
            label={t('form.sourceOf')}
            hint={t('form.sourceHint')}
            value={value.source}
            onChange={(source) => {
              change({ source });
            }}
          />
        </>
      )}
      <MarkingOf draft={draft} restricted={value.outcome !== 'NOTHING_HELD'} />
    </>
  );
};

/** What a move needs to be told, beside that it is made. */
export const fieldsOf = (
  move: Move,
  draft: Draft<MoveDraft>,
  t: ReturnType<typeof useTranslation>['t'],
): ReactNode => {
  const { value, change } = draft;
  switch (move) {
    case 'AnswerProvided':
      return <AnswerFields draft={draft} />;
    case 'ClarificationAsked':
      return (
        <>
          <Words draft={draft} label={t('form.unclear')} />
          <MarkingOf draft={draft} />
        </>
      );
    case 'ClarificationProvided':
      return (
        <>
          <Words draft={draft} label={t('form.meant')} />
          <MarkingOf draft={draft} />
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
          <MarkingOf draft={draft} />
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
          <MarkingOf draft={draft} />
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
          <MarkingOf draft={draft} />
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
          <MarkingOf draft={draft} />
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
          <MarkingOf draft={draft} />
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
    case 'RequestAccepted':
    case 'RequestWithdrawn':
    case 'RequestClosed':
    case 'ContributionAcknowledged':
    case 'ReferralAccepted':
    case 'ReferralCompleted':
      return undefined;
  }
};
