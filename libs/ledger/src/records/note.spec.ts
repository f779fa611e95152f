import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest, type Instant } from '@tripoint/kernel';
import { formatQuarantineNotice, parseQuarantineNotice } from './note.js';

const LOG = 'spec/log';
const notice = {
  agency: 'gr-police' as AgencyId,
  digest: 'ab'.repeat(32) as Digest,
  code: 'bad-signature',
  at: '2026-11-23T12:00:00.000Z' as Instant,
};
const text = formatQuarantineNotice(LOG, notice);

describe('a notice of a quarantine', () => {
  it('is read just as it was written', () => {
    expect(text).toBe(
      `spec/log/quarantined\ngr-police\n${notice.digest}\nbad-signature\n${notice.at}\n`,
    );
    expect(parseQuarantineNotice(LOG, text)).toEqual(notice);
  });

  it.each([
    ['of another log', text.replace('spec/log', 'other/log')],
    ['a chain head', text.replace('quarantined', 'chain-head')],
    ['to nobody', text.replace('gr-police', '')],
    ['about nothing', text.replace('ab', 'xy')],
    ['with a code that is none', text.replace('bad-signature', 'Bad signature')],
    ['of no time', text.replace('2026', 'soon')],
    ['with a line too many', `${text}\n`],
    ['cut short', text.trimEnd()],
    ['a checkpoint', 'spec/log\n5\nAAAA\n'],
  ])('is nothing else: %s', (_what, other) => {
    expect(parseQuarantineNotice(LOG, other)).toMatchObject({ refused: 'malformed-notice' });
  });
});
