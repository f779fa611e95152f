import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { labelKeys, matcher, queryKeys } from '../index.js';

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyzçğışöü',
  'абвгдежзийклмнопрстуфхцчшщъьюя',
  'αβγδεζηθικλμνξοπρστυφχψω',
];
/** The continuous integration tries more. */
const NAMES = Number(process.env['TRIPOINT_RECALL_NAMES'] ?? 20);

/** Every word one letter away: dropped, swapped with its neighbour, changed or added. */
const neighbours = (word: string, letter: string): readonly string[] => {
  const letters = Array.from(word);
  return letters.flatMap((_, at) => [
    letters.toSpliced(at, 1).join(''),
    letters.toSpliced(at, 1, letter).join(''),
    letters.toSpliced(at, 0, letter).join(''),
    letters.toSpliced(at, 2, ...letters.slice(at, at + 2).toReversed()).join(''),
  ]);
};

describe('a fuzzy search', () => {
  it('finds every name by every word that is one edit away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALPHABETS).chain((alphabet) => {
          const letter = fc.constantFrom(...Array.from(alphabet));
          return fc.record({
            name: fc.array(letter, { minLength: 4, maxLength: 12 }).map((all) => all.join('')),
            letter,
          });
        }),
        ({ name, letter }) => {
          const keys = new Set(labelKeys(name, 'name'));
          for (const query of neighbours(name, letter)) {
            for (const { near } of queryKeys(query, 'name'))
              if (!near.some((key) => keys.has(key))) return false;
            if (matcher(query, 'name')(name) === undefined) return false;
          }
          return true;
        },
      ),
      { numRuns: NAMES },
    );
  });
});
