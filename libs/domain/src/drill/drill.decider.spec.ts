import { describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { type Command, decide } from '../decide.js';
import { type SeenEvent } from '../event.js';
import { foldItem } from '../evolve.js';
import { noItem } from '../item.js';
import {
  context,
  eventId,
  exchangeId,
  greekPolice,
  itemId,
  noonPlus,
  recorded,
  turkishPolice,
} from '../testing/index.js';
import { tellsGrant } from '../told.js';
import { type DisclosureGround } from '../vocabulary/index.js';

const says = (type: string, data: object, agency: AgencyId = greekPolice): Command =>
  ({
    type,
    item: itemId(1),
    exchange: exchangeId(1),
    by: { agency },
    at: noonPlus(0),
    data,
  }) as unknown as Command;

describe('noise that is said for a drill', () => {
  const prepares = (compartments: readonly string[]) =>
    says('PrepareDrill', { compartments, noise: 'a1b2' });

  it('is told to nobody, in each compartment that is in custody', () => {
    expect(decide(prepares(['facts', 'core']), noItem, context())).toEqual([
      expect.objectContaining({
        type: 'DrillPrepared',
        family: 'disclosure',
        parts: { facts: { noise: 'a1b2' } },
        audience: [
          { compartment: 'core', to: [greekPolice] },
          { compartment: 'facts', to: [greekPolice] },
        ],
        facts: { item: itemId(1), opens: true, practice: true },
      }),
    ]);
    expect(decide(prepares([]), noItem, context())).toMatchObject({
      refused: 'order-is-of-what-is-in-custody',
    });
  });

  it('stands once', () => {
    const once = foldItem([recorded(1, greekPolice, { type: 'DrillPrepared', core: {} })]);
    expect(once).toMatchObject({ kind: 'drill', status: 'PREPARED' });
    expect(decide(prepares(['facts']), once, context())).toMatchObject({ refused: 'item-exists' });
  });

  it('tells the hub that it is noise', () => {
    const event = { type: 'DrillPrepared', item: itemId(1), core: {}, parts: {} } as SeenEvent;
    expect(tellsGrant(event, { practice: true })).toBe(true);
    expect(tellsGrant(event, {})).toBe(false);
    const other = { ...event, type: 'ShareApproved' } as SeenEvent;
    expect(tellsGrant(other, { practice: true })).toBe(false);
  });
});

describe('the key that the shares of a drill give', () => {
  const proves = [{ descriptor: 'ab'.repeat(32) as Digest, key: 'cd'.repeat(32) }];
  const ordered = (ground: DisclosureGround) =>
    recorded(1, greekPolice, {
      type: 'DisclosureOrdered',
      core: {
        beneficiary: greekPolice,
        event: eventId(7),
        compartments: ['facts'],
        ground,
        until: noonPlus(36_000),
        emergency: true,
      },
    });
  const proven = recorded(2, greekPolice, { type: 'DrillProven', core: {} });

  it('is shown by its reader, once', () => {
    const state = foldItem([ordered('DRILL')]);
    expect(decide(says('ProveDrill', { proves }), state, context())).toEqual([
      expect.objectContaining({ type: 'DrillProven', facts: { item: itemId(1), proves } }),
    ]);
    expect(decide(says('ProveDrill', { proves }, turkishPolice), state, context())).toMatchObject({
      refused: 'not-the-receiving-party',
    });
    const after = foldItem([ordered('DRILL'), proven]);
    expect(after).toMatchObject({ kind: 'disclosure', provenAt: expect.any(String) as unknown });
    expect(decide(says('ProveDrill', { proves }), after, context())).toEqual([]);
  });

  it('is never that of what was really said', () => {
    const state = foldItem([ordered('DANGER_TO_LIFE')]);
    expect(decide(says('ProveDrill', { proves }), state, context())).toMatchObject({
      refused: 'status-does-not-allow',
    });
    expect(foldItem([ordered('DANGER_TO_LIFE'), proven])).not.toHaveProperty('provenAt');
  });
});
