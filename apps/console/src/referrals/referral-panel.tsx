import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  exchangeSubmissions,
  exchangeTimeline,
  type Purpose,
  referralContent,
} from '../api/queries';
import { type Item } from '../api/shapes';
import { ItemSection } from '../exchange/item-section';
import { PurposeForm } from '../exchange/purpose-form';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { type Consent, ConsentCard, consentIn } from './consent';
import { SentBack } from './sent-back';

/** One referral beside the board: its consent first, then what was sent back, then its history with what can be done. */
export const ReferralPanel = ({
  item,
  now,
  purpose,
  onPurpose,
  onConsent,
  onClose,
}: {
  readonly item: Item;
  readonly now: number;
  readonly purpose: Purpose | undefined;
  readonly onPurpose: (purpose: Purpose) => void;
  /** Told to the board, which shows it on the card for as long as the stay lasts. */
  readonly onConsent: (consent: Consent) => void;
  readonly onClose: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const client = useQueryClient();
  const [stay] = useState(() => crypto.randomUUID());
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    head.current?.focus();
  }, []);
  const [timeline, submissions] = useQueries({
    queries: [exchangeTimeline(item.exchange), exchangeSubmissions(item.exchange)],
  });
  const content = useQuery(referralContent(item, stay, purpose));
  useEffect(
    () => () => {
      client.removeQueries({ queryKey: ['content', item.exchange] });
    },
    [client, item.exchange],
  );
  const consent = consentIn(content.data ?? []);
  useEffect(() => {
    if (consent !== undefined) onConsent(consent);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told once for each consent, however often the board is drawn
  }, [consent]);
  const contents = useMemo(
    () => new Map((content.data ?? []).map((one) => [one.event, one])),
    [content.data],
  );
  const ways = useMemo(
    () => new Map((submissions.data ?? []).map((one) => [one.event, one])),
    [submissions.data],
  );
  const entries = (timeline.data ?? []).filter((entry) => entry.item === item.item);
  return (
    <div ref={head} tabIndex={-1} className="panel" role="region" aria-label={t('referrals.one')}>
      <button type="button" className="button button-plain panel-close" onClick={onClose}>
        <Icon name="cross" />
        {t('referrals.close')}
      </button>
      <ConsentCard item={item} consent={consent} now={now} />
      {may.give(officer) && purpose === undefined && (
        <PurposeForm about={t('purpose.about')} onGiven={onPurpose} />
      )}
      {content.isError && <TroubleNote thrown={content.error} />}
      {timeline.isError && <TroubleNote thrown={timeline.error} />}
      {timeline.data !== undefined && <SentBack item={item} entries={entries} />}
      {timeline.data !== undefined && (
        <ItemSection item={item} entries={entries} contents={contents} submissions={ways} />
      )}
    </div>
  );
};
