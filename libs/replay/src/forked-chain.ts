import { parseCanonical, type StatementEntry } from '@tripoint/envelope';
import { type ChainId, isChainId, isRefusal } from '@tripoint/kernel';

/** The chain that a fork statement of the hub's freezes. */
export const forkedChain = (statement: StatementEntry): ChainId | undefined => {
  const body = parseCanonical(statement.body);
  if (isRefusal(body) || typeof body !== 'object' || body === null || Array.isArray(body))
    return undefined;
  const { chain } = body as { readonly chain?: unknown };
  return isChainId(chain) ? chain : undefined;
};
