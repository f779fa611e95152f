import { type Instant } from '@tripoint/kernel';

const DAY = 86_400_000;

/**
 * What a receipt for an erasure claims, once it is signed at `at`. How long backups are kept counts from then: the row may have waited
 * for witnesses, or for a legal hold to end, and until it went it was in every backup that was made.
 */
export const erasureClaim = (data: unknown, at: Instant): object => {
  const { backupDays, ...claim } = (data ?? {}) as Readonly<Record<string, unknown>>;
  // Rows of the version before name a moment.
  if (!Number.isInteger(backupDays)) return claim;
  const until = new Date(Date.parse(at) + Number(backupDays) * DAY);
  return { ...claim, backupsUntil: until.toISOString() as Instant };
};
