import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '@tripoint/kernel';
import { JsonLog } from '@tripoint/platform';

/** Says that a folder is ours, so that `--fresh` never empties somebody else's. */
const MARK = 'tripoint-data';

/** The one folder of a standalone hub: database server, keys, logs, and what the demo has to remember. */
export class DataFolder {
  readonly postgres: string;
  readonly federation: string;
  readonly #logs: string;
  readonly #streams: ReturnType<typeof createWriteStream>[] = [];

  private constructor(readonly path: string) {
    this.postgres = join(path, 'postgres');
    this.federation = join(path, 'federation');
    this.#logs = join(path, 'logs');
  }

  /**
   * Opens the folder, or makes it.
   * @throws {HubError} `data-folder-foreign` when it holds something else, `data-folder-denied` when it cannot be made
   */
  static async open(path: string): Promise<DataFolder> {
    const folder = new DataFolder(path);
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      const names = await readdir(path);
      if (!names.includes(MARK) && names.length > 0)
        throw new HubError(
          'data-folder-foreign',
          `\`${path}\` is not empty and was not made by Tripoint; choose another with --data`,
          false,
        );
      await writeFile(
        join(path, MARK),
        'made by Tripoint; delete the whole folder or nothing of it\n',
      );
      await mkdir(folder.#logs, { recursive: true, mode: 0o700 });
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      throw new HubError('data-folder-denied', `\`${path}\` cannot be used (${code})`, false, {
        cause,
      });
    }
    return folder;
  }

  /** Deletes everything but the folder itself. Call it only while no server runs in it. */
  async empty(): Promise<void> {
    for (const name of await readdir(this.path))
      if (name !== MARK) await rm(join(this.path, name), { recursive: true, force: true });
    await mkdir(this.#logs, { recursive: true, mode: 0o700 });
  }

  /** What `name` holds, or what `make` gives, kept from then on. Readable by its owner alone. */
  async kept<T>(name: string, make: () => T): Promise<T> {
    const path = join(this.path, name);
    try {
      return JSON.parse(await readFile(path, 'utf8')) as T;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    }
    const value = make();
    await this.write(name, value);
    return value;
  }

  /** Replaces what `name` holds, whole or not at all. */
  async write(name: string, value: unknown): Promise<void> {
    const path = join(this.path, name);
    const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
    await writeFile(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
    await chmod(unfinished, 0o600);
    await rename(unfinished, path);
  }

  /** The log of one application: a file of its own. */
  log(app: string): JsonLog {
    const stream = createWriteStream(join(this.#logs, `${app}.log`), { flags: 'a', mode: 0o600 });
    // A full disk must not end the process that could still answer what it holds.
    stream.on('error', () => undefined);
    this.#streams.push(stream);
    return new JsonLog(app, 'info', (line) => stream.write(line));
  }

  /** Writes what the logs still hold. */
  async close(): Promise<void> {
    await Promise.all(
      this.#streams.map((stream) => new Promise<void>((resolve) => stream.end(resolve))),
    );
  }
}
