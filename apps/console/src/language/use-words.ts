import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { federation } from '../api/queries';
import { type Agency } from '../api/shapes';
import { type ConsoleLanguage, isLanguage, LOCALES } from './language';

/** The language in use, and how it writes moments and puts names in order. */
export const useLocale = () => {
  const { i18n } = useTranslation();
  const language: ConsoleLanguage = isLanguage(i18n.language) ? i18n.language : 'en';
  return useMemo(() => {
    const locale = LOCALES[language];
    const day = new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
    const time = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const { compare } = new Intl.Collator(locale);
    return {
      language,
      locale,
      compare,
      day: (at: string) => day.format(new Date(at)),
      moment: (at: string) => `${day.format(new Date(at))}, ${time.format(new Date(at))}`,
      number: (value: number | string) => new Intl.NumberFormat(locale).format(BigInt(value)),
      list: (names: readonly string[]) => new Intl.ListFormat(locale).format(names),
    };
  }, [language]);
};

/** A name, and the language that it is in where that is not the one in use. */
export type Named = { readonly name: string; readonly lang?: string };

/** A name in the language in use, in English, or as its bearer has it. */
export const nameIn = (
  language: ConsoleLanguage,
  id: string,
  name: Readonly<Record<string, string>> = {},
): Named => {
  const found = [language, 'en', ...Object.keys(name)].find((lang) => name[lang] !== undefined);
  const word = found === undefined ? undefined : name[found];
  if (found === undefined || word === undefined) return { name: id };
  return found === language ? { name: word } : { name: word, lang: found };
};

/** What agencies are called: in the language in use, then in English, then as they call themselves. */
export const useAgencyNames = () => {
  const { data } = useQuery(federation);
  const { language, compare } = useLocale();
  return useMemo(() => {
    const rows = data?.rows ?? [];
    const byId = new Map<string, Agency>(rows.map((row) => [row.agency, row]));
    const named = (id: string): Named => nameIn(language, id, byId.get(id)?.name);
    const nameOf = (id: string): string => named(id).name;
    return {
      rows: [...rows].sort((a, b) => compare(nameOf(a.agency), nameOf(b.agency))),
      named,
      nameOf,
      stateOf: (id: string) => byId.get(id)?.state,
      kindOf: (id: string) => byId.get(id)?.kind,
    };
  }, [data, language, compare]);
};
