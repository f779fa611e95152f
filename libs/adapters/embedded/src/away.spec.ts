import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { translated } from './away.js';

const said = (code: string): Error =>
  Object.assign(new Error('in the words of a driver'), { code });

describe('an error of the server', () => {
  it.each([
    ['53100', 'ledger-away', 'disk-full'],
    ['53100', 'bus-away', 'disk-full'],
    ['53300', 'ledger-away', 'ledger-away'],
    ['57P01', 'bus-away', 'bus-away'],
    ['ECONNREFUSED', 'ledger-away', 'ledger-away'],
  ] as const)('with %s is told as what a person can do about it', (theirs, away, ours) => {
    const told = translated(said(theirs), away);
    expect(told).toBeInstanceOf(HubError);
    expect(told).toMatchObject({ code: ours, retriable: true });
    expect((told as HubError).message).not.toContain('driver');
  });

  it('that speaks of the statement is left as it is', () => {
    const denied = said('42501');
    expect(translated(denied, 'ledger-away')).toBe(denied);
  });
});
