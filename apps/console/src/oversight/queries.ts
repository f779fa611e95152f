// What an auditor's console asks oversight for, and how long it may keep it.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { asking } from '../api/client';
import { type components, type paths } from '../api/oversight.gen';

type Schemas = components['schemas'];
export type LogRow = Schemas['LogRowResponse'];
export type WholeLeaf = Schemas['WholeLeafResponse'];
export type Member = Schemas['MemberStandingResponse'];
export type Trust = Schemas['TrustResponse'];
export type Finding = Schemas['OversightFindingResponse'];
export type Disclosed = Schemas['DisclosedResponse'];
export type OrderedDisclosure = Schemas['OrderedDisclosureResponse'];
export type Drill = Schemas['DrillResponse'];
export type Mailbox = Schemas['MailboxResponse'];
export type OverseenErasure = Schemas['OverseenErasureResponse'];
export type Checkpoint = Schemas['CheckpointResponse'];
export type ConsistencyProof = Schemas['ConsistencyResponse'];

export const askOversight = asking<paths>();

/** How often the record is looked at again: it is told of nothing, and asks. */
const LOOK_AGAIN = 5_000;
/** So many leaves are shown at once. */
export const WINDOW = 300;

export const verification = queryOptions({
  queryKey: ['verification'],
  queryFn: ({ signal }) => askOversight('get', '/verification', { signal }),
  refetchInterval: LOOK_AGAIN,
});

/** Who signs and cosigns the log, by the anchor and the policy of oversight. */
export const trust = queryOptions({
  queryKey: ['trust'],
  queryFn: ({ signal }) => askOversight('get', '/trust', { signal }),
  refetchInterval: LOOK_AGAIN,
});

export const members = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => askOversight('get', '/agencies', { signal }),
  refetchInterval: LOOK_AGAIN,
});

/** The leaves up to and with `last`. */
export const leavesUpTo = (last: number) => {
  const from = Math.max(0, last + 1 - WINDOW);
  return queryOptions({
    queryKey: ['leaves', from, last],
    queryFn: ({ signal }) =>
      askOversight('get', '/log', {
        query: { from: String(from), limit: last + 1 - from },
        signal,
      }),
    enabled: last >= 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
};

export const leafAt = (index: string) =>
  queryOptions({
    queryKey: ['leaf', index],
    queryFn: ({ signal }) => askOversight('get', '/log/{index}', { path: { index }, signal }),
    staleTime: Infinity,
  });

export const inclusionOf = (index: string) =>
  queryOptions({
    queryKey: ['inclusion', index],
    queryFn: ({ signal }) =>
      askOversight('get', '/log/{index}/inclusion', { path: { index }, signal }),
    staleTime: Infinity,
  });

export const consistencyFrom = (from: string, to: string) =>
  queryOptions({
    queryKey: ['consistency', from, to],
    queryFn: ({ signal }) =>
      askOversight('get', '/log/consistency', { query: { from, to }, signal }),
    staleTime: Infinity,
  });

export const couldSee = (exchange: string, index: string) =>
  queryOptions({
    queryKey: ['as-of', exchange, index],
    queryFn: ({ signal }) =>
      askOversight('get', '/exchanges/{exchange}/as-of/{index}', {
        path: { exchange, index },
        signal,
      }),
    staleTime: Infinity,
  });

/** How every agency stands to one compartment as of a leaf, and why. */
export const standingsOf = (descriptor: string, index: string) =>
  queryOptions({
    queryKey: ['standings', descriptor, index],
    queryFn: ({ signal }) =>
      askOversight('get', '/descriptors/{descriptor}/as-of/{index}', {
        path: { descriptor, index },
        signal,
      }),
    staleTime: Infinity,
  });

/** What an agency has published over its record of reads. */
export const readRoots = (agency: string) =>
  queryOptions({
    queryKey: ['read-roots', agency],
    queryFn: ({ signal }) =>
      askOversight('get', '/agencies/{agency}/read-roots', { path: { agency }, signal }),
    refetchInterval: LOOK_AGAIN,
  });

export const attempts = queryOptions({
  queryKey: ['attempts'],
  queryFn: ({ signal }) => askOversight('get', '/attempts', { signal }),
  refetchInterval: LOOK_AGAIN,
});

export const erasures = queryOptions({
  queryKey: ['overseen-erasures'],
  queryFn: ({ signal }) => askOversight('get', '/erasures', { signal }),
  refetchInterval: LOOK_AGAIN,
});

/** What custodians were ordered to disclose, which emergencies wait for a review, and how it stands with drills. */
export const orderedDisclosures = queryOptions({
  queryKey: ['ordered-disclosures'],
  queryFn: ({ signal }) => askOversight('get', '/disclosures', { signal }),
  refetchInterval: LOOK_AGAIN,
});

/** With what each agency has signed that its mailbox is the log’s. */
export const mailboxes = queryOptions({
  queryKey: ['mailboxes'],
  queryFn: ({ signal }) => askOversight('get', '/mailboxes', { signal }),
  refetchInterval: LOOK_AGAIN,
});

/** Whose word is in doubt, because a key may have been in other hands. */
export const doubts = queryOptions({
  queryKey: ['doubts'],
  queryFn: ({ signal }) => askOversight('get', '/doubts', { signal }),
  refetchInterval: LOOK_AGAIN,
});

export const findings = queryOptions({
  queryKey: ['findings'],
  queryFn: ({ signal }) =>
    askOversight('get', '/findings', { query: { first: 'NEWEST', limit: 1000 }, signal }),
  refetchInterval: LOOK_AGAIN,
});

export const lifeOf = (finding: string) =>
  queryOptions({
    queryKey: ['findings', finding],
    queryFn: ({ signal }) =>
      askOversight('get', '/findings/{finding}', { path: { finding }, signal }),
  });
