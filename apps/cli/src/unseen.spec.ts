import { describe, expect, it } from '@jest/globals';
import { visibleJson } from './unseen.js';

describe('JSON for a terminal', () => {
  const alphabets = 'Σωτηρία, Николай, Ayşe';

  it('says what was said, in whichever alphabet', () => {
    expect(visibleJson({ text: alphabets })).toBe(JSON.stringify({ text: alphabets }));
  });

  it.each([
    ['a sequence that clears the screen', '\u009b2J'],
    ['one that begins with escape', '\u001b[2J'],
    ['text that is to be read backwards', '\u202edilav si siht'],
    ['an isolate, and a mark', '\u2066x\u2069\u200f'],
    ['a line of its own', 'x\u2028sound: every file'],
    ['what has no width', 'pass\u200bword\ufeff'],
  ])('shows %s as what it is', (_what, text) => {
    const shown = visibleJson({ text });
    expect(shown).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(shown)).toEqual({ text });
  });
});
