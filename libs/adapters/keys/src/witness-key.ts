import { join } from 'node:path';
import { Cosigner, type CosignatureUse, generateNoteKey } from '@tripoint/transparency';
import { readWhole, writeWhole } from './files.js';
import { KeysError } from './keys-error.js';

const PEM = 'witness.pem';
const NAME = 'witness.name';

/**
 * Makes the key with which a witness cosigns and writes it into `folder`. Answers its verifier key.
 * @throws {KeysError} `key-exists` when there is one already
 */
export const createWitnessKey = async (
  folder: string,
  name: string,
  use: CosignatureUse,
): Promise<string> => {
  const { privateKeyPem, verifierKey } = generateNoteKey(name, use);
  await writeWhole(join(folder, PEM), Buffer.from(privateKeyPem), { secret: true, replace: false });
  await writeWhole(join(folder, NAME), Buffer.from(`${name}\n`), { secret: false, replace: false });
  return verifierKey;
};

/**
 * What cosigns for a witness.
 * @throws {KeysError} when the key is missing, open to others or not of its kind
 */
export const loadWitnessKey = async (folder: string, clock: () => Date): Promise<Cosigner> => {
  const decoder = new TextDecoder();
  const pem = decoder.decode(await readWhole(join(folder, PEM), true));
  const name = decoder.decode(await readWhole(join(folder, NAME), false)).trim();
  try {
    return Cosigner.fromPem(name, pem, clock);
  } catch {
    // Without its cause: a parser may quote what it read.
    throw new KeysError('key-unusable', `${folder} holds no key of a witness`);
  }
};
