import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePartWords } from '../language/use-part';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { OverseenErasures } from './erasures';
import { FindingCard } from './finding-card';
import { attempts, findings } from './queries';

/** What is wrong with the record or its keeper, and who was kept from telling whom. */
export const OversightFindings = (): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { number, moment, list } = useLocale();
  const { named, nameOf } = useMemberNames();
  const found = useQuery(findings);
  const tried = useQuery(attempts);
  return (
    <div className="screen">
      <ScreenHead title={t('findings.title')} about={t('findings.about')} />
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.data?.rows.length === 0 && (
        <div className="rows-empty empty">
          <Icon name="shield" />
          <p className="empty-title">{t('findings.none.title')}</p>
          <p className="quiet">
            {t('findings.none.about', { count: number(found.data.replayed) })}
          </p>
        </div>
      )}
      <ul className="events">
        {(found.data?.rows ?? []).map((row) => (
          <FindingCard key={row.number} finding={row} />
        ))}
      </ul>
      <OverseenErasures />
      <section className="card" aria-labelledby="attempts">
        <h2 id="attempts">{t('attempts.title')}</h2>
        <p className="quiet">{t('attempts.about')}</p>
        {tried.isError && <TroubleNote thrown={tried.error} />}
        {tried.data?.rows.length === 0 && <p>{t('attempts.none')}</p>}
        <ul className="attempts">
          {(tried.data?.rows ?? []).map((row) => (
            <li key={`${row.index}/${row.compartment ?? ''}/${row.tried.join()}`}>
              <Icon name="lock" />
              <div className="row-main">
                <p>
                  <span className="note-title" lang={named(row.issuer).lang}>
                    {nameOf(row.issuer)}
                  </span>{' '}
                  → {list(row.tried.map(nameOf))}
                  {row.compartment !== undefined && (
                    <span className="tag">{partOf(row.compartment)}</span>
                  )}
                </p>
                <p className="quiet">
                  {row.declared ? t('attempts.declared') : (row.because ?? '')}
                </p>
              </div>
              <span className="quiet row-end">
                {t('way.leaf', { leaf: number(row.index) })}
                <br />
                {moment(row.at)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
