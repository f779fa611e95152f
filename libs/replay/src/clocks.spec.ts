import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { type ClockFact, Clocks } from './clocks.js';

const gr = 'gr-police' as AgencyId;
const bg = 'bg-border-police' as AgencyId;
const stranger = 'animus' as AgencyId;
const exchange = '7d5c1c9e-31cc-4f4c-9b6e-0a1b2c3d4e5f' as ExchangeId;
const item = '8d5c1c9e-31cc-4f4c-9b6e-0a1b2c3d4e5f' as ItemId;
const agreed = { urgentDirect: 100, urgentIndirect: 200, routine: 700, grace: 10 };

describe('a legal clock', () => {
  let clocks: Clocks;
  const say = (
    seconds: number,
    issuer: AgencyId,
    fact: Omit<ClockFact, 'item'>,
    {
      where = exchange,
      given = [gr, bg],
    }: Partial<Record<'where', ExchangeId>> & {
      given?: readonly AgencyId[];
    } = {},
  ): void => {
    const said = { exchange: where, issuer, given, at: seconds * 1000 };
    clocks.apply({ ...fact, item }, said, () => agreed);
  };
  const dueBy = (seconds: number): number => clocks.dues(seconds * 1000).length;
  /** The second from which on it is due. */
  const dueAt = (): number | undefined => {
    for (let second = 0; second < 2000; second += 1) if (dueBy(second) > 0) return second;
    return undefined;
  };

  beforeEach(() => {
    clocks = new Clocks();
    say(0, gr, { clock: 'issued', urgency: 'URGENT', access: 'DIRECT', to: bg });
  });

  it('starts at the receipt', () => {
    say(5, bg, { clock: 'received' });
    expect(dueAt()).toBe(105);
    expect(clocks.dues(105_000)).toEqual([
      {
        item,
        exchange,
        parties: [gr, bg],
        due: '1970-01-01T00:01:45.000Z',
        withoutReceipt: false,
      },
    ]);
  });

  it('starts without a receipt once the grace is over, and says so', () => {
    expect(dueAt()).toBe(110);
    expect(clocks.dues(110_000)[0]?.withoutReceipt).toBe(true);
  });

  it('cannot be started twice, so a second receipt gains no time', () => {
    say(5, bg, { clock: 'received' });
    say(50, bg, { clock: 'received' });
    expect(dueAt()).toBe(105);
  });

  it('stands still while a clarification is awaited', () => {
    say(5, bg, { clock: 'received' });
    say(20, bg, { clock: 'suspended' });
    expect(dueAt()).toBeUndefined();
    say(60, gr, { clock: 'resumed' });
    expect(dueAt()).toBe(145);
  });

  it('is moved by a delay that the answering side notifies', () => {
    say(5, bg, { clock: 'received' });
    say(30, bg, { dueInSeconds: 400 });
    expect(dueAt()).toBe(430);
  });

  it.each([
    ['the asking side notifies no delay', gr, { dueInSeconds: 400 }],
    ['the asking side acknowledges nothing', gr, { clock: 'received' }],
    ['a stranger stops nothing', stranger, { clock: 'stopped' }],
    ['a stranger suspends nothing', stranger, { clock: 'suspended' }],
    ['the asking side suspends nothing', gr, { clock: 'suspended' }],
  ] as const)('belongs to its two parties: %s', (_what, issuer, fact) => {
    say(5, bg, { clock: 'received' });
    say(6, issuer, fact);
    expect(dueAt()).toBe(105);
  });

  it.each([gr, bg])('is stopped by either party', (issuer) => {
    say(5, bg, { clock: 'received' });
    say(6, issuer, { clock: 'stopped' });
    expect(dueAt()).toBeUndefined();
  });

  it('is not stopped from another exchange', () => {
    say(5, bg, { clock: 'received' });
    const other = '9d5c1c9e-31cc-4f4c-9b6e-0a1b2c3d4e5f' as ExchangeId;
    say(6, bg, { clock: 'stopped' }, { where: other });
    expect(dueAt()).toBe(105);
  });

  it.each<[string, AgencyId, Omit<ClockFact, 'item'>]>([
    ['the answering side stops nothing', bg, { clock: 'stopped' }],
    ['the answering side suspends nothing', bg, { clock: 'suspended' }],
    ['the answering side gains no time', bg, { dueInSeconds: 400 }],
    ['the asking side stops nothing', gr, { clock: 'stopped' }],
  ])('is not moved by what only its author was given: %s', (_what, issuer, fact) => {
    say(5, bg, { clock: 'received' });
    say(6, issuer, fact, { given: [issuer, stranger] });
    expect(dueAt()).toBe(105);
  });

  it('does not begin against somebody who was not given the request', () => {
    clocks = new Clocks();
    say(0, gr, { clock: 'issued', urgency: 'URGENT', access: 'DIRECT', to: bg }, { given: [gr] });
    expect(dueAt()).toBeUndefined();
  });

  it('is recorded as due once', () => {
    say(5, bg, { clock: 'received' });
    clocks.recorded(item);
    expect(dueAt()).toBeUndefined();
  });

  it.each([
    ['URGENT', 'INDIRECT', 205],
    ['ROUTINE', 'DIRECT', 705],
    ['ROUTINE', 'INDIRECT', 705],
  ] as const)('allows what the pair agreed for %s and %s', (urgency, access, due) => {
    clocks = new Clocks();
    say(0, gr, { clock: 'issued', urgency, access, to: bg });
    say(5, bg, { clock: 'received' });
    expect(dueAt()).toBe(due);
  });
});
