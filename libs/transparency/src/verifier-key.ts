import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { type Refusal, refuse } from '@tripoint/kernel';
import { formatBase64, isPlainText, parseBase64 } from './text.js';

/** What a key signs: the text of a note, or a time and the text of a checkpoint (C2SP tlog-cosignature v1). */
export type NoteKeyUse = 'ed25519' | 'cosignature-v1';

/** A public key and the name its owner signs under (C2SP signed-note). */
export type VerifierKey = {
  readonly name: string;
  /** Eight hexadecimal digits; tells keys of one name and uses of one key apart, and proves nothing. */
  readonly keyId: string;
  readonly use: NoteKeyUse;
  readonly publicKey: KeyObject;
};

const TYPE_OF_USE = { ed25519: 1, 'cosignature-v1': 4 } as const satisfies Record<
  NoteKeyUse,
  number
>;
const KEY_BYTES = 32;
const MAX_NAME = 255;

/** Whether a key may have this name: no white space, no plus sign, nothing unprintable. */
export const isKeyName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= MAX_NAME &&
  isPlainText(name) &&
  !/[+\p{White_Space}]/u.test(name);

/**
 * The verifier key of an Ed25519 public key.
 * @throws {RangeError} when no key may have this name or the key is not Ed25519
 */
export const verifierKey = (name: string, use: NoteKeyUse, publicKey: KeyObject): VerifierKey => {
  if (!isKeyName(name)) throw new RangeError('naming a note key with an unusable name');
  if (publicKey.asymmetricKeyType !== 'ed25519')
    throw new RangeError('making a note key of a key that is not ed25519');
  return { name, keyId: keyIdOf(name, encoded(use, publicKey)), use, publicKey };
};

/** The key as one line of text: `<name>+<key id>+<base64 of type and key>`. */
export const formatVerifierKey = ({ name, keyId, use, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${formatBase64(encoded(use, publicKey))}`;

/** Reads a verifier key that an operator pasted. The inverse of {@link formatVerifierKey}. */
export const parseVerifierKey = (text: string): VerifierKey | Refusal<'malformed-verifier-key'> => {
  const refusal = refuse('malformed-verifier-key', 'the verifier key is not of the agreed form');
  const [, name = '', keyId = '', base64 = ''] =
    /^([^+]+)\+([0-9a-f]{8})\+(.{44})$/su.exec(text) ?? [];
  const key = parseBase64(base64);
  if (key?.length !== 1 + KEY_BYTES || !isKeyName(name)) return refusal;
  const use = key[0] === 1 ? 'ed25519' : 'cosignature-v1';
  if (key[0] !== TYPE_OF_USE[use] || keyIdOf(name, key) !== keyId) return refusal;
  return { name, keyId, use, publicKey: publicKeyOf(key.subarray(1)) };
};

const encoded = (use: NoteKeyUse, publicKey: KeyObject): Buffer =>
  Buffer.concat([
    Buffer.of(TYPE_OF_USE[use]),
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES),
  ]);

const keyIdOf = (name: string, key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), key]), 'hex').slice(0, 8);

/** What SubjectPublicKeyInfo puts in front of an Ed25519 key (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const publicKeyOf = (key: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key]), format: 'der', type: 'spki' });
