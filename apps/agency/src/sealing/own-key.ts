import { Injectable } from '@nestjs/common';
import { type SecretKey } from '@tripoint/envelope';
import { type Registry } from '@tripoint/federation';
import { type ChainId, HubError, refuse, type Refusal } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';

/** Why the agency's own word is not accepted by anybody, whatever it signs with. */
export type Barred = Refusal<
  'own-agency-suspended' | 'own-certificate-revoked' | 'own-certificate-expired'
>;

/**
 * What is sealed here is signed, numbered and recorded before anybody else looks at the signature: by then it is lost to
 * the officer who said it. So the key is held against the registry, as far as it is known here, before anything is sealed.
 */
@Injectable()
export class OwnKey {
  constructor(private readonly agency: AgencyOptions) {}

  /** Why nothing of this agency's would be accepted now; undefined when it has standing. */
  barred(registry: Registry): Barred | undefined {
    const { agency } = this.agency;
    if (registry.agency(agency)?.suspended === true)
      return refuse('own-agency-suspended', `${agency} is suspended: nothing it says is accepted`);
    const inForce = registry.certificateInForce(agency);
    if (inForce === undefined)
      return refuse(
        'own-certificate-revoked',
        `the certificate of ${agency} has been revoked; the registry has to have another one first`,
      );
    return inForce.expires !== undefined && inForce.expires <= this.agency.now()
      ? refuse(
          'own-certificate-expired',
          `the time of the certificate of ${agency} is over; the registry has to renew it first`,
        )
      : undefined;
  }

  /**
   * The key to sign with on `chain`. One that was replaced is looked for again where it came from.
   * @throws {HubError} `signing-key-outdated`, retriable, while the key that the registry has is not here
   */
  async toSign(registry: Registry, chain: ChainId): Promise<SecretKey | Barred> {
    const barred = this.barred(registry);
    if (barred !== undefined) return barred;
    const { signing } = this.agency;
    const isGood = (): boolean => this.#isGood(registry, chain);
    if (isGood()) return signing.key;
    try {
      await signing.reread();
    } catch (cause) {
      if (cause instanceof HubError) throw outdated(`the key folder cannot be used`, cause);
      throw cause;
    }
    if (isGood()) return signing.key;
    throw outdated('the registry has another signing key for this agency than this node');
  }

  #isGood(registry: Registry, chain: ChainId): boolean {
    const { now, signing } = this.agency;
    return signing.key.signing.some((subkey) =>
      registry.signerAcceptedAt(chain, subkey, registry.index, now()),
    );
  }
}

const outdated = (message: string, cause?: unknown): HubError =>
  new HubError('signing-key-outdated', message, true, { cause });
