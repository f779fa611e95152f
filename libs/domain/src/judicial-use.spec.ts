import { describe, expect, it } from '@jest/globals';
import { type AgencyId } from '@tripoint/kernel';
import { judicialUseFault, type JudicialUse } from './judicial-use.js';

const own = 'bg-prosecutor' as AgencyId;
const police = 'gr-police' as AgencyId;
const h1 = (originator: AgencyId, released = false): JudicialUse => ({
  originator,
  handling: ['H0', 'H1'],
  released,
});

describe('what is taken to a court', () => {
  it.each<[string, readonly JudicialUse[]]>([
    ['nothing', []],
    ['what is not marked', [{ originator: police, handling: ['H0', 'H2'], released: false }]],
    ['what is one’s own', [h1(own)]],
    ['what its originator has permitted', [h1(police, true)]],
  ])('may be %s', (_what, uses) => {
    expect(judicialUseFault(own, uses)).toBeUndefined();
  });

  it('may not be what another marked H1, and everybody who has to be asked is named once', () => {
    const fiu = 'gr-fiu' as AgencyId;
    expect(judicialUseFault(own, [h1(own), h1(police), h1(fiu), h1(police)])).toEqual({
      refused: 'judicial-use-not-permitted',
      detail: 'not permitted in judicial proceedings (H1) by gr-fiu, gr-police',
    });
  });
});
