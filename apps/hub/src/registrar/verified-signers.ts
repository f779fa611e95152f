import { Injectable } from '@nestjs/common';
import { entryDigest, mediaType, type OpenPgp, pae, sha256 } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import { type ChainId, type Digest, type Fingerprint, isRefusal } from '@tripoint/kernel';
import { type Sourced } from '@tripoint/replay';
import { HubOptions } from '../hub.options.js';

/** Signatures remembered; an entry passes from registrar to sequencer within seconds. */
const REMEMBERED = 10_000;

/**
 * Which signing subkey made an entry's signature. What the registrar of this process has just verified is not
 * verified again; anything else is.
 */
@Injectable()
export class VerifiedSigners {
  readonly #known = new Map<string, Fingerprint>();
  readonly #openpgp: OpenPgp;

  constructor(hub: HubOptions) {
    this.#openpgp = hub.openpgp;
  }

  /** The registrar has verified that `signer` made the signature with this digest over the entry with this digest, on `chain`. */
  verified(chain: ChainId, entry: Digest, signature: Digest, signer: Fingerprint): void {
    this.#known.set(`${chain} ${entry} ${signature}`, signer);
    if (this.#known.size <= REMEMBERED) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  async signerOf({ chain, entry }: Sourced, registry: Registry): Promise<Fingerprint | undefined> {
    if (entry.kind === 'statement') return undefined;
    const known = this.#known.get(`${chain} ${entryDigest(entry)} ${sha256(entry.signature)}`);
    if (known !== undefined) return known;
    const signed =
      entry.kind === 'event'
        ? pae(mediaType('header'), entry.header)
        : pae(mediaType('void'), entry.body);
    for (const { certificate } of registry.certificatesOf(chain)) {
      const signer = await this.#openpgp.verify(signed, entry.signature, certificate);
      if (!isRefusal(signer)) return signer;
    }
    return undefined;
  }
}
