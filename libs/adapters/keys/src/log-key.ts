import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { readWhole, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';

/** What the log's checkpoints are signed with. */
export type LogKey = {
  readonly name: string;
  readonly privateKey: KeyObject;
  /** C2SP verifier key: `<name>+<key id>+<base64>`. */
  readonly vkey: string;
};

const PEM = 'log.pem';
const NAME = 'log.name';
/** C2SP signed-note's type of Ed25519. */
const ED25519 = 0x01;
/** An Ed25519 SubjectPublicKeyInfo ends with the 32 bytes of the key. */
const RAW_LENGTH = 32;

/**
 * Makes the log's key and writes it into `folder`.
 * @throws {KeysError} `key-exists` when there is one already
 */
export const createLogKey = async (folder: string, name: string): Promise<LogKey> => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeWhole(join(folder, PEM), Buffer.from(pem), { secret: true, replace: false });
  await writeWhole(join(folder, NAME), Buffer.from(`${name}\n`), { secret: false, replace: false });
  return logKey(name, privateKey);
};

/** @throws {KeysError} when the key is missing, open to others or not Ed25519 */
export const loadLogKey = async (folder: string): Promise<LogKey> => {
  const pem = Buffer.from(await readWhole(join(folder, PEM), true));
  const name = new TextDecoder().decode(await readWhole(join(folder, NAME), false)).trim();
  try {
    return logKey(name, createPrivateKey(pem));
  } catch (cause) {
    throw new KeysError('key-unusable', `${folder} holds no log key`, { cause });
  }
};

const logKey = (name: string, privateKey: KeyObject): LogKey => {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('a log key is Ed25519');
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const typed = Buffer.concat([Buffer.from([ED25519]), spki.subarray(-RAW_LENGTH)]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
  return { name, privateKey, vkey: `${name}+${id}+${typed.toString('base64')}` };
};
