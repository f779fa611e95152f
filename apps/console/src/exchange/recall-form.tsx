import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type Grantable, type TimelineEntry } from '../api/shapes';
import { useDraft } from '../compose/drafts';
import { FIRST_MARKING } from '../compose/marking-fields';
import { type SaidDraft, SaidFields, SaidMarking, saidOf } from '../compose/said-fields';
import { EMPTY_STATEMENT } from '../compose/statement-fields';
import { MomentInput } from '../ui/dated';
import { Radios } from '../ui/field';
import { AboutEvent, grantableOf } from './about-event';
import { AgencySelect, PartChecks } from './event-fields';
import { momentOf } from './move-draft';
import { type Outcome } from './sealed';

type RecallDraft = SaidDraft & {
  readonly to: string;
  readonly parts: readonly Grantable[];
  readonly until: string;
  readonly instead: 'nothing' | 'rightly';
};

const EMPTY: RecallDraft = {
  to: '',
  parts: [],
  until: '',
  instead: 'nothing',
  statement: EMPTY_STATEMENT,
  entities: [],
  marking: FIRST_MARKING,
};

/** Takes back from one holder what we said, by a deadline, and says it rightly where it was wrong. */
export const RecallForm = ({
  entry,
  holders,
  onDone,
}: {
  readonly entry: TimelineEntry;
  /** Who was given it, as far as we know: those whom it was said to, and those to whom we let it go. */
  readonly holders: readonly string[];
  readonly onDone: (outcome: Outcome) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const draft = useDraft<RecallDraft>(`recall:${entry.event}`, EMPTY);
  const { value, change } = draft;
  // What never left us cannot be taken back from anybody.
  const given = grantableOf(entry).filter((one) => one !== 'source');
  const parts = value.parts.length === 0 ? given : value.parts;
  const to = value.to === '' && holders.length === 1 ? (holders[0] ?? '') : value.to;
  const part = parts.includes('facts') ? 'facts' : 'intelligence';
  const corrected = parts.includes(part);
  return (
    <AboutEvent
      entry={entry}
      title={t('recall.title')}
      about={t('recall.about')}
      draft={draft}
      seal={(headers) =>
        ask('post', '/recalls', {
          body: {
            event: entry.event,
            compartments: [...parts],
            to,
            until: momentOf(value.until),
            marking: value.marking,
            ...(corrected &&
              value.instead === 'rightly' && {
                [part]: saidOf(value),
              }),
          },
          headers,
        })
      }
      onDone={onDone}
    >
      <AgencySelect
        label={t('recall.from')}
        hint={t('recall.fromHint')}
        among={holders}
        value={to}
        onChange={(next) => {
          change({ to: next });
        }}
      />
      <PartChecks
        among={given}
        value={parts}
        onChange={(next) => {
          change({ parts: next });
        }}
      />
      <MomentInput
        label={t('recall.until')}
        hint={t('recall.untilHint')}
        value={value.until}
        onChange={(until) => {
          change({ until });
        }}
      />
      {corrected && (
        <Radios
          label={t('recall.instead')}
          value={value.instead}
          onChange={(instead) => {
            change({ instead });
          }}
          choices={(['nothing', 'rightly'] as const).map((code) => ({
            value: code,
            label: t(`recall.${code}`),
          }))}
        />
      )}
      {corrected && value.instead === 'rightly' && (
        <SaidFields draft={draft} label={t('said.text')} />
      )}
      <SaidMarking draft={draft} restricted={corrected && value.instead === 'rightly'} />
    </AboutEvent>
  );
};
