import { Link } from '@tanstack/react-router';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { ReviewBadge } from '../emergency/review';
import { useAgencyNames, useLocale } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { remembered } from '../shell/place';
import { Icon } from '../ui/icon';

/** How an order to disclose stands: what it is about, who has let a share go and who will not, and what can be read of it here. */
export const Disclosed = ({ item }: { readonly item: Item }): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { named } = useAgencyNames();
  const { moment } = useLocale();
  const { event, ground, emergency, until, released = [], declined = [], saidIn, purgedAt } = item;
  const reads = item.to === us;
  return (
    <div className="disclosed">
      <dl className="said">
        <div className="told">
          <dt>{t('disclosure.reference')}</dt>
          <dd>
            <code>{event}</code>
          </dd>
        </div>
        {ground !== undefined && (
          <div className="told">
            <dt>{t('said.ground')}</dt>
            <dd>
              {t(`ground.${ground}`)}
              {emergency === true && <> · {t('said.emergency')}</>}
            </dd>
          </div>
        )}
        <div className="told">
          <dt>{t('release.until')}</dt>
          <dd>{moment(until ?? item.newestAt)}</dd>
        </div>
        {emergency === true && (
          <div className="told">
            <dt>{t('review.title')}</dt>
            <dd>
              <ReviewBadge review={item.review} />
            </dd>
          </div>
        )}
      </dl>
      {reads && (
        <ul className="receipts" aria-label={t('disclosure.shares')}>
          {released.length + declined.length === 0 && (
            <li>
              <span className="quiet">{t('disclosure.noShares')}</span>
            </li>
          )}
          {[...released, ...declined].map((agency) => {
            const { name, lang } = named(agency);
            const gave = released.includes(agency);
            return (
              <li key={agency}>
                <span className="row-main note-title" lang={lang}>
                  {name}
                </span>
                <span className={`badge ${gave ? 'badge-good' : 'badge-plain'}`}>
                  <Icon name={gave ? 'check' : 'cross'} />
                  {t(gave ? 'disclosure.gave' : 'disclosure.declined')}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {reads && purgedAt !== undefined && (
        <p className="note note-plain">
          <Icon name="erase" />
          <span>{t('disclosure.gone', { at: moment(purgedAt) })}</span>
        </p>
      )}
      {reads && purgedAt === undefined && saidIn !== undefined && (
        <p className="note note-good" role="status">
          <Icon name="eye" />
          <span>
            {t('disclosure.opened')}{' '}
            <Link to="/exchange" state={remembered({ exchange: saidIn })}>
              {t('disclosure.read')}
            </Link>
          </span>
        </p>
      )}
      {!reads && <p className="quiet">{t('disclosure.keeper')}</p>}
    </div>
  );
};
