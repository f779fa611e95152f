import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useRouterState } from '@tanstack/react-router';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  disclosures,
  exchangeContent,
  exchangeHead,
  exchangeItems,
  exchangeSubmissions,
  exchangeTimeline,
  type Purpose,
  toldDisclosures,
} from '../api/queries';
import { exchangeErasures } from '../api/erasures';
import { type Erasure, type Item, type ToldDisclosure } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { type Place, remembered, usePlace } from '../shell/place';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { FromOthers } from './from-others';
import { ItemSection } from './item-section';
import { PurposeForm } from './purpose-form';

/** One exchange: what happened in it, what can be done, and, once a purpose has been given, what was said. */
export const Exchange = (): ReactElement => {
  const place = usePlace();
  const here = useRouterState({
    select: ({ location }) => location.pathname.endsWith('/exchange'),
  });
  const [stay, setStay] = useState(place);
  if (place !== undefined && place !== stay) setStay(place);
  // A page that was loaded anew remembers nothing, as it should. Whoever is on the way to another screen is still here until that
  // screen has come.
  if (stay === undefined || (here && place === undefined)) return <Navigate to="/inbox" replace />;
  return <Stay key={stay.exchange} place={stay} />;
};

const Stay = ({ place: { exchange, item: wanted } }: { readonly place: Place }): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const client = useQueryClient();
  const { named } = useAgencyNames();
  const { moment } = useLocale();
  const [stay] = useState(() => crypto.randomUUID());
  const [purpose, setPurpose] = useState<Purpose>();
  const [head, items, timeline, submissions, erasures, orders, toldOrders] = useQueries({
    queries: [
      exchangeHead(exchange),
      exchangeItems(exchange),
      exchangeTimeline(exchange),
      exchangeSubmissions(exchange),
      exchangeErasures(exchange),
      disclosures,
      toldDisclosures,
    ],
  });
  const content = useQuery(exchangeContent(exchange, stay, purpose));

  // Whoever leaves takes nothing along: what was read goes with the stay.
  useEffect(
    () => () => {
      client.removeQueries({ queryKey: ['content', exchange] });
    },
    [client, exchange],
  );

  const contents = useMemo(
    () => new Map((content.data ?? []).map((one) => [one.event, one])),
    [content.data],
  );
  const ways = useMemo(
    () => new Map((submissions.data ?? []).map((one) => [one.event, one])),
    [submissions.data],
  );
  const ordered = useMemo(
    () =>
      [...(items.data ?? [])].sort((a: Item, b: Item) =>
        a.item === wanted
          ? -1
          : b.item === wanted
            ? 1
            : Date.parse(a.firstAt) - Date.parse(b.firstAt),
      ),
    [items.data, wanted],
  );

  const about = useMemo(() => {
    const byEvent = new Map<string, Item[]>();
    for (const item of items.data ?? [])
      if (item.event !== undefined)
        byEvent.set(item.event, [...(byEvent.get(item.event) ?? []), item]);
    return (event: string): readonly Item[] => byEvent.get(event) ?? [];
  }, [items.data]);
  const erased = useMemo(
    () =>
      (of: string): readonly Erasure[] =>
        (erasures.data ?? []).filter(({ event }) => event === of),
    [erasures.data],
  );
  const told = useMemo(
    () =>
      (of: string): readonly ToldDisclosure[] =>
        (toldOrders.data ?? []).filter(({ event }) => event === of),
    [toldOrders.data],
  );
  // What we were handed belongs to items in which we take no part.
  const others = useMemo(() => {
    const ours = new Set((items.data ?? []).map(({ item }) => item));
    return (timeline.data ?? []).filter(({ item }) => item !== undefined && !ours.has(item));
  }, [items.data, timeline.data]);
  const handedOn = useMemo(
    () =>
      others.filter(({ event }) => about(event).some(({ grantee }) => grantee === officer.agency)),
    [others, about, officer.agency],
  );
  // What custodians have disclosed to us is of others' items, too, and its order stands in an exchange of its own.
  const disclosed = useMemo(() => {
    const opened = new Set(
      (orders.data ?? []).flatMap(({ to, event }) => (to === officer.agency ? [event] : [])),
    );
    return others.filter((entry) => opened.has(entry.event) && !handedOn.includes(entry));
  }, [others, orders.data, handedOn, officer.agency]);

  if (head.isError)
    return (
      <div className="screen">
        <TroubleNote thrown={head.error} />
      </div>
    );
  if (head.data === undefined || items.data === undefined || timeline.data === undefined)
    return (
      <div className="screen">
        <p className="quiet" role="status">
          {t('shell.loading')}
        </p>
      </div>
    );
  const { known, owner, firstAt } = head.data;
  const alsoKnown = known.filter((id) => id !== officer.agency);
  const shown = { contents, about, erased };
  return (
    <div className="screen">
      <header className="screen-head">
        <div>
          <Link to="/inbox" className="back">
            <Icon name="back" />
            {t('nav.inbox')}
          </Link>
          <h1>{t('exchange.title')}</h1>
        </div>
        {may.give(officer) && (
          <Link to="/compose" state={remembered({ exchange })} className="button">
            <Icon name="give" />
            {t('exchange.add')}
          </Link>
        )}
      </header>
      <section className="known" aria-label={t('exchange.known')}>
        <p className="known-title">
          <Icon name="eye" />
          {t('exchange.known')}
        </p>
        <ul>
          <li>{t('exchange.us')}</li>
          {alsoKnown.map((id) => {
            const { name, lang } = named(id);
            return (
              <li key={id} lang={lang}>
                {name}
              </li>
            );
          })}
        </ul>
        <p className="quiet">
          {owner !== undefined &&
            t('exchange.opened', { owner: named(owner).name, at: moment(firstAt) })}{' '}
          {t('exchange.knownHint')}
        </p>
      </section>
      {may.give(officer) && purpose === undefined && (
        <PurposeForm about={t('purpose.about')} onGiven={setPurpose} />
      )}
      {purpose !== undefined && content.isPending && (
        <p className="quiet" role="status">
          {t('purpose.opening')}
        </p>
      )}
      {content.isError && <TroubleNote thrown={content.error} />}
      {content.isSuccess && purpose !== undefined && (
        <p className="note note-plain" role="status">
          <Icon name="eye" />
          <span>
            {t('purpose.given', {
              purpose: t(`purpose.codes.${purpose.code}` as 'purpose.codes.PREVENTION'),
            })}
          </span>
        </p>
      )}
      {ordered.map((item) => (
        <ItemSection
          key={item.item}
          item={item}
          entries={timeline.data.filter((entry) => entry.item === item.item)}
          contents={contents}
          submissions={ways}
          about={about}
          erased={erased}
          told={told}
        />
      ))}
      <FromOthers id="handed-on" words="release" entries={handedOn} {...shown} />
      <FromOthers id="disclosed" words="disclosure" entries={disclosed} {...shown} />
    </div>
  );
};
