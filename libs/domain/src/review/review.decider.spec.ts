import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { type SaidOnce } from '../command.js';
import { type Command, decide } from '../decide.js';
import { evolve } from '../evolve.js';
import { type SeenEvent } from '../event.js';
import { noItem } from '../item.js';
import { context, exchangeId, greekPolice, itemId, noonPlus, recorded } from '../testing/index.js';
import { tellsGrant } from '../told.js';

const oversight = 'oversight' as AgencyId;
const world = { ...context(), kindOf: () => 'OVERSIGHT' as const };
const reviews = (agency: AgencyId): Command => ({
  type: 'ReviewDisclosure',
  item: itemId(1),
  exchange: exchangeId(1),
  by: { agency },
  at: noonPlus(0),
  data: { disclosure: itemId(7), outcome: 'EXCESSIVE' },
});
const core = { disclosure: itemId(7), outcome: 'EXCESSIVE' } as const;

describe('a review of an emergency', () => {
  it('is told to its author alone, and its facts to whoever has the log', () => {
    expect(decide(reviews(oversight), noItem, world)).toEqual([
      expect.objectContaining({
        type: 'DisclosureReviewed',
        family: 'disclosure',
        core,
        audience: [{ compartment: 'core', to: [oversight] }],
        facts: { item: itemId(1), reviews: core },
      }),
    ]);
  });

  it('is by nobody but oversight', () => {
    expect(decide(reviews(greekPolice), noItem, context())).toMatchObject({
      refused: 'review-is-by-oversight',
    });
  });

  it('is said once of one emergency, while the first is on its way', () => {
    const after = (...facts: readonly SaidOnce[]) => ({
      ...world,
      exchange: {
        ...world.exchange,
        said: facts.map((one) => ({ issuer: oversight, facts: one })),
      },
    });
    expect(decide(reviews(oversight), noItem, after({ reviews: core }))).toMatchObject({
      refused: 'already-reviewed',
    });
    const another = { reviews: { ...core, disclosure: itemId(8) } };
    expect(decide(reviews(oversight), noItem, after({}, another))).toMatchObject([
      { type: 'DisclosureReviewed' },
    ]);
  });

  it('stands, and its id for nothing else', () => {
    const once = evolve(noItem, recorded(1, oversight, { type: 'DisclosureReviewed', core }));
    expect(once).toMatchObject({ kind: 'review', status: 'REVIEWED', ...core });
    expect(decide(reviews(oversight), once, world)).toEqual([]);
    const other = { ...once, kind: 'attempt', refused: 'handling-h2-needs-release' } as never;
    expect(decide(reviews(oversight), other, world)).toMatchObject({ refused: 'item-exists' });
  });

  it('tells the hub what it says', () => {
    const event = { type: 'DisclosureReviewed', item: itemId(1), core, parts: {} } as SeenEvent;
    expect(tellsGrant(event, { reviews: core })).toBe(true);
    for (const facts of [
      {},
      { reviews: { ...core, outcome: 'JUSTIFIED' } },
      { reviews: { ...core, disclosure: itemId(8) } },
      { reviews: core, declines: true },
    ])
      expect(tellsGrant(event, facts)).toBe(false);
  });
});
