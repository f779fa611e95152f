import i18next, { type i18n } from 'i18next';
import ICU from 'i18next-icu';
import { initReactI18next } from 'react-i18next';
import type en from './catalogs/en.json';

/** The languages of the console, each by its own name. */
export const LANGUAGES = { en: 'English', bg: 'Български', el: 'Ελληνικά', tr: 'Türkçe' } as const;
export type ConsoleLanguage = keyof typeof LANGUAGES;

/** How dates, numbers and sorting go. English stands for an international desk: day before month, 24 hours. */
export const LOCALES: Readonly<Record<ConsoleLanguage, string>> = {
  en: 'en-GB',
  bg: 'bg-BG',
  el: 'el-GR',
  tr: 'tr-TR',
};

type Catalog = typeof en;
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Catalog };
    returnNull: false;
  }
}

const catalogs: Readonly<Record<ConsoleLanguage, () => Promise<{ default: object }>>> = {
  en: () => import('./catalogs/en.json'),
  bg: () => import('./catalogs/bg.json'),
  el: () => import('./catalogs/el.json'),
  tr: () => import('./catalogs/tr.json'),
};

/** All that this browser keeps of the console: which language its officer reads. */
const KEPT = 'tripoint.language';

export const isLanguage = (value: string | null | undefined): value is ConsoleLanguage =>
  value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);

const preferred = (): ConsoleLanguage => {
  const kept = localStorage.getItem(KEPT);
  const wished = [kept, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wished.find(isLanguage) ?? 'en';
};

const bring = async (language: ConsoleLanguage): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', (await catalogs[language]()).default);
  document.documentElement.lang = language;
};

/** Begins in the language that was chosen here, or that the browser asks for. */
export const startLanguage = async (): Promise<i18n> => {
  const language = preferred();
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      resources: {},
      fallbackLng: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  await bring(language);
  await i18next.changeLanguage(language);
  return i18next;
};

export const chooseLanguage = async (language: ConsoleLanguage): Promise<void> => {
  await bring(language);
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
};
