import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, isLanguage, LANGUAGES } from './language';
import { useLocale } from './use-words';

/** Each language calls itself by its own name, so that it is found by those who read no other. */
export const LanguageChoice = (): ReactElement => {
  const { t } = useTranslation();
  const { language } = useLocale();
  const id = useId();
  return (
    <div className="language">
      <label htmlFor={id}>{t('language.label')}</label>
      <select
        id={id}
        value={language}
        onChange={({ target }) => {
          if (isLanguage(target.value)) void chooseLanguage(target.value);
        }}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
};
