import { type Opening } from './envelope.js';
import { type OpenPgp } from './openpgp.js';
import { type Random, type Recipient } from './seal.js';

/** A session key, wrapped to one more recipient; the opening says by digest which wrap is whose. */
export const rewrap = async (
  openpgp: OpenPgp,
  random: Random,
  sessionKey: Uint8Array,
  to: Recipient,
): Promise<{ readonly wrap: Uint8Array; readonly opening: Opening }> =>
  Promise.reject(
    new Error(`not built: ${sessionKey.length} ${to.subkey} ${typeof random} ${typeof openpgp}`),
  );
