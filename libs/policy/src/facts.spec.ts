import { describe, expect, it } from '@jest/globals';
import { FAMILIES } from '@tripoint/domain';
import { isRefusal } from '@tripoint/kernel';
import { factsInSchema, grantedWraps, parseFacts } from './index.js';

const item = '7d1f3c1e-8a57-4d0c-9c0e-3f0a4b2c5d6e';
const digest = (n: number) => n.toString(16).padStart(64, '0');
const agencies = (count: number) => Array.from({ length: count }, (_, i) => `a${100 + i}`);

const request = {
  opens: true,
  item,
  admits: [
    { agency: 'bg-border-police', compartments: ['core', 'facts'] },
    { agency: 'tr-police', compartments: ['core'] },
  ],
  removes: ['animus'],
  clock: 'issued',
  urgency: 'URGENT',
  access: 'DIRECT',
  dueInSeconds: 28_800,
  derivedFrom: [digest(1), digest(2)],
};

const until = '2026-03-03T12:00:00.000Z';
const root = { size: 7, root: digest(1), since: 3, proof: [digest(2), digest(2)] };
const release = { agency: 'tr-police', descriptors: [digest(1), digest(2)], until };
const wraps = [1, 2].map((n) => ({ descriptor: digest(n), wrap: digest(9) }));
const erases = {
  event: '7d444840-9dc0-4d1c-9b6f-8d1f4f0e6a11',
  descriptors: [digest(1)],
  ground: 'DATA_SUBJECT_RIGHT',
  until: '2026-03-03T12:00:00.000Z',
};
const purged = { stores: ['CONTENT', 'KEYS'], backups: '2026-03-17T12:00:00.000Z' };
const grant = {
  agency: 'tr-police',
  certificate: digest(3),
  header: digest(4),
  until,
  verdict: 12,
  wraps,
};

