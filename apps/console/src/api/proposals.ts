// What one officer has proposed and another is to confirm.
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client';
import { type Grantable, type Proposal } from './shapes';

/** Nobody tells a screen that something was proposed: it looks for itself. */
const LOOK_AGAIN = 5_000;

export const proposals = queryOptions({
  queryKey: ['proposals'],
  queryFn: async ({ signal }) => (await ask('get', '/proposals', { signal })).rows,
  refetchInterval: LOOK_AGAIN,
});

/** Whether it waits for this officer: nobody confirms what they have proposed themselves. */
export const waitsFor =
  (officer: string) =>
  ({ status, proposedBy }: Proposal): boolean =>
    status === 'OPEN' && proposedBy !== officer;

/** What a proposal says, as far as a screen has words for it. */
export type Proposed = {
  readonly event?: string;
  readonly compartments?: readonly Grantable[];
  readonly grantee?: string;
  readonly beneficiary?: string;
  readonly saidBy?: string;
  readonly ground?: string;
  readonly until?: string;
};

/** What whoever has its duty is told of it; nothing, once what it was about is forgotten. */
export const proposedBy = ({ says }: Proposal): Proposed =>
  says === undefined ? {} : (JSON.parse(says) as Proposed);
