import { describe, expect, it } from '@jest/globals';
import { MAY_COMMAND, type OfficerCommand } from '../../../agency/src/http/duties.js';
import { DEMO_FEDERATION, type DemoAgency, SECURITY } from './federation.js';
import { makePasswords, withNewOfficers } from './accounts.js';

describe('the demo', () => {
  it('has somebody at every front door who lets others in', () => {
    for (const { id, kind, officers } of DEMO_FEDERATION.agencies)
      if (kind !== 'HUB' && kind !== 'OVERSIGHT')
        expect([id, officers.filter(({ role }) => role === SECURITY).length]).toEqual([id, 1]);
  });

  it('has whoever it takes to disclose in an emergency, to review that and to try custodians', () => {
    const agencies: readonly DemoAgency[] = DEMO_FEDERATION.agencies;
    const alone = agencies.filter(({ id }) => !DEMO_FEDERATION.fourEyes.some((one) => one === id));
    const who = (command: OfficerCommand) =>
      alone
        .filter(({ officers }) =>
          officers.some(({ role }) => MAY_COMMAND[command].some((one) => one === role)),
        )
        .map(({ id }) => id);
    // One says noise, and another one orders it, where a second officer confirms that.
    const orders = who('OrderDisclosure');
    const leads = ({ role }: { readonly role: string }) =>
      MAY_COMMAND.OrderDisclosure.some((one) => one === role);
    expect(alone.some(({ officers }) => officers.filter(leads).length > 1)).toBe(true);
    expect(orders.length).toBeGreaterThan(1);
    expect(who('PrepareDrill')).toEqual(orders);
    const customs = agencies.filter(({ kind }) => kind === 'CUSTOMS').map(({ id }) => id);
    expect(customs).toHaveLength(3);
    for (const custodian of customs) expect(who('ApproveShare')).toContain(custodian);
    const auditors = agencies.find(({ kind }) => kind === 'OVERSIGHT')?.officers ?? [];
    expect(auditors.length).toBeGreaterThan(1);
    for (const { role } of auditors) expect(MAY_COMMAND.ReviewDisclosure).toContain(role);
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
