import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Marking, type ShareContribution } from '../api/shapes';
import { Radios, TextArea } from '../ui/field';
import { type Draft } from './drafts';
import { EntityList, entityOf, type EntityDraft } from './entity-fields';
import { type Form } from './form';
import { FIRST_MARKING, MarkingFields } from './marking-fields';
import {
  EMPTY_STATEMENT,
  type StatementDraft,
  StatementFields,
  statementOf,
} from './statement-fields';

type ContributionDraft = {
  readonly to: string;
  readonly part: 'facts' | 'intelligence';
  readonly statement: StatementDraft;
  readonly source: string;
  readonly entities: readonly EntityDraft[];
  readonly marking: Marking;
};

const EMPTY: ContributionDraft = {
  to: '',
  part: 'facts',
  statement: EMPTY_STATEMENT,
  source: '',
  entities: [],
  marking: { ...FIRST_MARKING, handling: ['H2'] },
};

const bodyOf = (
  { to, part, statement, source, entities, marking }: ContributionDraft,
  exchange: string | undefined,
): ShareContribution => ({
  to,
  ...(exchange === undefined ? {} : { exchange }),
  marking,
  [part]: statementOf(statement, entities.map(entityOf), marking.handling.includes('H3')),
  ...(source.trim() !== '' && { source: { text: source.trim() } }),
});

const Fields = ({
  draft: { value, change },
}: {
  readonly draft: Draft<ContributionDraft>;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <>
      <Radios
        label={t('form.part')}
        value={value.part}
        onChange={(part) => {
          change({ part });
        }}
        choices={(['facts', 'intelligence'] as const).map((code) => ({
          value: code,
          label: t(`compartment.${code}`),
          hint: t(`compartmentHint.${code}`),
        }))}
      />
      <StatementFields
        label={t('said.text')}
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
  );
};

const Travel = ({
  draft: { value, change },
}: {
  readonly draft: Draft<ContributionDraft>;
}): ReactElement => (
  <MarkingFields
    value={value.marking}
    onChange={(marking) => {
      change({ marking });
    }}
    restrictions={{
      value: value.statement.restrictions,
      onChange: (restrictions) => {
        change({ statement: { ...value.statement, restrictions } });
      },
    }}
  />
);

export const contribution: Form<ContributionDraft> = {
  kind: 'contribution',
  empty: EMPTY,
  goesTo: (kind) => kind !== 'HUB' && kind !== 'OVERSIGHT',
  fields: (draft) => <Fields draft={draft} />,
  marking: (draft) => <Travel draft={draft} />,
  preview: (draft, exchange) =>
    ask('post', '/audience/contributions', { body: bodyOf(draft, exchange) }),
  seal: (draft, exchange, key) =>
    ask('post', '/contributions', {
      body: bodyOf(draft, exchange),
      headers: { 'idempotency-key': key },
    }),
};
