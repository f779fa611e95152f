import { readCertificate, readGiven, replaceAgencyKeys, startEpoch } from '@tripoint/adapters/keys';
import { sameBytes } from '@tripoint/envelope';
import { certificateText, type RegistryCode, type RevocationReason } from '@tripoint/federation';
import {
  type AgencyId,
  type Fingerprint,
  type Instant,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import { type Ceremony, openForNext, openRegistry, type Proposed, propose } from './ceremony.js';

/** What `rotate` is told. */
export type RotateArguments = {
  readonly agency: AgencyId;
  /** A certificate that the agency made itself. */
  readonly certificate?: string | undefined;
  /** Every key anew, not only the encryption subkey of the next epoch. */
  readonly replace: boolean;
  /** The certificate in force with another term, and no key anew. */
  readonly renew: boolean;
  /** From when on nothing that it signs is accepted any more; never by time alone unless given. */
  readonly expires?: Instant | undefined;
};

/**
 * Registers an agency's next certificate. May be repeated when it was stopped: new keys that the registry has not
 * seen yet are registered, not replaced again.
 */
export const rotate = async (
  ceremony: Ceremony,
  { agency, certificate, replace, renew, expires }: RotateArguments,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { openpgp, at, passphrase } = ceremony;
  const { folder, registry } = await openForNext(ceremony);
  if (registry.agency(agency) === undefined)
    return refuse('agency-unknown', `${agency} is not enrolled`);
  const next = async (): Promise<Uint8Array> => {
    const keys = folder.keysOf(agency);
    const own = await readCertificate(openpgp, keys);
    // Where every key is to be another, an epoch that was begun for the old ones does not do.
    const registered = registry
      .certificatesOfAgency(agency)
      .some(({ certificate: one }) =>
        replace ? one.fingerprint === own.fingerprint : sameBytes(one.bytes, own.bytes),
      );
    if (!registered) return own.bytes;
    const made = replace
      ? await replaceAgencyKeys(openpgp, keys, { name: agency, at, passphrase })
      : await startEpoch(openpgp, keys, at, passphrase);
    return made.bytes;
  };
  const inForce = registry.certificateInForce(agency)?.certificate.bytes;
  if (renew && inForce === undefined)
    return refuse('certificate-unknown', `${agency} has no certificate in force`);
  const bytes =
    renew && inForce !== undefined
      ? inForce
      : certificate === undefined
        ? await next()
        : await readGiven(certificate);
  return propose(ceremony, {
    kind: 'certificate-rotated',
    agency,
    certificate: certificateText(bytes),
    ...(expires === undefined ? {} : { expires }),
  });
};

/** How long the secret of a retired subkey is kept at the least, unless another time is named. */
export const KEPT_SECONDS = 14 * 86_400;

/** What `retire-epoch` is told. */
export type RetireArguments = {
  readonly agency: AgencyId;
  /** The newest but the one in force, unless named. */
  readonly subkey?: Fingerprint | undefined;
  readonly keepSeconds: number;
};

/** Lets nothing be wrapped to an epoch any more. */
export const retireEpoch = async (
  ceremony: Ceremony,
  { agency, subkey, keepSeconds }: RetireArguments,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { registry } = await openRegistry(ceremony);
  const current = registry.encryptionCertificate(agency)?.certificate.encryption[0];
  const before = registry
    .epochs(agency)
    .findLast((one) => one.retired === undefined && one.subkey !== current)?.subkey;
  const retired = subkey ?? before;
  return retired === undefined
    ? refuse('epoch-unknown', `${agency} has no epoch but the one in force: rotate first`)
    : propose(ceremony, { kind: 'epoch-retired', agency, subkey: retired, keepSeconds });
};

/** What `revoke` is told: a key, or the agency whose current certificate is meant. */
export type RevokeArguments = {
  readonly key: Fingerprint | { readonly agency: AgencyId };
  readonly reason: RevocationReason;
  readonly since?: number | undefined;
};

/** Ends a certificate. */
export const revoke = async (
  ceremony: Ceremony,
  { key, reason, since }: RevokeArguments,
): Promise<Proposed | Refusal<RegistryCode>> => {
  const { registry } = await openRegistry(ceremony);
  const fingerprint =
    typeof key === 'string'
      ? key
      : registry.certificatesOfAgency(key.agency)[0]?.certificate.fingerprint;
  return fingerprint === undefined
    ? refuse('agency-unknown', 'an agency that is not enrolled has no certificate')
    : propose(ceremony, {
        kind: 'certificate-revoked',
        fingerprint,
        reason,
        ...(since === undefined ? {} : { since }),
      });
};
