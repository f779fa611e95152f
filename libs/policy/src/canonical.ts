import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type Digest } from '@tripoint/kernel';

/** The RFC 8785 bytes of plain data. */
export const canonicalBytes = (value: unknown): Uint8Array => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only plain data has canonical bytes');
  return new TextEncoder().encode(text);
};

/** Parses canonical bytes; undefined for any others, so that two readings of one record cannot differ. */
export const parseCanonical = (bytes: Uint8Array): unknown => {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    return Buffer.compare(canonicalBytes(value), bytes) === 0 ? value : undefined;
  } catch {
    return undefined;
  }
};

export const sha256 = (bytes: Uint8Array): Digest =>
  createHash('sha256').update(bytes).digest('hex') as Digest;
