import { describe, expect, it } from '@jest/globals';
import { visibleJson, visibleLines, visibleText } from './unseen.js';

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

describe('lines for a terminal', () => {
  it('are shown as they are, with what they end in and are set apart by', () => {
    const lines = 'Σωτηρία\tНиколай\n  Ayşe: ✓';
    expect(visibleLines(lines)).toBe(lines);
  });

  it('hold nothing that a terminal would act on', () => {
    expect(visibleLines('a\u001b[2J\u009b8m\r\u0007\u202eb\n')).toBe(
      'a\\u001b[2J\\u009b8m\\u000d\\u0007\\u202eb\n',
    );
  });

  it('are not begun by a text in the middle of one', () => {
    expect(visibleText('a\nsound: every file\t')).toBe('a\\u000asound: every file\\u0009');
  });
});
