import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Erasure,
  type EventContent,
  type Item,
  type Submission,
  type TimelineEntry,
  type ToldDisclosure,
} from '../api/shapes';
import { ClockWords, useNow } from '../inbox/clock-words';
import { type Move } from '../inbox/turn';
import { useStatusWords } from '../language/use-status';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { Icon, KIND_ICONS } from '../ui/icon';
import { Disclosed } from './disclosed';
import { EventCard } from './event-card';
import { MoveForm } from './move-form';
import { offered } from './moves';
import { type Outcome, SealedNote } from './sealed';
import { Way } from './way';

/** One item with its history, and what can be done with it here and now. */
export const ItemSection = ({
  item,
  entries,
  contents,
  submissions,
  about = () => [],
  erased = () => [],
  told = () => [],
}: {
  readonly item: Item;
  readonly entries: readonly TimelineEntry[];
  readonly contents: ReadonlyMap<string, EventContent>;
  readonly submissions: ReadonlyMap<string, Submission>;
  /** Releases, recalls and holds of an event. */
  readonly about?: (event: string) => readonly Item[];
  /** What of an event was to be forgotten. */
  readonly erased?: (event: string) => readonly Erasure[];
  /** What custodians were ordered to disclose of an event of ours. */
  readonly told?: (event: string) => readonly ToldDisclosure[];
}): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const { nameOf } = useAgencyNames();
  const { list, moment } = useLocale();
  const statusOf = useStatusWords();
  const now = useNow();
  const [move, setMove] = useState<Move>();
  const [sealed, setSealed] = useState<{ readonly outcome: Outcome; readonly event?: string }>();
  const parts = list((item.compartments ?? []).map((one) => t(`compartment.${one}`)));
  const titleOf = ({ kind, from, to, grantee, provider }: Item): string => {
    const parties = { from: nameOf(from), to: nameOf(to) };
    if (kind === 'disclosure' && from === to)
      return t('exchange.item.emergency', { ...parties, parts });
    if (kind === 'recall' || kind === 'hold' || kind === 'disclosure')
      return t(`exchange.item.${kind}`, { ...parties, parts });
    if (kind !== 'release') return t(`exchange.item.${kind}`, parties);
    const whose = { ...parties, grantee: nameOf(grantee ?? to), parts };
    return t(from === provider ? 'exchange.item.granted' : 'exchange.item.release', whose);
  };
  const moves = offered(item, officer);
  // Nobody should answer what they have not read, only because the button is there.
  const unread =
    contents.size === 0 &&
    item.kind !== 'disclosure' &&
    may.give(officer) &&
    entries.some(({ issuer }) => issuer !== officer.agency);
  const recorded = new Set(entries.map(({ event }) => event));
  const onTheirWay = [...submissions.values()].filter(
    (one) => one.item === item.item && !recorded.has(one.event),
  );
  return (
    <section className="item" aria-labelledby={`i-${item.item}`}>
      <header className="item-head">
        <span className={`row-kind row-kind-${item.kind}`}>
          <Icon name={KIND_ICONS[item.kind]} />
        </span>
        <div className="item-title">
          <h2 id={`i-${item.item}`}>{titleOf(item)}</h2>
          <p className="item-state">
            <span className="tag">{statusOf(item)}</span>
            {item.urgency !== undefined && (
              <span className={item.urgency === 'URGENT' ? 'tag tag-urgent' : 'tag'}>
                {t(`urgency.${item.urgency}`)}
              </span>
            )}
            <ClockWords item={item} now={now} />
            {(item.kind === 'release' || item.kind === 'hold') && item.until !== undefined && (
              <span className="clock">
                <Icon name="clock" />
                {t('release.runs', { until: moment(item.until) })}
              </span>
            )}
          </p>
        </div>
      </header>
      {item.kind === 'disclosure' && <Disclosed item={item} />}
      <div className="events">
        {entries.map((entry) => (
          <EventCard
            key={entry.event}
            entry={entry}
            content={contents.get(entry.event)}
            submission={submissions.get(entry.event)}
            ours={entry.issuer === officer.agency}
            item={item}
            about={about(entry.event)}
            erased={erased(entry.event)}
            told={told(entry.event)}
          />
        ))}
        {onTheirWay.map((submission) => (
          <article key={submission.event} className="event event-ours event-way">
            <p className="note-title">{t('exchange.onItsWay')}</p>
            <Way submission={submission} />
          </article>
        ))}
      </div>
      {move !== undefined && unread && (
        <p className="note note-plain" role="status">
          <Icon name="seal" />
          <span>{t('exchange.unread')}</span>
        </p>
      )}
      {/* Said until what was sealed shows by itself. */}
      {move === undefined && !recorded.has(sealed?.event ?? '') && (
        <SealedNote outcome={sealed?.outcome} />
      )}
      {move === undefined ? (
        moves.length > 0 && (
          <div className="buttons moves" role="group" aria-label={t('exchange.moves')}>
            {moves.map((one, at) => (
              <button
                key={one}
                type="button"
                className={at === 0 ? 'button button-main' : 'button'}
                onClick={() => {
                  setSealed(undefined);
                  setMove(one);
                }}
              >
                {t(`move.${one}`)}
              </button>
            ))}
          </div>
        )
      ) : (
        <MoveForm
          key={move}
          item={item}
          move={move}
          onDone={(done, event) => {
            setMove(undefined);
            setSealed({ outcome: done, ...(event !== undefined && { event }) });
          }}
        />
      )}
    </section>
  );
};
