import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import serialize from 'canonicalize';
import fc from 'fast-check';
import { utf8 } from './bytes.js';
import { canonical, type Json, parseCanonical } from './jcs.js';

const text = fc.string({ unit: 'grapheme' }).map((value) => value.normalize('NFC'));
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
}));

describe('canonical JSON', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = canonical(value);
        expect(Buffer.from(bytes).toString()).toBe(serialize(value));
        expect(parseCanonical(bytes)).toEqual(value);
      }),
    );
  });

  it('has one form only: whatever text is read is written again', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (json) => {
        const value = parseCanonical(utf8(json));
        if (!isRefusal(value)) expect(canonical(value)).toEqual(utf8(json));
      }),
    );
  });

  it('leaves out members that are undefined', () => {
    expect(canonical({ a: undefined, b: 1 })).toEqual(utf8('{"b":1}'));
  });

  it.each([
    ['a space', '{ "a":1}', 'json-not-canonical'],
    ['members out of order', '{"b":1,"a":1}', 'json-not-canonical'],
    ['numbers as names in the order of numbers', '{"9":1,"10":1}', 'json-not-canonical'],
    ['members out of order deep inside', '[{"a":[{"b":1,"a":1}]}]', 'json-not-canonical'],
    ['a member twice', '{"a":1,"a":1}', 'json-not-canonical'],
    ['an escape that is not needed', '"\\u0061"', 'json-not-canonical'],
    ['an exponent', '1e2', 'json-not-canonical'],
    ['negative zero', '-0', 'json-not-canonical'],
    ['a fraction', '0.5', 'json-malformed'],
    ['an unsafe integer', '9007199254740992', 'json-malformed'],
    ['text that is not NFC', '"e\u0301"', 'json-malformed'],
    ['a name that is not NFC', '{"e\u0301":1}', 'json-malformed'],
    ['half a surrogate pair', '"\\ud800"', 'json-malformed'],
    ['a byte order mark', '\ufeff1', 'json-malformed'],
    ['nothing', '', 'json-malformed'],
    ['a list that goes on', '[1', 'json-malformed'],
    ['too many levels', '[[[[[[[1]]]]]]]', 'json-too-deep'],
    ['more bytes than a statement has', `"${'a'.repeat(32_768)}"`, 'json-too-large'],
  ])('refuses %s', (_case, json, refused) => {
    expect(parseCanonical(utf8(json))).toMatchObject({ refused });
  });

  it.each(['{"10":1,"9":1}', '{"__proto__":{"toJSON":1},"a":[]}'])('takes %s', (json) => {
    expect(canonical(parseCanonical(utf8(json)))).toEqual(utf8(json));
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({
      refused: 'json-malformed',
    });
  });

  it('counts only brackets that stand outside strings', () => {
    const value = { a: '[[[[[[[["\\', b: [[], []] };
    expect(parseCanonical(canonical(value))).toEqual(value);
  });

  it.each<[string, Json]>([
    ['a fraction', 0.5],
    ['text that is not NFC', ['e\u0301']],
    ['half a surrogate pair', '\ud800'],
  ])('does not write %s', (_case, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });
});
