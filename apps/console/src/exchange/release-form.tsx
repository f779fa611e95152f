import { PURPOSES } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Grantable, type Marking, type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { FIRST_MARKING, MarkingFields } from '../compose/marking-fields';
import { LanguageOfText, type StatementDraft } from '../compose/statement-fields';
import { useAgencyNames } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Checks, Select, TextArea } from '../ui/field';
import { AboutEvent, grantableOf } from './about-event';
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
  const { agency: us } = useOfficer();
  const { rows, named, nameOf } = useAgencyNames();
  const draft = useDraft<ReleaseDraft>(`release:${entry.event}`, EMPTY);
  const { value, change } = draft;
  const held = grantableOf(entry);
  const parts = value.parts.length === 0 ? held : value.parts;
  const grantees = rows
    .filter(
      ({ agency, active, kind }) =>
        active &&
        agency !== us &&
        agency !== entry.issuer &&
        kind !== 'HUB' &&
        kind !== 'OVERSIGHT',
    )
    .map(({ agency }) => {
      const { name, lang } = named(agency);
      return { value: agency, label: name, lang };
    });
  return (
    <AboutEvent
      entry={entry}
      title={t('release.ask')}
      about={t('release.askAbout', { issuer: nameOf(entry.issuer) })}
      seal={() =>
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
          headers: { 'idempotency-key': draft.key },
        })
      }
      onDone={(outcome) => {
        if (outcome !== 'later') draft.discard();
        onDone(outcome);
      }}
    >
      <Select
        label={t('release.grantee')}
        value={value.grantee}
        onChange={(grantee) => {
          change({ grantee });
        }}
        none={t('form.choose')}
        choices={grantees}
        required
      />
      <Checks
        label={t('release.parts')}
        value={parts}
        onChange={(next) => {
          change({ parts: held.filter((one) => next.includes(one)) });
        }}
        choices={held.map((code) => ({
          value: code,
          label: t(`compartment.${code}`),
          hint: t(`compartmentHint.${code}`),
        }))}
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
