import { describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { notGoneOnWith, startFault } from './start-fault.js';

const coded = (code: string): Error => Object.assign(new Error('mdextend'), { code });

describe('a start that fails', () => {
  it.each([
    ['the system', coded('ENOSPC')],
    ['PostgreSQL', coded('53100')],
    ['a fault that has it as its cause', new Error('query failed', { cause: coded('53100') })],
    ['a hub error', new HubError('store-away', 'away', true, { cause: coded('ENOSPC') })],
  ])('says that the disk is full when %s says so', (_who, thrown) => {
    expect(startFault(thrown)).toMatchObject({ code: 'disk-full' });
  });

  it('keeps what it does not know', () => {
    const bug = new TypeError('a bug');
    const known = new HubError('port-busy', 'busy', false, { cause: coded('EADDRINUSE') });
    expect(startFault(bug)).toBe(bug);
    expect(startFault(known)).toBe(known);
  });

  it('says what to do about a folder that this version does not go on with', () => {
    const fault = new HubError('ledger-inconsistent', 'leaf 7 is another one', false);
    const named = notGoneOnWith(fault, '/somewhere/data');
    expect(named).toMatchObject({ code: 'ledger-inconsistent', cause: fault });
    expect(named.message).toMatch(/^leaf 7 is another one\. .*`\/somewhere\/data`.*--fresh/);
    expect(startFault(named)).toBe(named);
  });
});
