import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudiencePart } from '../api/shapes';
import { useAgencyNames } from '../language/use-words';
import { useOfficer } from '../session/use-session';
import { Icon } from '../ui/icon';
import { isRule } from '../ui/trouble-sentences';

type Verdict = AudiencePart['verdicts'][number];

/** Who would know what if it were sealed now: compartments down, agencies across, and the rule in every cell. */
export const AudienceMatrix = ({
  parts,
  also = [],
}: {
  readonly parts: readonly AudiencePart[];
  /** Who is shown in any case: that somebody will not know is worth saying. */
  readonly also?: readonly string[];
}): ReactElement => {
  const { t } = useTranslation();
  const { agency: us } = useOfficer();
  const { named } = useAgencyNames();
  const ids = [
    ...new Set([...parts.flatMap(({ verdicts }) => verdicts.map(({ agency }) => agency)), ...also]),
  ];
  const columns = [...ids.filter((id) => id === us), ...ids.filter((id) => id !== us)];
  // One rule that permits is enough; of those that forbid, each would have to go.
  const reason = ({ allowed, rules, because }: Verdict): string => {
    const deciding = allowed ? rules.slice(0, 1) : rules;
    const known = deciding.filter(isRule);
    // The sentence of a rule that the console does not know is the one that the rule brings itself.
    return known.length === deciding.length && deciding.length > 0
      ? known.map((id) => t(`rule.${id}`)).join(' ')
      : because;
  };
  return (
    <>
      <div className="scroll">
        <table className="audience">
          <caption>{t('audience.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('audience.part')}</th>
              {columns.map((id) => {
                const { name, lang } = named(id);
                return (
                  <th key={id} scope="col">
                    <span lang={lang}>{name}</span>
                    {id === us && <span className="quiet"> {t('audience.us')}</span>}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {parts.map(({ compartment, verdicts }) => (
              <tr key={compartment}>
                <th scope="row">
                  {t(`compartment.${compartment}`)}
                  <span className="hint">{t(`compartmentHint.${compartment}`)}</span>
                </th>
                {columns.map((id) => {
                  const verdict = verdicts.find(({ agency }) => agency === id);
                  if (verdict === undefined)
                    return (
                      <td key={id} className="cell cell-not">
                        <span className="cell-word">
                          <Icon name="lock" />
                          {t('audience.notAddressed')}
                        </span>
                        <span className="hint">{t('audience.notAddressedHint')}</span>
                      </td>
                    );
                  return (
                    <td key={id} className={`cell ${verdict.allowed ? 'cell-yes' : 'cell-no'}`}>
                      <span className="cell-word">
                        <Icon name={verdict.allowed ? 'eye' : 'cross'} />
                        {t(verdict.allowed ? 'audience.knows' : 'audience.refused')}
                      </span>
                      <span className="hint">{reason(verdict)}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note note-plain">
        <Icon name="lock" />
        <span>{t('audience.others')}</span>
      </p>
    </>
  );
};
