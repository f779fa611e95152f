import { HubError } from '@tripoint/kernel';

/** What the system and PostgreSQL call a disk on which nothing is left. */
const DISK_FULL = new Set<unknown>(['ENOSPC', '53100']);

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
