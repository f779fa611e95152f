import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { useAgencyNames } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Select } from '../ui/field';
import { AboutEvent } from './about-event';
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
  const { agency: us } = useOfficer();
  const { rows, named } = useAgencyNames();
  const draft = useDraft<OfferDraft>(`offer:${entry.event}`, EMPTY);
  const { value, change } = draft;
  const grantees = rows.filter(
    ({ agency, active, kind }) =>
      active &&
      agency !== us &&
      !holders.includes(agency) &&
      kind !== 'HUB' &&
      kind !== 'OVERSIGHT',
  );
  return (
    <AboutEvent
      entry={entry}
      title={t('release.offer')}
      about={t('release.offerAbout')}
      seal={() =>
        ask('post', '/releases/offer', {
          body: {
            event: entry.event,
            compartments: [...partsOf(value, entry)],
            grantee: value.grantee,
            until: momentOf(value.until),
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
        choices={grantees.map(({ agency }) => {
          const { name, lang } = named(agency);
          return { value: agency, label: name, lang };
        })}
        required
      />
      <ScopeFields
        entry={entry}
        value={value}
        change={change}
        until={{ label: t('release.until'), hint: t('release.untilHint') }}
      />
    </AboutEvent>
  );
};
