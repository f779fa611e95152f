import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keptByHold } from '../api/erasures';
import { type Purpose } from '../api/queries';
import { type Item } from '../api/shapes';
import { useLocale } from '../language/use-words';
import { may } from '../session/may';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { TroubleNote } from '../ui/trouble';
import { PurposeForm } from './purpose-form';
import { Fields } from './said';

/** What a hold has kept although it was to go, behind a purpose of its own. */
const Kept = ({ item }: { readonly item: string }): ReactElement => {
  const { t } = useTranslation();
  const [look] = useState(() => crypto.randomUUID());
  const [purpose, setPurpose] = useState<Purpose>();
  const kept = useQuery(keptByHold(item, look, purpose));
  if (purpose === undefined)
    return <PurposeForm about={t('hold.keptAbout')} onGiven={setPurpose} />;
  if (kept.isError) return <TroubleNote thrown={kept.error} />;
  const told = (kept.data ?? []).flatMap(({ event, parts }) =>
    Object.entries(parts).map(([compartment, said]) => ({ event, compartment, said })),
  );
  if (kept.isSuccess && told.length === 0) return <p className="quiet">{t('hold.keptNothing')}</p>;
  return (
    <div className="parts">
      {told.map(({ event, compartment, said }) => (
        <section key={`${event}:${compartment}`} className="part part-kept">
          <h4>
            <Icon name="hold" />
            {t(`compartment.${compartment as 'facts'}`)}
            <span className="quiet">{t('hold.keptOnly')}</span>
          </h4>
          <Fields told={said as Readonly<Record<string, unknown>>} />
        </section>
      ))}
    </div>
  );
};

/** What keeps this from being deleted here, and until when; what it has kept is shown to whoever answers for the hold. */
export const Holds = ({
  holds,
  gone,
}: {
  readonly holds: readonly Item[];
  /** Whether any of it was to go: before that a hold has nothing to show that is not shown anyway. */
  readonly gone: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const officer = useOfficer();
  const { moment, list } = useLocale();
  const [open, setOpen] = useState<string>();
  return (
    <>
      {holds
        .filter(({ status, expired }) => status === 'PLACED' && expired !== true)
        .map((hold) => (
          <div key={hold.item} className="hold" role="note">
            <p>
              <Icon name="hold" />
              <span>
                <span className="note-title">
                  {t('hold.keeps', {
                    parts: list((hold.compartments ?? []).map((one) => t(`compartment.${one}`))),
                  })}
                </span>{' '}
                {hold.ground !== undefined && t(`ground.${hold.ground}`)} ·{' '}
                {t('release.runs', { until: moment(hold.until ?? hold.newestAt) })}
              </span>
            </p>
            {gone && may.hold(officer) && open !== hold.item && (
              <button
                type="button"
                className="button button-plain button-small"
                onClick={() => {
                  setOpen(hold.item);
                }}
              >
                <Icon name="eye" />
                {t('hold.see')}
              </button>
            )}
            {open === hold.item && <Kept item={hold.item} />}
          </div>
        ))}
    </>
  );
};
