import { describe, expect, it } from '@jest/globals';
import { DEMO_FEDERATION, SECURITY } from './federation.js';
import { makePasswords, withNewOfficers } from './accounts.js';

describe('the demo', () => {
  it('has somebody at every front door who lets others in', () => {
    for (const { id, kind, officers } of DEMO_FEDERATION.agencies)
      if (kind !== 'HUB' && kind !== 'OVERSIGHT')
        expect([id, officers.filter(({ role }) => role === SECURITY).length]).toEqual([id, 1]);
  });
});

describe('the passwords of a folder', () => {
  it('stay as they are, and are completed by those of officers who are new', () => {
    const [[newcomer] = [''], ...others] = Object.entries(makePasswords());
    const known = Object.fromEntries(others);
    const completed = withNewOfficers(known);
    expect(completed).toMatchObject(known);
    expect(completed[newcomer]).toMatch(/^[a-z2-9-]{19}$/);
    expect(Object.keys(completed)).toHaveLength(others.length + 1);
  });
});
