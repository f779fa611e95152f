import { HubError } from '@tripoint/kernel';

/** Classes of SQLSTATE that speak of the server's state and not of the statement. */
const PASSING = new Set([
  '08', // connection
  '40', // rolled back in favour of another transaction
  '53', // out of disk, memory or connections
  '57', // shut down, starting up, cancelled
  '58', // the system under it failed
]);

/** The session ended because nothing came over it in the middle of a transaction, as when its process stood still. */
const STOOD_STILL = new Set(['25P03', '25P04']);

/** Whether the same call may succeed once the server is back. */
export const isAway = (error: unknown): boolean => {
  // By what it carries and not by its class: a socket's error may come from another realm than ours.
  if (typeof error !== 'object' || error === null) return false;
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (name === 'TypeError' || name === 'RangeError') return false;
  // The driver's own errors (a connection that ended, a time-out) carry no SQLSTATE.
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return !(error instanceof HubError);
  return PASSING.has(code.slice(0, 2)) || STOOD_STILL.has(code);
};

const NO_ROOM = '53100';

/** Turns a driver's error about the server's state into ours and leaves every other as it is. */
export const translated = (error: unknown, code: 'ledger-away' | 'bus-away'): unknown => {
  if (!isAway(error)) return error;
  const store = `the store behind the ${code === 'bus-away' ? 'bus' : 'ledger'}`;
  // Whoever is told only that it is away would wait for what a person has to see to.
  return (error as { readonly code?: unknown }).code === NO_ROOM
    ? new HubError('disk-full', `${store} has no room`, true, { cause: error })
    : new HubError(code, `${store} cannot be used now`, true, { cause: error });
};
