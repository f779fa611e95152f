import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exchangeSubmissions } from '../api/queries';
import { type Submitted } from '../api/shapes';
import { Way } from '../exchange/way';
import { remembered } from '../shell/place';

/** How far something has come that was sealed a moment ago, and the way to its exchange once there is one. */
export const OnItsWay = ({
  submitted: { exchange, item, events },
}: {
  readonly submitted: Submitted;
}): ReactElement | undefined => {
  const { t } = useTranslation();
  const ways = useQuery(exchangeSubmissions(exchange));
  const way = ways.data?.find(({ event }) => event === events[0]?.event);
  if (way === undefined) return undefined;
  return (
    <>
      <Way submission={way} />
      {way.leaf !== undefined && (
        <Link to="/exchange" state={remembered({ exchange, item })}>
          {t('search.open')}
        </Link>
      )}
    </>
  );
};
