import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writesAMemberTwice } from './repeated.js';

const twice = (text: string): boolean => writesAMemberTwice(text, JSON.parse(text));

describe('a JSON text', () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"a":3}',
    '{"a":{"b":1,"b":2}}',
    '[{"a":1},{"b":[{"c":null,"c":null}]}]',
    String.raw`{"a":1,"\u0061":2}`,
    String.raw`{"a\\":"\":\"","a\\":0}`,
    '{"":1,"":2}',
    '{ "a" : 1 , "a" : [ ] }',
  ])('writes a member twice: %s', (text) => {
    expect(twice(text)).toBe(true);
  });

  it.each(['{}', '[]', '7', 'null', '"a:b"', '{"a":{"a":{"a":":"}}}', '[{"a":1},{"a":1}]'])(
    'does not: %s',
    (text) => {
      expect(twice(text)).toBe(false);
    },
  );

  it('writes none twice when a printer has made it, whatever is in its texts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.boolean(), (value, spaced) => {
        const text = JSON.stringify(value, undefined, spaced ? 2 : undefined);
        expect(twice(text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('writes one twice wherever a member is put in again', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue(), {
      minKeys: 1,
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(objects, fc.string(), fc.nat(), (object, text, nth) => {
        const names = Object.keys(object);
        const name = names[nth % names.length]!;
        const written = JSON.stringify(object).slice(0, -1);
        const again = `${written},${JSON.stringify(name)}:${JSON.stringify(text)}}`;
        expect(twice(`{"within":[${again}]}`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is looked through once, however many quotes and backslashes it has', () => {
    const text = JSON.stringify({ a: String.raw`\"`.repeat(100_000), b: '\\'.repeat(100_000) });
    expect(twice(text)).toBe(false);
    const deep = '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000);
    expect(twice(deep)).toBe(false);
  });
});
