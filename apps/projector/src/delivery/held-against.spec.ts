import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Recorded, type SeenEvent } from '@tripoint/domain';
import { type Facts } from '@tripoint/envelope';
import { type AgencyId, type ItemId } from '@tripoint/kernel';
import { confirms, factsFault } from './held-against.js';

const [item, other] = [randomUUID() as ItemId, randomUUID() as ItemId];
const [asked, stranger] = ['tr-police' as AgencyId, 'animus' as AgencyId];

describe('what an issuer told the hub', () => {
  it.each([
    [
      'is of the same item',
      [
        { name: 'core', facts: { item } },
        { name: 'facts', facts: {} },
      ],
      false,
    ],
    ['is of another item', [{ name: 'core', facts: { item: other } }], true],
    [
      'is of another item in one compartment',
      [
        { name: 'core', facts: { item } },
        { name: 'facts', facts: { item: other } },
      ],
      true,
    ],
    ['names no item, so that the hub could not tell', [{ name: 'core', facts: {} }], true],
  ])('%s', (_what, compartments, fault) => {
    const event = { type: 'RequestAccepted', item, core: {}, parts: {} } as SeenEvent;
    expect(factsFault(event, 'request', compartments) !== undefined).toBe(fault);
  });

  it('is of the same family', () => {
    const event = { type: 'RequestAccepted', item, core: {}, parts: {} } as SeenEvent;
    expect(factsFault(event, 'contribution', [{ name: 'core', facts: { item } }])).toMatchObject({
      refused: 'facts-mismatch',
    });
  });

  it('is what the event says of the clock, in every compartment', () => {
    const event = { type: 'RequestWithdrawn', item, core: {}, parts: {} } as SeenEvent;
    const told = (core: Facts, other: Facts) =>
      factsFault(event, 'request', [
        { name: 'core', facts: { item, ...core } },
        { name: 'source', facts: other },
      ])?.refused;
    expect(told({ clock: 'stopped' }, {})).toBeUndefined();
    expect(told({}, {})).toBe('facts-mismatch');
    expect(told({ clock: 'stopped' }, { clock: 'resumed' })).toBe('facts-mismatch');
  });
});

describe('a receipt', () => {
  const sent = { event: { item, core: { to: asked } } } as unknown as Recorded;

  it('counts from the one whom the item was for', () => {
    expect(confirms({ issuer: asked, item }, sent)).toBe(true);
  });

  it.each([
    ['from somebody else', { issuer: stranger, item }, sent],
    ['for another item', { issuer: asked, item: other }, sent],
    ['for what was never sent', { issuer: asked, item }, undefined],
  ])('does not count %s', (_what, receipt, held) => {
    expect(confirms(receipt, held)).toBe(false);
  });
});
