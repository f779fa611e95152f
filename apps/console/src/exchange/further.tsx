import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item, type TimelineEntry } from '../api/shapes';
import { ClockWords, useNow } from '../inbox/clock-words';
import { useAgencyNames, useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { grantableOf } from './about-event';
import { RecallForm } from './recall-form';
import { ReleaseForm } from './release-form';

type FurtherProps = {
  readonly entry: TimelineEntry;
  /** The item that the event belongs to, where we take part in it. */
  readonly item: Item | undefined;
  /** Releases and recalls of this very event. */
  readonly about: readonly Item[];
};

const GIVEN: readonly string[] = ['USED', 'REVOKED', 'EXPIRED'];

/** Everybody who was given what we said here, as far as we know. */
const holdersOf = ({ item, about }: FurtherProps, us: string): readonly string[] => {
  const parties = item === undefined ? [] : [item.from, item.to];
  const grantees = about.flatMap(({ grantee, status }) =>
    grantee !== undefined && GIVEN.includes(status) ? [grantee] : [],
  );
  return [...new Set([...parties, ...grantees])].filter((id) => id !== us);
};

/** What was taken back of this event, from whom and by when; and whether the copy is gone. */
const Recalls = ({ recalls }: { readonly recalls: readonly Item[] }): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { named, nameOf } = useAgencyNames();
  const { moment, list } = useLocale();
  const now = useNow();
  return (
    <>
      {recalls.map((recall) => {
        const parts = list((recall.compartments ?? []).map((one) => t(`compartment.${one}`)));
        const gone = recall.status === 'PURGED';
        const stays = recall.status === 'CANNOT_PURGE';
        const why = list((recall.kept ?? []).map((one) => t(`kept.${one}`)));
        if (recall.to === us)
          return (
            <p key={recall.item} className="note note-danger gone" role="note">
              <Icon name="recall" />
              <span>
                <span className="note-title">
                  {t('recall.ofUs', { from: nameOf(recall.from) })}
                </span>{' '}
                {stays
                  ? t('recall.oursStays', { parts, why })
                  : gone
                    ? t('recall.oursGone', {
                        parts,
                        at: moment(recall.purgedAt ?? recall.newestAt),
                      })
                    : t('recall.oursGoes', {
                        parts,
                        until: moment(recall.until ?? recall.newestAt),
                      })}
              </span>
            </p>
          );
        const { name, lang } = named(recall.to);
        return (
          <div key={recall.item} className="recall" role="note">
            <Icon name="recall" />
            <div className="recall-main">
              <p>
                <span className="note-title">{t('recall.byUs', { parts })}</span>{' '}
                <span lang={lang}>{name}</span>
              </p>
              <p className="quiet">{t('recall.by', { until: moment(recall.until ?? '') })}</p>
            </div>
            <div className="row-end">
              {gone ? (
                <span className="badge badge-good">
                  <Icon name="check" />
                  {t('recall.gone', { at: moment(recall.purgedAt ?? recall.newestAt) })}
                </span>
              ) : stays ? (
                <span className="badge badge-danger">
                  <Icon name="warning" />
                  {t('recall.kept', { why })}
                </span>
              ) : (
                <span
                  className={`badge ${recall.defaulted === true ? 'badge-danger' : 'badge-warn'}`}
                >
                  <Icon name={recall.defaulted === true ? 'warning' : 'clock'} />
                  {t(recall.defaulted === true ? 'recall.defaulted' : 'recall.waiting')}
                </span>
              )}
              {gone && recall.defaulted === true && (
                <span className="badge badge-danger">
                  <Icon name="warning" />
                  {t('recall.late')}
                </span>
              )}
              {!gone && !stays && <ClockWords item={recall} now={now} />}
            </div>
          </div>
        );
      })}
    </>
  );
};

/** To whom else it went, was asked to go, or did not go. */
const Releases = ({ releases }: { readonly releases: readonly Item[] }): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment, list } = useLocale();
  return (
    <ul className="handed-on">
      {releases.map((release) => {
        const grantee = named(release.grantee ?? release.to);
        return (
          <li key={release.item}>
            <Icon name="release" />
            <span>
              <span lang={grantee.lang}>{grantee.name}</span>:{' '}
              {list((release.compartments ?? []).map((one) => t(`compartment.${one}`)))}
            </span>
            <span className="tag">
              {t(`status.release.${release.status}` as 'status.release.USED')}
            </span>
            {release.until !== undefined && ['GRANTED', 'USED'].includes(release.status) && (
              <span className="quiet">{t('release.runs', { until: moment(release.until) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
};

/** Where something went after it was said, and what can be done about that here. */
export const Further = (props: FurtherProps): ReactElement | undefined => {
  const { entry, about } = props;
  const { t } = useTranslation();
  const officer = useOfficer();
  const [form, setForm] = useState<'release' | 'recall'>();
  // Said until what was sealed shows by itself.
  const [sealed, setSealed] = useState<number>();
  const ours = entry.issuer === officer.agency;
  const releases = about.filter(({ kind }) => kind === 'release');
  const recalls = about.filter(({ kind }) => kind === 'recall');
  const parts = grantableOf(entry);
  const holders = holdersOf(props, officer.agency);
  const mayAsk = !ours && parts.length > 0 && may.askRelease(officer);
  const mayRecall =
    ours && parts.some((one) => one !== 'source') && holders.length > 0 && may.release(officer);
  const done = (was: boolean): void => {
    setForm(undefined);
    setSealed(was ? about.length : undefined);
  };
  if (about.length === 0 && !mayAsk && !mayRecall) return undefined;
  return (
    <div className="further">
      <Recalls recalls={recalls} />
      {releases.length > 0 && <Releases releases={releases} />}
      {sealed === about.length && (
        <p className="note note-good" role="status">
          <Icon name="seal" />
          <span>{t('exchange.sealed')}</span>
        </p>
      )}
      {form === 'release' && <ReleaseForm entry={entry} onDone={done} />}
      {form === 'recall' && <RecallForm entry={entry} holders={holders} onDone={done} />}
      {form === undefined && (mayAsk || mayRecall) && (
        <div className="buttons">
          {mayAsk && (
            <button
              type="button"
              className="button button-plain button-small"
              onClick={() => {
                setForm('release');
              }}
            >
              <Icon name="release" />
              {t('release.ask')}
            </button>
          )}
          {mayRecall && (
            <button
              type="button"
              className="button button-plain button-small"
              onClick={() => {
                setForm('recall');
              }}
            >
              <Icon name="recall" />
              {t('recall.title')}
            </button>
          )}
        </div>
      )}
    </div>
  );
};
