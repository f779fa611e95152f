import { isAbsolute } from 'node:path';
import { HubError } from '@tripoint/kernel';
import { isLoopback } from './loopback.js';
import { type Setting, setting, type Source, unusable } from './configuration.js';

// eslint-disable-next-line no-control-regex -- control characters are what is refused here
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A line of text without control characters. */
export const text = ({ longest = 1024 }: { readonly longest?: number } = {}): Setting<string> =>
  setting((given) => {
    if (given.length > longest) throw unusable(`is longer than ${longest} characters`);
    if (CONTROL.test(given)) throw unusable('contains a control character');
    return given;
  });

/** A whole number within bounds, in decimal digits and nothing else. */
export const integer = ({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): Setting<number> =>
  setting((given) => {
    const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most))
      throw unusable(`is not a whole number from ${least} to ${most}`);
    return value;
  });

/** A TCP port; 0 lets the system choose. */
export const port = (): Setting<number> => integer({ least: 0, most: 65_535 });

/** `true` or `false`. */
export const flag = (): Setting<boolean> =>
  setting((given) => {
    if (given !== 'true' && given !== 'false') throw unusable('is neither true nor false');
    return given === 'true';
  });

/** One of a closed list of words. */
export const oneOf = <const Word extends string>(words: readonly Word[]): Setting<Word> =>
  setting((given) => {
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) throw unusable(`is not one of ${words.join(', ')}`);
    return word;
  });

/** An absolute URL of one of these schemes (`https:`), without user name and password. */
export const url = (schemes: readonly string[]): Setting<URL> =>
  setting((given) => {
    const parsed = URL.parse(given);
    if (parsed === null || !schemes.includes(parsed.protocol))
      throw unusable(`is not a URL of ${schemes.join(' or ')}`);
    if (parsed.username !== '' || parsed.password !== '')
      throw unusable('carries a user name or a password, which belong in settings of their own');
    return parsed;
  });

/** What a domain constructor accepts: `branded(isAgencyId, 'an agency')`. */
export const branded = <Value extends string>(
  accepts: (given: unknown) => given is Value,
  name: string,
): Setting<Value> =>
  setting((given) => {
    if (!accepts(given)) throw unusable(`is not ${name}`);
    return given;
  });

const absolutePath = (given: string, ending = ''): string => {
  if (!isAbsolute(given) || CONTROL.test(given)) throw unusable('is not an absolute path', ending);
  return given;
};

/** An absolute path. Whether anything is there is for whoever opens it to say. */
export const path = (): Setting<string> => setting((given) => absolutePath(given));

const FILE = '_FILE';
// The path itself is not shown: whoever mistook the setting has put the secret there.
const FILE_FAULTS: Readonly<Record<string, string>> = {
  'key-missing': 'names a file that is not there',
  'key-exposed': 'names a file that others may read; it has to be its owner’s alone',
};

/** The content of the file that `NAME<ending>` names; undefined when it names none. */
export const fileNamed = async (
  { given, readFile }: Source,
  ending: string,
  secret: boolean,
): Promise<Uint8Array | undefined> => {
  const named = given(ending);
  if (named === undefined) return undefined;
  const at = absolutePath(named, ending);
  try {
    return await readFile(at, secret);
  } catch (cause) {
    const code = cause instanceof HubError ? cause.code : '';
    throw unusable(FILE_FAULTS[code] ?? 'names a file that cannot be read', ending);
  }
};

const LONGEST_SECRET = 1024;

/** The secret in the file that `NAME<ending>` names: one line, whose line feed is not part of it. */
export const secretNamed = async (source: Source, ending: string): Promise<string> => {
  const bytes = await fileNamed(source, ending, true);
  if (bytes === undefined) throw unusable('is missing', ending);
  const line = (() => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
    } catch {
      return '';
    }
  })();
  if (line === '' || line.length > LONGEST_SECRET || CONTROL.test(line))
    throw unusable('names a file that does not hold one line of text', ending);
  return line;
};

/**
 * A secret, from the file that `NAME_FILE` names: one line. There is no variable for the secret itself, because
 * environments are shown by process lists, inherited by children and printed by accident.
 */
export const secret = ({ least = 1 }: { readonly least?: number } = {}): Setting<string> => ({
  endings: [FILE],
  read: async (source) => {
    const line = await secretNamed(source, FILE);
    if (line.length < least)
      throw unusable(`names a file that holds fewer than ${least} characters`, FILE);
    return line;
  },
});

const PLAINTEXT = '_PLAINTEXT';

/**
 * Where another node of ours answers: an `https:` URL without a path, or an `http:` one on this machine. Tokens travel there, so
 * `http:` to another machine has to be said in so many words, by `NAME_PLAINTEXT`.
 */
export const remote = (): Setting<string> => ({
  endings: ['', PLAINTEXT],
  read: ({ given }) =>
    Promise.resolve().then(() => {
      const parsed = URL.parse(given('') ?? '');
      const plaintext = given(PLAINTEXT);
      if (plaintext !== undefined && plaintext !== 'true' && plaintext !== 'false')
        throw unusable('is neither true nor false', PLAINTEXT);
      if (parsed === null || !['https:', 'http:'].includes(parsed.protocol))
        throw unusable('is not a URL of https: or http:');
      if (parsed.username !== '' || parsed.password !== '')
        throw unusable('carries a user name or a password');
      if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '')
        throw unusable('says more than where to find it');
      if (parsed.protocol === 'http:' && plaintext !== 'true' && !isLoopback(parsed.hostname))
        throw unusable('is not https:, and leads to another machine');
      return parsed.origin;
    }),
});
