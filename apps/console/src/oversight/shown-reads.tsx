import { parseReadRowText } from '@tripoint/domain';
import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePurposeWords } from '../language/use-purpose';
import { useLocale } from '../language/use-words';
import { Bars, counted } from '../ui/bars';
import { Scroll } from '../ui/scroll';

/** Most rows that are listed; the chart counts all of them. */
const MOST = 200;

/** What an agency’s officers read content for, by the rows that stand under its root. Who it was about is in none of them. */
export const ShownReads = ({ texts }: { readonly texts: readonly string[] }): ReactElement => {
  const { t } = useTranslation();
  const { number, moment } = useLocale();
  const purposeOf = usePurposeWords();
  const [purpose, setPurpose] = useState<string>();
  const rows = useMemo(
    () =>
      texts.flatMap((text) => {
        const row = parseReadRowText(text);
        return row === undefined ? [] : [row];
      }),
    [texts],
  );
  const shown = rows.filter((row) => purpose === undefined || row.purpose === purpose);
  return (
    <>
      <Bars
        title={t('reads.byPurpose')}
        level="h3"
        rows={counted(rows.map((row) => row.purpose))}
        nameOf={purposeOf}
        chosen={purpose}
        onChoose={setPurpose}
      />
      <Scroll label={t('readRoots.rows')}>
        <table className="plain">
          <caption className="unseen">{t('readRoots.rows')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('reads.number')}</th>
              <th scope="col">{t('reads.officer')}</th>
              <th scope="col">{t('purpose.code')}</th>
              <th scope="col">{t('reads.at')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, MOST).map((row) => (
              <tr key={String(row.number)}>
                <td className="amount">{number(String(row.number))}</td>
                <th scope="row">{row.officer}</th>
                <td>{purposeOf(row.purpose)}</td>
                <td>{moment(row.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
};
