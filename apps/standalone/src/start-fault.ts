import { HubError } from '@tripoint/kernel';

/** What the system and PostgreSQL call a disk on which nothing is left. */
const DISK_FULL = new Set<unknown>(['ENOSPC', '53100']);

/** What the hub does not go on with, for the person who started it. */
export const notGoneOnWith = (fault: HubError, data: string): HubError =>
  new HubError(
    fault.code,
    `${fault.message}. This version does not go on with what \`${data}\` holds: if another version wrote it, start that one; --fresh forgets it and begins anew; if nothing was updated, it was changed or put back: keep it, and look`,
    false,
    { cause: fault },
  );

/** What made the start fail, for the person who started it; whatever else was thrown is a bug and stays as it is. */
export const startFault = (thrown: unknown): unknown => {
  if (thrown instanceof HubError) {
    const below = thrown.cause === undefined ? undefined : startFault(thrown.cause);
    return below instanceof HubError && below.code === 'disk-full' ? below : thrown;
  }
  if (!(thrown instanceof Error)) return thrown;
  if ('code' in thrown && DISK_FULL.has(thrown.code))
    return new HubError(
      'disk-full',
      'no room is left on the disk of the data folder; make some and start again, nothing recorded is lost',
      false,
      { cause: thrown },
    );
  const below = thrown.cause === undefined ? undefined : startFault(thrown.cause);
  return below instanceof HubError ? below : thrown;
};
