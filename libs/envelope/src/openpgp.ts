import { type Fingerprint, type Instant, type Refusal } from '@tripoint/kernel';

/**
 * An agency's certificate, parsed and its bindings verified once. Opaque: only the `OpenPgp` that made it can use it.
 */
export type Certificate = {
  /** The primary key's; names the agency in openings and wraps. */
  readonly fingerprint: Fingerprint;
  /** Subkeys that may sign. */
  readonly signing: readonly Fingerprint[];
  /** Subkeys that may be encrypted to, the newest first. */
  readonly encryption: readonly Fingerprint[];
  /** The certificate's bytes. */
  readonly bytes: Uint8Array;
};

/** A private key file, parsed and unlocked once. Opaque: only the `OpenPgp` that made it can use it. */
export type SecretKey = {
  /** The primary key's, also where the primary's secret is not in this file. */
  readonly fingerprint: Fingerprint;
  /** Signing subkeys whose secret is in this file. */
  readonly signing: readonly Fingerprint[];
  /** Encryption subkeys whose secret is in this file. */
  readonly encryption: readonly Fingerprint[];
};

/** An agency's keys as files: each private file holds one secret and stubs of the others. */
export type KeyFiles = {
  readonly certificate: Uint8Array;
  /** Certifies subkeys; to be kept off line. */
  readonly primary: Uint8Array;
  readonly signing: Uint8Array;
  readonly decryption: Uint8Array;
};

/** How often expensive key work was done; the warm path does none. */
export type KeyCounts = {
  readonly parses: number;
  readonly unlocks: number;
};

/** What a key is for people: an OpenPGP user id, and when it was made. */
export type KeyDraft = {
  readonly name: string;
  readonly at: Instant;
  /** Locks the three private files. */
  readonly passphrase?: string;
};

/**
 * Every OpenPGP operation of the product, bytes in and bytes out, in one profile of RFC 9580: v6 keys (Ed25519, X25519),
 * v6 PKESK, SEIPD v2 with AES-256 and GCM, v6 binary signatures with SHA-512; one packet each, definite lengths.
 *
 * What comes in may come from anybody: what is outside the profile is refused, never thrown. What is thrown is a
 * mistake of the caller's: a handle of another instance, a key without the secret asked for.
 */
export abstract class OpenPgp {
  /** Key parses and unlocks since this instance was made. */
  abstract readonly counts: KeyCounts;

  /** Parses and checks a certificate; the same bytes give the same handle without parsing again. */
  abstract certificate(bytes: Uint8Array): Promise<Certificate | Refusal<'bad-certificate'>>;
  /** Parses and unlocks a private key file; the same bytes give the same handle without parsing again. */
  abstract secretKey(
    bytes: Uint8Array,
    passphrase?: string,
  ): Promise<SecretKey | Refusal<'bad-key' | 'wrong-passphrase'>>;

  /** Remembers these secrets no longer: they last as long as somebody holds the handle. */
  abstract forget(key: SecretKey): void;

  /** New keys: one certificate and three private files. */
  abstract generate(draft: KeyDraft): Promise<KeyFiles>;
  /** The same keys with one more encryption subkey, for the next epoch. `signing` is untouched. */
  abstract addEncryptionSubkey(
    files: Pick<KeyFiles, 'primary' | 'decryption'>,
    at: Instant,
    passphrase?: string,
  ): Promise<Omit<KeyFiles, 'signing'>>;

  /** A private key file without the secret of this encryption subkey, of which a stub is left. The others are untouched. */
  abstract forgetEncryptionSubkey(
    file: Uint8Array,
    subkey: Fingerprint,
    passphrase?: string,
  ): Promise<Uint8Array>;

  /** One v6 PKESK packet that carries `sessionKey` (32 bytes) to the encryption subkey `subkey` of `to`. */
  abstract wrap(sessionKey: Uint8Array, to: Certificate, subkey: Fingerprint): Promise<Uint8Array>;
  /** The session key, exactly 32 bytes. */
  abstract unwrap(
    wrap: Uint8Array,
    key: SecretKey,
  ): Promise<Uint8Array | Refusal<'wrap-profile' | 'cannot-unwrap'>>;
  /** Which encryption subkey a wrap is for, without any secret. */
  abstract wrappedFor(wrap: Uint8Array): Fingerprint | Refusal<'wrap-profile'>;

  /** One SEIPD packet holding one literal packet with `content`. */
  abstract encrypt(sessionKey: Uint8Array, content: Uint8Array): Promise<Uint8Array>;
  /** The content; nothing of it before the last authentication tag was checked. Never longer than `body`. */
  abstract decrypt(
    sessionKey: Uint8Array,
    body: Uint8Array,
  ): Promise<Uint8Array | Refusal<'body-profile' | 'cannot-decrypt'>>;
  /** Whether `body` is one SEIPD packet of the profile, without any secret. */
  abstract inBodyProfile(body: Uint8Array): boolean;

  /** One detached signature packet over `bytes`, by the signing subkey in `key`. */
  abstract sign(bytes: Uint8Array, key: SecretKey): Promise<Uint8Array>;
  /**
   * The signing subkey that made `signature` over `bytes`, if it belongs to `certificate`. Times are not looked at: whether
   * a key was good is for the log to say.
   */
  abstract verify(
    bytes: Uint8Array,
    signature: Uint8Array,
    certificate: Certificate,
  ): Promise<Fingerprint | Refusal<'signature-profile' | 'unknown-signer' | 'bad-signature'>>;
}
