import { open, unlink } from 'node:fs/promises';
import { UsageError } from './command.js';

/**
 * Takes the place before anything is asked for: what a door hands out it has recorded as taken, and it would be lost for want of
 * a place. Nothing is left of it when nothing comes.
 * @throws {UsageError} `bad-arguments` when the place is taken or cannot be had
 */
export const intoNewFile = async <T>(
  path: string,
  fetched: () => Promise<{ readonly bytes: Uint8Array; readonly answer: T }>,
): Promise<T> => {
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const why = isTaken ? 'exists and is not replaced' : 'cannot be written';
    throw new UsageError('bad-arguments', `--out: ${path} ${why}`, { cause });
  });
  try {
    const { bytes, answer } = await fetched();
    await file.writeFile(bytes);
    await file.sync();
    return answer;
  } catch (thrown) {
    await unlink(path).catch(() => undefined);
    throw thrown;
  } finally {
    await file.close();
  }
};