describe('facts', () => {
  it('may state everything that their family knows', () => {
    expect(parseFacts('request', request)).toEqual(request);
    expect(
      parseFacts('attempt', { item, tried: ['animus', 'tr-police'], derivedFrom: [digest(1)] }),
    ).not.toHaveProperty('refused');
    const kept = ['COURT_FILE', 'LEGAL_HOLD'];
    expect(parseFacts('receipt', { item, kept })).toEqual({ item, kept });
    expect(parseFacts('hold', { item })).toEqual({ item });
    expect(parseFacts('release', { item, release })).toEqual({ item, release });
    expect(parseFacts('grant', { item, grant })).toEqual({ item, grant });
    expect(parseFacts('erasure', { item, erases })).toEqual({ item, erases });
    expect(parseFacts('receipt', { item, purged })).toEqual({ item, purged });
    expect(parseFacts('grant', { item, revokes: true })).toEqual({ item, revokes: true });
  });

  it('name the wraps that an envelope carries beside its own', () => {
    expect(grantedWraps('grant', { item, grant })).toEqual(
      wraps.map((one) => ({ ...one, agency: digest(3) })),
    );
    expect(grantedWraps('grant', { item })).toEqual([]);
    expect(grantedWraps('release', { item, release })).toEqual([]);
    expect(grantedWraps('request', { grant })).toEqual([]);
  });

  it('show the root over a read log', () => {
    expect(factsInSchema('reads', { item, reads: root })).toBe(true);
    expect(factsInSchema('reads', { reads: { ...root, since: 0, proof: [] } })).toBe(true);
  });

  it.each(FAMILIES)('may state nothing: %s', (family) => {
    expect(factsInSchema(family, {})).toBe(true);
  });

  it.each<[string, string, unknown]>([
    ['a family that is not known', 'rumour', {}],
    ['a family that every object has', 'constructor', {}],
    ['no object', 'request', null],
    ['a list', 'request', []],
    ['a text', 'request', 'opens'],
    ['a member that is not known', 'request', { name: 'X' }],
    ['a member that every object has', 'request', JSON.parse('{"__proto__": {}}')],
    ['a member of another family', 'contribution', { urgency: 'URGENT' }],
    ['a request that says whom it tried', 'request', { tried: ['animus'] }],
    ['a void with facts', 'void', { item }],
    ['a request that grants', 'request', { grant }],
    ['a decision that grants', 'release', { grant }],
    ['a grant that only decides', 'grant', { release }],
    ['a copy that stays for nothing', 'receipt', { item, kept: [] }],
    ['a copy that stays in another order', 'receipt', { item, kept: ['LEGAL_HOLD', 'COURT_FILE'] }],
    ['a copy that stays because somebody likes it', 'receipt', { item, kept: ['LIKED'] }],
    ['a recall that says that a copy stays', 'recall', { item, kept: ['LEGAL_HOLD'] }],
    ['a hold that says why', 'hold', { item, kept: ['LEGAL_HOLD'] }],
    ['a release that is none', 'release', { release: 'tr-police' }],
    ['a release to nobody', 'release', { release: { ...release, agency: 'Nobody' } }],
    ['a release of nothing', 'release', { release: { ...release, descriptors: [] } }],
    [
      'a release out of order',
      'release',
      { release: { ...release, descriptors: [digest(2), digest(1)] } },
    ],
    [
      'a release of too much',
      'release',
      { release: { ...release, descriptors: Array.from({ length: 16 }, (_, i) => digest(i)) } },
    ],
    ['a release for ever', 'release', { release: { agency: 'a', descriptors: [digest(1)] } }],
    ['a release with more', 'release', { release: { ...release, why: 1 } }],
    [
      'a day that no calendar has',
      'release',
      { release: { ...release, until: '2026-02-30T12:00:00.000Z' } },
    ],
    [
      'a year that no calendar has',
      'release',
      { release: { ...release, until: '0000-01-01T00:00:00.000Z' } },
    ],
    ['an erasure that is none', 'erasure', { erases: 'all' }],
    ['an erasure of nobody knows what', 'erasure', { erases: { ...erases, event: 'x' } }],
    ['an erasure of nothing', 'erasure', { erases: { ...erases, descriptors: [] } }],
    ['an erasure without a reason', 'erasure', { erases: { ...erases, ground: 'WHIM' } }],
    ['an erasure some day', 'erasure', { erases: { ...erases, until: '2026-03-03' } }],
    ['an erasure with more', 'erasure', { erases: { ...erases, why: 1 } }],
    ['a recall that erases', 'recall', { erases }],
    ['a claim that is none', 'receipt', { purged: [] }],
    ['a claim of no store', 'receipt', { purged: { ...purged, stores: [] } }],
    ['a claim out of order', 'receipt', { purged: { ...purged, stores: ['KEYS', 'CONTENT'] } }],
    ['a claim of a store of no kind', 'receipt', { purged: { ...purged, stores: ['ATTIC'] } }],
    ['a claim for some day', 'receipt', { purged: { ...purged, backups: 'soon' } }],
    ['a claim with more', 'receipt', { purged: { ...purged, why: 1 } }],
    ['a root of another family', 'attempt', { reads: root }],
    ['a root that is none', 'reads', { reads: [] }],
    ['a root with more', 'reads', { reads: { ...root, why: 1 } }],
    ['a root over less than nothing', 'reads', { reads: { ...root, size: -1 } }],
    ['a root over half a read', 'reads', { reads: { ...root, size: 0.5 } }],
    ['a root since nobody knows when', 'reads', { reads: { ...root, since: '3' } }],
    ['a root that is no digest', 'reads', { reads: { ...root, root: 'x' } }],
    ['a proof that is none', 'reads', { reads: { ...root, proof: 'x' } }],
    ['a proof of something else', 'reads', { reads: { ...root, proof: ['x'] } }],
    ['a proof without end', 'reads', { reads: { ...root, proof: Array(109).fill(digest(1)) } }],
    ['a grant that is none', 'grant', { grant: [] }],
    ['a grant to nobody', 'grant', { grant: { ...grant, agency: 1 } }],
    ['a grant without a key', 'grant', { grant: { ...grant, certificate: 'ab' } }],
    ['a grant of no header', 'grant', { grant: { ...grant, header: null } }],
    ['a grant until some day', 'grant', { grant: { ...grant, until: '2026-03-03' } }],
    ['a grant decided before the log', 'grant', { grant: { ...grant, verdict: -1 } }],
    ['a grant decided in between', 'grant', { grant: { ...grant, verdict: 1.5 } }],
    ['a grant of nothing', 'grant', { grant: { ...grant, wraps: [] } }],
    ['a grant out of order', 'grant', { grant: { ...grant, wraps: [...wraps].reverse() } }],
    [
      'a grant of a wrap that is none',
      'grant',
      { grant: { ...grant, wraps: [{ descriptor: digest(1), wrap: 'x' }] } },
    ],
    [
      'a grant of no descriptor',
      'grant',
      { grant: { ...grant, wraps: [{ descriptor: 'x', wrap: digest(1) }] } },
    ],
    [
      'a grant of a wrap with more',
      'grant',
      { grant: { ...grant, wraps: [{ descriptor: digest(1), wrap: digest(1), key: 1 }] } },
    ],
    ['a grant of something else', 'grant', { grant: { ...grant, wraps: ['x'] } }],
    ['taking back by halves', 'grant', { revokes: false }],
    ['opening by halves', 'request', { opens: false }],
    ['an item that is no id', 'request', { item: 'XKA 4821' }],
    ['a clock that is not known', 'request', { clock: 'stopping' }],
    ['an urgency that is not known', 'request', { urgency: 'FLASH' }],
    ['an access that is not known', 'request', { access: 'direct' }],
    ['a term of nothing', 'request', { dueInSeconds: 0 }],
    ['a term in fractions', 'request', { dueInSeconds: 1.5 }],
    ['a term in words', 'request', { dueInSeconds: '8' }],
    ['a term of more than a year', 'request', { dueInSeconds: 31_536_001 }],
    ['an empty list', 'request', { removes: [] }],
    ['a list that is none', 'request', { removes: 'animus' }],
    ['agencies out of order', 'request', { removes: ['tr-police', 'animus'] }],
    ['an agency twice', 'request', { removes: ['animus', 'animus'] }],
    ['an agency whose name is none', 'request', { removes: ['Animus'] }],
    ['too many agencies', 'request', { removes: agencies(33) }],
    ['sources out of order', 'request', { derivedFrom: [digest(2), digest(1)] }],
    ['a source that is no digest', 'request', { derivedFrom: ['ab'] }],
    [
      'too many sources',
      'request',
      { derivedFrom: Array.from({ length: 33 }, (_, i) => digest(i)) },
    ],
    ['an admission that is none', 'request', { admits: ['animus'] }],
    ['an admission to nothing', 'request', { admits: [{ agency: 'animus', compartments: [] }] }],
    [
      'an admission to what is not known',
      'request',
      { admits: [{ agency: 'animus', compartments: ['gossip'] }] },
    ],
    [
      'an admission out of order',
      'request',
      { admits: [{ agency: 'animus', compartments: ['facts', 'core'] }] },
    ],
    [
      'an admission with more',
      'request',
      { admits: [{ agency: 'animus', compartments: ['core'], until: 1 }] },
    ],
    ['an admission of nobody', 'request', { admits: [{ compartments: ['core'], who: 'animus' }] }],
    ['admissions out of order', 'request', { admits: [...request.admits].reverse() }],
    ['an agency admitted twice', 'request', { admits: [request.admits[1], request.admits[1]] }],
    [
      'an agency admitted and removed',
      'request',
      { admits: request.admits, removes: ['tr-police'] },
    ],
  ])('are refused: %s', (_what, family, facts) => {
    expect(factsInSchema(family, facts)).toBe(false);
  });

  it('are refused without repeating what they said', () => {
    const refusal = parseFacts('request', { item: 'XKA 4821', 'XKA 4822': 1 });
    expect(isRefusal(refusal) && refusal.refused).toBe('facts-not-in-schema');
    expect(JSON.stringify(refusal)).not.toContain('XKA');
    expect(JSON.stringify(parseFacts('request', { 'XKA 4822': 1 }))).not.toContain('XKA');
  });

  it('may list as many agencies as the limit says', () => {
    expect(factsInSchema('request', { removes: agencies(32) })).toBe(true);
    expect(factsInSchema('request', { dueInSeconds: 31_536_000 })).toBe(true);
  });
});
