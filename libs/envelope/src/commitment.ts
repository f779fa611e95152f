import { createHmac } from 'node:crypto';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { sha256, unhex, utf8 } from './bytes.js';
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
  createHmac('sha256', sessionKey).update(KEY).update(context).digest('hex') as Digest;
