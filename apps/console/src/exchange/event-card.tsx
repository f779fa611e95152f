import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Erasure,
  type EventContent,
  type Grantable,
  type Item,
  type Submission,
  type TimelineEntry,
  type ToldDisclosure,
} from '../api/shapes';
import { Told } from '../emergency/told';
import { useAgencyNames, useLocale } from '../language/use-words';
import { EventProof } from '../proof/event-proof';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { Delivered } from './delivered';
import { ErasedPart } from './erased';
import { Further } from './further';
import { Fields } from './said';
import { Way } from './way';

type Compartment = TimelineEntry['compartments'][number];

/** How far a part may travel: by its codes, with what they mean for whoever asks. */
const Markings = ({
  marking: { classification, handling },
}: {
  readonly marking: TimelineEntry['markings'][number];
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <span className="markings">
      <span className="tag" title={t(`classification.${classification as 'BPL'}`)}>
        {classification}
      </span>
      {handling.map((code) => (
        <span key={code} className="tag tag-handling" title={t(`handling.${code}`)}>
          {code}
          <span className="unseen">: {t(`handling.${code}`)}</span>
        </span>
      ))}
    </span>
  );
};

/** One part of an event: closed, or with what it says. Who holds it is said as far as it can be known here. */
const Part = ({
  compartment,
  marking,
  told,
  ours,
}: {
  readonly compartment: Compartment;
  readonly marking: TimelineEntry['markings'][number] | undefined;
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
        {marking !== undefined && <Markings marking={marking} />}
      </h4>
      {open && <Fields told={told as Readonly<Record<string, unknown>>} />}
    </section>
  );
};

/** A part that was taken back: there is nothing left of it here, and that is said where it stood. */
const GonePart = ({ compartment }: { readonly compartment: Compartment }): ReactElement => {
  const { t } = useTranslation();
  return (
    <section className="part part-gone">
      <h4>
        <Icon name="cross" />
        <s>{t(`compartment.${compartment}`)}</s>
        <span>{t('recall.part')}</span>
      </h4>
    </section>
  );
};

/** Given by the node itself, and without a word: one line is enough. */
const RECEIPTS: readonly TimelineEntry['type'][] = [
  'RequestReceived',
  'ContributionReceived',
  'ReferralReceived',
  'RecallPurged',
  'GrantPurged',
  'GrantMade',
];

/** One event: who said what kind of thing when, its parts, its way, and what proves it. */
export const EventCard = ({
  entry,
  content,
  submission,
  ours,
  item,
  about = [],
  erased = [],
  told = [],
}: {
  readonly entry: TimelineEntry;
  readonly content: EventContent | undefined;
  readonly submission: Submission | undefined;
  readonly ours: boolean;
  readonly item?: Item | undefined;
  /** Releases, recalls and holds of this event. */
  readonly about?: readonly Item[];
  /** What of it was to be forgotten. */
  readonly erased?: readonly Erasure[];
  /** What custodians were ordered to disclose of it, where it is ours. */
  readonly told?: readonly ToldDisclosure[];
}): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const { named } = useAgencyNames();
  const { moment, number } = useLocale();
  const issuer = named(entry.issuer);
  const leaf = number(entry.leaf);
  const [proving, setProving] = useState(false);
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
  const takenBack = about.filter(({ kind, to }) => kind === 'recall' && to === officer.agency);
  const gone = new Set(
    takenBack.flatMap(({ status, compartments = [] }) => (status === 'PURGED' ? compartments : [])),
  );
  const marked = erased.length > 0 ? 'event-erased' : takenBack.length > 0 ? 'event-recalled' : '';
  return (
    <article
      className={`event ${ours ? 'event-ours' : ''} ${marked}`}
      aria-labelledby={`e-${entry.event}`}
    >
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
      {entry.doubted && (
        <p className="note note-warn">
          <Icon name="warning" />
          <span>{t('exchange.doubted')}</span>
        </p>
      )}
      <div className="parts">
        {entry.compartments
          .filter((compartment) => !gone.has(compartment as Grantable))
          .map((compartment) => (
            <Part
              key={compartment}
              compartment={compartment}
              marking={entry.markings.find((one) => one.compartment === compartment)}
              told={compartment === 'core' ? content?.core : content?.parts[compartment]}
              ours={ours}
            />
          ))}
        {[...gone].map((compartment) => (
          <GonePart key={compartment} compartment={compartment} />
        ))}
        {erased.some(({ status }) => status !== 'ORDERED') && (
          <ErasedPart held={erased.some(({ status }) => status === 'CANNOT_PURGE')} />
        )}
      </div>
      {submission !== undefined && <Way submission={submission} />}
      {told.map((one) => (
        <Told key={one.item} told={one} />
      ))}
      <Further entry={entry} item={item} about={about} erased={erased} />
      <details
        className="proof"
        onToggle={({ currentTarget }) => {
          setProving(currentTarget.open);
        }}
      >
        <summary>
          <span className={`badge ${entry.verified ? 'badge-good' : 'badge-warn'}`}>
            <Icon name={entry.verified ? 'check' : 'clock'} />
            {t(entry.verified ? 'proof.verified' : 'proof.unverified')}
          </span>
          <span className="quiet">{t('way.leaf', { leaf })}</span>
        </summary>
        {proving && <EventProof event={entry.event} />}
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
            <dt>{t('disclosure.reference')}</dt>
            <dd>
              <code>{entry.event}</code>
            </dd>
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
          {entry.deliveries.length > 0 && <Delivered entry={entry} />}
          <div className="told">
            <dt>{t('proof.holders')}</dt>
            <dd>{t(ours ? 'proof.holdersOurs' : 'proof.holdersTheirs')}</dd>
          </div>
        </dl>
      </details>
    </article>
  );
};
