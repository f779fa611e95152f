import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { quarantine, stageCounts, underway } from '../api/agency-queries';
import { Way } from '../exchange/way';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

const STAGES = ['sealed', 'sent', 'recorded', 'delivered', 'opened'] as const;

/** What travels: how far our own envelopes have come, and what came that could not be opened. */
export const Traffic = (): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const way = useQuery(underway);
  const held = useQuery(quarantine);
  const counts = stageCounts(way.data ?? []);
  const waiting = (way.data ?? []).filter(({ stage }) => stage === 'sealed' || stage === 'sent');
  const refused = (way.data ?? []).filter(({ refusals }) => refusals.length > 0);
  return (
    <>
      {way.isError && <TroubleNote thrown={way.error} />}
      <section className="card" aria-labelledby="outbox">
        <h2 id="outbox">{t('traffic.outbox')}</h2>
        <p className="quiet">{t('traffic.outboxAbout')}</p>
        <ol className="funnel">
          {STAGES.map((stage) => (
            <li key={stage} className={counts[stage] > 0 ? 'funnel-some' : ''}>
              <span className="figure-value">{number(counts[stage])}</span>
              <span className="quiet">{t(`way.${stage}`)}</span>
            </li>
          ))}
        </ol>
        {waiting.length === 0 ? (
          <p className="note note-good">
            <Icon name="check" />
            <span>{t('traffic.nothingWaits')}</span>
          </p>
        ) : (
          <ul className="events">
            {waiting.map((one) => (
              <li key={one.event} className="event event-way">
                <Way submission={one} />
              </li>
            ))}
          </ul>
        )}
        {refused.length > 0 && (
          <ul className="attempts">
            {refused.map((one) => (
              <li key={one.event}>
                <Icon name="lock" />
                <span className="row-main">
                  <code>{one.refusals.join(', ')}</code>
                </span>
                <span className="quiet row-end">{moment(one.sealedAt)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card" aria-labelledby="quarantine">
        <h2 id="quarantine">{t('traffic.quarantine')}</h2>
        <p className="quiet">{t('traffic.quarantineAbout')}</p>
        {held.isError && <TroubleNote thrown={held.error} />}
        {held.data?.length === 0 && (
          <p className="note note-good">
            <Icon name="shield" />
            <span>{t('traffic.nothingHeld')}</span>
          </p>
        )}
        <ul className="attempts">
          {(held.data ?? []).map((one) => (
            <li key={one.id}>
              <Icon name={one.resolvedAt === undefined ? 'warning' : 'check'} />
              <div className="row-main">
                <p>
                  <code className="note-title">{one.code}</code>
                </p>
                <p className="quiet" lang="en">
                  {one.detail}
                </p>
              </div>
              <span className="quiet row-end">
                {one.leaf !== undefined && <>{t('way.leaf', { leaf: number(one.leaf) })}, </>}
                {moment(one.at)}
                {one.resolvedAt !== undefined && <> · {t('traffic.resolved')}</>}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
};
