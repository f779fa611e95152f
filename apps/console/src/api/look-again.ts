// Looks again at what is shown, so that what changed meanwhile is seen.
import { type QueryClient, type QueryKey } from '@tanstack/react-query';

/** What waits for an answer that is on its way, so as to ask once more. */
const waiting = new WeakMap<QueryClient, Map<string, Promise<void>>>();

const waitingAt = (client: QueryClient): Map<string, Promise<void>> => {
  const known = waiting.get(client) ?? new Map<string, Promise<void>>();
  waiting.set(client, known);
  return known;
};

/**
 * Asks again for everything under `queryKey` that is shown, and has the rest asked for when it is shown. An answer that is on its way
 * may have been read before the change: the library would take it for the newer one, so it is waited for and followed by one more,
 * however much changes meanwhile.
 */
export const lookAgain = async (client: QueryClient, queryKey: QueryKey = []): Promise<void> => {
  const after = waitingAt(client);
  const found = client.getQueryCache().findAll({ queryKey });
  await Promise.all(
    found.map(({ queryKey: key, queryHash, state }) => {
      const one = { queryKey: key, exact: true } as const;
      const ask = (): Promise<void> => client.invalidateQueries({ ...one, refetchType: 'active' });
      if (state.fetchStatus === 'idle') return ask();
      const before = after.get(queryHash);
      if (before !== undefined) return before;
      const settled = client
        .refetchQueries(one, { cancelRefetch: false })
        .finally(() => after.delete(queryHash))
        .then(ask);
      after.set(queryHash, settled);
      return settled;
    }),
  );
};
