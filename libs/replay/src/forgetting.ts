import { readEvent } from '@tripoint/envelope';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { type LogState } from './log-state.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** Somebody has not forgotten in time, or had others forget what is none of its own. */
export type ForgettingFault = {
  readonly code: 'erasure-overdue' | 'erasure-in-vain';
  readonly agency: AgencyId;
  readonly leaf: number;
  readonly detail: string;
};

/** What a verified leaf says against whoever was to forget, or said that others are to. `state` is as of that leaf. */
export const forgettingFaultsAt = (
  { leaf, sourced, records }: Pick<AuditedLeaf, 'leaf' | 'sourced' | 'records'>,
  state: Pick<LogState, 'erasesInVain'>,
): readonly ForgettingFault[] => {
  const { index } = leaf;
  const overdue = records.flatMap((record): ForgettingFault[] => {
    if (record.about !== 'due' || record.erasure !== 'overdue') return [];
    const [, agency] = record.parties;
    const detail = `it has not said by ${record.due} that what was to be forgotten is gone (${record.item})`;
    return [{ code: 'erasure-overdue', agency, leaf: index, detail }];
  });
  const because = state.erasesInVain(index);
  if (overdue.length > 0 || because === undefined) return overdue;
  const event = sourced?.entry.kind === 'event' ? readEvent(sourced.entry) : undefined;
  if (event === undefined || isRefusal(event)) return [];
  const detail = `it has ordered something to be forgotten, and nothing follows: ${because}`;
  return [{ code: 'erasure-in-vain', agency: event.header.issuer, leaf: index, detail }];
};
