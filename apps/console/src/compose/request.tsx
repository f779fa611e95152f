import { isLawEnforcement, type AgencyKind } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type IssueRequest, type Marking } from '../api/shapes';
import { Radios, TextArea, TextInput } from '../ui/field';
import { type Draft } from './drafts';
import { EntityList, entityOf, type EntityDraft } from './entity-fields';
import { type Form } from './form';
import { FIRST_MARKING, MarkingFields } from './marking-fields';
import { GradingFields, LanguageOfText, type StatementDraft } from './statement-fields';

type RequestDraft = {
  readonly to: string;
  readonly urgency: 'ROUTINE' | 'URGENT';
  readonly access: 'DIRECT' | 'INDIRECT';
  readonly sought: string;
  readonly purpose: string;
  readonly offence: string;
  readonly availability: string;
  readonly connection: string;
  readonly necessity: string;
  readonly urgencyGrounds: string;
  readonly restrictions: string;
  readonly language: StatementDraft['language'];
  readonly grading: Pick<StatementDraft, 'source' | 'info'>;
  readonly entities: readonly EntityDraft[];
  readonly marking: Marking;
};

const EMPTY: RequestDraft = {
  to: '',
  urgency: 'ROUTINE',
  access: 'DIRECT',
  sought: '',
  purpose: '',
  offence: '',
  availability: '',
  connection: '',
  necessity: '',
  urgencyGrounds: '',
  restrictions: '',
  language: 'en',
  grading: { source: '', info: '' },
  entities: [],
  marking: FIRST_MARKING,
};

const bodyOf = (draft: RequestDraft, exchange: string | undefined): IssueRequest => {
  const { to, urgency, access, marking, grading, entities, language } = draft;
  const { source, info } = grading;
  const maybe = (name: 'connection' | 'urgencyGrounds' | 'restrictions', when: boolean) =>
    when && draft[name].trim() !== '' ? { [name]: draft[name].trim() } : {};
  return {
    to,
    ...(exchange === undefined ? {} : { exchange }),
    urgency,
    access,
    marking,
    facts: {
      sought: draft.sought.trim(),
      purpose: draft.purpose.trim(),
      offence: draft.offence.trim(),
      availability: draft.availability.trim(),
      necessity: draft.necessity.trim(),
      ...maybe(
        'connection',
        entities.some(({ kind }) => kind === 'person'),
      ),
      ...maybe('urgencyGrounds', urgency === 'URGENT'),
      ...maybe('restrictions', marking.handling.includes('H3')),
      ...(source !== '' && info !== '' && { evaluation: { source, info } }),
      language,
      entities: entities.map(entityOf),
    },
  };
};

const Fields = ({
  draft: { value, change },
}: {
  readonly draft: Draft<RequestDraft>;
}): ReactElement => {
  const { t } = useTranslation();
  const text = (name: 'sought' | 'purpose' | 'availability' | 'necessity'): ReactElement => (
    <TextArea
      label={t(`said.${name}`)}
      hint={t(`form.requestHint.${name}`)}
      value={value[name]}
      onChange={(next) => {
        change({ [name]: next });
      }}
      rows={name === 'sought' ? 4 : 2}
      required
    />
  );
  return (
    <>
      {text('sought')}
      <EntityList
        value={value.entities}
        onChange={(entities) => {
          change({ entities });
        }}
      />
      {value.entities.some(({ kind }) => kind === 'person') && (
        <TextArea
          label={t('said.connection')}
          value={value.connection}
          onChange={(connection) => {
            change({ connection });
          }}
          rows={2}
          required
        />
      )}
      {text('purpose')}
      <TextInput
        label={t('said.offence')}
        value={value.offence}
        longest={500}
        onChange={(offence) => {
          change({ offence });
        }}
        required
      />
      {text('availability')}
      {text('necessity')}
      <div className="pair">
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
        <Radios
          label={t('said.access')}
          value={value.access}
          onChange={(access) => {
            change({ access });
          }}
          choices={(['DIRECT', 'INDIRECT'] as const).map((code) => ({
            value: code,
            label: t(`access.${code}`),
          }))}
        />
      </div>
      {value.urgency === 'URGENT' && (
        <TextArea
          label={t('said.urgencyGrounds')}
          value={value.urgencyGrounds}
          onChange={(urgencyGrounds) => {
            change({ urgencyGrounds });
          }}
          rows={2}
          required
        />
      )}
      <LanguageOfText
        value={value.language}
        onChange={(language) => {
          change({ language });
        }}
      />
    </>
  );
};

const Travel = ({
  draft: { value, change },
}: {
  readonly draft: Draft<RequestDraft>;
}): ReactElement => (
  <>
    <MarkingFields
      value={value.marking}
      onChange={(marking) => {
        change({ marking });
      }}
      restrictions={{
        value: value.restrictions,
        onChange: (restrictions) => {
          change({ restrictions });
        },
      }}
    />
    <GradingFields
      {...value.grading}
      onChange={(grading) => {
        change({ grading });
      }}
    />
  </>
);

export const request: Form<RequestDraft> = {
  kind: 'request',
  empty: EMPTY,
  goesTo: (kind) => isLawEnforcement(kind as AgencyKind),
  fields: (draft) => <Fields draft={draft} />,
  marking: (draft) => <Travel draft={draft} />,
  preview: (draft, { exchange }) =>
    ask('post', '/audience/requests', { body: bodyOf(draft, exchange) }),
  seal: (draft, { exchange }, key) =>
    ask('post', '/requests', {
      body: bodyOf(draft, exchange),
      headers: { 'idempotency-key': key },
    }),
};
