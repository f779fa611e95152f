// What is said to somebody, wherever it is said: words with persons and things, the source that stays at home, and how far it may travel.
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Marking } from '../api/shapes';
import { TextArea } from '../ui/field';
import { type Draft } from './drafts';
import { EntityList, entityOf, type EntityDraft } from './entity-fields';
import { MarkingFields } from './marking-fields';
import { type StatementDraft, StatementFields, statementOf } from './statement-fields';

/** The members that every such draft has. */
export type SaidDraft = {
  readonly statement: StatementDraft;
  readonly entities: readonly EntityDraft[];
  readonly marking: Marking;
};
type Props<D extends Partial<SaidDraft>> = {
  readonly draft: Pick<Draft<D>, 'value' | 'change'>;
};

/** What was written, as the interface takes it. */
export const saidOf = ({ statement, entities, marking }: SaidDraft) =>
  statementOf(statement, entities.map(entityOf), marking.handling.includes('H3'));

/** Words, and whom and what they are about. */
export const SaidFields = ({
  draft: { value, change },
  label,
}: Props<SaidDraft> & { readonly label: string }): ReactElement => (
  <>
    <StatementFields
      label={label}
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
  </>
);

/** Who or what it came from: encrypted to nobody but us. */
export const SourceField = ({
  draft: { value, change },
}: {
  readonly draft: Pick<Draft<{ readonly source: string }>, 'value' | 'change'>;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <TextArea
      label={t('form.sourceOf')}
      hint={t('form.sourceHint')}
      value={value.source}
      onChange={(source) => {
        change({ source });
      }}
    />
  );
};

/** How far it may travel; with what H3 restricts in words where there are words of ours to restrict. */
export const SaidMarking = ({
  draft: { value, change },
  restricted = true,
}: Props<Pick<SaidDraft, 'statement' | 'marking'>> & {
  readonly restricted?: boolean;
}): ReactElement => (
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
