import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type ToldDisclosure } from '../api/shapes';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';

type Review = NonNullable<ToldDisclosure['review']>;

const LOOKS = {
  JUSTIFIED: 'badge-good',
  EXCESSIVE: 'badge-warn',
  UNJUSTIFIED: 'badge-danger',
} as const satisfies Record<Review['outcome'], string>;

/** What oversight thinks of an emergency, or that it has yet to say so. */
export const ReviewBadge = ({
  review,
  overdue = false,
}: {
  readonly review: Review | undefined;
  readonly overdue?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  if (review === undefined)
    return (
      <span className={`badge ${overdue ? 'badge-danger' : 'badge-warn'}`}>
        <Icon name={overdue ? 'warning' : 'clock'} />
        {t(overdue ? 'review.overdue' : 'review.open')}
      </span>
    );
  return (
    <span
      className={`badge ${LOOKS[review.outcome]}`}
      title={t('proof.placeIs', { leaf: number(review.leaf), at: moment(review.at) })}
    >
      <Icon name={review.outcome === 'JUSTIFIED' ? 'check' : 'warning'} />
      {t(`review.outcome.${review.outcome}`)}
    </span>
  );
};
