import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '@tripoint/kernel';
import {
  firstBundle,
  firstSources,
  loadBundle,
  publishBundle,
  type Bundle,
  type BundleSources,
} from './index.js';

const rule = (annotations: string, body: string) => `${annotations}\n${body}`;
const named = '@id("a-rule") @because("there is a reason")';
const permit = 'permit (principal, action == Action::"receive", resource)';
const published = (change: Partial<BundleSources>) => publishBundle({ ...firstSources, ...change });
const reasons = (change: Partial<BundleSources>) => {
  const outcome = published(change);
  return isRefusal(outcome) ? outcome.reasons.join('\n') : 'published';
};

describe('the first bundle', () => {
  const bundle = firstBundle();

  it('names each rule, says why, and keeps their order', () => {
    expect(bundle.rules.length).toBeGreaterThan(20);
    expect(bundle.rules.map(({ id }) => id)).toEqual(
      [...bundle.policies.matchAll(/@id\("(.*)"\)/g)].map(([, id]) => id),
    );
    expect(
      bundle.rules.filter(({ because }) => /[.!]$/.test(because) || because.length < 20),
    ).toEqual([]);
    expect(bundle.rules[0]).toMatchObject({
      effect: 'permit',
      because: 'an agency keeps what it said itself',
    });
  });

  it('is what its bytes say', () => {
    expect(loadBundle(bundle.bytes)).toEqual(bundle);
    expect(bundle.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(published({ policies: `${firstSources.policies}\n` })).not.toHaveProperty(
      'digest',
      bundle.digest,
    );
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(bundle.compartments[0]!, { kinds: ['NGO'] })).toThrow(TypeError);
  });
});

describe('a bundle', () => {
  it('is published with one good rule', () => {
    expect(reasons({ policies: rule(named, `${permit} when { context.sameAgency };`) })).toBe(
      'published',
    );
  });

  it('says for how long what is kept, if it says so at all', () => {
    const retention = [{ retention: 'P3Y', seconds: 94_608_000 }];
    expect(firstBundle().retention).toEqual([]);
    expect(published({ retention })).toMatchObject({ retention });
  });

  it.each<[string, Partial<BundleSources>, RegExp]>([
    ['keeps something for no time', { retention: [{ retention: 'A', seconds: 0 }] }, /retention/],
    [
      'keeps one class for two times',
      {
        retention: [
          { retention: 'A', seconds: 1 },
          { retention: 'A', seconds: 2 },
        ],
      },
      /retention/,
    ],
    ['does not parse', { policies: 'permit everybody;' }, /unexpected token/],
    ['has no rule', { policies: '' }, /there is no rule/],
    [
      'has a rule without a name',
      { policies: rule('@because("so")', `${permit};`) },
      /policy 0: has no @id/,
    ],
    [
      'has a rule without a reason',
      { policies: rule('@id("a-rule")', `${permit};`) },
      /a-rule: has no @because/,
    ],
    [
      'has two rules of one name',
      { policies: `${rule(named, `${permit};`)}\n${rule(named, `${permit} when { true };`)}` },
      /a-rule: this @id is there twice/,
    ],
    [
      'takes a name that verdicts use',
      { policies: rule('@id("question-not-understood") @because("so it is")', `${permit};`) },
      /is taken/,
    ],
    [
      'has a template',
      { policies: rule(named, 'permit (principal == ?principal, action, resource);') },
      /template/,
    ],
    [
      'misspells a kind',
      { policies: rule(named, `${permit} when { principal.kind == Kind::"OVERSIHGT" };`) },
      /OVERSIHGT/,
    ],
    [
      'misspells a compartment',
      { policies: rule(named, `${permit} when { resource == Compartment::"fact" };`) },
      /Compartment fact, which is in no table/,
    ],
    [
      'misspells a compartment in its head',
      { policies: rule(named, 'permit (principal, action, resource == Compartment::"fact");') },
      /in no table/,
    ],
    [
      'asks for an attribute that is not there',
      { policies: rule(named, `${permit} when { principal.rank > 1 };`) },
      /rank/,
    ],
    [
      'compares what cannot be compared',
      { policies: rule(named, `${permit} when { principal.kind == principal.state };`) },
      /./,
    ],
    [
      'can never apply',
      {
        policies: rule(named, `${permit} when { principal.active && !principal.active && false };`),
      },
      /./,
    ],
    [
      'has a kind in its table that is none',
      {
        compartments: [{ compartment: 'core', holds: 'x', kinds: ['MILITIA'] }],
        policies: rule(named, `${permit};`),
      },
      /MILITIA/,
    ],
    [
      'has a compartment twice',
      { compartments: [...firstSources.compartments, firstSources.compartments[0]!] },
      /twice/,
    ],
  ])('is refused when it %s', (_what, change, reason) => {
    expect(reasons(change)).not.toBe('published');
    expect(reasons(change)).toMatch(reason);
  });

  const { bytes } = firstBundle() satisfies Bundle;
  const text = new TextDecoder().decode(bytes);
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['no text', Uint8Array.of(0xff, 0xfe)],
    ['another version', Buffer.from(text.replace('"v":1', '"v":2'))],
    ['a space more', Buffer.from(text.replace('"v":1', '"v": 1'))],
    ['a member more', Buffer.from(text.replace('"v":1', '"v":1,"w":1'))],
    ['a rank that is no number', Buffer.from(text.replace('"rank":0', '"rank":"0"'))],
  ])('is not read from bytes with %s', (_what, changed) => {
    expect(loadBundle(changed)).toMatchObject({ refused: 'bundle-malformed' });
  });
});
