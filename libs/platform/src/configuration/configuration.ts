import { HubError } from '@tripoint/kernel';

/**
 * Reads a file whole, and refuses a `secret` one that others may read.
 * @throws {HubError} `key-missing`, `key-exposed`, or another code when it cannot be read
 */
export type ReadFile = (path: string, secret: boolean) => Promise<Uint8Array>;

/** What one setting is read from: the variables that begin with its name, and the files that they name. */
export type Source = {
  /** The text of `NAME` followed by `ending`; undefined when it is not set or empty. */
  readonly given: (ending: string) => string | undefined;
  readonly readFile: ReadFile;
};

/** One thing wrong with a setting: which of its variables, and words that complete "`NAME` …". */
export type SettingFault = { readonly ending: string; readonly words: string };

/** What a setting throws; it carries no value, since values can be secrets. */
export class SettingError extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    super(faults.map(({ words }) => words).join('; '));
  }
}

/** Reads one setting. */
export type Setting<Value> = {
  /** What may follow its name; `''` is the name itself. The first one is the one that is missed. */
  readonly endings: readonly string[];
  /** @throws {SettingError} when it is there and not usable */
  readonly read: (source: Source) => Promise<Value>;
  /** For when none of its variables is set. */
  readonly fallback?: { readonly value: Value };
};

/** Settings by the member that each becomes. */
export type Shape = Readonly<Record<string, Setting<unknown>>>;
/** What a shape is read into. */
export type Configured<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer Value> ? Value : never;
};

/** The settings are not usable. Its message names every fault at once, and no value: values can be secrets. */
export class ConfigurationError extends HubError {
  constructor(readonly faults: readonly string[]) {
    super('configuration-invalid', `the configuration is not usable: ${faults.join('; ')}`, false);
  }
}

/** A fault of the variable that bears the setting's own name. */
export const unusable = (words: string, ending = ''): SettingError =>
  new SettingError([{ ending, words }]);

/** A setting of one variable. `parse` throws a SettingError whose words complete "`NAME` …". */
export const setting = <Value>(parse: (text: string) => Value): Setting<Value> => ({
  endings: [''],
  read: ({ given }) => Promise.resolve().then(() => parse(given('') ?? '')),
});

/** Makes a setting optional. */
export const withDefault = <Value, const Other = Value>(
  one: Setting<Value>,
  value: Other,
): Setting<Value | Other> => ({ ...one, fallback: { value } });

/** A setting that may be left out, and is undefined then. */
export const optional = <Value>(one: Setting<Value>): Setting<Value | undefined> =>
  withDefault(one, undefined);

/**
 * Reads every setting of `shape` from `variables`, `PREFIX_NAME` for the member `name`, and reports
 * all faults at once. A variable that starts with the prefix and belongs to no setting is a fault
 * too: it is a misspelt one.
 * @throws {ConfigurationError} when anything is missing, unknown or out of bounds
 */
export const configuration = async <S extends Shape>(
  prefix: string,
  shape: S,
  variables: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile,
): Promise<Configured<S>> => {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [member, { endings, read, fallback }] of Object.entries(shape)) {
    const name = `${prefix}_${member.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const given = (ending: string): string | undefined => {
      const text = variables[name + ending];
      return text === '' ? undefined : text;
    };
    for (const ending of endings) known.add(name + ending);
    if (endings.every((ending) => given(ending) === undefined)) {
      if (fallback === undefined) faults.push(`\`${name}${endings[0] ?? ''}\` is missing`);
      else values[member] = fallback.value;
      continue;
    }
    try {
      values[member] = await read({ given, readFile });
    } catch (thrown) {
      if (!(thrown instanceof SettingError)) throw thrown;
      faults.push(...thrown.faults.map(({ ending, words }) => `\`${name}${ending}\` ${words}`));
    }
  }
  for (const name of Object.keys(variables).sort())
    if (name.startsWith(`${prefix}_`) && !known.has(name))
      faults.push(`\`${name}\` is not a setting`);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return values as Configured<S>;
};
