import { ERASURE_GROUNDS } from '@tripoint/domain';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { useAgencyNames, useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { AboutEvent } from './about-event';
import { GroundSelect } from './event-fields';
import { momentOf } from './move-draft';
import { partsOf, type Scope, ScopeFields } from './scope-fields';
import { type Outcome } from './sealed';

type ErasureDraft = Scope & { readonly ground: (typeof ERASURE_GROUNDS)[number] | '' };

const EMPTY: ErasureDraft = { parts: [], until: '', ground: '' };

/** Has something that we said forgotten by everybody who holds it: on a ground, by a deadline, and for good. */
export const ErasureForm = ({
  entry,
  holders,
  onDone,
}: {
  readonly entry: TimelineEntry;
  /** Who was given it, as far as we know. */
  readonly holders: readonly string[];
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list } = useLocale();
  const draft = useDraft<ErasureDraft>(`erasure:${entry.event}`, EMPTY);
  const { value, change } = draft;
  return (
    <AboutEvent
      entry={entry}
      title={t('erasure.title')}
      about={t('erasure.about')}
      draft={draft}
      seal={(headers) =>
        ask('post', '/erasures', {
          body: {
            event: entry.event,
            compartments: [...partsOf(value, entry)],
            ground: value.ground === '' ? 'DATA_SUBJECT_RIGHT' : value.ground,
            until: momentOf(value.until),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <p className="note note-warn">
        <Icon name="warning" />
        <span>
          {t('erasure.forGood')}{' '}
          {holders.length > 0 && t('erasure.whom', { names: list(holders.map(nameOf)) })}
        </span>
      </p>
      <GroundSelect
        grounds={ERASURE_GROUNDS}
        value={value.ground}
        onChange={(ground) => {
          change({ ground });
        }}
      />
      <ScopeFields
        entry={entry}
        value={value}
        change={change}
        until={{ label: t('erasure.until'), hint: t('erasure.untilHint') }}
      />
    </AboutEvent>
  );
};
