import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Erasure, type EventContent, type Item, type TimelineEntry } from '../api/shapes';
import { Icon } from '../ui/icon';
import { EventCard } from './event-card';

/** What we were given of items in which we take no part: handed on by whoever said it, or disclosed by custodians. */
export const FromOthers = ({
  id,
  words,
  entries,
  contents,
  about,
  erased,
}: {
  readonly id: string;
  readonly words: 'release' | 'disclosure';
  readonly entries: readonly TimelineEntry[];
  readonly contents: ReadonlyMap<string, EventContent>;
  readonly about: (event: string) => readonly Item[];
  readonly erased: (event: string) => readonly Erasure[];
}): ReactElement | undefined => {
  const { t } = useTranslation();
  if (entries.length === 0) return undefined;
  return (
    <section className="item" aria-labelledby={id}>
      <header className="item-head">
        <span className={`row-kind row-kind-${words}`}>
          <Icon name={words === 'release' ? 'release' : 'glass'} />
        </span>
        <div className="item-title">
          <h2 id={id}>{t(`${words}.handedOn`)}</h2>
          <p className="quiet">{t(`${words}.handedOnAbout`)}</p>
        </div>
      </header>
      <div className="events">
        {entries.map((entry) => (
          <EventCard
            key={entry.event}
            entry={entry}
            content={contents.get(entry.event)}
            submission={undefined}
            ours={false}
            about={about(entry.event)}
            erased={erased(entry.event)}
          />
        ))}
      </div>
    </section>
  );
};
