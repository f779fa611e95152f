import { describe, expect, it } from '@jest/globals';
import { judged } from './byte-search.js';
import { describe as sentence } from './expectations.js';
import { marked } from './scenario.js';
import { URGENT_PLATE_CHECK } from './scenario-1.js';
import { VICTIM_REFERRAL } from './scenario-2.js';
import { meaning, zoneOfDatabase, zoneOfLog } from './zones.js';

describe.each([
  ['the urgent plate check', URGENT_PLATE_CHECK],
  ['the referral of a victim', VICTIM_REFERRAL],
])('%s', (_title, { actors, steps, canaries, secretRequests }) => {
  const acts = steps.flatMap((step) => step.acts);
  const issued = acts.flatMap((act) =>
    act.act === 'issue' || act.act === 'refer' ? [act.request] : [],
  );

  it('names only actors that it has', () => {
    const named = [
      ...acts.flatMap((act) => ('by' in act ? [act.by] : 'seenBy' in act ? act.seenBy : [])),
      ...steps.flatMap(({ then }) => then.flatMap((one) => ('by' in one ? [one.by] : []))),
    ];
    for (const name of named) expect(Object.keys(actors)).toContain(name);
  });

  it('names only what was issued by then', () => {
    const known = new Set<string>();
    for (const step of steps) {
      for (const act of step.acts)
        if (act.act === 'issue' || act.act === 'refer') known.add(act.request);
        else if ('request' in act) expect(known).toContain(act.request);
      for (const one of step.then) if ('request' in one) expect(known).toContain(one.request);
    }
    expect(secretRequests.map(({ request }) => request)).toEqual(issued);
  });

  it('names only canaries that it has', () => {
    const ids = canaries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { then } of steps)
      for (const one of then)
        if ('canaries' in one) for (const id of one.canaries) expect(ids).toContain(id);
  });

  it('plays every canary of the case: its text stands in what somebody sends', () => {
    const sent = JSON.stringify(acts);
    for (const { kind, text } of canaries)
      if (kind === 'plate' || kind === 'name' || kind === 'text') expect(sent).toContain(text);
  });

  it('has a mark in every free text, so that an earlier play is not taken for this one', () => {
    const texts = canaries.filter(({ kind }) => kind === 'text');
    expect(texts.length).toBeGreaterThan(0);
    for (const { text } of texts) {
      expect(text).toContain('{mark}');
      expect(marked({ in: [text] }, 'abc').in[0]).toContain('abc');
    }
  });

  it('says of every expectation what it means', () => {
    for (const { then } of steps)
      for (const one of then) expect(sentence(one).length).toBeGreaterThan(10);
  });
});

describe('where something may be found', () => {
  const plate = { kind: 'plate', heldBy: ['gr-police'] } as const;
  const officer = { kind: 'officer', heldBy: 'any' } as const;
  const type = { kind: 'event type', heldBy: 'any' } as const;

  it.each([
    ['the ledger', plate, zoneOfDatabase('ledger'), 'must-not'],
    ['the bus', plate, zoneOfDatabase('bus'), 'must-not'],
    ['a database that nobody has thought of', plate, zoneOfDatabase('postgres'), 'must-not'],
    ['the database of oversight', plate, zoneOfDatabase('oversight-accounts'), 'must-not'],
    [
      'an officer, the database of oversight',
      officer,
      zoneOfDatabase('oversight-accounts'),
      'must-not',
    ],
    ['a type, the database of oversight', type, zoneOfDatabase('oversight'), 'must-not'],
    ['a type, where its own orders are', type, zoneOfDatabase('oversight-accounts'), 'either'],
    ['the database of its holder', plate, zoneOfDatabase('agency-gr-police'), 'must'],
    ['another agency’s database', plate, zoneOfDatabase('agency-gr-customs'), 'must-not'],
    ['the log of the hub', plate, zoneOfLog('hub.log'), 'must-not'],
    ['even its holder’s log', plate, zoneOfLog('agency-gr-police.log'), 'must-not'],
    ['even its holder’s projector log', plate, zoneOfLog('projector-gr-police.log'), 'must-not'],
    ['an officer, the hub’s log', officer, zoneOfLog('hub.log'), 'must-not'],
    ['an officer, the own node’s log', officer, zoneOfLog('agency-gr-police.log'), 'either'],
    ['an officer, an agency’s database', officer, zoneOfDatabase('agency-gr-police'), 'either'],
  ])('%s', (_where, canary, zone, expected) => {
    expect(meaning(canary, zone)).toBe(expected);
  });
});

describe('the judgement on a search', () => {
  const sought = {
    canaries: [{ id: 'plate', kind: 'plate', text: 'XKA 4821', heldBy: ['gr-police'] }],
    custodians: ['eu-centre'],
    ids: [{ id: 'x', called: 'item', knownTo: ['gr-police'] }],
  } as const;
  const found = new Map([
    ['plate', 'table journal, UTF-8'],
    ['item', 'table items, UTF-8'],
  ]);
  const wrongIn = (database: string, seen: ReadonlyMap<string, string>) =>
    judged(sought, zoneOfDatabase(database), seen).map(({ what, wrong }) => `${what} ${wrong}`);

  it('is that a canary with its holder is as it has to be', () => {
    expect(wrongIn('agency-gr-police', found)).toEqual([]);
  });

  it('is that a canary its holder has lost proves nothing', () => {
    expect(wrongIn('agency-gr-police', new Map())).toEqual(['plate missing', 'item missing']);
  });

  it('is that a canary with somebody else has leaked', () => {
    expect(wrongIn('agency-tr-police', found)).toEqual(['plate leaked', 'item leaked']);
  });

  it('is that a custodian may know ids, which its shares are of, and nothing else', () => {
    expect(wrongIn('agency-eu-centre', found)).toEqual(['plate leaked']);
    expect(wrongIn('agency-eu-centre', new Map())).toEqual([]);
  });

  it('is that the hub may know ids and nothing else', () => {
    expect(wrongIn('ledger', found)).toEqual(['plate leaked']);
    expect(wrongIn('ledger', new Map())).toEqual([]);
  });
});
