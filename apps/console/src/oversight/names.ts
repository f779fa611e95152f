import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Named, nameIn, useLocale } from '../language/use-words';
import { members } from './queries';

/** What agencies are called, as the registry in the log has it. */
export const useMemberNames = () => {
  const { data } = useQuery(members);
  const { language, compare } = useLocale();
  return useMemo(() => {
    const byId = new Map((data?.rows ?? []).map((row) => [row.agency, row]));
    const named = (id: string): Named => nameIn(language, id, byId.get(id)?.name);
    return {
      rows: [...byId.values()].sort((a, b) => compare(named(a.agency).name, named(b.agency).name)),
      named,
      nameOf: (id: string): string => named(id).name,
    };
  }, [data, language, compare]);
};
