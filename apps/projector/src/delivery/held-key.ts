import { type SecretKey } from '@tripoint/envelope';
import { type RegistryCopy } from '@tripoint/federation';
import { type Fingerprint, HubError, isRefusal } from '@tripoint/kernel';
import { type ProjectorOptions } from '../projector.options.js';

/** A folder that cannot be used opens nothing, and stops nothing else. */
export const heldKey = async (
  { agency, keyFor, log }: ProjectorOptions,
  subkey: Fingerprint,
): Promise<SecretKey | undefined> => {
  try {
    return await keyFor(subkey);
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown;
    log.warn('the decryption keys cannot be read', { agency, code: thrown.code });
    return undefined;
  }
};

/** The subkey of ours that these are wrapped to. */
export const subkeyOf = (
  { openpgp }: ProjectorOptions,
  wraps: Iterable<{ readonly wrap: Uint8Array }>,
): Fingerprint | undefined => {
  for (const { wrap } of wraps) {
    const subkey = openpgp.wrappedFor(wrap);
    if (!isRefusal(subkey)) return subkey;
  }
  return undefined;
};

/**
 * Whether what came to `subkey` may have been made to another epoch of ours, and made again since. Who reads a mailbox anew hears of
 * the later epochs only after what was wrapped to the earlier ones.
 */
export const isRemade = (
  registry: RegistryCopy,
  { agency }: ProjectorOptions,
  subkey: Fingerprint,
): boolean => registry.latest.epochs(agency).some((epoch) => epoch.subkey !== subkey);
