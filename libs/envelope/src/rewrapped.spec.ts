import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { OpenPgpJs } from './openpgp-js.js';
import { rewrappedDigest, rewrappedFault, signRewrapped } from './rewrapped.js';
import { enrol, type TestAgency } from './testing/index.js';

const openpgp = new OpenPgpJs();
const wraps = ['a', 'b'].map((digit, at) => ({
  descriptor: digit.repeat(64) as Digest,
  wrap: new Uint8Array(8).fill(at),
}));

describe('wraps made again', () => {
  let agency: TestAgency;
  let other: TestAgency;
  let signature: Uint8Array;
  beforeAll(async () => {
    agency = await enrol(openpgp, 'gr-police');
    other = await enrol(openpgp, 'tr-customs');
    signature = await signRewrapped(openpgp, agency.id, rewrappedDigest(wraps), agency.signing);
  });
  const fault = async (
    given = wraps,
    of: AgencyId = agency.id,
    by = agency,
  ): Promise<string | undefined> =>
    (await rewrappedFault(openpgp, of, { wraps: given, signature }, [by.certificate]))?.refused;

  it('are taken on the word of their agency', async () => {
    expect(await fault()).toBeUndefined();
  });

  it('are not taken when they are others, in another order, or another’s', async () => {
    expect(await fault(wraps.toReversed())).toBe('bad-signature');
    expect(await fault(wraps.slice(1))).toBe('bad-signature');
    expect(await fault(wraps, other.id)).toBe('bad-signature');
    expect(await fault(wraps, agency.id, other)).toBe('unknown-signer');
  });
});
