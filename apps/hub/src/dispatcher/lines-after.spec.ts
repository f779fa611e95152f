import { describe, expect, it } from '@jest/globals';
import { sha256 } from '@tripoint/envelope';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { formatMailboxEntry, NO_PREVIOUS } from '@tripoint/ledger';
import { type MailboxLine } from '@tripoint/replay';
import { linesAfter, type Newest } from './lines-after.js';

/** The lines of a mailbox from its first one on, one for every second leaf from `first`. */
const mailbox = (count: number, first = 4): readonly MailboxLine[] => {
  const lines: MailboxLine[] = [];
  let previous: Digest = NO_PREVIOUS;
  for (let number = 0; number < count; number += 1) {
    const leaf = first + 2 * number;
    const leafHash = sha256(Buffer.from(`${leaf}`));
    const agency = 'oversight' as AgencyId;
    const entry = { v: 1, agency, number, previous, leaf, leafHash, entitled: [] } as const;
    const bytes = formatMailboxEntry(entry);
    lines.push({ entry, bytes });
    previous = sha256(bytes);
  }
  return lines;
};
const endOf = (lines: readonly MailboxLine[]): Newest => {
  const { entry, bytes } = lines.at(-1)!;
  return { number: entry.number, digest: sha256(bytes) };
};

describe('the lines that a mailbox does not have yet', () => {
  it('are those after its newest one', () => {
    const lines = mailbox(5);
    expect(linesAfter(undefined, lines)).toEqual(lines);
    expect(linesAfter(endOf(lines.slice(0, 2)), lines)).toEqual(lines.slice(2));
    expect(linesAfter(endOf(lines), lines)).toEqual([]);
  });

  it.each([
    // As in a data folder of a version in which this agency had none.
    ['it has none, and the log says that it has', undefined, 'leaf 8 is line 2', 'is empty'],
    ['it lacks one', endOf(mailbox(1)), 'leaf 8 is line 2', 'ends with line 0'],
    ['its newest is another', endOf(mailbox(2, 5)), 'leaf 8 is line 2', 'line 1, another one'],
  ])('are none when %s: what differs first is named', (_what, newest, first, end) => {
    const late = () => linesAfter(newest, mailbox(5).slice(2));
    expect(late).toThrow(expect.objectContaining({ code: 'ledger-inconsistent' }));
    expect(late).toThrow(first);
    expect(late).toThrow(end);
    expect(late).toThrow('of the mailbox of oversight');
  });
});
