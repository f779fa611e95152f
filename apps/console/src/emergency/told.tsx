import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { submissionOf, toldDisclosures } from '../api/queries';
import { type ToldDisclosure } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { remembered } from '../shell/place';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { ReviewBadge } from './review';

/** One order, in words: who had what we said disclosed to whom, on what ground, and what oversight thinks of that. */
export const Told = ({ told }: { readonly told: ToldDisclosure }): ReactElement => {
  const { t } = useTranslation();
  const { nameOf } = useAgencyNames();
  const { number, moment, list } = useLocale();
  const { by, beneficiary, compartments, ground, emergency, leaf, at, until, review } = told;
  return (
    <div className="note note-warn">
      <Icon name="glass" />
      <div className="row-main">
        <p className="note-title">
          {t(by === beneficiary ? 'told.self' : 'told.one', {
            by: nameOf(by),
            to: nameOf(beneficiary),
            parts: list(compartments.map((one) => t(`compartment.${one}`))),
          })}
        </p>
        <p>
          {ground !== undefined && <>{t(`ground.${ground}`)} · </>}
          {t('told.when', { leaf: number(leaf), at: moment(at), until: moment(until) })}
        </p>
        {emergency && <ReviewBadge review={review} />}
      </div>
    </div>
  );
};

/** Where what it is about was said. */
const Whence = ({ event }: { readonly event: string }): ReactElement | undefined => {
  const { t } = useTranslation();
  const { data } = useQuery(submissionOf(event));
  if (data === undefined) return undefined;
  return (
    <p>
      <Link
        to="/exchange"
        state={remembered({
          exchange: data.exchange,
          ...(data.item === undefined ? {} : { item: data.item }),
        })}
        className="button button-plain button-small"
      >
        <Icon name="eye" />
        {t('search.open')}
      </Link>
    </p>
  );
};

/** What custodians were ordered to disclose of what we said: nobody asked us, and we are told of each. */
export const ToldDisclosures = (): ReactElement => {
  const { t } = useTranslation();
  const found = useQuery(toldDisclosures);
  return (
    <section className="card" aria-labelledby="told">
      <h2 id="told">{t('told.title')}</h2>
      <p className="quiet">{t('told.about')}</p>
      {found.isError && <TroubleNote thrown={found.error} />}
      {found.data?.length === 0 && <p>{t('told.none')}</p>}
      <ul className="events">
        {(found.data ?? []).map((told) => (
          <li key={told.item} className="proposals">
            <Told told={told} />
            <Whence event={told.event} />
          </li>
        ))}
      </ul>
    </section>
  );
};
