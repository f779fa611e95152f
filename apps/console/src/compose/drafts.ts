// What is being written. It lives in the memory of this window: a lost line or another screen does not touch it, a lock, a reload and
// signing out end it.
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useLocale } from '../language/use-words';

type Kept = { readonly value: unknown; readonly key: string };

const drafts = new Map<string, Kept>();
const listeners = new Set<() => void>();
const told = (): void => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const forgetDrafts = (): void => {
  drafts.clear();
  told();
};

export type Draft<T> = {
  readonly value: T;
  /** By this the front door knows the same words again, however often they are handed in. */
  readonly key: string;
  readonly change: (next: Partial<T>) => void;
  readonly discard: () => void;
};

/**
 * A draft by its name; `blank` has to be a constant, or nothing that was written would stay. What is written in a language is taken to be
 * in the one that its author reads, until it is said otherwise.
 */
export const useDraft = <T extends object>(name: string, blank: T): Draft<T> => {
  const { language } = useLocale();
  const empty = useMemo(
    () => ('language' in blank ? { ...blank, language } : blank),
    [blank, language],
  );
  const kept = useSyncExternalStore(subscribe, () => drafts.get(name));
  const value = (kept?.value as T | undefined) ?? empty;
  const change = useCallback(
    (next: Partial<T>) => {
      const before = (drafts.get(name)?.value as T | undefined) ?? empty;
      drafts.set(name, { value: { ...before, ...next }, key: crypto.randomUUID() });
      told();
    },
    [name, empty],
  );
  const discard = useCallback(() => {
    drafts.delete(name);
    told();
  }, [name]);
  return { value, key: kept?.key ?? '', change, discard };
};
