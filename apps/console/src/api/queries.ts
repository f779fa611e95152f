// What is asked for and under which key it is kept, in memory only.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client';
import { untilDeadline } from './deadlines';
import {
  type EventContent,
  type Item,
  type Kind,
  type Submission,
  type TimelineEntry,
  type ToldDisclosure,
} from './shapes';

const PAGE = 200;
export const LOOK_AGAIN = 3_000;

/** Reads every page of a list, one after the other. */
const whole = async <Row>(
  page: (after: string | undefined) => Promise<{ rows: Row[]; next?: string }>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const found = await page(after);
    rows.push(...found.rows);
    after = found.next;
  } while (after !== undefined);
  return rows;
};

const from = (after: string | undefined) => ({
  limit: PAGE,
  ...(after === undefined ? {} : { after }),
});

export const LISTS = {
  request: '/requests',
  contribution: '/contributions',
  referral: '/referrals',
  release: '/releases',
  recall: '/recalls',
  disclosure: '/disclosures',
  hold: '/holds',
} as const satisfies Record<Kind, string>;
const KINDS = Object.keys(LISTS) as Kind[];
/** What is worked on with others. A hold is an agency's own affair, and waits for nobody. */
const TRADED = KINDS.filter((kind) => kind !== 'hold');

type Where = { readonly open?: boolean; readonly exchange?: string };

const itemsWhere = async (
  where: Where,
  signal: AbortSignal,
  kinds: readonly Kind[] = TRADED,
): Promise<Item[]> => {
  const lists = await Promise.all(
    kinds.map((kind) =>
      whole<Item>(async (after) => {
        const { rows, next } = await ask('get', LISTS[kind], {
          query: { ...from(after), ...where },
          signal,
        });
        const items = rows.map((row): Item => ({ kind, ...row }));
        return next === undefined ? { rows: items } : { rows: items, next };
      }),
    ),
  );
  return lists.flat();
};

/** Who there is to write to, and what is agreed on custody. */
export const federation = queryOptions({
  queryKey: ['agencies'],
  queryFn: ({ signal }) => ask('get', '/agencies', { signal }),
  staleTime: Infinity,
  // A node that has only just started knows nobody yet: whoever waits for a name is not left to reload the page.
  refetchInterval: ({ state }) => (state.status === 'error' ? LOOK_AGAIN : false),
});

/** Every item on which somebody still has to act. */
export const openItems = queryOptions({
  queryKey: ['items', 'open'],
  queryFn: ({ signal }) => itemsWhere({ open: true }, signal),
  staleTime: Infinity,
  refetchInterval: ({ state }) => untilDeadline(state.data),
});

const ANSWERED = ['ANSWERED_FULL', 'ANSWERED_PARTIAL', 'ANSWERED_NOTHING_HELD', 'REFUSED'] as const;

/** What we asked and were answered: nobody has to act on it, and we have not said yet that we have read it. */
export const unclosedItems = (us: string) =>
  queryOptions({
    queryKey: ['items', 'unclosed'],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        ANSWERED.map((status) =>
          whole(async (after) =>
            ask('get', '/requests', { query: { ...from(after), from: us, status }, signal }),
          ),
        ),
      );
      return lists.flat().map((row): Item => ({ kind: 'request', ...row }));
    },
  });

/** What was settled, the newest stretch of it. */
export const settledItems = queryOptions({
  queryKey: ['items', 'settled'],
  queryFn: async ({ signal }) => {
    const lists = await Promise.all(
      TRADED.map(async (kind) => {
        const { rows } = await ask('get', LISTS[kind], {
          query: { open: false, limit: PAGE },
          signal,
        });
        return rows.map((row): Item => ({ kind, ...row }));
      }),
    );
    return lists.flat();
  },
});

/** Every referral that we issued or were sent, settled or not: a board shows what came of them, too. */
export const referrals = queryOptions({
  queryKey: ['referrals'],
  queryFn: async ({ signal }) =>
    whole<Item>(async (after) => {
      const { rows, next } = await ask('get', '/referrals', { query: from(after), signal });
      const items = rows.map((row): Item => ({ kind: 'referral', ...row }));
      return next === undefined ? { rows: items } : { rows: items, next };
    }),
});

