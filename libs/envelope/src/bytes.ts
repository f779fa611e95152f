import { createHash, hash, timingSafeEqual } from 'node:crypto';
import { type Digest } from '@tripoint/kernel';

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text of ours. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Whether a text has no half of a surrogate pair, and so has UTF-8 bytes. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Lower-case hexadecimal digits. */
export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** Bytes of hexadecimal digits that a guard has already let through. */
export const unhex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));

/** One after the other, copied. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Whether both hold the same bytes; takes the same time wherever they differ. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** SHA-256 of the parts, one after the other, as 64 lower-case hexadecimal digits. */
export const sha256 = (...parts: readonly Uint8Array[]): Digest => {
  const [only] = parts;
  // At once where nothing has to be joined: a digest of a few dozen bytes costs a third of a hash object's.
  if (parts.length === 1 && only !== undefined) return hash('sha256', only, 'hex') as Digest;
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex') as Digest;
};

/**
 * DSSE's pre-authentication encoding: what is signed in place of `body`, so that a signature made for one
 * media type can never serve for another. Injective: both lengths stand before what they measure.
 */
export const pae = (mediaType: string, body: Uint8Array): Uint8Array => {
  const length = Buffer.byteLength(mediaType);
  return concat(utf8(`DSSEv1 ${length} ${mediaType} ${body.length} `), body);
};
