import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { erasures, type OverseenErasure } from './queries';

/** What one of those who were told has said, and since when it is late. */
const Holder = ({
  holder,
  overdue,
}: {
  readonly holder: OverseenErasure['told'][number];
  readonly overdue: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const { moment, list } = useLocale();
  const { named } = useMemberNames();
  const { name, lang } = named(holder.agency);
  const { purged, kept = [], overdueSince } = holder;
  const why = list(kept.map((one) => t(`kept.${one}`)));
  const tone = overdue || kept.length > 0 ? 'danger' : purged ? 'good' : 'warn';
  return (
    <li>
      <div className="row-main">
        <span className="note-title" lang={lang}>
          {name}
        </span>
        {overdueSince !== undefined && (
          <span className="quiet">{t('overseen.since', { at: moment(overdueSince) })}</span>
        )}
      </div>
      <span className={`badge badge-${tone}`}>
        <Icon name={tone === 'danger' ? 'warning' : purged ? 'check' : 'clock'} />
        {kept.length > 0
          ? t('recall.kept', { why })
          : purged
            ? t('overseen.purged')
            : t(overdue ? 'erasure.overdue' : 'recall.waiting')}
      </span>
    </li>
  );
};

/** What was to be forgotten everywhere, who has said that it is gone, and who is late: by the log alone. */
export const OverseenErasures = (): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const { nameOf } = useMemberNames();
  const found = useQuery(erasures);
  const rows = [...(found.data?.rows ?? [])].sort((a, b) => b.overdue.length - a.overdue.length);
  return (
    <section className="card" aria-labelledby="overseen">
      <h2 id="overseen">{t('forgetting.erasures')}</h2>
      <p className="quiet">{t('overseen.about')}</p>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.data !== undefined && rows.length > 0 && (
        <p className="quiet">
          {t('overseen.counts', {
            count: number(found.data.found),
            overdue: number(found.data.overdue),
          })}
        </p>
      )}
      {found.data?.rows.length === 0 && <p>{t('forgetting.noErasures')}</p>}
      <ul className="events">
        {rows.map((row) => (
          <li key={row.item} className="overseen">
            <p>
              <span className="note-title">
                {row.by === undefined
                  ? t('erasure.byTime')
                  : t('erasure.by', { name: nameOf(row.by) })}
              </span>{' '}
              {t('erasure.because', {
                ground: t(`ground.${row.ground}`),
                at: moment(row.orderedAt),
              })}
            </p>
            <p className="quiet">
              {t('way.leaf', { leaf: number(row.leaf) })} ·{' '}
              {t('erasure.open', { until: moment(row.until) })} ·{' '}
              {t(`overseen.status.${row.status}`)}
            </p>
            <ul className="receipts">
              {row.told.map((holder) => (
                <Holder
                  key={holder.agency}
                  holder={holder}
                  overdue={row.overdue.includes(holder.agency)}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
};
