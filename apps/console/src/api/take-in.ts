// What the live line tells of, taken into what is shown.
import { type QueryClient } from '@tanstack/react-query';
import { ask, Trouble } from './client';
import { type Change } from './live';
import { lookAgain } from './look-again';
import { LISTS, openItems } from './queries';
import { type Item, type Kind } from './shapes';

const isKind = (kind: string): kind is Kind => Object.hasOwn(LISTS, kind);

const lookedUp = async (kind: Kind, item: string): Promise<Item | undefined> => {
  const path = { item };
  const rows = {
    request: () => ask('get', '/requests/{item}', { path }),
    contribution: () => ask('get', '/contributions/{item}', { path }),
    referral: () => ask('get', '/referrals/{item}', { path }),
    release: () => ask('get', '/releases/{item}', { path }),
    recall: () => ask('get', '/recalls/{item}', { path }),
    disclosure: () => ask('get', '/disclosures/{item}', { path }),
    hold: () => ask('get', '/holds/{item}', { path }),
  };
  try {
    return { kind, ...(await rows[kind]()) };
  } catch (thrown) {
    if (thrown instanceof Trouble && thrown.status === 404) return undefined;
    throw thrown;
  }
};

/** Which question about an item is the newest. Answers may overtake each other: an older one counts for nothing. */
const newest = new Map<string, symbol>();

/** One line of a long list, looked up by itself. */
const takeInLine = async (client: QueryClient, kind: Kind, item: string): Promise<void> => {
  const { queryKey } = openItems;
  newest.delete(item);
  // A list that is on its way may have been read before the change.
  if (client.isFetching({ queryKey, exact: true }) > 0) return lookAgain(client, queryKey);
  if (client.getQueryData(queryKey) === undefined) return;
  const asked = Symbol(item);
  newest.set(item, asked);
  try {
    const row = await lookedUp(kind, item);
    if (newest.get(item) !== asked) return;
    client.setQueryData(queryKey, (rows = []) => [
      ...rows.filter((one) => one.item !== item),
      ...(row?.open === true ? [row] : []),
    ]);
  } finally {
    if (newest.get(item) === asked) newest.delete(item);
  }
};

/** What was handed on is over when its copy goes by a recall or is forgotten, and no line of its own tells of that. */
const handedOnIn = (client: QueryClient, exchange: string): readonly string[] =>
  (client.getQueryData(openItems.queryKey) ?? []).flatMap((one) =>
    one.kind === 'release' && one.exchange === exchange ? [one.item] : [],
  );

/** Looks again at what changed, and at nothing else: a list of ten thousand is not read anew for one line of it. */
export const takeIn = async (client: QueryClient, change: Change): Promise<void> => {
  const { kind, item, exchange } = change;
  const keys = [
    ...(exchange === undefined ? [] : [['exchange', exchange], ['erasures']]),
    ...(exchange !== undefined && isKind(kind) ? [['content', exchange]] : []),
    ...(kind === 'disclosure' ? [['disclosures']] : []),
    ...(kind === 'referral' ? [['referrals']] : []),
  ];
  const isLine = isKind(kind) && item !== undefined && kind !== 'hold';
  if (isLine) keys.push(['items', 'settled'], ['items', 'unclosed']);
  const beside =
    exchange !== undefined && (kind === 'recall' || !isKind(kind))
      ? handedOnIn(client, exchange)
      : [];
  await Promise.all([
    ...keys.map((queryKey) => lookAgain(client, queryKey)),
    ...(isLine ? [takeInLine(client, kind, item)] : []),
    ...beside.map((one) => takeInLine(client, 'release', one)),
  ]);
};
