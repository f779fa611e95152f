import { PURPOSES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Grantable, type Marking, type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { FIRST_MARKING, MarkingFields } from '../compose/marking-fields';
import { LanguageOfText, type StatementDraft } from '../compose/statement-fields';
import { useAgencyNames } from '../language/use-words';
import { Select, TextArea } from '../ui/field';
import { AboutEvent, givableOf } from './about-event';
import { AgencySelect, PartChecks } from './event-fields';
import { type Outcome } from './sealed';

type ReleaseDraft = {
  readonly parts: readonly Grantable[];
  readonly grantee: string;
  readonly purpose: (typeof PURPOSES)[number] | '';
  readonly text: string;
  readonly language: StatementDraft['language'];
  readonly marking: Marking;
};

const EMPTY: ReleaseDraft = {
  parts: [],
  grantee: '',
  purpose: '',
  text: '',
  language: 'en',
  marking: FIRST_MARKING,
};

/** Asks whoever said something to let it go to one more agency. Until it is granted, nobody else learns of the question. */
export const ReleaseForm = ({
  entry,
  onDone,
}: {
  readonly entry: TimelineEntry;
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const draft = useDraft<ReleaseDraft>(`release:${entry.event}`, EMPTY);
  const { value, change } = draft;
  const held = givableOf(entry);
  const parts = value.parts.length === 0 ? held : value.parts;
  return (
    <AboutEvent
      entry={entry}
      title={t('release.ask')}
      about={t('release.askAbout', { issuer: nameOf(entry.issuer) })}
      draft={draft}
      seal={(headers) =>
        ask('post', '/releases', {
          body: {
            event: entry.event,
            compartments: [...parts],
            grantee: value.grantee,
            purpose: value.purpose === '' ? 'PREVENTION' : value.purpose,
            marking: value.marking,
            ...(value.text.trim() !== '' && {
              facts: { text: value.text.trim(), language: value.language },
            }),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <AgencySelect
        label={t('release.grantee')}
        but={[entry.issuer]}
        value={value.grantee}
        onChange={(grantee) => {
          change({ grantee });
        }}
      />
      <PartChecks
        among={held}
        value={parts}
        onChange={(next) => {
          change({ parts: next });
        }}
      />
      <Select
        label={t('purpose.code')}
        value={value.purpose}
        onChange={(purpose) => {
          change({ purpose });
        }}
        none={t('form.choose')}
        choices={PURPOSES.map((code) => ({ value: code, label: t(`purpose.codes.${code}`) }))}
        required
      />
      <TextArea
        label={t('form.why')}
        value={value.text}
        onChange={(text) => {
          change({ text });
        }}
      />
      {value.text.trim() !== '' && (
        <LanguageOfText
          value={value.language}
          onChange={(language) => {
            change({ language });
          }}
        />
      )}
      <MarkingFields
        value={value.marking}
        onChange={(marking) => {
          change({ marking });
        }}
      />
    </AboutEvent>
  );
};
