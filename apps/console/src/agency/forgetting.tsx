import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { erasures, standingHolds } from '../api/erasures';
import { ToldDisclosures } from '../emergency/told';
import { Erased } from '../exchange/erased';
import { useLocale } from '../language/use-words';
import { remembered } from '../shell/place';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';

const ToExchange = ({
  exchange,
  item,
}: {
  readonly exchange: string;
  readonly item: string | undefined;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <Link
      to="/exchange"
      state={remembered({ exchange, ...(item === undefined ? {} : { item }) })}
      className="button button-plain button-small"
    >
      <Icon name="eye" />
      {t('search.open')}
    </Link>
  );
};

/** What was to be forgotten, here and everywhere, and what is kept all the same. */
export const Forgetting = (): ReactElement => {
  const { t } = useTranslation();
  const { moment, list } = useLocale();
  const forgotten = useQuery(erasures);
  const held = useQuery(standingHolds);
  const rows = [...(forgotten.data ?? [])].sort(
    (a, b) => b.overdue.length - a.overdue.length || Number(b.leaf) - Number(a.leaf),
  );
  return (
    <>
      <section className="card" aria-labelledby="forgotten">
        <h2 id="forgotten">{t('forgetting.erasures')}</h2>
        <p className="quiet">{t('forgetting.erasuresAbout')}</p>
        {forgotten.isError && <TroubleNote thrown={forgotten.error} />}
        {forgotten.data?.length === 0 && <p>{t('forgetting.noErasures')}</p>}
        <ul className="events">
          {rows.map((one) => (
            <li key={one.item}>
              <Erased erasure={one} />
              {one.saidIn !== undefined && <ToExchange exchange={one.exchange} item={one.saidIn} />}
            </li>
          ))}
        </ul>
      </section>
      <ToldDisclosures />
      <section className="card" aria-labelledby="held">
        <h2 id="held">{t('forgetting.holds')}</h2>
        <p className="quiet">{t('forgetting.holdsAbout')}</p>
        {held.isError && <TroubleNote thrown={held.error} />}
        {held.data?.length === 0 && <p>{t('forgetting.noHolds')}</p>}
        <ul className="attempts">
          {(held.data ?? []).map((hold) => (
            <li key={hold.item} className="held">
              <Icon name="hold" />
              <div className="row-main">
                <p className="note-title">
                  {t('hold.keeps', {
                    parts: list(hold.compartments.map((one) => t(`compartment.${one}`))),
                  })}
                </p>
                <p className="quiet">
                  {t(`ground.${hold.ground}`)} · {t('release.runs', { until: moment(hold.until) })}
                </p>
              </div>
              <ToExchange exchange={hold.exchange} item={hold.item} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
};
