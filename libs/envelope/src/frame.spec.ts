import { describe, expect, it } from '@jest/globals';
import { type EventId } from '@tripoint/kernel';
import fc from 'fast-check';
import { encodeCbor, type Cbor } from './cbor.js';
import { formatFrame, parseFrame } from './frame.js';
import { accepted, frame } from './testing/index.js';

const padded = (value: Cbor, size = 1024): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(encodeCbor(value));
  return bytes;
};
const plain = { event: { type: 'E', data: 1 }, officer: 'o', causation: null, correlation: null };

describe('a frame', () => {
  it('comes back as it was, in one of five sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (length) => {
        const said = {
          ...frame('x'.repeat(length)),
          causation: '0b5a2c1e-7f7e-4d0f-9c39-3f1c0c1b7a01' as EventId,
          correlation: 'click',
        };
        const bytes = accepted(formatFrame(said));
        expect([1, 4, 16, 64, 256]).toContain(bytes.length / 1024);
        expect(parseFrame(bytes)).toEqual(said);
      }),
      { numRuns: 30 },
    );
  });

  it('is read only in the form it has', () => {
    expect(parseFrame(padded(plain))).toEqual(plain);
  });

  it.each<[string, Uint8Array]>([
    ['in a larger size than it needs', padded(plain, 4096)],
    ['in a size of its own', padded(plain, 1000)],
    ['with something in its padding', padded(plain).fill(1, 1023)],
    ['without CBOR', new Uint8Array(1024).fill(0xff)],
    ['that is no map', padded(1)],
    ['with a member more', padded({ ...plain, more: 1 })],
    ['without an event', padded({ ...plain, event: 1 })],
    [
      'with a member more in its event',
      padded({ ...plain, event: { type: 'E', data: 1, more: 1 } }),
    ],
    ['with an event of no type', padded({ ...plain, event: { type: 1, data: 1 } })],
    ['with an event of a type without a name', padded({ ...plain, event: { type: '', data: 1 } })],
    ['with an event that says nothing', padded({ ...plain, event: { type: 'E', more: 1 } })],
    ['without an officer', padded({ ...plain, officer: null })],
    ['with a cause that is no event', padded({ ...plain, causation: 'x' })],
    ['with a correlation too long', padded({ ...plain, correlation: 'x'.repeat(129) })],
  ])('is not read %s', (_case, bytes) => {
    expect(parseFrame(bytes)).toBeUndefined();
  });
});
