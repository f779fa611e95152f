import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type en from '../language/catalogs/en.json';
import { usePartWords } from '../language/use-part';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { standingsOf } from './queries';

type How = Extract<keyof (typeof en)['counterfactual']['how'], string>;

/** How every agency stood to one part as of a leaf: those who were given it, and why the others were not or would not have been. */
const Standings = ({
  descriptor,
  asOf,
}: {
  readonly descriptor: string;
  readonly asOf: string;
}): ReactElement => {
  const { t } = useTranslation();
  const { named } = useMemberNames();
  const found = useQuery(standingsOf(descriptor, asOf));
  const rows = [...(found.data?.rows ?? [])].sort(
    (a, b) => Number(b.couldSee) - Number(a.couldSee),
  );
  if (found.isError) return <TroubleNote thrown={found.error} />;
  if (found.isPending)
    return (
      <p className="quiet" role="status">
        {t('decision.replaying')}
      </p>
    );
  return (
    <Scroll label={t('counterfactual.title')}>
      <table className="plain">
        <caption className="unseen">{t('counterfactual.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('standing.agency')}</th>
            <th scope="col">{t('counterfactual.stood')}</th>
            <th scope="col">{t('counterfactual.because')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ agency, couldSee, how, because }) => (
            <tr key={agency}>
              <th scope="row" lang={named(agency).lang}>
                {named(agency).name}
              </th>
              <td>
                <span className={`badge ${couldSee ? 'badge-good' : 'badge-plain'}`}>
                  <Icon name={couldSee ? 'eye' : 'lock'} />
                  {t(`counterfactual.how.${how as How}`)}
                </span>
              </td>
              <td lang="en">{because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

/** Who could have seen a part of what was said here, as of the leaf that is chosen: computed from the log’s first leaf on. */
export const Counterfactual = ({
  compartments,
  asOf,
}: {
  readonly compartments: readonly { readonly descriptor: string; readonly name: string }[];
  readonly asOf: string;
}): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { number } = useLocale();
  const [chosen, setChosen] = useState<string>();
  return (
    <section className="sent-back" aria-labelledby="counterfactual">
      <h3 id="counterfactual">{t('counterfactual.title')}</h3>
      <p className="quiet">{t('counterfactual.about', { index: number(asOf) })}</p>
      <div className="buttons">
        {compartments.map(({ descriptor, name }) => (
          <button
            key={descriptor}
            type="button"
            className="button button-small"
            aria-pressed={chosen === descriptor}
            onClick={() => {
              setChosen(descriptor);
            }}
          >
            <Icon name="people" />
            {partOf(name)}
          </button>
        ))}
      </div>
      {chosen !== undefined && <Standings descriptor={chosen} asOf={asOf} />}
    </section>
  );
};
