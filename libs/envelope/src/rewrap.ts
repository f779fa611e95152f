import { type Digest } from '@tripoint/kernel';
import { hex, sha256 } from './bytes.js';
import { type Opening } from './envelope.js';
import { type OpenPgp } from './openpgp.js';
import { type Random, type Recipient } from './seal.js';

/** A session key, wrapped to one more recipient; the opening says by digest which wrap is whose. */
export const rewrap = async (
  openpgp: OpenPgp,
  random: Random,
  sessionKey: Uint8Array,
  { certificate, subkey }: Recipient,
): Promise<{ readonly wrap: Uint8Array; readonly opening: Opening }> => {
  const wrap = await openpgp.wrap(sessionKey, certificate, subkey);
  const salt = hex(random(32)) as Digest;
  return { wrap, opening: { agency: certificate.fingerprint, salt, wrap: sha256(wrap) } };
};
