import {
  isAgencyId,
  isChainId,
  isFingerprint,
  type AgencyId,
  type ChainId,
  type Fingerprint,
} from '@tripoint/kernel';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from '../command.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The options of a command line, checked against what the command knows. */
export const optionsOf = <const O extends Options>(args: readonly string[], options: O) => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    throw new UsageError('bad-arguments', cause instanceof Error ? cause.message : 'unreadable', {
      cause,
    });
  }
};

/** What every command that makes a statement takes. */
export const CEREMONY_OPTIONS = {
  dir: { type: 'string', default: 'federation' },
  'sign-with': { type: 'string', multiple: true, default: [] as string[] },
  hub: { type: 'string' },
} as const;

export const CEREMONY_USAGE = [
  '  --dir FOLDER       the federation’s folder (default: federation)',
  '  --sign-with ROOT   a root in the folder, or the path of its own folder; once for each root that signs',
  '  --hub URL          sends the statement there once enough roots have signed',
].join('\n');

/** An option that may not be left out. */
export const required = (name: string, value: string | undefined): string => {
  if (value === undefined || value === '')
    throw new UsageError('bad-arguments', `--${name} is missing`);
  return value;
};

/** A number of things, in decimal digits. */
export const count = (name: string, text: string): number => {
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text)) throw new UsageError('bad-arguments', `--${name} is not a number`);
  return value;
};

/** One of the codes of a closed list. */
export const code = <const C extends string>(
  name: string,
  text: string,
  codes: readonly C[],
): C => {
  const found = codes.find((known) => known === text);
  if (found === undefined)
    throw new UsageError('bad-arguments', `--${name} is one of ${codes.join(', ')}`);
  return found;
};

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `20s`, `5m`, `8h` or `3d`, in seconds; more than none. */
export const duration = (name: string, text: string): number => {
  const [, digits, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined)
    throw new UsageError(
      'bad-arguments',
      `--${name} is a number from 1 with s, m, h or d behind it`,
    );
  return Number(digits) * SECONDS[unit as keyof typeof SECONDS];
};

export const agencyId = (name: string, text: string | undefined): AgencyId => {
  const value = required(name, text);
  if (!isAgencyId(value))
    throw new UsageError(
      'bad-arguments',
      `--${name} is lower-case words with hyphens between them`,
    );
  return value;
};

export const chainId = (name: string, text: string | undefined): ChainId => {
  const value = required(name, text);
  if (!isChainId(value)) throw new UsageError('bad-arguments', `--${name} is <agency>-<number>`);
  return value;
};

export const fingerprint = (name: string, text: string): Fingerprint => {
  const value = text.toLowerCase().replaceAll(/[\s:]/g, '');
  if (!isFingerprint(value))
    throw new UsageError('bad-arguments', `--${name} is 64 hexadecimal digits`);
  return value;
};
