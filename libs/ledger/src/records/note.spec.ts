import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type ChainId, type Digest, type Instant } from '@tripoint/kernel';
import {
  formatQuarantineNotice,
  formatStandingNotice,
  parseQuarantineNotice,
  parseStandingNotice,
} from './note.js';

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

describe('a notice of where an agency stands', () => {
  const standing = {
    agency: 'gr-police' as AgencyId,
    chain: 'gr-police-1' as ChainId,
    seq: -1,
    header: '0'.repeat(64) as Digest,
    lines: 12,
    nonce: 'a1'.repeat(16),
    at: notice.at,
  };
  const said = formatStandingNotice(LOG, standing);

  it('is read just as it was written', () => {
    expect(said).toBe(
      `spec/log/standing\ngr-police\ngr-police-1\n-1\n${standing.header}\n12\n${standing.nonce}\n${notice.at}\n`,
    );
    expect(parseStandingNotice(LOG, said)).toEqual(standing);
  });

  it.each([
    ['of another log', said.replace('spec/log', 'other/log')],
    ['a quarantine', text],
    ['to nobody', said.replace('gr-police\n', '\n')],
    ['of no chain', said.replace('gr-police-1', 'GR')],
    ['of a number that is none', said.replace('-1\n0', '-2\n0')],
    ['of no header', said.replace(standing.header, 'xy')],
    ['of a count with a leading zero', said.replace('\n12\n', '\n012\n')],
    ['to no question', said.replace(standing.nonce, '')],
    ['of no time', said.replace('2026', 'soon')],
    ['with a line too many', `${said}\n`],
    ['cut short', said.trimEnd()],
  ])('is nothing else: %s', (_what, other) => {
    expect(parseStandingNotice(LOG, other)).toMatchObject({ refused: 'malformed-notice' });
  });
});
