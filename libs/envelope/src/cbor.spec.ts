import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.js';
import { unhex } from './bytes.js';

const wellFormed = fc.string({ unit: 'grapheme' });
const { value: anyValue } = fc.letrec<{ value: Cbor }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    wellFormed,
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(wellFormed, tie('value'), { maxKeys: 30 }),
  ),
}));

describe('deterministic CBOR', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value);
      }),
    );
  });

  it('is what another implementation writes and reads', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeCbor(value);
        expect(Buffer.compare(bytes, encode(value, rfc8949EncodeOptions))).toBe(0);
        expect(Object.is(value, -0) ? value : decode(bytes)).toEqual(value);
      }),
    );
  });

  it('has one form only: whatever bytes are read are written again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const value = decodeCbor(bytes);
        if (!isRefusal(value)) expect(encodeCbor(value)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out members that are undefined, and keeps a member called __proto__', () => {
    expect(encodeCbor({ a: undefined })).toEqual(unhex('a0'));
    const value = JSON.parse('{"__proto__":1}') as Cbor;
    expect(Object.entries(decodeCbor(encodeCbor(value)) as object)).toEqual([['__proto__', 1]]);
  });

  it.each([
    ['nothing', '', 'cbor-malformed'],
    ['bytes after the item', 'f6f6', 'cbor-malformed'],
    ['an integer in a longer form', '1817', 'cbor-not-deterministic'],
    ['an integer in a much longer form', '1b00000000ffffffff', 'cbor-not-deterministic'],
    ['an unsafe integer', '1b0020000000000000', 'cbor-malformed'],
    ['an unsafe negative integer', '3b001fffffffffffff', 'cbor-malformed'],
    ['an indefinite length', '5f41aaff', 'cbor-malformed'],
    ['a truncated argument', '19ff', 'cbor-malformed'],
    ['a string longer than what is there', '5affffffff', 'cbor-malformed'],
    ['a list longer than what is there', '9affffffff', 'cbor-malformed'],
    ['text that is not UTF-8', '61ff', 'cbor-malformed'],
    ['half a surrogate pair', '63eda080', 'cbor-malformed'],
    ['a key that is no text', 'a10102', 'cbor-malformed'],
    ['keys out of order', 'a2616200616100', 'cbor-not-deterministic'],
    ['a key twice', 'a2616100616100', 'cbor-not-deterministic'],
    ['a tag', 'c000', 'cbor-malformed'],
    ['a float', 'f93c00', 'cbor-malformed'],
    ['undefined', 'f7', 'cbor-malformed'],
    ['too many levels', '81'.repeat(17) + 'f6', 'cbor-too-deep'],
    ['too many items', '9a00010000' + 'f6'.repeat(65536), 'cbor-too-many-items'],
  ])('refuses %s', (_case, digits, refused) => {
    expect(decodeCbor(unhex(digits))).toMatchObject({ refused });
  });

  it.each<[string, Cbor, object]>([
    ['a fraction', 0.5, {}],
    ['negative zero', -0, {}],
    ['half a surrogate pair', '\ud800', {}],
    ['half a surrogate pair as a key', { '\udc00': 1 }, {}],
    ['too many levels', [[[]]], { depth: 2 }],
    ['too many items', [1, 2, 3], { items: 3 }],
    ['too many items in maps', { a: 1, b: 2 }, { items: 4 }],
  ])('does not write %s', (_case, value, limits) => {
    expect(() => encodeCbor(value, limits)).toThrow(TypeError);
  });
});
