import { describe, expect, it } from '@jest/globals';
import { writtenForms, writtenId } from './encodings.js';
import { Needles } from './needles.js';

const PLATE = 'XKA 4821';
const NAME = 'Παπουτσάκογλου';

const searchFor = (text: string): Needles =>
  new Needles(writtenForms(text).map((written) => ({ name: 'it', written })));
const finds = (text: string, hay: Buffer): boolean => searchFor(text).find(hay).length > 0;

describe('the forms of a text', () => {
  it.each([PLATE, NAME, 'said "so" \\ and left'])('are all found: %s', (text) => {
    for (const form of writtenForms(text))
      expect(finds(text, Buffer.concat([Buffer.from([0, 1]), form.bytes, Buffer.from([2])]))).toBe(
        true,
      );
  });

  it.each<[string, (text: string) => Buffer]>([
    ['as it is', (text) => Buffer.from(`a ${text} b`)],
    ['in UTF-16, little end first', (text) => Buffer.from(`a ${text} b`, 'utf16le')],
    ['in UTF-16, big end first', (text) => Buffer.from(`a ${text} b`, 'utf16le').swap16()],
    ['in hex', (text) => Buffer.from(Buffer.from(`a ${text} b`).toString('hex'))],
    ['in upper-case hex', (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
    ['as a JSON string', (text) => Buffer.from(JSON.stringify({ said: text }))],
    ['in a URL', (text) => Buffer.from(`/search?text=${encodeURIComponent(text)}`)],
    ['in lower case', (text) => Buffer.from(text.toLowerCase())],
    ['in upper case', (text) => Buffer.from(text.toUpperCase())],
  ])('are found when the text is written %s', (_how, write) => {
    for (const text of [PLATE, NAME]) expect(finds(text, write(text))).toBe(true);
  });

  it('are found in Base64 at every offset, whatever stands before and after', () => {
    for (const text of [PLATE, NAME])
      for (const alphabet of ['base64', 'base64url'] as const)
        for (let before = 0; before < 7; before += 1)
          for (let after = 0; after < 4; after += 1) {
            const bytes = Buffer.concat([
              Buffer.alloc(before, 0xa7),
              Buffer.from(text),
              Buffer.alloc(after, 0x5c),
            ]);
            expect(finds(text, Buffer.from(bytes.toString(alphabet)))).toBe(true);
          }
  });

  it('are found where every unit is escaped', () => {
    const escaped = Array.from(
      PLATE,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join('');
    expect(finds(PLATE, Buffer.from(escaped))).toBe(true);
  });

  it('hold the plate without its space, as a search key does', () => {
    expect(finds(PLATE, Buffer.from('key:xka4821;'))).toBe(true);
  });

  it('are not found in another text', () => {
    expect(
      finds(PLATE, Buffer.from(`XKA 4822 xka4820 ${Buffer.from('XKA 5821').toString('base64')}`)),
    ).toBe(false);
  });

  it('are never so short that chance would find them', () => {
    for (const { bytes } of writtenForms(PLATE)) expect(bytes.length).toBeGreaterThanOrEqual(6);
  });
});

describe('the forms of an id', () => {
  const id = '8d2d9b1e-53a4-4c0c-9a63-0d1c7e5f4b21';
  const search = new Needles(writtenId(id).map((written) => ({ name: 'id', written })));

  it.each([
    ['its text', Buffer.from(id)],
    ['its digits', Buffer.from(id.replaceAll('-', ''))],
    ['its bytes', Buffer.from(id.replaceAll('-', ''), 'hex')],
  ])('are found as %s', (_how, bytes) => {
    expect(search.find(Buffer.concat([Buffer.from('..'), bytes]))).toHaveLength(1);
  });
});

describe('a search for many needles', () => {
  const needles = ['needle one', 'needle two', 'something else'].map((text) => ({
    name: text,
    written: { as: 'UTF-8', bytes: Buffer.from(text) },
  }));
  const search = new Needles(needles);

  it('reports each name once, where it stands first', () => {
    expect(search.find(Buffer.from('..needle two needle one needle two'))).toEqual([
      { name: 'needle two', as: 'UTF-8', at: 2 },
      { name: 'needle one', as: 'UTF-8', at: 13 },
    ]);
  });

  it('finds a needle that ends with the bytes, and none that is cut off', () => {
    expect(search.find(Buffer.from('needle one')).map(({ at }) => at)).toEqual([0]);
    expect(search.find(Buffer.from('needle on'))).toEqual([]);
    expect(search.find(Buffer.alloc(0))).toEqual([]);
  });
});
