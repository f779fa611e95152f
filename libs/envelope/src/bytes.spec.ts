import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat, hex, pae, sameBytes, sha256, unhex, utf8 } from './bytes.js';

const word = fc.stringMatching(/^[a-z0-9 ]{0,12}$/);
const body = fc.uint8Array({ maxLength: 12 });

describe('the pre-authentication encoding', () => {
  it('is the one of the DSSE specification', () => {
    expect(Buffer.from(pae('http://example.com/HelloWorld', utf8('hello world'))).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('is injective, also where a type or a body imitates the encoding', () => {
    const imitating = fc.tuple(word, body).map(([type, bytes]) => pae(type, bytes));
    const anyBody = fc.oneof(body, imitating);
    fc.assert(
      fc.property(word, anyBody, word, anyBody, (type, bytes, otherType, otherBytes) => {
        const same = type === otherType && sameBytes(bytes, otherBytes);
        expect(sameBytes(pae(type, bytes), pae(otherType, otherBytes))).toBe(same);
      }),
    );
  });
});

describe('bytes', () => {
  it('become hexadecimal digits and come back', () => {
    fc.assert(
      fc.property(body, (bytes) => {
        expect(unhex(hex(bytes))).toEqual(bytes);
      }),
    );
  });

  it('have the digest of their parts together', () => {
    fc.assert(
      fc.property(body, body, (a, b) => {
        expect(sha256(a, b)).toBe(sha256(concat(a, b)));
      }),
    );
  });
});
