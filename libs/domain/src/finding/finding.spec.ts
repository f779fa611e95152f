import { describe, expect, it } from '@jest/globals';
import { FINDING_STATES, opensAgain, stepRefusal } from './finding.js';

const allowed = [
  'OPEN ACKNOWLEDGED',
  'ACKNOWLEDGED EXPLAINED',
  'ACKNOWLEDGED REMEDIED',
  'ACKNOWLEDGED CONFIRMED_BREACH',
  'EXPLAINED CLOSED',
  'REMEDIED CLOSED',
  'CONFIRMED_BREACH CLOSED',
];

describe('a finding', () => {
  it.each(FINDING_STATES)('goes from %s by one step and no other', (from) => {
    for (const to of FINDING_STATES)
      expect(stepRefusal(from, to) === undefined).toBe(allowed.includes(`${from} ${to}`));
  });

  it('says what comes next', () => {
    expect(stepRefusal('OPEN', 'CLOSED')).toMatchObject({
      refused: 'finding-step-refused',
      detail: 'a finding that is OPEN becomes ACKNOWLEDGED',
    });
    expect(stepRefusal('CLOSED', 'OPEN')?.detail).toContain('being found again');
  });

  it('is open again once somebody had said that it was over', () => {
    expect(FINDING_STATES.filter(opensAgain)).toEqual(['EXPLAINED', 'REMEDIED', 'CLOSED']);
  });
});
