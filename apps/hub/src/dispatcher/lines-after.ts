import { sha256 } from '@tripoint/envelope';
import { type Digest, HubError } from '@tripoint/kernel';
import { NO_PREVIOUS } from '@tripoint/ledger';
import { type MailboxLine } from '@tripoint/replay';

/** The newest line of a mailbox. */
export type Newest = { readonly number: number; readonly digest: Digest };

/**
 * Which of these lines a mailbox does not have yet.
 * @throws {HubError} `ledger-inconsistent` when they do not continue what it has; the detail names the first one that does not
 */
export const linesAfter = (
  newest: Newest | undefined,
  lines: readonly MailboxLine[],
): readonly MailboxLine[] => {
  const fresh = lines.filter(({ entry }) => newest === undefined || entry.number > newest.number);
  let last = newest;
  for (const { entry, bytes } of fresh) {
    // INVARIANT: a mailbox is what the log makes of it. Its heads are logged, and everybody holds them against this.
    const continues =
      entry.number === (last?.number ?? -1) + 1 && entry.previous === (last?.digest ?? NO_PREVIOUS);
    if (!continues) throw inconsistent(entry, last);
    last = { number: entry.number, digest: sha256(bytes) };
  }
  return fresh;
};

const inconsistent = (
  { agency, leaf, number }: MailboxLine['entry'],
  last: Newest | undefined,
): HubError => {
  const other = number === (last?.number ?? -1) + 1 ? ', another one than the log makes of it' : '';
  const end = last === undefined ? 'is empty' : `ends with line ${last.number}${other}`;
  return new HubError(
    'ledger-inconsistent',
    `by the log, leaf ${leaf} is line ${number} of the mailbox of ${agency}, which ${end}: a version of these programs wrote it that knew other mailboxes, or it was changed since`,
    false,
  );
};
