import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { concat, hex, pae, sameBytes, sha256, unhex, utf8 } from './bytes.js';
import { hmac } from './commitment.js';
import { systemRandom } from './seal.js';

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

describe('a keyed digest', () => {
  it('is the one that Node computes with a key object', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), body, (key, message) => {
        expect(hmac(key, message)).toBe(createHmac('sha256', key).update(message).digest('hex'));
      }),
    );
  });

  it('takes no key that would have to be hashed first', () => {
    expect(() => hmac(new Uint8Array(65), new Uint8Array())).toThrow(RangeError);
  });
});

describe('the randomness of the system', () => {
  it('comes in the length asked for and never twice, also across its pages', () => {
    const random = systemRandom();
    const seen = new Set(Array.from({ length: 1000 }, () => hex(random(32))));
    expect(seen.size).toBe(1000);
    expect([...seen].every((digits) => /^[0-9a-f]{64}$/.test(digits))).toBe(true);
    expect(new Set(random(5000)).size).toBeGreaterThan(200);
  });

  it('hands out bytes that nobody else holds', () => {
    const random = systemRandom();
    const first = random(32);
    const before = hex(first);
    random(32).fill(0);
    random(4096);
    expect(hex(first)).toBe(before);
    expect(first.buffer.byteLength).toBe(32);
  });
});
