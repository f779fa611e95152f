import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';

/** To whom else it went, was asked to go, or did not go. */
export const Releases = ({ releases }: { readonly releases: readonly Item[] }): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment, list } = useLocale();
  return (
    <ul className="handed-on">
      {releases.map((release) => {
        const grantee = named(release.grantee ?? release.to);
        return (
          <li key={release.item}>
            <Icon name="release" />
            <span>
              <span lang={grantee.lang}>{grantee.name}</span>:{' '}
              {list((release.compartments ?? []).map((one) => t(`compartment.${one}`)))}
            </span>
            <span className="tag">
              {t(`status.release.${release.status}` as 'status.release.USED')}
            </span>
            {release.until !== undefined && ['GRANTED', 'USED'].includes(release.status) && (
              <span className="quiet">{t('release.runs', { until: moment(release.until) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
};
