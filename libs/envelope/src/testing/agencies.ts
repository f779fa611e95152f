import {
  type AgencyId,
  type ChainId,
  type Fingerprint,
  type Instant,
  isRefusal,
  type Refusal,
} from '@tripoint/kernel';
import { type Registered } from '../admit.js';
import { type Certificate, type KeyFiles, type OpenPgp, type SecretKey } from '../openpgp.js';
import { type Recipient } from '../seal.js';

/** An agency with all its keys in one hand, as only a test may hold them. */
export type TestAgency = {
  readonly id: AgencyId;
  readonly chain: ChainId;
  readonly files: KeyFiles;
  readonly certificate: Certificate;
  readonly fingerprint: Fingerprint;
  readonly signing: SecretKey;
  readonly decryption: SecretKey;
  /** It, as a compartment's recipient. */
  readonly recipient: Recipient;
};

/** The outcome, which the test says is no refusal. */
export const accepted = <T>(outcome: T | Refusal): T => {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused}`);
  return outcome;
};

/** Fresh keys for an agency with the chain `<name>-1`. */
export const enrol = async (
  openpgp: OpenPgp,
  name: string,
  at = '2026-01-01T00:00:00.000Z' as Instant,
): Promise<TestAgency> => {
  const files = await openpgp.generate({ name, at });
  const certificate = accepted(await openpgp.certificate(files.certificate));
  const [subkey] = certificate.encryption;
  if (subkey === undefined) throw new Error('a certificate has an encryption subkey');
  return {
    id: name as AgencyId,
    chain: `${name}-1` as ChainId,
    files,
    certificate,
    fingerprint: certificate.fingerprint,
    signing: accepted(await openpgp.secretKey(files.signing)),
    decryption: accepted(await openpgp.secretKey(files.decryption)),
    recipient: { certificate, subkey },
  };
};

/** A registry of these agencies; any facts but `{ outside: true }` are in schema. */
export const registry = (...agencies: readonly TestAgency[]): Registered => ({
  certificatesOf: (chain, issuer) =>
    agencies
      .filter((agency) => agency.chain === chain && agency.id === issuer)
      .map(({ certificate }) => certificate),
  encryptionSubkeys: (fingerprint) =>
    agencies.find((agency) => agency.fingerprint === fingerprint)?.certificate.encryption ?? [],
  factsInSchema: (_family, facts) => !('outside' in facts),
  granted: () => [],
});
