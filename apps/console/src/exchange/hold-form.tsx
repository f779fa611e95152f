import { HOLD_GROUNDS } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { TextInput } from '../ui/field';
import { AboutEvent } from './about-event';
import { GroundSelect } from './event-fields';
import { momentOf } from './move-draft';
import { partsOf, type Scope, ScopeFields } from './scope-fields';
import { type Outcome } from './sealed';

type HoldDraft = Scope & {
  readonly ground: (typeof HOLD_GROUNDS)[number] | '';
  readonly reference: string;
};

const EMPTY: HoldDraft = { parts: [], until: '', ground: '', reference: '' };

/** Keeps something from deletion for proceedings, whoever recalls or erases it meanwhile. Nobody else is told. */
export const HoldForm = ({
  entry,
  onDone,
}: {
  readonly entry: TimelineEntry;
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<HoldDraft>(`hold:${entry.event}`, EMPTY);
  const { value, change } = draft;
  const reference = value.reference.trim();
  return (
    <AboutEvent
      entry={entry}
      title={t('hold.title')}
      about={t('hold.about')}
      draft={draft}
      seal={(headers) =>
        ask('post', '/holds', {
          body: {
            event: entry.event,
            compartments: [...partsOf(value, entry)],
            ground: value.ground === '' ? 'CRIMINAL_PROCEEDINGS' : value.ground,
            ...(reference !== '' && { reference }),
            until: momentOf(value.until),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <GroundSelect
        grounds={HOLD_GROUNDS}
        value={value.ground}
        onChange={(ground) => {
          change({ ground });
        }}
      />
      <TextInput
        label={t('said.reference')}
        hint={t('hold.referenceHint')}
        value={value.reference}
        onChange={(next) => {
          change({ reference: next });
        }}
        longest={500}
      />
      <ScopeFields
        entry={entry}
        value={value}
        change={change}
        until={{ label: t('release.until'), hint: t('hold.untilHint') }}
      />
    </AboutEvent>
  );
};
