import { describe, expect, it } from '@jest/globals';
import {
  formatLeafWords,
  leafWords,
  parseLeafWords,
} from '../../../console/src/orders/leaf-words.js';

const shown = {
  exchange: '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21',
  event: '0d1c7e5f-53a4-4c0c-9a63-8d2d9b1e4b21',
  saidBy: 'gr-police',
};
const words = {
  ...shown,
  parts: [{ compartment: 'facts' as const, descriptor: 'f'.repeat(64) }],
};

describe('what the record shows of a leaf, for an order', () => {
  it('names the parts that can be ordered about, and never what an item is', () => {
    const compartments = [
      { name: 'core', descriptor: 'c'.repeat(64) },
      { name: 'facts', descriptor: 'f'.repeat(64) },
      { name: 'of a later version', descriptor: 'a'.repeat(64) },
    ];
    expect(leafWords({ ...shown, compartments })).toEqual(words);
    expect(leafWords({ ...shown, compartments: compartments.slice(0, 1) })).toBeUndefined();
  });

  it('is read as it was written', () => {
    expect(parseLeafWords(formatLeafWords(words))).toEqual(words);
    expect(parseLeafWords(`\n ${formatLeafWords(words)} \n`)).toEqual(words);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['a word', 'leaf 42'],
    ['half of it', formatLeafWords(words).slice(0, -10)],
    ['nobody', 'null'],
    ['a list', '[]'],
    ['no parts', JSON.stringify({ ...words, parts: [] })],
    ['something else for parts', JSON.stringify({ ...words, parts: 'facts' })],
    [
      'the core',
      JSON.stringify({ ...words, parts: [{ compartment: 'core', descriptor: 'c'.repeat(64) }] }),
    ],
    ['a part without its digest', JSON.stringify({ ...words, parts: [{ compartment: 'facts' }] })],
    ['no exchange', JSON.stringify({ ...words, exchange: undefined })],
    ['a number for an event', JSON.stringify({ ...words, event: 42 })],
  ])('is not %s', (_what, text) => {
    expect(parseLeafWords(text)).toBeUndefined();
  });
});
