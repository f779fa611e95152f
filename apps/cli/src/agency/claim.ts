import { canonical, parseCanonical } from '@tripoint/envelope';
import {
  type AgencyId,
  type Fingerprint,
  isAgencyId,
  isFingerprint,
  isRefusal,
} from '@tripoint/kernel';

/** An agency's signed word that a subkey is gone, as it goes from its machine to the roots. */
export type Claim = {
  readonly agency: AgencyId;
  readonly subkey: Fingerprint;
  /** Its signature, base64. */
  readonly claim: string;
};

export const formatClaim = ({ agency, subkey, claim }: Claim): Uint8Array =>
  canonical({ agency, subkey, claim });

/** The strict inverse of `formatClaim`; whether the agency signed it is for the registry to say. */
export const parseClaim = (bytes: Uint8Array): Claim | undefined => {
  const value = parseCanonical(bytes);
  if (isRefusal(value) || typeof value !== 'object' || value === null || Array.isArray(value))
    return undefined;
  const { agency, subkey, claim } = value as Readonly<Record<string, unknown>>;
  return Object.keys(value).length === 3 &&
    isAgencyId(agency) &&
    isFingerprint(subkey) &&
    typeof claim === 'string'
    ? { agency, subkey, claim }
    : undefined;
};
