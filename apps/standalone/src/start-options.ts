import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HubError } from '@tripoint/kernel';

/** How the standalone hub is started. */
export type StartOptions = {
  /** The one folder that everything is kept in. */
  readonly data: string;
  /** The hub's port; oversight and the agencies follow. */
  readonly port: number;
  /** Forget what the folder holds and begin again. */
  readonly fresh: boolean;
  readonly help: boolean;
};

export const USAGE = `usage: npm start -- [--data FOLDER] [--port N] [--fresh]

  --data FOLDER  where everything is kept (default: ./data)
  --port N       the hub's port; oversight and the agencies take the ones after it (default: 4100)
  --fresh        forget what the folder holds and found the demo federation anew
  --help         this text`;

const unusable = (message: string, cause?: unknown): HubError =>
  new HubError('bad-arguments', message, false, cause === undefined ? {} : { cause });

/** Reads the command line. @throws {HubError} `bad-arguments`, with a message for the person who typed them */
export const startOptions = (args: readonly string[]): StartOptions => {
  const parsed = (() => {
    try {
      return parseArgs({
        args: [...args],
        options: {
          data: { type: 'string', default: 'data' },
          port: { type: 'string', default: '4100' },
          fresh: { type: 'boolean', default: false },
          help: { type: 'boolean', short: 'h', default: false },
        },
      }).values;
    } catch (cause) {
      throw unusable(
        cause instanceof Error ? cause.message : 'the arguments are not understood',
        cause,
      );
    }
  })();
  const { data, port, fresh, help } = parsed;
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_000)
    throw unusable(`--port \`${port}\` is not a port number from 1 to 65000`);
  if (data.trim() === '') throw unusable('--data names no folder');
  return { data: resolve(data), port: Number(port), fresh, help };
};