/** What custodians were ordered to disclose, as far as we have to do with it, the newest first. */
export const disclosures = queryOptions({
  queryKey: ['disclosures'],
  queryFn: async ({ signal }): Promise<Item[]> => {
    const { rows } = await ask('get', '/disclosures', { query: { limit: PAGE }, signal });
    return rows.map((row): Item => ({ kind: 'disclosure', ...row }));
  },
});

/** How far one envelope of ours has come, and where it belongs. */
export const submissionOf = (event: string) =>
  queryOptions({
    queryKey: ['submission', event],
    queryFn: ({ signal }) => ask('get', '/submissions/{event}', { path: { event }, signal }),
  });

/** What custodians were ordered to disclose of what we said. */
export const toldDisclosures = queryOptions({
  queryKey: ['told-disclosures'],
  queryFn: ({ signal }) =>
    whole<ToldDisclosure>((after) =>
      ask('get', '/disclosures/told', { query: from(after), signal }),
    ),
  // No screen is told of it: whoever looks at it looks again.
  refetchInterval: LOOK_AGAIN,
});

export const exchangeItems = (exchange: string) =>
  queryOptions({
    queryKey: ['exchange', exchange, 'items'],
    queryFn: ({ signal }) => itemsWhere({ exchange }, signal, KINDS),
    refetchInterval: ({ state }) => untilDeadline(state.data),
  });

export const exchangeHead = (exchange: string) =>
  queryOptions({
    queryKey: ['exchange', exchange, 'head'],
    queryFn: ({ signal }) => ask('get', '/exchanges/{exchange}', { path: { exchange }, signal }),
  });

export const exchangeTimeline = (exchange: string) =>
  queryOptions({
    queryKey: ['exchange', exchange, 'timeline'],
    queryFn: ({ signal }) =>
      whole<TimelineEntry>((after) =>
        ask('get', '/exchanges/{exchange}/timeline', {
          path: { exchange },
          query: from(after),
          signal,
        }),
      ),
    // Witnesses tell nobody that they have cosigned: whoever looks at something unverified looks again.
    refetchInterval: ({ state }) =>
      state.data?.some(({ verified }) => !verified) === true ? LOOK_AGAIN : false,
  });

export const exchangeSubmissions = (exchange: string) =>
  queryOptions({
    queryKey: ['exchange', exchange, 'submissions'],
    queryFn: ({ signal }) =>
      whole<Submission>((after) =>
        ask('get', '/submissions', { query: { ...from(after), exchange }, signal }),
      ),
  });

/** Why content is read, as the officer said it. */
export type Purpose = { readonly code: string; readonly text: string };

export const purposeHeaders = ({ code, text }: Purpose): Record<string, string> => ({
  'tripoint-purpose': code,
  ...(text.trim() === '' ? {} : { 'tripoint-purpose-text': encodeURIComponent(text.trim()) }),
});

/** What was said. Kept for one stay in the exchange, and forgotten when its officer leaves. */
export const exchangeContent = (exchange: string, stay: string, purpose: Purpose | undefined) =>
  queryOptions({
    queryKey: ['content', exchange, stay],
    queryFn: ({ signal }) =>
      whole<EventContent>((after) =>
        ask('get', '/exchanges/{exchange}/content', {
          path: { exchange },
          query: from(after),
          headers: purpose === undefined ? {} : purposeHeaders(purpose),
          signal,
        }),
      ),
    enabled: purpose !== undefined,
    gcTime: 0,
    staleTime: Infinity,
  });

/** What one referral says, and nothing else of its exchange. Kept for one stay with it. */
export const referralContent = (
  { item, exchange }: Item,
  stay: string,
  purpose: Purpose | undefined,
) =>
  queryOptions({
    queryKey: ['content', exchange, item, stay],
    queryFn: async ({ signal }) =>
      (
        await ask('get', '/referrals/{item}/content', {
          path: { item },
          headers: purpose === undefined ? {} : purposeHeaders(purpose),
          signal,
        })
      ).rows,
    enabled: purpose !== undefined,
    gcTime: 0,
    staleTime: Infinity,
  });
