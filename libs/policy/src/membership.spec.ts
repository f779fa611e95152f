import { expect, it } from '@jest/globals';
import { type AgencyId, type ExchangeId } from '@tripoint/kernel';
import {
  foldMembership,
  isAdmitted,
  takesPart,
  unopened,
  type Facts,
  type Membership,
} from './index.js';

const stream = '7d1f3c1e-8a57-4d0c-9c0e-3f0a4b2c5d6e' as ExchangeId;
const [gr, bg, tr] = ['gr-police', 'bg-border-police', 'constructor'] as AgencyId[] as [
  AgencyId,
  AgencyId,
  AgencyId,
];
const fold = (state: Membership, issuer: AgencyId, ...facts: Facts[]) =>
  foldMembership(state, { stream, issuer, facts });
const opened = fold(
  unopened,
  gr,
  { opens: true },
  { admits: [{ agency: bg, compartments: ['facts'] }] },
);

it('belongs to whoever opens it first', () => {
  expect(opened).toEqual({ owner: gr, members: { [bg]: ['facts'] } });
  expect(fold(opened, bg, { opens: true })).toBe(opened);
  expect(fold(unopened, gr, { opens: true })).toEqual({ owner: gr, members: {} });
});

it('admits nobody before it is opened', () => {
  expect(fold(unopened, bg, { admits: [{ agency: bg, compartments: ['core'] }] })).toBe(unopened);
});

it('is changed by its owner alone', () => {
  const facts: Facts = { admits: [{ agency: tr, compartments: ['core'] }], removes: [gr] };
  expect(fold(opened, bg, facts)).toBe(opened);
  expect(fold(opened, tr, facts)).toBe(opened);
});

it('adds up what an agency is admitted to', () => {
  const more = fold(opened, gr, { admits: [{ agency: bg, compartments: ['core', 'facts'] }] });
  expect(more.members).toEqual({ [bg]: ['core', 'facts'] });
  expect(opened.members).toEqual({ [bg]: ['facts'] });
});

it('lets removal win within one event, whichever part says so', () => {
  const both = fold(
    opened,
    gr,
    { removes: [bg] },
    { admits: [{ agency: bg, compartments: ['core'] }] },
  );
  expect(takesPart(both, bg)).toBe(false);
  expect(takesPart(fold(both, gr, { admits: [{ agency: bg, compartments: ['core'] }] }), bg)).toBe(
    true,
  );
});

it('keeps its owner, who is admitted to everything and is never listed', () => {
  const state = fold(
    opened,
    gr,
    { removes: [gr] },
    { admits: [{ agency: gr, compartments: ['core'] }] },
  );
  expect(state.members).toEqual({ [bg]: ['facts'] });
  expect(isAdmitted(state, gr, 'source')).toBe(true);
});

it('tells admission to one compartment from taking part', () => {
  expect([
    takesPart(opened, bg),
    isAdmitted(opened, bg, 'facts'),
    isAdmitted(opened, bg, 'core'),
  ]).toEqual([true, true, false]);
});

it('does not take what every object inherits for a member', () => {
  expect([takesPart(opened, tr), isAdmitted(opened, tr, 'core')]).toEqual([false, false]);
  const member = fold(opened, gr, { admits: [{ agency: tr, compartments: ['core'] }] });
  expect([takesPart(member, tr), isAdmitted(member, tr, 'core')]).toEqual([true, true]);
});

it('comes back as it is where nothing changes, and survives being stored', () => {
  expect(fold(opened, gr, {})).toBe(opened);
  expect(JSON.parse(JSON.stringify(opened))).toEqual(opened);
});
