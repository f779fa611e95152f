import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { type Refusal, refuse } from '@tripoint/kernel';
import { formatBase64, isPlainText, parseBase64 } from './text.js';

/**
 * What a key signs: the text of a note, or, as a witness, a time and a checkpoint (C2SP tlog-cosignature): with Ed25519, or
 * with ML-DSA-44, which a quantum computer does not break.
 */
export type NoteKeyUse = 'ed25519' | 'cosignature-v1' | 'cosignature-ml-dsa-44';

/** A public key and the name its owner signs under (C2SP signed-note). */
export type VerifierKey = {
  readonly name: string;
  /** Eight hexadecimal digits; tells keys of one name and uses of one key apart, and proves nothing. */
  readonly keyId: string;
  readonly use: NoteKeyUse;
  readonly publicKey: KeyObject;
};

type KeyForm = {
  /** The signature type of C2SP signed-note. */
  readonly type: number;
  readonly algorithm: 'ed25519' | 'ml-dsa-44';
  readonly bytes: number;
  /** What SubjectPublicKeyInfo puts in front of the key (RFC 8410, RFC 9881). */
  readonly spki: Buffer;
};

const ED25519 = {
  algorithm: 'ed25519',
  bytes: 32,
  spki: Buffer.from('302a300506032b6570032100', 'hex'),
} as const;

const FORMS: Readonly<Record<NoteKeyUse, KeyForm>> = {
  ed25519: { type: 1, ...ED25519 },
  'cosignature-v1': { type: 4, ...ED25519 },
  'cosignature-ml-dsa-44': {
    type: 6,
    algorithm: 'ml-dsa-44',
    bytes: 1312,
    spki: Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
  },
};
const MAX_NAME = 255;
/** A type and the longest key, in Base 64. */
const MAX_BASE64 = 1752;

/** Whether a key may have this name: no white space, no plus sign, nothing unprintable. */
export const isKeyName = (name: string): boolean =>
  name.length > 0 &&
  name.length <= MAX_NAME &&
  isPlainText(name) &&
  !/[+\p{White_Space}]/u.test(name);

/**
 * The verifier key of a public key.
 * @throws {RangeError} when no key may have this name or the key is not of the kind that this use wants
 */
export const verifierKey = (name: string, use: NoteKeyUse, publicKey: KeyObject): VerifierKey => {
  if (!isKeyName(name)) throw new RangeError('naming a note key with an unusable name');
  if (publicKey.asymmetricKeyType !== FORMS[use].algorithm)
    throw new RangeError(`making a note key of a key that is not ${FORMS[use].algorithm}`);
  return { name, keyId: keyIdOf(name, encoded(use, publicKey)), use, publicKey };
};

/** The key as one line of text: `<name>+<key id>+<base64 of type and key>`. */
export const formatVerifierKey = ({ name, keyId, use, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${formatBase64(encoded(use, publicKey))}`;

/** Reads a verifier key that an operator pasted. The inverse of {@link formatVerifierKey}. */
export const parseVerifierKey = (text: string): VerifierKey | Refusal<'malformed-verifier-key'> => {
  const refusal = refuse('malformed-verifier-key', 'the verifier key is not of the agreed form');
  if (text.length > MAX_NAME + 10 + MAX_BASE64) return refusal;
  const [, name = '', keyId = '', base64 = ''] =
    /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const key = parseBase64(base64);
  const use = USES.find((one) => FORMS[one].type === key?.[0]);
  if (key === undefined || use === undefined || key.length !== 1 + FORMS[use].bytes) return refusal;
  if (!isKeyName(name) || keyIdOf(name, key) !== keyId) return refusal;
  return { name, keyId, use, publicKey: publicKeyOf(use, key.subarray(1)) };
};

const USES = Object.keys(FORMS) as readonly NoteKeyUse[];

const encoded = (use: NoteKeyUse, publicKey: KeyObject): Buffer =>
  Buffer.concat([
    Buffer.of(FORMS[use].type),
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-FORMS[use].bytes),
  ]);

const keyIdOf = (name: string, key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), key]), 'hex').slice(0, 8);

const publicKeyOf = (use: NoteKeyUse, key: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([FORMS[use].spki, key]), format: 'der', type: 'spki' });

/** Whether two verifier keys hold one public key, whatever they are called and used for. */
export const samePublicKey = (a: VerifierKey, b: VerifierKey): boolean =>
  a.publicKey.equals(b.publicKey);
