import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldDisclosures } from '../api/queries';
import { type ToldDisclosure } from '../api/shapes';
import { Told } from '../emergency/told';
import { type Outcome, SealedNote } from '../exchange/sealed';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { ReviewForm } from './review-form';

/** One emergency, and what oversight says of it: once, and for good. */
const Emergency = ({ told }: { readonly told: ToldDisclosure }): ReactElement => {
  const { t } = useTranslation();
  const [reviewing, setReviewing] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const open = told.review === undefined && outcome !== 'sealed';
  return (
    <li className="proposals">
      <Told told={told} />
      {told.review === undefined && <SealedNote outcome={outcome} />}
      {open && reviewing && (
        <ReviewForm
          told={told}
          onDone={(done) => {
            setReviewing(false);
            setOutcome(done);
          }}
        />
      )}
      {open && !reviewing && (
        <div className="buttons">
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              setReviewing(true);
            }}
          >
            <Icon name="check" />
            {t('orders.reviewDo')}
          </button>
        </div>
      )}
    </li>
  );
};

/** Each emergency that oversight was told of, the newest first. */
export const ToReview = (): ReactElement => {
  const { t } = useTranslation();
  const found = useQuery(toldDisclosures);
  return (
    <section className="card" aria-labelledby="to-review">
      <h2 id="to-review">{t('orders.reviews')}</h2>
      <p className="quiet">{t('orders.reviewsAbout')}</p>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.data?.length === 0 && <p>{t('orders.noReviews')}</p>}
      <ul className="events">
        {(found.data ?? []).map((told) => (
          <Emergency key={told.item} told={told} />
        ))}
      </ul>
    </section>
  );
};
