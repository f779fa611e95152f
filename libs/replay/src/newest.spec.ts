import { describe, expect, it } from '@jest/globals';
import { Newest } from './newest.js';

describe('what came of leaves', () => {
  it('is there for the newest of them, however many there have been', () => {
    const newest = new Newest<string>();
    for (let leaf = 0; leaf < 10_000; leaf += 2) newest.add(leaf, `of ${leaf}`);
    expect(newest.at(9998)).toBe('of 9998');
    expect(newest.at(9997)).toBeUndefined();
    expect(newest.at(9998 - 2 * 4095)).toBeDefined();
    expect(newest.at(9998 - 2 * 4096)).toBeUndefined();
  });
});
