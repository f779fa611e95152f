import { type Digest, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import { sha256 } from './bytes.js';
import { commitmentOf, contextOf } from './commitment.js';
import { type Entitled, examine, type OpenCode, type OpenWith } from './entitled.js';
import { type OpenPgp } from './openpgp.js';
import { type Recipient } from './seal.js';

/** What was said before, and the keys to it for one more agency. */
export type Regranted = {
  /** Of the header under which it was said. */
  readonly header: Digest;
  /** By descriptor, in the order of the part. */
  readonly wraps: readonly { readonly descriptor: Digest; readonly wrap: Uint8Array }[];
};

/**
 * Wraps the keys of compartments once more: those of `part`, which `wraps`, kept since they were verified, open. The signature is
 * verified again and each key held against what the envelope commits to, so that whoever keeps wraps cannot have another
 * key handed on. The hub controls `part`. Nothing is decrypted.
 */
export const regrant = async (
  openpgp: OpenPgp,
  part: Entitled,
  wraps: ReadonlyMap<Digest, Uint8Array>,
  using: Omit<OpenWith, 'granted' | 'erased'>,
  { certificate, subkey }: Recipient,
): Promise<Regranted | Refusal<OpenCode>> => {
  const granted = new Map([...wraps].map(([descriptor, wrap]) => [descriptor, sha256(wrap)]));
  const examined = await examine(openpgp, part, wraps, { ...using, granted });
  if (isRefusal(examined)) return examined;
  const again: { readonly descriptor: Digest; readonly wrap: Uint8Array }[] = [];
  for (const { digest, descriptor, wrap } of examined.compartments) {
    const sessionKey = await openpgp.unwrap(wrap, using.key);
    if (isRefusal(sessionKey)) return sessionKey;
    const context = contextOf(examined.header, descriptor.name, descriptor.to);
    if (commitmentOf(sessionKey, context) !== descriptor.key)
      return refuse('commitment-mismatch', 'the session key is not the one committed to');
    again.push({ descriptor: digest, wrap: await openpgp.wrap(sessionKey, certificate, subkey) });
  }
  return { header: examined.headerDigest, wraps: again };
};
