import { expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { reportLines } from './report.js';

it('names the leaves that are in doubt, those that follow one another as first and last', () => {
  const lines = reportLines({
    fault: null,
    verified: 30,
    checkpoint: null,
    witnessed: null,
    leaves: {},
    decisions: { allowed: 0, denied: 0 },
    mailboxes: [],
    inDoubt: [{ agency: 'bg-customs' as AgencyId, leaves: [3, 7, 8, 9, 12] }],
    forgotten: [],
    ordered: [],
    drill: null,
  });
  expect(lines).toContain(
    'in doubt: 5 leaves of bg-customs, signed by a key that may have been in other hands: 3, 7-9, 12',
  );
});
