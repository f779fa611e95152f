import { join } from 'node:path';
import { type Certificate, type KeyFiles, type OpenPgp, type SecretKey } from '@tripoint/envelope';
import { type Fingerprint, type Instant, isRefusal } from '@tripoint/kernel';
import { namesIn, readWhole, removeFolder, replaceAndWipe, wipe, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';
import { type Clock, Reread, sinceStart } from './reread.js';

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

/**
 * Takes the secret of an encryption subkey out of every file of the folder: nothing that was wrapped to it will open again. The
 * old files are overwritten where they lie, as far as the disk does that. Repeating it changes nothing.
 */
export const destroyEpochSecret = async (
  openpgp: OpenPgp,
  folder: string,
  subkey: Fingerprint,
  passphrase?: string,
): Promise<void> => {
  const retired = (await namesIn(join(folder, RETIRED))).map((name) => join(folder, RETIRED, name));
  for (const place of [folder, ...retired]) {
    const path = join(place, DECRYPTION);
    const held = await readSecretKey(openpgp, path, passphrase);
    if (!held.encryption.includes(subkey)) continue;
    if (place !== folder && held.encryption.length === 1) {
      await wipe(path);
      await removeFolder(place);
      continue;
    }
    const left = await openpgp.forgetEncryptionSubkey(
      await readWhole(path, true),
      subkey,
      passphrase,
    );
    await replaceAndWipe(path, left);
  }
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
  readonly #folder: Reread<SigningFiles>;

  private constructor(folder: Reread<SigningFiles>) {
    this.#folder = folder;
  }

  /** @throws {KeysError} when a file is missing, open to others, locked otherwise or not the certificate's */
  static async load(
    openpgp: OpenPgp,
    folder: string,
    passphrase?: string,
    now: Clock = sinceStart,
  ): Promise<FileSigningKeyring> {
    const read = () => readSigningFiles(openpgp, folder, passphrase);
    return new FileSigningKeyring(new Reread(await read(), read, now));
  }

  get certificate(): Certificate {
    return this.#folder.held.certificate;
  }

  /** Parsed and unlocked once, until the folder is read again. */
  get key(): SecretKey {
    return this.#folder.held.key;
  }

  /**
   * Reads the folder again, in case somebody has put new keys into it; asked more often than once a second, it does nothing.
   * @throws {KeysError} when what is there now cannot be used; what was loaded before stays
   */
  reread(): Promise<void> {
    return this.#folder.again();
  }
}

/** What a projector opens with. Its process never sees a signing key. */
export class FileDecryptionKeyring {
  readonly #folder: Reread<DecryptionFiles>;

  private constructor(
    folder: Reread<DecryptionFiles>,
    private readonly openpgp: OpenPgp,
  ) {
    this.#folder = folder;
  }

  /** @throws {KeysError} when a file is missing, open to others, locked otherwise or not the certificate's */
  static async load(
    openpgp: OpenPgp,
    folder: string,
    passphrase?: string,
    now: Clock = sinceStart,
  ): Promise<FileDecryptionKeyring> {
    const read = () => readDecryptionFiles(openpgp, folder, passphrase);
    return new FileDecryptionKeyring(new Reread(await read(), read, now), openpgp);
  }

  get certificate(): Certificate {
    return this.#folder.held.certificate;
  }

  /** Parsed and unlocked once, until the folder is read again; holds the subkeys of every epoch of this certificate. */
  get key(): SecretKey {
    return this.#folder.held.key;
  }

  /**
   * The key that opens what was wrapped to this subkey, if the agency has it. For one that was not there the folder is read
   * again, at most once a second: a rotation needs no restart.
   * @throws {KeysError} when what is there now cannot be used; what was loaded before stays
   */
  async keyFor(subkey: Fingerprint): Promise<SecretKey | undefined> {
    const held = this.#opening(subkey);
    if (held !== undefined) return held;
    await this.#folder.again();
    return this.#opening(subkey);
  }

  /**
   * The secret of this subkey is said to be destroyed: where it is in the folder no more, it is not in memory any more either, and no
   * restart is needed. Whether it is gone. Repeating it is cheap.
   * @throws {KeysError} when what is there now cannot be used; what was loaded before stays
   */
  async drop(subkey: Fingerprint): Promise<boolean> {
    const held = this.#opening(subkey);
    if (held === undefined) return true;
    await this.#folder.again();
    if (this.#opening(subkey) !== undefined) return false;
    this.openpgp.forget(held);
    return true;
  }

  #opening(subkey: Fingerprint): SecretKey | undefined {
    const { key, retired } = this.#folder.held;
    return [key, ...retired].find(({ encryption }) => encryption.includes(subkey));
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

type SigningFiles = { readonly certificate: Certificate; readonly key: SecretKey };

const readSigningFiles = async (
  openpgp: OpenPgp,
  folder: string,
  passphrase: string | undefined,
): Promise<SigningFiles> => {
  const certificate = await readCertificate(openpgp, folder);
  const key = await readSecretKey(openpgp, join(folder, SIGNING), passphrase);
  if (
    key.fingerprint !== certificate.fingerprint ||
    !key.signing.some((subkey) => certificate.signing.includes(subkey))
  )
    throw new KeysError('key-unusable', `${folder} holds a signing key of another certificate`);
  return { certificate, key };
};

type DecryptionFiles = SigningFiles & {
  /** Of certificates that were replaced whole. */
  readonly retired: readonly SecretKey[];
};

const readDecryptionFiles = async (
  openpgp: OpenPgp,
  folder: string,
  passphrase: string | undefined,
): Promise<DecryptionFiles> => {
  const certificate = await readCertificate(openpgp, folder);
  const key = await readSecretKey(openpgp, join(folder, DECRYPTION), passphrase);
  if (
    key.fingerprint !== certificate.fingerprint ||
    !key.encryption.some((subkey) => certificate.encryption.includes(subkey))
  )
    throw new KeysError('key-unusable', `${folder} holds a decryption key of another certificate`);
  const retired: SecretKey[] = [];
  for (const name of await namesIn(join(folder, RETIRED)))
    retired.push(await readSecretKey(openpgp, join(folder, RETIRED, name, DECRYPTION), passphrase));
  return { certificate, key, retired };
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
