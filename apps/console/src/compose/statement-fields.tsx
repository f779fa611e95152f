import { INFO_EVALS, SOURCE_EVALS, STATEMENT_KINDS } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type components } from '../api/agency.gen';
import { useLocale } from '../language/use-words';
import { Radios, Select, TextArea } from '../ui/field';

type Statement = components['schemas']['StatementBody'];
type TextLanguage = Statement['language'];
type SourceEval = (typeof SOURCE_EVALS)[number];
type InfoEval = (typeof INFO_EVALS)[number];

/** Languages that officers of the three states write to one another in. */
const WRITTEN = ['en', 'bg', 'el', 'tr'] as const satisfies readonly TextLanguage[];

export const LanguageOfText = ({
  value,
  onChange,
}: {
  readonly value: TextLanguage;
  readonly onChange: (language: TextLanguage) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { language } = useLocale();
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return (
    <Select
      label={t('said.language')}
      value={value}
      onChange={(next) => {
        if (next !== '') onChange(next);
      }}
      choices={WRITTEN.map((code) => ({
        value: code,
        label: names.of(code) ?? code,
      }))}
      required
    />
  );
};

/** A grading, both halves or none. */
export const GradingFields = ({
  source,
  info,
  onChange,
  required = false,
}: {
  readonly source: SourceEval | '';
  readonly info: InfoEval | '';
  readonly onChange: (grading: { source: SourceEval | ''; info: InfoEval | '' }) => void;
  readonly required?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="pair">
      <Select
        label={t('form.source')}
        value={source}
        onChange={(next) => {
          onChange({ source: next, info });
        }}
        none={t('form.ungraded')}
        choices={SOURCE_EVALS.map((code) => ({
          value: code,
          label: `${code}: ${t(`sourceEval.${code}`)}`,
        }))}
        required={required}
      />
      <Select
        label={t('form.info')}
        value={info}
        onChange={(next) => {
          onChange({ source, info: next });
        }}
        none={t('form.ungraded')}
        choices={INFO_EVALS.map((code) => ({
          value: code,
          label: `${code}: ${t(`infoEval.${code}`)}`,
        }))}
        required={required}
      />
    </div>
  );
};

/** What was found or thought, as it is written. */
export type StatementDraft = {
  readonly text: string;
  readonly language: TextLanguage;
  readonly statement: Statement['statement'];
  readonly source: SourceEval | '';
  readonly info: InfoEval | '';
  readonly restrictions: string;
};

export const EMPTY_STATEMENT: StatementDraft = {
  text: '',
  language: 'en',
  statement: 'FACT',
  source: '',
  info: '',
  restrictions: '',
};

/** A draft as the interface takes it, without what was left empty. */
export const statementOf = (
  { text, language, statement, source, info, restrictions }: StatementDraft,
  entities: Statement['entities'],
  withRestrictions: boolean,
): Statement => ({
  text: text.trim(),
  language,
  statement,
  ...(source !== '' && info !== '' && { evaluation: { source, info } }),
  ...(withRestrictions && restrictions.trim() !== '' && { restrictions: restrictions.trim() }),
  entities,
});

export const StatementFields = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: StatementDraft;
  readonly onChange: (next: StatementDraft) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <>
      <TextArea
        label={label}
        value={value.text}
        onChange={(text) => {
          onChange({ ...value, text });
        }}
        rows={5}
        required
      />
      <Radios
        label={t('said.statement')}
        value={value.statement}
        onChange={(statement) => {
          onChange({ ...value, statement });
        }}
        choices={STATEMENT_KINDS.map((code) => ({ value: code, label: t(`statement.${code}`) }))}
      />
      <GradingFields
        source={value.source}
        info={value.info}
        onChange={(grading) => {
          onChange({ ...value, ...grading });
        }}
      />
      <LanguageOfText
        value={value.language}
        onChange={(language) => {
          onChange({ ...value, language });
        }}
      />
    </>
  );
};
