import { describe, expect, it } from '@jest/globals';
import {
  firstBundle,
  formatVerdict,
  loadBundle,
  NeedToKnow,
  parseVerdict,
  type Bundle,
  type Verdict,
} from './index.js';
import { aQuestion, aQuestionWith } from './testing/index.js';

const rules = new NeedToKnow(firstBundle());
const verdicts = [
  rules.decide(aQuestion),
  rules.decide(aQuestionWith({ recipient: { active: false }, derivation: { h2: true } })),
  rules.decide(aQuestionWith({ classification: 'COSMIC' })),
];

describe('the record of a verdict', () => {
  it('says all of it, and reads back', () => {
    for (const verdict of verdicts) {
      expect(parseVerdict(formatVerdict(verdict))).toEqual(verdict);
      expect(formatVerdict(parseVerdict(formatVerdict(verdict)) as Verdict)).toEqual(
        formatVerdict(verdict),
      );
    }
  });

  it('is reached again from what it says alone', () => {
    const elsewhere = new NeedToKnow(loadBundle(firstBundle().bytes) as Bundle);
    for (const verdict of verdicts) {
      const { question } = parseVerdict(formatVerdict(verdict)) as Verdict;
      expect(formatVerdict(elsewhere.decide(question))).toEqual(formatVerdict(verdict));
    }
  });

  it('cannot be spoilt by whoever was handed its bytes', () => {
    formatVerdict(verdicts[0]!).fill(0);
    expect(parseVerdict(formatVerdict(verdicts[0]!))).toEqual(verdicts[0]);
  });

  const text = new TextDecoder().decode(formatVerdict(verdicts[0]!));
  it.each([
    ['turned round', text.replace('"allowed":true', '"allowed":"true"')],
    ['with a member more', text.replace('"v":1', '"v":1,"w":1')],
    ['without its engine', text.replace(/"engine":"[^"]*",/, '')],
    ['of another version', text.replace('"v":1', '"v":2')],
    ['about less than a whole question', text.replace(',"sameAgency":false', '')],
    ['with its members in another order', `{"v":1,${text.slice(1).replace(',"v":1', '')}`],
    ['with a mark in front', `\uFEFF${text}`],
    ['cut short', text.slice(0, -1)],
  ])('is not read %s', (_how, changed) => {
    expect(changed).not.toBe(text);
    expect(parseVerdict(Buffer.from(changed))).toMatchObject({ refused: 'verdict-malformed' });
  });
});
