import { type AdmissionCode } from './admit.js';

/**
 * What a refusal at admission means for the number that the envelope was to take:
 *
 * - `for-good`: it lies in the bytes. They will never be admitted, and nothing like them either.
 * - `stale`: the bytes will never be admitted, but sealing the same again, with what is known by now, may be.
 * - `not-yet`: the registry may still come to know the chain or the key. A void would be refused for the same
 *   reason, and once the registry knows, the envelope itself is admitted.
 */
export type RefusalEnd = 'for-good' | 'stale' | 'not-yet';

/**
 * The key that signed was replaced or revoked. Whoever else has it by now must not be able to use up a number of the chain, so
 * none is: its issuer takes back what it had signed with it, and seals it again.
 */
export const SIGNER_ENDED = 'signer-ended';

const ENDS: Readonly<Record<AdmissionCode | typeof SIGNER_ENDED, RefusalEnd>> = {
  'too-large': 'for-good',
  'container-malformed': 'for-good',
  'container-not-canonical': 'for-good',
  'header-malformed': 'for-good',
  'header-not-canonical': 'for-good',
  'routing-malformed': 'for-good',
  'routing-not-canonical': 'for-good',
  'routing-mismatch': 'for-good',
  'descriptor-malformed': 'for-good',
  'descriptor-not-canonical': 'for-good',
  'descriptor-mismatch': 'for-good',
  'compartment-repeated': 'for-good',
  'facts-not-in-schema': 'for-good',
  'parts-mismatch': 'for-good',
  'body-mismatch': 'for-good',
  'body-profile': 'for-good',
  'opening-mismatch': 'for-good',
  'wrap-mismatch': 'for-good',
  'wrap-profile': 'for-good',
  'unknown-recipient': 'stale',
  'unregistered-subkey': 'stale',
  [SIGNER_ENDED]: 'stale',
  'grant-not-by-provider': 'for-good',
  // Another registrar may have come further.
  'grant-unknown': 'not-yet',
  // A void by a key that makes such signatures would have the same fault.
  'signature-profile': 'not-yet',
  'bad-signature': 'not-yet',
  'unknown-signer': 'not-yet',
  'unknown-chain': 'not-yet',
  // Nothing voids a void.
  'void-malformed': 'not-yet',
  'void-not-canonical': 'not-yet',
  'notice-mismatch': 'not-yet',
};

/** How a refusal with this code ends; a code that is not one of admission's ends nothing. */
export const refusalEnd = (code: string): RefusalEnd =>
  Object.hasOwn(ENDS, code) ? ENDS[code as keyof typeof ENDS] : 'not-yet';
