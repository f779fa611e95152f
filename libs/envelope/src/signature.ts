// Signatures of the profile without openpgp.js, which makes five times the bare work of one: the pattern in packets.ts leaves of
// the whole packet nothing to be decided. openpgp.js is the oracle of the tests.
import {
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { type Fingerprint } from '@tripoint/kernel';
import { concat, sameBytes, unhex } from './bytes.js';
import { signatureParts, TAG, writePacket } from './packets.js';

/** An Ed25519 key in the forms of RFC 8410 (§4, §7), each up to its 32 octets. */
const SPKI = Uint8Array.from([0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 33, 0]);
const PKCS8 = Uint8Array.from([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 34, 4, 32]);

/** A verifying key of the 32 octets of an Ed25519 public key. */
export const verifyingKey = (octets: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(concat(SPKI, octets)), format: 'der', type: 'spki' });

/**
 * A signing key of the 32 octets of its secret. The caller wipes those; the copy made here is wiped.
 * @throws {TypeError} when the secret is not that of the public key
 */
export const signingKey = (secret: Uint8Array, publicOctets: Uint8Array): KeyObject => {
  const der = Buffer.from(concat(PKCS8, secret));
  try {
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
    if (!sameBytes(spki, concat(SPKI, publicOctets)))
      throw new TypeError('the secret is of another key');
    return key;
  } finally {
    der.fill(0);
  }
};

/** What is signed in place of `bytes` (RFC 9580 §5.2.4). */
const digestOf = (bytes: Uint8Array, salt: Uint8Array, hashed: Uint8Array): Buffer =>
  hash(
    'sha512',
    concat(salt, bytes, hashed, Uint8Array.from([6, 0xff, 0, 0, 0, hashed.length])),
    'buffer',
  );

const CREATION_TIME = [5, 0x82];
const ISSUER_FINGERPRINT = [34, 0xa1, 6];

/** One signature packet of the profile over `bytes`, by the subkey of that fingerprint. */
export const makeSignature = async (
  bytes: Uint8Array,
  key: KeyObject,
  subkey: Fingerprint,
  at: Date,
): Promise<Uint8Array> => {
  const seconds = Buffer.alloc(4);
  seconds.writeUInt32BE(Math.floor(at.getTime() / 1000));
  const subpackets = [...CREATION_TIME, ...seconds, ...ISSUER_FINGERPRINT, ...unhex(subkey)];
  // Version, binary, Ed25519, SHA-512, and what is hashed.
  const hashed = Uint8Array.from([6, 0, 27, 10, 0, 0, 0, subpackets.length, ...subpackets]);
  const salt = randomBytes(32);
  const digest = digestOf(bytes, salt, hashed);
  const value = await new Promise<Uint8Array>((resolve, reject) => {
    sign(null, digest, key, (error, made) => {
      if (error === null) resolve(made);
      else reject(error);
    });
  });
  const body = [hashed, [0, 0, 0, 0], digest.subarray(0, 2), [salt.length], salt, value];
  return writePacket(TAG.signature, concat(...body.map((part) => Uint8Array.from(part))));
};

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
  const digest = digestOf(bytes, salt, hashed);
  // Two octets for a quick no; they are signed by nobody, and a packet with others is another packet.
  if (digest[0] !== left[0] || digest[1] !== left[1]) return false;
  return new Promise((resolve) => {
    verify(null, digest, key, value, (error, valid) => {
      resolve(error === null && valid);
    });
  });
};
