import { describe, expect, it } from '@jest/globals';
import { beside, heading, wrapped } from './layout.js';

describe('a wrapped line', () => {
  it('breaks at spaces and keeps its indentation', () => {
    expect(wrapped('  one two three four', 12)).toEqual(['  one two', '    three', '    four']);
  });

  it('breaks a word that is wider than the column', () => {
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', '  ef', '  gh', '  ij']);
  });

  it('counts letters and not bytes', () => {
    expect(wrapped('Ελληνική Αστυνομία', 18)).toEqual(['Ελληνική Αστυνομία']);
  });

  it('leaves an empty line empty', () => {
    expect(wrapped('', 10)).toEqual(['']);
  });

  it('loses no letter, whatever the width', () => {
    const line = '  the quick brown fox-jumps over αβγδ and Красимир';
    for (let width = 5; width < 60; width += 1)
      expect(wrapped(line, width).join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
  });
});

describe('columns', () => {
  const columns = [
    { title: 'ONE', lines: ['a', 'b', 'c'] },
    { title: 'TWO', lines: ['d'] },
    { title: 'THREE', lines: [] },
  ];

  it('stand beside each other where there is room', () => {
    const lines = beside(columns, 90);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^ONE +│ TWO +│ THREE$/);
    expect(lines[2]).toMatch(/^a +│ d/);
    for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(90);
  });

  it('stand below each other where there is not', () => {
    expect(beside(columns, 60).filter((line) => line !== '')).toEqual([
      'ONE',
      '───',
      'a',
      'b',
      'c',
      'TWO',
      '───',
      'd',
      'THREE',
      '─────',
    ]);
  });
});

describe('a heading', () => {
  it('is as wide as the terminal', () => {
    expect(Array.from(heading('Step 1', 40))).toHaveLength(40);
  });
});
