import { HubError } from '@tripoint/kernel';

/** A driver's error quotes rows ("Key (name)=(…) already exists"), so nothing of it but its code goes on. */
export const codeOf = (cause: unknown): string | undefined =>
  typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined;

const AWAY =
  /^(08...|57P0.|53300|53400|40001|40P01|55P03|25P0[34]|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What `pg` says without a code when the connection breaks or the pool is exhausted. */
const BROKEN =
  /^(connection terminated|client has encountered a connection error|timeout exc|client was closed|query read timeout|cannot use a pool after)/i;
const FULL = /^(53100|53200|ENOSPC|EDQUOT)$/;

/** The store's own words for what the driver said. What is a `HubError` already passes. */
export const storeError = (cause: unknown): HubError => {
  if (cause instanceof HubError) return cause;
  const code = codeOf(cause);
  if (code !== undefined && FULL.test(code))
    return new HubError('disk-full', `the store has no room (${code})`, true);
  if (
    (code !== undefined && AWAY.test(code)) ||
    (code === undefined && cause instanceof Error && BROKEN.test(cause.message))
  )
    return new HubError(
      'store-away',
      `the store cannot be reached (${code ?? 'broken off'})`,
      true,
    );
  return new HubError(
    'store-refused',
    `the store refused a statement (${code ?? 'no code'})`,
    false,
  );
};

/** Whether an error came from the driver; anything else is a bug of ours and passes as it is. */
export const isDriverError = (error: unknown): boolean =>
  codeOf(error) !== undefined || (error instanceof Error && BROKEN.test(error.message));
