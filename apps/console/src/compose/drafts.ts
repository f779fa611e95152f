// What is being written. It lives in the memory of this window: a lost line or another screen does not touch it, a lock, a reload and
// signing out end it.
import { useCallback, useSyncExternalStore } from 'react';

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

/** A draft by its name; `empty` has to be a constant, or nothing that was written would stay. */
export const useDraft = <T extends object>(name: string, empty: T): Draft<T> => {
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
