import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Erasure } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';

type Receipt = Erasure['receipts'][number];

/** What one node says that it has emptied: its word, which nobody can look at. */
const Receipts = ({
  erasure: { receipts, overdue },
  holders,
}: {
  readonly erasure: Erasure;
  /** Who was given it, as far as we know, and has to say so. */
  readonly holders: readonly string[];
}): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { named } = useAgencyNames();
  const { moment, list } = useLocale();
  const said = new Map<string, Receipt>(receipts.map((one) => [one.agency, one]));
  const agencies = [...new Set([...holders, ...overdue, ...said.keys()])];
  return (
    <ul className="receipts" aria-label={t('erasure.receipts')}>
      {agencies.map((agency) => {
        const { name, lang } = named(agency);
        const receipt = said.get(agency);
        const late = overdue.includes(agency);
        const why = (receipt?.kept ?? []).map((one) => t(`kept.${one}`));
        return (
          <li key={agency}>
            <div className="row-main">
              <span className="note-title" lang={lang}>
                {agency === us ? t('exchange.us') : name}
              </span>
              {receipt !== undefined && (
                <span className="quiet">
                  {t('erasure.emptied', {
                    stores: list(receipt.stores.map((one) => t(`purged.${one}`))),
                    backups: moment(receipt.backupsUntil),
                  })}
                </span>
              )}
            </div>
            <div className="row-end">
              {receipt === undefined ? (
                <span className={`badge ${late ? 'badge-danger' : 'badge-warn'}`}>
                  <Icon name={late ? 'warning' : 'clock'} />
                  {t(late ? 'erasure.overdue' : 'recall.waiting')}
                </span>
              ) : why.length > 0 ? (
                <span className="badge badge-danger">
                  <Icon name="warning" />
                  {t('recall.kept', { why: list(why) })}
                </span>
              ) : (
                <span className="badge badge-good">
                  <Icon name="check" />
                  {t('recall.gone', { at: moment(receipt.at) })}
                </span>
              )}
              {receipt !== undefined && late && (
                <span className="badge badge-danger">
                  <Icon name="warning" />
                  {t('recall.late')}
                </span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
};

/** That something was to be forgotten: who had it so, why, by when, and how far that has come. Never what it was. */
export const Erased = ({
  erasure,
  holders = [],
}: {
  readonly erasure: Erasure;
  readonly holders?: readonly string[];
}): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { nameOf } = useAgencyNames();
  const { moment, list } = useLocale();
  const { by, originator, ground, orderedAt, until, status, completedAt, receipts } = erasure;
  const ours = originator === us;
  const kept = receipts.find(({ agency }) => agency === us)?.kept ?? [];
  const why = list(kept.map((one) => t(`kept.${one}`)));
  const whose =
    by === undefined
      ? t('erasure.byTime')
      : by === us
        ? t('erasure.byUs')
        : t('erasure.by', { name: nameOf(by) });
  return (
    <div className="note note-danger gone erased" role="note">
      <Icon name="erase" />
      <div className="erased-main">
        <p>
          <span className="note-title">{whose}</span>{' '}
          {t('erasure.because', { ground: t(`ground.${ground}`), at: moment(orderedAt) })}
        </p>
        <p>
          {status === 'IN_VAIN'
            ? t('erasure.inVain')
            : status === 'CANNOT_PURGE'
              ? t('erasure.stays', { why })
              : status === 'ORDERED'
                ? t('erasure.goes', { until: moment(until) })
                : t('erasure.gone')}
        </p>
        {ours && status !== 'IN_VAIN' && (
          <>
            <p className="quiet">
              {completedAt === undefined
                ? t('erasure.open', { until: moment(until) })
                : t('erasure.done', { at: moment(completedAt) })}
            </p>
            <Receipts erasure={erasure} holders={holders} />
          </>
        )}
      </div>
    </div>
  );
};

/** Where what was said stood. */
export const ErasedPart = ({ held }: { readonly held: boolean }): ReactElement => {
  const { t } = useTranslation();
  return (
    <section className="part part-gone part-erased">
      <h4>
        <Icon name="erase" />
        <s>{t('erasure.what')}</s>
        <span>{t(held ? 'erasure.partHeld' : 'erasure.part')}</span>
      </h4>
    </section>
  );
};
