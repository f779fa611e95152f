import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventContent, type Submission, type TimelineEntry } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Fields } from './said';
import { Way } from './way';

type Compartment = TimelineEntry['compartments'][number];

/** One part of an event: closed, or with what it says. Who holds it is said as far as it can be known here. */
const Part = ({
  compartment,
  told,
  ours,
}: {
  readonly compartment: Compartment;
  readonly told: unknown;
  readonly ours: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const open = typeof told === 'object' && told !== null && Object.keys(told).length > 0;
  return (
    <section className={`part part-${compartment}`}>
      <h4>
        <Icon name={open ? 'eye' : 'seal'} />
        {t(`compartment.${compartment}`)}
        <span className="quiet">
          {t(compartment === 'source' && ours ? 'exchange.part.staysHere' : 'exchange.part.held')}
        </span>
      </h4>
      {open && <Fields told={told as Readonly<Record<string, unknown>>} />}
    </section>
  );
};

/** Given by the node itself, and without a word: one line is enough. */
const RECEIPTS: readonly TimelineEntry['type'][] = [
  'RequestReceived',
  'ContributionReceived',
  'ReferralReceived',
];

/** One event: who said what kind of thing when, its parts, its way, and what proves it. */
export const EventCard = ({
  entry,
  content,
  submission,
  ours,
}: {
  readonly entry: TimelineEntry;
  readonly content: EventContent | undefined;
  readonly submission: Submission | undefined;
  readonly ours: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment, number } = useLocale();
  const issuer = named(entry.issuer);
  const leaf = number(entry.leaf);
  if (RECEIPTS.includes(entry.type))
    return (
      <p className="receipt">
        <Icon name="check" />
        <span>
          <span lang={issuer.lang}>{issuer.name}</span> {t(`event.${entry.type}`)}
        </span>
        <span className="quiet">
          {t('way.leaf', { leaf })}, {moment(entry.recordedAt)}
        </span>
      </p>
    );
  return (
    <article className={`event ${ours ? 'event-ours' : ''}`} aria-labelledby={`e-${entry.event}`}>
      <header className="event-head">
        <h3 id={`e-${entry.event}`}>
          <span lang={issuer.lang}>{issuer.name}</span> {t(`event.${entry.type}`)}
        </h3>
        <time dateTime={entry.recordedAt} className="quiet">
          {moment(entry.recordedAt)}
        </time>
      </header>
      {entry.overtaken && (
        <p className="note note-warn">
          <Icon name="warning" />
          <span>{t('exchange.overtaken')}</span>
        </p>
      )}
      <div className="parts">
        {entry.compartments.map((compartment) => (
          <Part
            key={compartment}
            compartment={compartment}
            told={compartment === 'core' ? content?.core : content?.parts[compartment]}
            ours={ours}
          />
        ))}
      </div>
      {submission !== undefined && <Way submission={submission} />}
      <details className="proof">
        <summary>
          <span className={`badge ${entry.verified ? 'badge-good' : 'badge-warn'}`}>
            <Icon name={entry.verified ? 'check' : 'clock'} />
            {t(entry.verified ? 'proof.verified' : 'proof.unverified')}
          </span>
          <span className="quiet">{t('way.leaf', { leaf })}</span>
        </summary>
        <dl className="said">
          <div className="told">
            <dt>{t('proof.what')}</dt>
            <dd>{t(ours ? 'proof.ours' : 'proof.theirs')}</dd>
          </div>
          <div className="told">
            <dt>{t('proof.witnesses')}</dt>
            <dd>{t(entry.verified ? 'proof.witnessed' : 'proof.unwitnessed')}</dd>
          </div>
          <div className="told">
            <dt>{t('proof.place')}</dt>
            <dd>{t('proof.placeIs', { leaf, at: moment(entry.recordedAt) })}</dd>
          </div>
          <div className="told">
            <dt>{t('proof.said')}</dt>
            <dd>{moment(entry.at)}</dd>
          </div>
          {ours && entry.officer !== undefined && (
            <div className="told">
              <dt>{t('proof.officer')}</dt>
              <dd>{entry.officer}</dd>
            </div>
          )}
          <div className="told">
            <dt>{t('proof.holders')}</dt>
            <dd>{t(ours ? 'proof.holdersOurs' : 'proof.holdersTheirs')}</dd>
          </div>
        </dl>
      </details>
    </article>
  );
};
