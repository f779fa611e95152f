// What is to be forgotten, and what a legal hold has kept all the same.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client';
import { type Purpose, purposeHeaders } from './queries';
import { type Erasure, type HoldRow } from './shapes';

const NEWEST = 200;
/** Who has said that it is gone tells a screen by itself; that a deadline passed, or that all is done, tells nobody. */
const LOOK_AGAIN = 5_000;

const unfinished = (rows: readonly Erasure[] | undefined): boolean =>
  (rows ?? []).some(({ completedAt, status }) => completedAt === undefined && status !== 'IN_VAIN');

/** What this agency had forgotten, or was told to forget: the newest stretch of it. */
export const erasures = queryOptions({
  queryKey: ['erasures'],
  queryFn: async ({ signal }) =>
    (await ask('get', '/erasures', { query: { limit: NEWEST }, signal })).rows,
});

export const exchangeErasures = (exchange: string) =>
  queryOptions({
    queryKey: ['exchange', exchange, 'erasures'],
    queryFn: async ({ signal }) =>
      (await ask('get', '/erasures', { query: { exchange, limit: NEWEST }, signal })).rows,
    refetchInterval: ({ state }) => (unfinished(state.data) ? LOOK_AGAIN : false),
  });

/** What this agency must not delete yet. */
export const standingHolds = queryOptions({
  queryKey: ['holds'],
  queryFn: async ({ signal }): Promise<readonly HoldRow[]> =>
    (await ask('get', '/holds', { query: { open: true, limit: NEWEST }, signal })).rows,
});

/** What a hold has kept although it was to go. Kept here for one look, and forgotten with it. */
export const keptByHold = (item: string, look: string, purpose: Purpose | undefined) =>
  queryOptions({
    queryKey: ['content', 'kept', item, look],
    queryFn: async ({ signal }) =>
      (
        await ask('get', '/holds/{item}/kept', {
          path: { item },
          headers: purpose === undefined ? {} : purposeHeaders(purpose),
          signal,
        })
      ).rows,
    enabled: purpose !== undefined,
    gcTime: 0,
    staleTime: Infinity,
  });
