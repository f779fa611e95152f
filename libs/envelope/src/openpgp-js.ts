// Pitfalls of openpgp.js 6.3 that shape this file: it writes SEIPD with partial lengths; re-serialising what it read need not
// give the same bytes (so bytes are kept, objects are not); without an AEAD algorithm it writes a v3 PKESK; it
// unwraps keys of any length; `verify` resolves for a bad signature and accepts a stranger's beside a good one; it
// inflates compressed packets without bound. Parsing a key costs more than using it.
import { type KeyObject } from 'node:crypto';
import { type Fingerprint, type Instant, isRefusal, refuse, type Refusal } from '@tripoint/kernel';
import * as pgp from 'openpgp';
import { sha256, utf8 } from './bytes.js';
import {
  type Certificate,
  type KeyCounts,
  type KeyDraft,
  type KeyFiles,
  OpenPgp,
  type SecretKey,
} from './openpgp.js';
import {
  isSeipdOfProfile,
  signatureSubkey,
  splitPackets,
  TAG,
  wrapSubkey,
  writePacket,
} from './packets.js';
import { makeSignature, signingKey, verifiesSignature, verifyingKey } from './signature.js';

const PROFILE = {
  v6Keys: true,
  aeadProtect: true,
  preferredSymmetricAlgorithm: pgp.enums.symmetric.aes256,
  preferredAEADAlgorithm: pgp.enums.aead.gcm,
  preferredHashAlgorithm: pgp.enums.hash.sha512,
  preferredCompressionAlgorithm: pgp.enums.compression.uncompressed,
  aeadChunkSizeByte: 12,
  // Our content is never compressed. What a stranger compressed is abandoned at its first octet.
  maxDecompressedMessageSize: 0,
  showVersion: false,
  showComment: false,
} as const;
const CONFIG: pgp.Config = { ...pgp.config, ...PROFILE };

const SESSION_KEY_LENGTH = 32;
const LARGEST_KEY_FILE = 64 * 1024;
const MOST_KEY_PACKETS = 256;
const CERTIFICATE_TAGS: ReadonlySet<number> = new Set([
  TAG.publicKey,
  TAG.signature,
  TAG.userId,
  TAG.publicSubkey,
]);
const KEY_FILE_TAGS: ReadonlySet<number> = new Set([
  TAG.secretKey,
  TAG.signature,
  TAG.userId,
  TAG.secretSubkey,
]);

/** What stands behind a handle of a certificate. */
type ParsedCertificate = Parsed & { readonly verifying: ReadonlyMap<Fingerprint, KeyObject> };

/** What stands behind a handle of a private key file. */
type Unlocked = Parsed & {
  readonly key: pgp.PrivateKey;
  /** Under which its handle is remembered. */
  readonly name: string;
  /** Of the first of the handle's signing subkeys. */
  readonly signer: KeyObject | undefined;
};

/** What stands behind a handle. */
type Parsed = {
  readonly key: pgp.PublicKey;
  /** At this time every binding in the key has begun; validity in time is the log's business, not the key's. */
  readonly date: Date;
  readonly signing: ReadonlyMap<Fingerprint, pgp.Subkey>;
  readonly encryption: ReadonlyMap<Fingerprint, pgp.Subkey>;
};

/** `OpenPgp` by unmodified openpgp.js, but for signatures: of those the profile leaves so little that they are done at byte level. */
export class OpenPgpJs extends OpenPgp {
  readonly #now: () => Date;
  #parses = 0;
  #unlocks = 0;
  readonly #certificates = new Map<string, Promise<Certificate | Refusal<'bad-certificate'>>>();
  readonly #secretKeys = new Map<
    string,
    Promise<SecretKey | Refusal<'bad-key' | 'wrong-passphrase'>>
  >();
  readonly #parsed = new WeakMap<Certificate, ParsedCertificate>();
  readonly #unlocked = new WeakMap<SecretKey, Unlocked>();

  /** `now` gives signatures their creation time. */
  constructor(now: () => Date = () => new Date()) {
    super();
    this.#now = now;
  }

