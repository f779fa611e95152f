import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type TimelineEntry } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';

/** Whom the rules gave something of an event of ours, and with what each has signed that it came. */
export const Delivered = ({ deliveries }: Pick<TimelineEntry, 'deliveries'>): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment, number } = useLocale();
  return (
    <div className="told">
      <dt>{t('delivered.title')}</dt>
      <dd>
        <ul>
          {deliveries.map(({ agency, leaf, provenAt, countersignature }) => {
            const { name, lang } = named(agency);
            return (
              <li key={agency}>
                <span lang={lang}>{name}</span>:{' '}
                {leaf === undefined || provenAt === undefined
                  ? t('delivered.notYet')
                  : t('delivered.proven', { leaf: number(leaf), at: moment(provenAt) })}
                {countersignature !== undefined && (
                  <>
                    {' '}
                    <code title={t('delivered.countersignature')}>
                      <span className="unseen">{t('delivered.countersignature')}: </span>
                      {countersignature.slice(0, 16)}
                    </code>
                  </>
                )}
              </li>
            );
          })}
        </ul>
      </dd>
    </div>
  );
};
