import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type ShareContribution } from '../api/shapes';
import { Radios } from '../ui/field';
import { type Draft } from './drafts';
import { type Form, type Whence } from './form';
import { FIRST_MARKING } from './marking-fields';
import { type SaidDraft, SaidFields, SaidMarking, saidOf, SourceField } from './said-fields';
import { EMPTY_STATEMENT } from './statement-fields';

type ContributionDraft = SaidDraft & {
  readonly to: string;
  readonly part: 'facts' | 'intelligence';
  readonly source: string;
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
  { to, part, source, marking, ...said }: ContributionDraft,
  { exchange, derivedFrom }: Whence,
): ShareContribution => ({
  to,
  ...(exchange === undefined ? {} : { exchange }),
  ...(derivedFrom === undefined ? {} : { derivedFrom: [...derivedFrom] }),
  marking,
  [part]: saidOf({ ...said, marking }),
  ...(source.trim() !== '' && { source: { text: source.trim() } }),
});

const Fields = ({ draft }: { readonly draft: Draft<ContributionDraft> }): ReactElement => {
  const { t } = useTranslation();
  const { value, change } = draft;
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
      <SaidFields draft={draft} label={t('said.text')} />
      <SourceField draft={draft} />
    </>
  );
};

export const contribution: Form<ContributionDraft> = {
  kind: 'contribution',
  empty: EMPTY,
  goesTo: (kind) => kind !== 'HUB' && kind !== 'OVERSIGHT',
  fields: (draft) => <Fields draft={draft} />,
  marking: (draft) => <SaidMarking draft={draft} />,
  preview: (draft, whence) =>
    ask('post', '/audience/contributions', { body: bodyOf(draft, whence) }),
  seal: (draft, whence, key) =>
    ask('post', '/contributions', {
      body: bodyOf(draft, whence),
      headers: { 'idempotency-key': key },
    }),
};
