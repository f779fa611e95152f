import { readFile } from 'node:fs/promises';
import { HttpLogSource, type LogSource } from '@tripoint/replay';
import { type Surroundings, UsageError } from '../command.js';
import { required } from '../federation/arguments.js';
import { SavedLog } from './saved-log.js';

/** What every command takes that reads a log. */
export const LOG_OPTIONS = {
  log: { type: 'string' },
  anchor: { type: 'string' },
  policy: { type: 'string' },
  'token-file': { type: 'string' },
} as const;

export const fileAt = async (name: string, path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new UsageError('bad-arguments', `--${name}: ${path} cannot be read`, { cause });
  });

const tokenIn = async (path: string): Promise<string> => {
  const token = (await fileAt('token-file', path)).toString().trim();
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError('bad-arguments', `--token-file: ${path} holds no token`);
  return token;
};

/** Whether a log is named by an address; anything else is a folder in which one was saved. */
export const isAddress = (log: string): boolean => /^https?:\/\//.test(log);

/** The log that was named: a hub's, or one that was saved. */
export const logOf = async (
  { log, 'token-file': token }: { readonly log?: string; readonly 'token-file'?: string },
  { fetch }: Pick<Surroundings, 'fetch'>,
): Promise<LogSource> => {
  const named = required('log', log);
  if (!isAddress(named)) return SavedLog.in(named);
  if (!URL.canParse(named)) throw new UsageError('bad-arguments', '--log is a URL, or a folder');
  return new HttpLogSource({
    url: named,
    ...(token === undefined ? {} : { token: await tokenIn(token) }),
    fetch,
  });
};
