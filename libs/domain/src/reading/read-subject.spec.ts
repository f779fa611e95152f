import { describe, expect, it } from '@jest/globals';
import { exchangeId, itemId } from '../testing/index.js';
import { isReadOf, namesNothing } from './read-subject.js';

const wholeExchange = { exchange: exchangeId(1) };
const oneItem = { exchange: exchangeId(1), item: itemId(1) };

describe('a read', () => {
  it.each([
    ['the exchange at once', wholeExchange, true, true],
    ['the item', oneItem, true, true],
    ['an item whose exchange was not known', { item: itemId(1) }, false, true],
    ['another item', { exchange: exchangeId(1), item: itemId(2) }, true, false],
    ['another exchange', { exchange: exchangeId(2) }, false, false],
    ['everything, searched through', {}, false, false],
  ])('of %s is of the subjects that it showed', (_what, read, ofExchange, ofItem) => {
    expect(isReadOf([wholeExchange], read)).toBe(ofExchange);
    expect(isReadOf([oneItem], read)).toBe(ofItem);
    expect(isReadOf([{ exchange: exchangeId(3) }, oneItem], read)).toBe(ofItem);
    expect(isReadOf([], read)).toBe(false);
  });

  it('names what it was of, unless it was a search over everything', () => {
    expect(namesNothing({})).toBe(true);
    expect(namesNothing(wholeExchange)).toBe(false);
    expect(namesNothing({ item: itemId(1) })).toBe(false);
  });
});
