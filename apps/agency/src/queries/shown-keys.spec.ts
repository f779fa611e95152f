import { describe, expect, it } from '@jest/globals';
import { type Epoch, type RegisteredCertificate } from '@tripoint/federation';
import { type AgencyId, type Fingerprint, type Instant } from '@tripoint/kernel';
import { shownCertificate, shownEpoch } from './shown-keys.js';

const NOW = '2026-11-26T12:00:00.000Z' as Instant;
const primary = 'a'.repeat(40) as Fingerprint;
const ours = 'b'.repeat(40) as Fingerprint;
const another = 'c'.repeat(40) as Fingerprint;

const registered: RegisteredCertificate = {
  agency: 'gr-police' as AgencyId,
  certificate: { fingerprint: primary, signing: [ours], encryption: [], bytes: new Uint8Array() },
  from: 3n,
};

describe('a certificate as it is shown', () => {
  it.each<[string, Partial<RegisteredCertificate>, string]>([
    ['is active', {}, 'ACTIVE'],
    ['is active before its term', { expires: Date.parse(NOW) + 1 }, 'ACTIVE'],
    ['is over at its term', { expires: Date.parse(NOW) }, 'EXPIRED'],
    ['gave way to the next', { until: 9n, end: 'superseded' }, 'SUPERSEDED'],
    ['was revoked', { until: 9n, end: 'revoked' }, 'REVOKED'],
    ['was revoked before its term', { until: 9n, end: 'revoked', expires: 0 }, 'REVOKED'],
  ])('%s', (_how, change, standing) => {
    expect(shownCertificate({ ...registered, ...change }, NOW, [ours])).toMatchObject({
      standing,
      inUse: change.until === undefined,
    });
  });

  it('is not in use where the node signs with another key', () => {
    expect(shownCertificate(registered, NOW, [another])).toEqual({
      fingerprint: primary,
      standing: 'ACTIVE',
      from: '3',
      inUse: false,
    });
  });

  it('says since when it is in doubt', () => {
    expect(shownCertificate({ ...registered, taintedFrom: 5n }, NOW, [])).toMatchObject({
      doubtedFrom: '5',
    });
  });
});

describe('a subkey as it is shown', () => {
  const epoch: Epoch = { agency: 'gr-police' as AgencyId, subkey: ours, from: 3n };

  it.each<[string, Partial<Epoch>, object]>([
    ['is open', {}, { standing: 'OPEN' }],
    ['is retired', { retired: 7n }, { standing: 'RETIRED', retired: '7' }],
    [
      'is destroyed',
      { retired: 7n, destroyed: 9n },
      { standing: 'DESTROYED', retired: '7', destroyed: '9' },
    ],
  ])('%s', (_how, change, shown) => {
    expect(shownEpoch({ ...epoch, ...change })).toEqual({ subkey: ours, from: '3', ...shown });
  });
});
