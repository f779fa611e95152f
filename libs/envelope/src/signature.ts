// Verifying a signature of the profile without openpgp.js, which makes five times the bare work of it: the pattern in packets.ts
// leaves of the whole packet nothing to be parsed. openpgp.js is the oracle of the tests.
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { concat } from './bytes.js';
import { signatureParts } from './packets.js';

/** An Ed25519 public key in SubjectPublicKeyInfo (RFC 8410 §4), up to its 32 octets. */
const SPKI = Uint8Array.from([0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 33, 0]);

/** A verifying key of the 32 octets of an Ed25519 public key. */
export const verifyingKey = (octets: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(concat(SPKI, octets)), format: 'der', type: 'spki' });

/**
 * Whether `signature`, which `signatureSubkey` let through, is `key`'s over `bytes` (RFC 9580 §5.2.4). The curve is on a thread of
 * the pool: whoever has many to verify begins them together.
 */
export const verifiesSignature = async (
  bytes: Uint8Array,
  signature: Uint8Array,
  key: KeyObject,
): Promise<boolean> => {
  const { salt, hashed, left, value } = signatureParts(signature);
  const trailer = Uint8Array.from([6, 0xff, 0, 0, 0, hashed.length]);
  const digest = hash('sha512', concat(salt, bytes, hashed, trailer), 'buffer');
  // Two octets for a quick no; they are signed by nobody, and a packet with others is another packet.
  if (digest[0] !== left[0] || digest[1] !== left[1]) return false;
  return new Promise((resolve) => {
    verify(null, digest, key, value, (error, valid) => {
      resolve(error === null && valid);
    });
  });
};
