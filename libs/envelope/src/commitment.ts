import { hash } from 'node:crypto';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { concat, sha256, unhex, utf8 } from './bytes.js';
import { type HeaderCore } from './envelope.js';
import { canonical } from './jcs.js';

const TO = utf8('tripoint/to/v1\0');
const CONTEXT = utf8('tripoint/context/v1\0');
const KEY = utf8('tripoint/key/v1\0');

/** An entry of `to`: says nothing about the agency to whom it is not opened. Every part has 32 bytes, so nothing can slide. */
export const audienceDigest = (salt: Digest, agency: Fingerprint, wrap: Digest): Digest =>
  sha256(TO, unhex(salt), unhex(agency), unhex(wrap));

/**
 * What a session key is committed to: this header, this compartment, this audience. A body moved to another envelope,
 * compartment or author has another context, and its key no longer fits.
 */
export const contextOf = (header: HeaderCore, name: string, to: readonly Digest[]): Uint8Array => {
  const { v, id, stream, type, schema, issuer, at } = header;
  return unhex(
    sha256(CONTEXT, canonical({ header: { v, id, stream, type, schema, issuer, at }, name, to })),
  );
};

/** Binds a session key to its context. GCM alone does not: one body can be made to open under two keys. */
export const commitmentOf = (sessionKey: Uint8Array, context: Uint8Array): Digest =>
  hmac(sessionKey, concat(KEY, context));

const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104) under a key of at most one block, from two hashes at once: Node's own makes a key object first, which
 * costs ten times what is computed.
 */
export const hmac = (key: Uint8Array, message: Uint8Array): Digest => {
  if (key.length > BLOCK) throw new RangeError('a key is at most one block long');
  const [inner, outer] = [padded(key, 0x36), padded(key, 0x5c)];
  const digest = hash('sha256', concat(inner, message), 'buffer');
  return hash('sha256', concat(outer, digest), 'hex') as Digest;
};

const padded = (key: Uint8Array, mask: number): Uint8Array => {
  const block = new Uint8Array(BLOCK).fill(mask);
  for (const [at, octet] of key.entries()) block[at] = octet ^ mask;
  return block;
};
