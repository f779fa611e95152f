import { readWhole } from './files.js';
import { KeysError } from './keys-error.js';

/** Where a passphrase may come from; both names are environment variables'. */
export type PassphraseSource = {
  readonly TRIPOINT_KEY_PASSPHRASE?: string | undefined;
  /** A file, such as a container's secret, that holds nothing else; it must be its owner's alone. */
  readonly TRIPOINT_KEY_PASSPHRASE_FILE?: string | undefined;
};

/**
 * The passphrase that locks secret keys, or undefined when they are not locked.
 * @throws {KeysError} `key-locked` when both sources are given or the given one is empty
 */
export const readPassphrase = async (source: PassphraseSource): Promise<string | undefined> => {
  const { TRIPOINT_KEY_PASSPHRASE: given, TRIPOINT_KEY_PASSPHRASE_FILE: path } = source;
  if (given !== undefined && path !== undefined)
    throw new KeysError(
      'key-locked',
      'a passphrase comes from the environment or from a file, not from both',
    );
  if (given === undefined && path === undefined) return undefined;
  const text =
    path === undefined
      ? given
      : new TextDecoder().decode(await readWhole(path, true)).replace(/\r?\n$/, '');
  if (text === undefined || text === '')
    throw new KeysError('key-locked', 'the passphrase is empty');
  return text;
};
