import { readEvent } from '@tripoint/envelope';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { type LogState } from './log-state.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** Somebody has ordered to be disclosed what nobody discloses. */
export type DisclosingFault = {
  readonly code: 'disclosure-in-vain';
  readonly agency: AgencyId;
  readonly leaf: number;
  readonly detail: string;
};

/** What a verified leaf says against whoever ordered something to be disclosed. `state` is as of that leaf. */
export const disclosingFaultsAt = (
  { leaf: { index }, sourced }: Pick<AuditedLeaf, 'leaf' | 'sourced'>,
  state: Pick<LogState, 'disclosesInVain'>,
): readonly DisclosingFault[] => {
  const because = state.disclosesInVain(index);
  const event = sourced?.entry.kind === 'event' ? readEvent(sourced.entry) : undefined;
  if (because === undefined || event === undefined || isRefusal(event)) return [];
  const detail = `it has ordered a disclosure of which nothing follows: ${because}`;
  return [{ code: 'disclosure-in-vain', agency: event.header.issuer, leaf: index, detail }];
};
