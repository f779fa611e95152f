import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgencyNames, useLocale } from '../language/use-words';
import { TextInput } from '../ui/field';
import { Icon } from '../ui/icon';

const NAMES = ['bg', 'el', 'tr', 'en'] as const;

/** Everybody there is to write to, as the registry has them, signed by its roots. */
export const Directory = (): ReactElement => {
  const { t } = useTranslation();
  const { rows, named } = useAgencyNames();
  const { language } = useLocale();
  const [wanted, setWanted] = useState('');
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  const sought = wanted.trim().toLocaleLowerCase(language);
  const shown = rows.filter(({ agency, name }) =>
    [agency, ...Object.values(name)].some((one) =>
      one.toLocaleLowerCase(language).includes(sought),
    ),
  );
  return (
    <>
      <div className="filters">
        <TextInput
          label={t('directory.search')}
          type="search"
          value={wanted}
          onChange={setWanted}
        />
      </div>
      <ul className="directory">
        {shown.map((row) => {
          const { name, lang } = named(row.agency);
          const others = NAMES.filter((one) => {
            const other = row.name[one];
            return other !== undefined && other !== name;
          });
          return (
            <li key={row.agency} className="contact">
              <p className="note-title" lang={lang}>
                {name}
              </p>
              {others.map((one) => (
                <p key={one} className="quiet" lang={one}>
                  {row.name[one]}
                </p>
              ))}
              <p className="contact-foot">
                <span className="tag">{t(`agencyKind.${row.kind as 'POLICE'}`)}</span>
                <span className="quiet">{regions.of(row.state)}</span>
                {!row.active && (
                  <span className="badge badge-danger">
                    <Icon name="warning" />
                    {t('standing.suspended')}
                  </span>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
};
