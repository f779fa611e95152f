import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { type JournalEntry } from '@tripoint/read-model';
import { orderedInVain } from './ordered-in-vain.js';

const HERE = 'gr-police' as AgencyId;
const held = (issuer: string, ...compartments: readonly string[]) =>
  ({
    recorded: { issuer },
    descriptors: compartments.map((compartment) => ({ compartment })),
  }) as unknown as JournalEntry;
const order = (ground: 'DRILL' | 'DANGER_TO_LIFE') => ({
  ground,
  compartments: ['facts'] as const,
});

describe('an order to disclose what is known here', () => {
  it.each([
    [
      'its own words, for a drill',
      held(HERE, 'core', 'facts'),
      'DRILL',
      'order-is-of-something-new',
    ],
    ['its own words', held(HERE, 'core'), 'DANGER_TO_LIFE', 'order-is-of-something-new'],
    [
      'what another said, for a drill',
      held('bg', 'core'),
      'DRILL',
      'order-is-of-what-is-in-custody',
    ],
    ['what it was given', held('bg', 'facts'), 'DANGER_TO_LIFE', 'order-is-of-something-new'],
  ] as const)('is refused of %s', (_, entry, ground, refused) => {
    expect(orderedInVain(HERE, entry, order(ground))).toMatchObject({ refused });
  });

  it('is for the log to judge where no more is known', () => {
    expect(orderedInVain(HERE, undefined, order('DRILL'))).toBeUndefined();
    expect(orderedInVain(HERE, held('bg', 'core'), order('DANGER_TO_LIFE'))).toBeUndefined();
  });
});
