import { join } from 'node:path';
import { Ed25519NoteSigner, generateNoteKey } from '@tripoint/transparency';
import { readWhole, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';

const PEM = 'log.pem';
const NAME = 'log.name';

/**
 * Makes the key that signs the log's checkpoints and writes it into `folder`. Answers its verifier key.
 * @throws {KeysError} `key-exists` when there is one already
 */
export const createLogKey = async (folder: string, name: string): Promise<string> => {
  const { privateKeyPem, verifierKey } = generateNoteKey(name, 'ed25519');
  await writeWhole(join(folder, PEM), Buffer.from(privateKeyPem), { secret: true, replace: false });
  await writeWhole(join(folder, NAME), Buffer.from(`${name}\n`), { secret: false, replace: false });
  return verifierKey;
};

/**
 * What signs the log's checkpoints.
 * @throws {KeysError} when the key is missing, open to others or not of its kind
 */
export const loadLogKey = async (folder: string): Promise<Ed25519NoteSigner> => {
  const decoder = new TextDecoder();
  const pem = decoder.decode(await readWhole(join(folder, PEM), true));
  const name = decoder.decode(await readWhole(join(folder, NAME), false)).trim();
  try {
    return Ed25519NoteSigner.fromPem(name, pem);
  } catch {
    // Without its cause: a parser may quote what it read.
    throw new KeysError('key-unusable', `${folder} holds no log key`);
  }
};
