import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Item } from '../api/shapes';
import { ClockWords, useNow } from '../inbox/clock-words';
import { useAgencyNames, useLocale } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';

/** What was taken back of this event, from whom and by when; and whether the copy is gone. */
export const Recalls = ({ recalls }: { readonly recalls: readonly Item[] }): ReactElement => {
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
