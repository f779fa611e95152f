import { useMutation } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { type TimelineEntry } from '../api/shapes';
import { useAgencyNames, useLocale } from '../language/use-words';
import { saveAs } from '../ui/save';
import { TroubleNote } from '../ui/trouble';

/** Whom the rules gave something of an event of ours, with what each has signed that it came, and a file that shows it to anybody. */
export const Delivered = ({
  entry: { event, deliveries },
}: {
  readonly entry: Pick<TimelineEntry, 'event' | 'deliveries'>;
}): ReactElement => {
  const { t } = useTranslation();
  const { named } = useAgencyNames();
  const { moment, number } = useLocale();
  const save = useMutation({
    mutationFn: () => ask('get', '/events/{event}/deliveries', { path: { event } }),
    onSuccess: (shown) => {
      saveAs('deliveries.json', shown);
    },
  });
  return (
    <div className="told">
      <dt>{t('delivered.title')}</dt>
      <dd>
        <ul>
          {deliveries.map(({ agency, leaf, provenAt, countersignature }) => {
            const { name, lang } = named(agency);
            return (
              <li key={agency}>
                <span lang={lang}>{name}</span>:{' '}
                {leaf === undefined || provenAt === undefined
                  ? t('delivered.notYet')
                  : t('delivered.proven', { leaf: number(leaf), at: moment(provenAt) })}
                {countersignature !== undefined && (
                  <>
                    {' '}
                    <code title={t('delivered.countersignature')}>
                      <span className="unseen">{t('delivered.countersignature')}: </span>
                      {countersignature.slice(0, 16)}
                    </code>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        <button
          type="button"
          className="button button-small"
          disabled={save.isPending}
          onClick={() => {
            save.mutate();
          }}
        >
          {t('delivered.save')}
        </button>
        <p className="hint">{t('delivered.saveHint')}</p>
        {save.isError && <TroubleNote thrown={save.error} />}
      </dd>
    </div>
  );
};
