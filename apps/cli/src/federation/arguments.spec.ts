import { describe, expect, it } from '@jest/globals';
import { duration } from './arguments.js';

describe('how long something is to last', () => {
  it.each([
    ['20s', 20],
    ['5m', 300],
    ['8h', 28_800],
    ['365d', 31_536_000],
  ])('%s', (text, seconds) => {
    expect(duration('expires', text)).toBe(seconds);
  });

  // A certificate that is over as soon as it is registered stops its agency.
  it.each(['0d', '0s', '00d', '-1d', '1.5d', '1', 'd', '1w', '1d ', '1234567890d'])(
    'is not %j',
    (text) => {
      expect(() => duration('expires', text)).toThrow('--expires is a number from 1');
    },
  );
});
