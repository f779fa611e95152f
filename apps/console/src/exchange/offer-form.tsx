import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { AboutEvent, givableOf } from './about-event';
import { AgencySelect } from './event-fields';
import { momentOf } from './move-draft';
import { partsOf, type Scope, ScopeFields } from './scope-fields';
import { type Outcome } from './sealed';

type OfferDraft = Scope & { readonly grantee: string };

const EMPTY: OfferDraft = { parts: [], until: '', grantee: '' };

/** Hands what we said to one more agency for a time, although nobody asked. */
export const OfferForm = ({
  entry,
  holders,
  onDone,
}: {
  readonly entry: TimelineEntry;
  /** Who has it already, as far as we know. */
  readonly holders: readonly string[];
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<OfferDraft>(`offer:${entry.event}`, EMPTY);
  const { value, change } = draft;
  return (
    <AboutEvent
      entry={entry}
      title={t('release.offer')}
      about={t('release.offerAbout')}
      draft={draft}
      seal={(headers) =>
        ask('post', '/releases/offer', {
          body: {
            event: entry.event,
            compartments: [...partsOf(value, entry, givableOf(entry))],
            grantee: value.grantee,
            until: momentOf(value.until),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <AgencySelect
        label={t('release.grantee')}
        but={holders}
        value={value.grantee}
        onChange={(grantee) => {
          change({ grantee });
        }}
      />
      <ScopeFields
        entry={entry}
        among={givableOf(entry)}
        value={value}
        change={change}
        until={{ label: t('release.until'), hint: t('release.untilHint') }}
      />
    </AboutEvent>
  );
};
