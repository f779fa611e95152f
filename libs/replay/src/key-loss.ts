import { parseStatement } from '@tripoint/federation';
import { type AgencyId, isRefusal } from '@tripoint/kernel';
import { type LogState } from './log-state.js';
import { type AuditedLeaf } from './verify-leaf.js';

/** A key that was said, at `leaf`, to have been in other hands. */
export type KeyLoss = {
  readonly code: 'key-lost';
  readonly agency: AgencyId;
  readonly leaf: number;
  readonly detail: string;
};

/** What a verified leaf says of a key that was lost, and how much it puts in doubt by then. `state` is as of that leaf. */
export const keyLossAt = (
  { leaf, sourced }: Pick<AuditedLeaf, 'leaf' | 'sourced'>,
  state: Pick<LogState, 'doubts' | 'registry'>,
): readonly KeyLoss[] => {
  if (leaf.kind !== 'registry' || sourced?.entry.kind !== 'statement') return [];
  const body = parseStatement(sourced.entry.body);
  if (isRefusal(body) || body.kind !== 'certificate-revoked' || body.reason === 'superseded')
    return [];
  const owner = state.registry.ownerOfKey(body.fingerprint);
  if (owner === undefined) return [];
  const doubts = state
    .doubts()
    .filter(({ agency, keys }) => agency === owner && keys.includes(body.fingerprint));
  const count = doubts.reduce((sum, { leaves }) => sum + leaves.length, 0);
  const since = body.since === undefined ? 'for no known reason' : `since leaf ${body.since}`;
  const how = body.reason === 'compromised' ? `as compromised ${since}` : since;
  const detail = `a signing key is revoked ${how}: ${count} leaves of the agency are in doubt`;
  return [{ code: 'key-lost', agency: owner, leaf: leaf.index, detail }];
};
