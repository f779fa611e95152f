import { type CertificateResponse, type EpochResponse } from '@tripoint/contracts';
import { type Epoch, type RegisteredCertificate } from '@tripoint/federation';
import { type Fingerprint, type Instant } from '@tripoint/kernel';

const instant = (at: number): Instant => new Date(at).toISOString() as Instant;

/** An end that was stated outweighs a term: of a key in other hands it has to be said that it was revoked. */
const standingOf = (
  { end, expires }: RegisteredCertificate,
  now: Instant,
): CertificateResponse['standing'] => {
  if (end !== undefined) return end === 'revoked' ? 'REVOKED' : 'SUPERSEDED';
  return expires !== undefined && instant(expires) <= now ? 'EXPIRED' : 'ACTIVE';
};

/** A certificate as it stands now, and whether one of its subkeys is what this node signs with. */
export const shownCertificate = (
  registered: RegisteredCertificate,
  now: Instant,
  signing: readonly Fingerprint[],
): CertificateResponse => {
  const { certificate, from, until, expires, taintedFrom } = registered;
  return {
    fingerprint: certificate.fingerprint,
    standing: standingOf(registered, now),
    from: `${from}`,
    ...(until !== undefined && { until: `${until}` }),
    ...(expires !== undefined && { expires: instant(expires) }),
    ...(taintedFrom !== undefined && { doubtedFrom: `${taintedFrom}` }),
    inUse: until === undefined && signing.some((one) => certificate.signing.includes(one)),
  };
};

export const shownEpoch = ({ subkey, from, retired, destroyed }: Epoch): EpochResponse => ({
  subkey,
  standing: destroyed !== undefined ? 'DESTROYED' : retired !== undefined ? 'RETIRED' : 'OPEN',
  from: `${from}`,
  ...(retired !== undefined && { retired: `${retired}` }),
  ...(destroyed !== undefined && { destroyed: `${destroyed}` }),
});
