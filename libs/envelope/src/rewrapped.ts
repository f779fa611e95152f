import { type AgencyId, type Digest, isRefusal, type Refusal } from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { encodeCbor } from './cbor.js';
import { canonical } from './jcs.js';
import { type Certificate, type OpenPgp, type SecretKey } from './openpgp.js';
import { signBytes, type SignatureCode, verifyBytes } from './statement.js';

// An agency that goes on to its next epoch has its own wraps made again, of the same session keys. Nobody else is concerned, and
// the log says nothing of it; but what the hub keeps is replaced on the agency's word only.

/** Word of the media type under which an agency signs what is to be kept in the place of its own wraps. */
const FAMILY = 'rewrapped';

/** A wrap that was made again, of what has this descriptor. */
export type Rewrapped = { readonly descriptor: Digest; readonly wrap: Uint8Array };

/** Names wraps and their order. */
export const rewrappedDigest = (wraps: readonly Rewrapped[]): Digest =>
  sha256(encodeCbor(wraps.map(({ descriptor, wrap }) => [descriptor, wrap])));

const bodyOf = (agency: AgencyId, wraps: Digest): Uint8Array => canonical({ v: 1, agency, wraps });

/** The agency's signature over wraps, by their digest: whoever signs need not see a wrap. */
export const signRewrapped = (
  openpgp: OpenPgp,
  agency: AgencyId,
  wraps: Digest,
  key: SecretKey,
): Promise<Uint8Array> => signBytes(openpgp, FAMILY, bodyOf(agency, wraps), key);

/** Why wraps are not taken as the agency's; undefined when one of `certificates` has signed for them. Anybody may have sent them. */
export const rewrappedFault = async (
  openpgp: OpenPgp,
  agency: AgencyId,
  { wraps, signature }: { readonly wraps: readonly Rewrapped[]; readonly signature: Uint8Array },
  certificates: readonly Certificate[],
): Promise<Refusal<SignatureCode> | undefined> => {
  const body = bodyOf(agency, rewrappedDigest(wraps));
  const signer = await verifyBytes(openpgp, FAMILY, body, signature, certificates);
  return isRefusal(signer) ? signer : undefined;
};
