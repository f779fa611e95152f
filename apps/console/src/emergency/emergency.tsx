import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { disclosures, LOOK_AGAIN } from '../api/queries';
import { Disclosed } from '../exchange/disclosed';
import { type Outcome, SealedNote } from '../exchange/sealed';
import { ClockWords, useNow } from '../inbox/clock-words';
import { useStatusWords } from '../language/use-status';
import { useAgencyNames, useLocale } from '../language/use-words';
import { remembered } from '../shell/place';
import { Icon } from '../ui/icon';
import { ScreenHead } from '../ui/screen';
import { TroubleNote } from '../ui/trouble';
import { OrderForm } from './order-form';

/** In an emergency those who keep shares of keys can open for us what we were not told. What was ordered, and how that stands. */
export const Emergency = (): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { list } = useLocale();
  const statusOf = useStatusWords();
  const now = useNow();
  // Nobody is told of a review: it is looked for as long as one is to come.
  const found = useQuery({
    ...disclosures,
    refetchInterval: ({ state }) =>
      state.data?.some(({ emergency, review }) => emergency === true && review === undefined) ===
      true
        ? LOOK_AGAIN
        : false,
  });
  const [ordering, setOrdering] = useState(false);
  // Said until what was sealed shows by itself.
  const [sealed, setSealed] = useState<{ readonly outcome: Outcome; readonly at: number }>();
  return (
    <div className="screen screen-form">
      <ScreenHead title={t('disclosure.title')} about={t('disclosure.about')} />
      {sealed?.at === found.data?.length && <SealedNote outcome={sealed?.outcome} />}
      {ordering ? (
        <OrderForm
          onDone={(outcome) => {
            setOrdering(false);
            setSealed({ outcome, at: found.data?.length ?? 0 });
          }}
        />
      ) : (
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              setSealed(undefined);
              setOrdering(true);
            }}
          >
            <Icon name="glass" />
            {t('disclosure.order')}
          </button>
        </div>
      )}
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.isSuccess && found.data.length === 0 && !ordering && (
        <div className="rows-empty empty">
          <Icon name="check" />
          <p className="empty-title">{t('disclosure.none.title')}</p>
          <p className="quiet">{t('disclosure.none.about')}</p>
        </div>
      )}
      {(found.data ?? []).map((item) => (
        <section key={item.item} className="card" aria-labelledby={`d-${item.item}`}>
          <div className="item-head">
            <span className="row-kind row-kind-disclosure">
              <Icon name="glass" />
            </span>
            <div className="item-title">
              <h2 id={`d-${item.item}`}>
                {t(item.from === item.to ? 'exchange.item.emergency' : 'exchange.item.disclosure', {
                  from: nameOf(item.from),
                  to: nameOf(item.to),
                  parts: list((item.compartments ?? []).map((one) => t(`compartment.${one}`))),
                })}
              </h2>
              <p className="item-state">
                <span className="tag">{statusOf(item)}</span>
                <ClockWords item={item} now={now} />
              </p>
            </div>
          </div>
          <Disclosed item={item} />
          <p>
            <Link
              to="/exchange"
              state={remembered({ exchange: item.exchange, item: item.item })}
              className="button button-small"
            >
              {t('disclosure.toOrder')}
            </Link>
          </p>
        </section>
      ))}
    </div>
  );
};