  override get counts(): KeyCounts {
    return { parses: this.#parses, unlocks: this.#unlocks };
  }

  override async certificate(bytes: Uint8Array): Promise<Certificate | Refusal<'bad-certificate'>> {
    return remembered(this.#certificates, sha256(bytes), () =>
      this.#parseCertificate(bytes.slice()),
    );
  }

  override async secretKey(
    bytes: Uint8Array,
    passphrase?: string,
  ): Promise<SecretKey | Refusal<'bad-key' | 'wrong-passphrase'>> {
    const name = sha256(bytes, utf8(passphrase === undefined ? '' : `\0${passphrase}`));
    return remembered(this.#secretKeys, name, () => this.#parseSecretKey(bytes, passphrase, name));
  }

  override forget(key: SecretKey): void {
    const unlocked = this.#unlocked.get(key);
    if (unlocked !== undefined) this.#secretKeys.delete(unlocked.name);
  }

  async #parseCertificate(bytes: Uint8Array): Promise<Certificate | Refusal<'bad-certificate'>> {
    const bad = refuse('bad-certificate', 'the certificate is not one of the profile');
    if (!holdsOnly(bytes, CERTIFICATE_TAGS)) return bad;
    this.#parses++;
    try {
      const key = await pgp.readKey({ binaryKey: bytes, config: CONFIG });
      const parsed = await inspect(key.toPublic());
      const certificate: Certificate = {
        fingerprint: fingerprintOf(parsed.key),
        signing: [...parsed.signing.keys()],
        encryption: [...parsed.encryption.keys()],
        bytes,
      };
      const verifying = new Map(
        [...parsed.signing].map(([fingerprint, subkey]) => [fingerprint, verifyingKeyOf(subkey)]),
      );
      this.#parsed.set(certificate, { ...parsed, verifying });
      return certificate;
    } catch {
      return bad;
    }
  }

  async #parseSecretKey(
    bytes: Uint8Array,
    passphrase: string | undefined,
    name: string,
  ): Promise<SecretKey | Refusal<'bad-key' | 'wrong-passphrase'>> {
    const bad = refuse('bad-key', 'the private key file is not one of the profile');
    if (!holdsOnly(bytes, KEY_FILE_TAGS)) return bad;
    this.#parses++;
    let key: pgp.PrivateKey;
    let parsed: Parsed;
    try {
      key = await readKeyFile(bytes);
      parsed = await inspect(key);
    } catch {
      return bad;
    }
    if (isLocked(key)) {
      this.#unlocks++;
      try {
        key = await pgp.decryptKey({
          privateKey: key,
          passphrase: passphrase ?? '',
          config: CONFIG,
        });
        parsed = await inspect(key);
      } catch {
        return refuse('wrong-passphrase', 'the private key file stays locked');
      }
    }
    const withSecret = (subkeys: ReadonlyMap<Fingerprint, pgp.Subkey>): readonly Fingerprint[] =>
      [...subkeys]
        .filter(([, { keyPacket }]) => hasSecret(keyPacket))
        .map(([fingerprint]) => fingerprint);
    const handle: SecretKey = {
      fingerprint: fingerprintOf(key),
      signing: withSecret(parsed.signing),
      encryption: withSecret(parsed.encryption),
    };
    const [first] = handle.signing;
    const subkey = first === undefined ? undefined : parsed.signing.get(first);
    try {
      this.#unlocked.set(handle, {
        ...parsed,
        key,
        name,
        signer: subkey && signingKeyOf(subkey),
      });
    } catch {
      return bad;
    }
    return handle;
  }

  override async generate({ name, at, passphrase }: KeyDraft): Promise<KeyFiles> {
    const { privateKey, publicKey } = await pgp.generateKey({
      type: 'curve25519',
      userIDs: [{ name }],
      subkeys: [{ sign: true }, { sign: false }],
      date: new Date(at),
      format: 'object',
      config: CONFIG,
    });
    const whole = privateKey.write();
    const [signing, encryption] = privateKey.subkeys;
    const onlyOf = async (kept: pgp.PrivateKey | pgp.Subkey | undefined): Promise<Uint8Array> => {
      const key = await readKeyFile(whole);
      for (const { keyPacket } of [key, ...key.subkeys])
        if (keyPacket.getFingerprint() !== kept?.getFingerprint()) stub(keyPacket);
      return locked(key, passphrase);
    };
    return {
      certificate: publicKey.write(),
      primary: await onlyOf(privateKey),
      signing: await onlyOf(signing),
      decryption: await onlyOf(encryption),
    };
  }

  override async addEncryptionSubkey(
    files: Pick<KeyFiles, 'primary' | 'decryption'>,
    at: Instant,
    passphrase?: string,
  ): Promise<Omit<KeyFiles, 'signing'>> {
    const [primary, decryption] = await Promise.all([
      this.#privateKey(files.primary, passphrase),
      this.#privateKey(files.decryption, passphrase),
    ]);
    const extended = await primary.addSubkey({
      type: 'curve25519',
      sign: false,
      date: new Date(at),
      config: CONFIG,
    });
    const added = extended.subkeys.slice(-1);
    const certificate = extended.toPublic().write();
    decryption.subkeys.push(...added);
    // Written before the stub is made: both files share the new subkey's secret until then.
    const decryptionFile = await locked(decryption, passphrase);
    for (const { keyPacket } of added) stub(keyPacket);
    return { certificate, primary: await locked(extended, passphrase), decryption: decryptionFile };
  }

  override async forgetEncryptionSubkey(
    file: Uint8Array,
    subkey: Fingerprint,
    passphrase?: string,
  ): Promise<Uint8Array> {
    const key = await this.#privateKey(file, passphrase);
    for (const one of key.subkeys)
      if (one.getFingerprint() === subkey && hasSecret(one.keyPacket)) stub(one.keyPacket);
    return locked(key, passphrase);
  }

  /** A key object of its own to change; handles are never changed. */
  async #privateKey(bytes: Uint8Array, passphrase: string | undefined): Promise<pgp.PrivateKey> {
    this.#parses++;
    const key = await readKeyFile(bytes);
    if (!isLocked(key)) return key;
    this.#unlocks++;
    return pgp.decryptKey({ privateKey: key, passphrase: passphrase ?? '', config: CONFIG });
  }

  override async wrap(
    sessionKey: Uint8Array,
    to: Certificate,
    subkey: Fingerprint,
  ): Promise<Uint8Array> {
    const { key, date, encryption } = known(this.#parsed.get(to));
    const target = encryption.get(subkey);
    if (target === undefined) throw new TypeError('the certificate has no such encryption subkey');
    const wrap = await pgp.encryptSessionKey({
      data: sessionKey,
      algorithm: 'aes256',
      aeadAlgorithm: 'gcm',
      encryptionKeys: key,
      encryptionKeyIDs: [target.getKeyID()],
      date,
      format: 'binary',
      config: CONFIG,
    });
    // INVARIANT: what leaves is in the profile and for the subkey asked for; a key id is only a quarter of a fingerprint.
    if (wrapSubkey(wrap) !== subkey) throw new TypeError('the wrap is outside the profile');
    return wrap;
  }

  override wrappedFor(wrap: Uint8Array): Fingerprint | Refusal<'wrap-profile'> {
    return (
      wrapSubkey(wrap) ??
      refuse('wrap-profile', 'the wrap is not one v6 session key packet of the profile')
    );
  }

  override async unwrap(
    wrap: Uint8Array,
    key: SecretKey,
  ): Promise<Uint8Array | Refusal<'wrap-profile' | 'cannot-unwrap'>> {
    const unlocked = known(this.#unlocked.get(key));
    const subkey = this.wrappedFor(wrap);
    if (isRefusal(subkey)) return subkey;
    const refusal = refuse('cannot-unwrap', 'the wrap does not open with this key');
    if (!key.encryption.includes(subkey)) return refusal;
    try {
      const [found, ...others] = await pgp.decryptSessionKeys({
        message: await pgp.readMessage({ binaryMessage: wrap, config: CONFIG }),
        decryptionKeys: unlocked.key,
        date: unlocked.date,
        config: CONFIG,
      });
      return found?.data.length === SESSION_KEY_LENGTH && others.length === 0
        ? found.data
        : refusal;
    } catch {
      return refusal;
    }
  }

  override async encrypt(sessionKey: Uint8Array, content: Uint8Array): Promise<Uint8Array> {
    const message = await pgp.encrypt({
      // A literal packet carries a date; the frame says when, so this one says nothing.
      message: await pgp.createMessage({ binary: content, date: new Date(0) }),
      sessionKey: { data: sessionKey, algorithm: 'aes256', aeadAlgorithm: 'gcm' },
      format: 'binary',
      config: CONFIG,
    });
    const [packet] = splitPackets(message, 1) ?? [];
    const body = writePacket(TAG.seipd, packet?.body ?? new Uint8Array());
    // INVARIANT: what leaves is in the profile.
    if (!isSeipdOfProfile(body)) throw new TypeError('the body is outside the profile');
    return body;
  }

  override inBodyProfile(body: Uint8Array): boolean {
    return isSeipdOfProfile(body);
  }

  override async decrypt(
    sessionKey: Uint8Array,
    body: Uint8Array,
  ): Promise<Uint8Array | Refusal<'body-profile' | 'cannot-decrypt'>> {
    if (!isSeipdOfProfile(body))
      return refuse('body-profile', 'the body is not one encrypted data packet of the profile');
    const refusal = refuse('cannot-decrypt', 'the body does not open with this session key');
    try {
      const message = await pgp.readMessage({ binaryMessage: body, config: CONFIG });
      const { packets } = await message.decrypt(
        undefined,
        undefined,
        [{ data: sessionKey, algorithm: 'aes256', aeadAlgorithm: 'gcm' }],
        undefined,
        CONFIG,
      );
      // One literal packet and nothing beside it: no signature, padding or compressed packet finds its way in.
      const [literal] = packets;
      if (packets.length !== 1 || !(literal instanceof pgp.LiteralDataPacket)) return refusal;
      const content = new pgp.Message(packets).getLiteralData();
      return content instanceof Uint8Array ? content : refusal;
    } catch {
      return refusal;
    }
  }

  override async sign(bytes: Uint8Array, key: SecretKey): Promise<Uint8Array> {
    const { signer, date } = known(this.#unlocked.get(key));
    const [subkey] = key.signing;
    if (subkey === undefined || signer === undefined)
      throw new TypeError('the key file has no signing secret');
    const now = this.#now();
    // A clock that lags must not make a fresh key unusable.
    const signature = await makeSignature(bytes, signer, subkey, now < date ? date : now);
    // INVARIANT: what leaves is in the profile.
    if (signatureSubkey(signature) !== subkey)
      throw new TypeError('the signature is outside the profile');
    return signature;
  }

  override async verify(
    bytes: Uint8Array,
    signature: Uint8Array,
    certificate: Certificate,
  ): Promise<Fingerprint | Refusal<'signature-profile' | 'unknown-signer' | 'bad-signature'>> {
    const { verifying } = known(this.#parsed.get(certificate));
    const subkey = signatureSubkey(signature);
    if (subkey === undefined)
      return refuse(
        'signature-profile',
        'the signature is not one v6 signature packet of the profile',
      );
    const signer = verifying.get(subkey);
    if (signer === undefined)
      return refuse('unknown-signer', 'the signature is by no signing subkey of the certificate');
    return (await verifiesSignature(bytes, signature, signer))
      ? subkey
      : refuse('bad-signature', 'the signature does not verify');
  }
}

/** What `made` resolves to, made once per name; refusals are not remembered, so that garbage cannot fill the map. */
const remembered = async <T extends object>(
  known: Map<string, Promise<T>>,
  name: string,
  made: () => Promise<T>,
): Promise<T> => {
  const before = known.get(name);
  if (before !== undefined) return before;
  const promise = made();
  known.set(name, promise);
  const outcome = await promise;
  if (isRefusal(outcome)) known.delete(name);
  return outcome;
};

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new TypeError('the handle belongs to another instance');
  return found;
};

const fingerprintOf = (key: pgp.Key | pgp.Subkey): Fingerprint =>
  key.getFingerprint() as Fingerprint;

/** Whether every packet is of these kinds and every signature v6: no compressed, marker or unknown packet is let near the parser. */
const holdsOnly = (bytes: Uint8Array, tags: ReadonlySet<number>): boolean =>
  bytes.length <= LARGEST_KEY_FILE &&
  (splitPackets(bytes, MOST_KEY_PACKETS) ?? [{ tag: -1, body: bytes }]).every(
    ({ tag, body }) => tags.has(tag) && (tag === TAG.userId || body[0] === 6),
  );

/**
 * Checks a key against the profile and sorts its subkeys by what their verified bindings allow.
 * @throws when any part of it is outside the profile: a key is good as a whole or not at all
 */
const inspect = async (key: pgp.PublicKey): Promise<Parsed> => {
  const bindings = key.subkeys.flatMap(({ bindingSignatures }) => bindingSignatures);
  const date = new Date(
    Math.max(
      key.getCreationTime().getTime(),
      ...bindings.map(({ created }) => created?.getTime() ?? 0),
    ),
  );
  if (key.keyPacket.algorithm !== pgp.enums.publicKey.ed25519)
    throw new TypeError('primary outside the profile');
  await key.verifyPrimaryKey(date, undefined, CONFIG);
  const signing = new Map<Fingerprint, pgp.Subkey>();
  const encryption = new Map<Fingerprint, pgp.Subkey>();
  const newestFirst = [...key.subkeys].reverse();
  for (const subkey of newestFirst) {
    const id = subkey.getKeyID();
    const { algorithm } = subkey.keyPacket;
    const signs = algorithm === pgp.enums.publicKey.ed25519;
    if (!signs && algorithm !== pgp.enums.publicKey.x25519)
      throw new TypeError('subkey outside the profile');
    const usable = await (signs
      ? key.getSigningKey(id, date, undefined, CONFIG)
      : key.getEncryptionKey(id, date, undefined, CONFIG));
    if (usable.getFingerprint() !== subkey.getFingerprint())
      throw new TypeError('subkey without its use');
    (signs ? signing : encryption).set(fingerprintOf(subkey), subkey);
  }
  if (signing.size + encryption.size !== key.subkeys.length || key.subkeys.length === 0)
    throw new TypeError('no usable subkeys');
  return { key, date, signing, encryption };
};

const ED25519_OCTETS = 32;

/** A v6 key packet of this algorithm ends with the octets of its public key (RFC 9580 §5.5.2, §5.5.5.9). */
const verifyingKeyOf = ({ keyPacket }: pgp.Subkey): KeyObject =>
  verifyingKey(keyPacket.write().subarray(-ED25519_OCTETS));

/** @throws {TypeError} when the packet's secret is not that of its public key */
const signingKeyOf = ({ keyPacket }: pgp.Subkey): KeyObject => {
  const secret: unknown =
    isSecret(keyPacket) && keyPacket.privateParams !== null && 'seed' in keyPacket.privateParams
      ? keyPacket.privateParams.seed
      : undefined;
  if (!(secret instanceof Uint8Array)) throw new TypeError('the packet has no secret');
  const { publicParams } = keyPacket as { readonly publicParams?: { readonly A?: unknown } };
  if (!(publicParams?.A instanceof Uint8Array)) throw new TypeError('the packet has no public key');
  return signingKey(secret, publicParams.A);
};

type KeyPacket = pgp.Key['keyPacket'] | pgp.Subkey['keyPacket'];
type SecretPacket = pgp.SecretKeyPacket | pgp.SecretSubkeyPacket;

const isSecret = (packet: KeyPacket): packet is SecretPacket =>
  packet instanceof pgp.SecretKeyPacket || packet instanceof pgp.SecretSubkeyPacket;

const hasSecret = (packet: KeyPacket): boolean => isSecret(packet) && !packet.isDummy();

const isLocked = (key: pgp.PrivateKey): boolean =>
  [key, ...key.subkeys].some(({ keyPacket }) => hasSecret(keyPacket) && !keyPacket.isDecrypted());

const stub = (packet: KeyPacket): void => {
  if (isSecret(packet)) packet.makeDummy(CONFIG);
};

/** openpgp.js keeps views of what it read and wipes them when a secret is dropped: it gets a copy of its own. */
const readKeyFile = async (bytes: Uint8Array): Promise<pgp.PrivateKey> =>
  pgp.readPrivateKey({ binaryKey: bytes.slice(), config: CONFIG });

const locked = async (key: pgp.PrivateKey, passphrase: string | undefined): Promise<Uint8Array> =>
  (passphrase === undefined
    ? key
    : await pgp.encryptKey({ privateKey: key, passphrase, config: CONFIG })
  ).write();
