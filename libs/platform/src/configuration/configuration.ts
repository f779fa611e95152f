import { HubError } from '@tripoint/kernel';

/** Reads one setting from its text. Throws an Error whose message completes "`NAME` …". */
export type Setting<Value> = {
  readonly parse: (text: string) => Value;
  readonly fallback?: { readonly value: Value };
};

type Shape = Readonly<Record<string, Setting<unknown>>>;
type Configured<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer Value> ? Value : never;
};

/** The settings are not usable. Its message names every fault at once, and no value: values can be secrets. */
export class ConfigurationError extends HubError {
  constructor(readonly faults: readonly string[]) {
    super('configuration-invalid', `the configuration is not usable: ${faults.join('; ')}`, false);
  }
}

/** Makes a setting optional. */
export const withDefault = <Value>(setting: Setting<Value>, value: Value): Setting<Value> => ({
  ...setting,
  fallback: { value },
});

/** A line of text without control characters. */
export const text = ({ longest = 1024 }: { readonly longest?: number } = {}): Setting<string> => ({
  parse: (given) => {
    if (given.length > longest) throw new Error(`is longer than ${longest} characters`);
    // eslint-disable-next-line no-control-regex -- control characters are what is refused here
    if (/[\u0000-\u001f\u007f]/.test(given)) throw new Error('contains a control character');
    return given;
  },
});

/** A whole number within bounds, in decimal digits and nothing else. */
export const integer = ({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): Setting<number> => ({
  parse: (given) => {
    const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new Error(`is not a whole number from ${least} to ${most}`);
    return value;
  },
});

/** A TCP port; 0 lets the system choose. */
export const port = (): Setting<number> => integer({ least: 0, most: 65_535 });

/** `true` or `false`. */
export const flag = (): Setting<boolean> => ({
  parse: (given) => {
    if (given !== 'true' && given !== 'false') throw new Error('is neither true nor false');
    return given === 'true';
  },
});

/** One of a closed list of words. */
export const oneOf = <const Word extends string>(words: readonly Word[]): Setting<Word> => ({
  parse: (given) => {
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) throw new Error(`is not one of ${words.join(', ')}`);
    return word;
  },
});

/** An absolute URL of one of these schemes (`https:`), without user name and password. */
export const url = (schemes: readonly string[]): Setting<URL> => ({
  parse: (given) => {
    const parsed = URL.parse(given);
    if (parsed === null || !schemes.includes(parsed.protocol))
      throw new Error(`is not a URL of ${schemes.join(' or ')}`);
    if (parsed.username !== '' || parsed.password !== '')
      throw new Error('carries a user name or a password, which belong in settings of their own');
    return parsed;
  },
});

/** What a domain constructor accepts: `branded(isAgencyId, 'an agency')`. */
export const branded = <Value extends string>(
  accepts: (given: unknown) => given is Value,
  name: string,
): Setting<Value> => ({
  parse: (given) => {
    if (!accepts(given)) throw new Error(`is not ${name}`);
    return given;
  },
});

/**
 * Reads every setting of `shape` from `variables`, `PREFIX_NAME` for the member `name`, and reports
 * all faults at once. A variable that starts with the prefix and belongs to no setting is a fault
 * too: it is a misspelt one.
 * @throws {ConfigurationError} when anything is missing, unknown or out of bounds
 */
export const configuration = <S extends Shape>(
  prefix: string,
  shape: S,
  variables: Readonly<Record<string, string | undefined>>,
): Configured<S> => {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [member, setting] of Object.entries(shape)) {
    const name = `${prefix}_${member.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    known.add(name);
    const given = variables[name];
    if (given === undefined || given === '') {
      if (setting.fallback === undefined) faults.push(`\`${name}\` is missing`);
      else values[member] = setting.fallback.value;
      continue;
    }
    try {
      values[member] = setting.parse(given);
    } catch (thrown) {
      faults.push(`\`${name}\` ${thrown instanceof Error ? thrown.message : 'is not usable'}`);
    }
  }
  for (const name of Object.keys(variables).sort())
    if (name.startsWith(`${prefix}_`) && !known.has(name))
      faults.push(`\`${name}\` is not a setting`);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return values as Configured<S>;
};
