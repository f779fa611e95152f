import { useQuery } from '@tanstack/react-query';
import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePartWords } from '../language/use-part';
import { useLocale } from '../language/use-words';
import { Icon } from '../ui/icon';
import { Scroll } from '../ui/scroll';
import { TroubleNote } from '../ui/trouble';
import { useMemberNames } from './names';
import { couldSee } from './queries';

/** Who could see what of an exchange as of a leaf: events and compartments down, agencies across. */
export const AsOfMatrix = ({
  exchange,
  asOf,
}: {
  readonly exchange: string;
  readonly asOf: string;
}): ReactElement => {
  const { t } = useTranslation();
  const partOf = usePartWords();
  const { number } = useLocale();
  const { named } = useMemberNames();
  const found = useQuery(couldSee(exchange, asOf));
  const disclosed = found.data?.disclosed ?? [];
  const agencies = [
    ...new Set(disclosed.flatMap(({ audience }) => audience.map(({ agency }) => agency))),
  ];
  return (
    <section className="sent-back" aria-labelledby="as-of-matrix">
      <h3 id="as-of-matrix">{t('asOf.title', { index: number(asOf) })}</h3>
      <p className="quiet">{t('asOf.about')}</p>
      {found.isError && <TroubleNote thrown={found.error} />}
      {disclosed.length > 0 && (
        <Scroll label={t('asOf.title', { index: number(asOf) })}>
          <table className="audience audience-tight">
            <caption className="unseen">{t('asOf.title', { index: number(asOf) })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('audience.part')}</th>
                {agencies.map((id) => (
                  <th key={id} scope="col" lang={named(id).lang}>
                    {named(id).name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {disclosed.map(({ index, compartment, family, audience }) => (
                <tr key={`${index}/${compartment}`}>
                  <th scope="row">
                    {partOf(compartment)}
                    <span className="hint">
                      {t(`family.${family as 'request'}`)}, {t('way.leaf', { leaf: number(index) })}
                    </span>
                  </th>
                  {agencies.map((id) => {
                    const seen = audience.find(({ agency }) => agency === id);
                    const tone =
                      seen === undefined ? 'cell-not' : seen.allowed ? 'cell-yes' : 'cell-no';
                    return (
                      <td key={id} className={`cell ${tone}`}>
                        <span className="cell-word">
                          <Icon name={seen?.allowed === true ? 'eye' : 'lock'} />
                          {t(
                            seen === undefined
                              ? 'asOf.notAddressed'
                              : seen.allowed
                                ? 'asOf.knew'
                                : 'asOf.denied',
                          )}
                        </span>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
};
