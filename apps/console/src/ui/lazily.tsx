import { createElement, type FunctionComponent, use } from 'react';

/** It did not come: whatever else may be wrong, the line is the first thing to look at. */
export class NotBrought extends Error {
  override readonly name = 'NotBrought';
}

/**
 * A browser that has once failed to fetch a module never asks for it again, however often it is told to: whether there is a line is found
 * out by something that may fail.
 */
const tried = async (): Promise<void> => {
  await fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' });
};

/** What did not come. It stays away until it is asked for again: a screen that asked by itself would ask without end. */
const away = new Set<() => void>();

/** Has whatever did not come be fetched again, when it is needed. */
export const askAgain = (): void => {
  for (const forget of away) forget();
  away.clear();
};

/**
 * Something that is fetched when somebody needs it. What the router and React bring for that load the page anew when the line is lost, and
 * with it goes everything that was written, or never ask again; this says what happened, and asks again when it is asked to.
 */
export const lazily = <Name extends string, Props extends object = object>(
  bring: () => Promise<Readonly<Record<Name, FunctionComponent<Props>>>>,
  name: Name,
): FunctionComponent<Props> & { readonly preload: () => Promise<void> } => {
  let coming: Promise<FunctionComponent<Props>> | undefined;
  const forget = (): void => {
    coming = undefined;
  };
  const come = (): Promise<FunctionComponent<Props>> =>
    (coming ??= tried()
      .then(bring)
      .then(
        (found) => found[name],
        (cause: unknown) => {
          away.add(forget);
          throw new NotBrought(name, { cause });
        },
      ));
  const Brought: FunctionComponent<Props> = (props) => createElement(use(come()), props);
  return Object.assign(Brought, {
    /** Whoever goes there, or is about to, asks for it anew. */
    preload: async () => {
      if (away.delete(forget)) forget();
      await come();
    },
  });
};
