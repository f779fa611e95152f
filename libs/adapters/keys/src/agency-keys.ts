import { join } from 'node:path';
import { type Certificate, type KeyFiles, type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type Fingerprint, type Instant, isRefusal } from '@tripoint/kernel';
import { namesIn, readWhole, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';

// One agency's folder:
//   certificate.pgp   public
//   primary.pgp       certifies subkeys; belongs on a medium that is not plugged in
//   signing.pgp       all that the agency app is given
//   decryption.pgp    all that the projector is given
//   retired/<fingerprint>/decryption.pgp   of certificates that were replaced whole

const CERTIFICATE = 'certificate.pgp';
const PRIMARY = 'primary.pgp';
const SIGNING = 'signing.pgp';
const DECRYPTION = 'decryption.pgp';
const RETIRED = 'retired';

/** Whose keys are made, when, and what locks them. */
export type NewKeys = {
  /** The OpenPGP user id. */
  readonly name: string;
  readonly at: Instant;
  readonly passphrase?: string | undefined;
};

/**
 * Makes an agency's keys and writes them into `folder`.
 * @throws {KeysError} `key-exists` when the folder holds keys already
 */
export const createAgencyKeys = async (
  openpgp: OpenPgp,
  folder: string,
  keys: NewKeys,
): Promise<Certificate> => {
  const files = await generate(openpgp, keys);
  await writeSecret(folder, PRIMARY, files.primary, false);
  await writeSecret(folder, SIGNING, files.signing, false);
  await writeSecret(folder, DECRYPTION, files.decryption, false);
  // Last: a folder with a certificate is a folder with all of its keys.
  await writeWhole(join(folder, CERTIFICATE), files.certificate, { secret: false, replace: false });
  return readCertificate(openpgp, folder);
};

/** Adds an encryption subkey for the next epoch; what was wrapped to the old one still opens. Signing is untouched. */
export const startEpoch = async (
  openpgp: OpenPgp,
  folder: string,
  at: Instant,
  passphrase?: string,
): Promise<Certificate> => {
  const files = await openpgp.addEncryptionSubkey(
    {
      primary: await readWhole(join(folder, PRIMARY), true),
      decryption: await readWhole(join(folder, DECRYPTION), true),
    },
    at,
    passphrase,
  );
  // Stopped half-way, the folder still works: the new decryption file opens what the old one did, and
  // nobody wraps to the new subkey before its certificate is out.
  await writeSecret(folder, DECRYPTION, files.decryption, true);
  await writeSecret(folder, PRIMARY, files.primary, true);
  await writeWhole(join(folder, CERTIFICATE), files.certificate, { secret: false, replace: true });
  return readCertificate(openpgp, folder);
};

/** Replaces every key, as after a compromise. The old decryption key is kept for what was wrapped to it. */
export const replaceAgencyKeys = async (
  openpgp: OpenPgp,
  folder: string,
  keys: NewKeys,
): Promise<Certificate> => {
  const old = await readCertificate(openpgp, folder);
  const retired = join(folder, RETIRED, old.fingerprint);
  const files = await generate(openpgp, keys);
  // Where it is there already, an earlier attempt stopped half-way, and what stands in its place by now
  // may be a key that nothing was ever wrapped to.
  if ((await namesIn(retired)).length === 0)
    await writeSecret(retired, DECRYPTION, await readWhole(join(folder, DECRYPTION), true), false);
  await writeSecret(folder, DECRYPTION, files.decryption, true);
  await writeSecret(folder, PRIMARY, files.primary, true);
  await writeSecret(folder, SIGNING, files.signing, true);
  await writeWhole(join(folder, CERTIFICATE), files.certificate, { secret: false, replace: true });
  return readCertificate(openpgp, folder);
};

/** The certificate in an agency's or a root's folder. */
export const readCertificate = async (openpgp: OpenPgp, folder: string): Promise<Certificate> => {
  const path = join(folder, CERTIFICATE);
  const certificate = await openpgp.certificate(await readWhole(path, false));
  if (isRefusal(certificate)) throw new KeysError('key-unusable', `${path} is not a certificate`);
  return certificate;
};

/** What an agency app signs with. Its process never sees a decryption key. */
export class FileSigningKeyring {
  private constructor(
    readonly certificate: Certificate,
    /** Parsed and unlocked once. */
    readonly key: SecretKey,
  ) {}

  /** @throws {KeysError} when a file is missing, open to others, locked otherwise or not the certificate's */
  static async load(
    openpgp: OpenPgp,
    folder: string,
    passphrase?: string,
  ): Promise<FileSigningKeyring> {
    const certificate = await readCertificate(openpgp, folder);
    const key = await readSecretKey(openpgp, join(folder, SIGNING), passphrase);
    if (
      key.fingerprint !== certificate.fingerprint ||
      !key.signing.some((subkey) => certificate.signing.includes(subkey))
    )
      throw new KeysError('key-unusable', `${folder} holds a signing key of another certificate`);
    return new FileSigningKeyring(certificate, key);
  }
}

/** What a projector opens with. Its process never sees a signing key. */
export class FileDecryptionKeyring {
  readonly #retired: readonly SecretKey[];

  private constructor(
    readonly certificate: Certificate,
    /** Parsed and unlocked once; holds the subkeys of every epoch of this certificate. */
    readonly key: SecretKey,
    retired: readonly SecretKey[],
  ) {
    this.#retired = retired;
  }

  /** @throws {KeysError} when a file is missing, open to others, locked otherwise or not the certificate's */
  static async load(
    openpgp: OpenPgp,
    folder: string,
    passphrase?: string,
  ): Promise<FileDecryptionKeyring> {
    const certificate = await readCertificate(openpgp, folder);
    const key = await readSecretKey(openpgp, join(folder, DECRYPTION), passphrase);
    if (
      key.fingerprint !== certificate.fingerprint ||
      !key.encryption.some((subkey) => certificate.encryption.includes(subkey))
    )
      throw new KeysError(
        'key-unusable',
        `${folder} holds a decryption key of another certificate`,
      );
    const retired: SecretKey[] = [];
    for (const name of await namesIn(join(folder, RETIRED)))
      retired.push(
        await readSecretKey(openpgp, join(folder, RETIRED, name, DECRYPTION), passphrase),
      );
    return new FileDecryptionKeyring(certificate, key, retired);
  }

  /** The key that opens what was wrapped to this subkey, if the agency still has it. */
  keyFor(subkey: Fingerprint): SecretKey | undefined {
    return [this.key, ...this.#retired].find(({ encryption }) => encryption.includes(subkey));
  }
}

/** A root's folder: its certificate, and the primary and signing keys of one person. */
export const createRoot = async (
  openpgp: OpenPgp,
  folder: string,
  keys: NewKeys,
): Promise<Certificate> => {
  const files = await generate(openpgp, keys);
  // Nothing is ever encrypted to a root, so its decryption key is not kept.
  await writeSecret(folder, PRIMARY, files.primary, false);
  await writeSecret(folder, SIGNING, files.signing, false);
  await writeWhole(join(folder, CERTIFICATE), files.certificate, { secret: false, replace: false });
  return readCertificate(openpgp, folder);
};

const generate = (openpgp: OpenPgp, { name, at, passphrase }: NewKeys): Promise<KeyFiles> =>
  openpgp.generate({ name, at, ...(passphrase === undefined ? {} : { passphrase }) });

const writeSecret = (
  folder: string,
  name: string,
  bytes: Uint8Array,
  replace: boolean,
): Promise<void> => writeWhole(join(folder, name), bytes, { secret: true, replace });

const readSecretKey = async (
  openpgp: OpenPgp,
  path: string,
  passphrase: string | undefined,
): Promise<SecretKey> => {
  const key = await openpgp.secretKey(await readWhole(path, true), passphrase);
  if (!isRefusal(key)) return key;
  throw key.refused === 'wrong-passphrase'
    ? new KeysError('key-locked', `${path} does not open with this passphrase`)
    : new KeysError('key-unusable', `${path} is not a key of ours`);
};
