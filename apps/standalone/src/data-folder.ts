import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FolderLock, lockFolder } from '@tripoint/adapters/embedded';
import { HubError } from '@tripoint/kernel';
import { JsonLog } from '@tripoint/platform';

/** Says that a folder is ours, so that `--fresh` never empties somebody else's. */
const MARK = 'tripoint-data';

/**
 * Makes a folder and those above it, one by one: Node's own recursive `mkdir` never returns where the system says of an
 * existing parent that it is not there, as under /proc.
 */
const made = async (path: string): Promise<void> => {
  const make = (): Promise<'made' | 'no-parent'> =>
    mkdir(path, { mode: 0o700 }).then(
      () => 'made',
      async (cause: unknown) => {
        const { code } = cause as NodeJS.ErrnoException;
        if (code === 'ENOENT' && dirname(path) !== path) return 'no-parent';
        if (code === 'EEXIST' && (await stat(path)).isDirectory()) return 'made';
        throw cause;
      },
    );
  if ((await make()) === 'made') return;
  await made(dirname(path));
  if ((await make()) === 'no-parent')
    throw Object.assign(new Error('no folder can be made here'), { code: 'ENOENT' });
};

/** What the system's codes mean to the person who named the folder. */
const DENIED: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a disk that can only be read',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'something in its path is not a folder',
  EEXIST: 'it is not a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** The one folder of a standalone hub: database server, keys, logs, and what the demo has to remember. */
export class DataFolder {
  readonly postgres: string;
  readonly federation: string;
  readonly #logs: string;
  readonly #streams: ReturnType<typeof createWriteStream>[] = [];

  #lock: FolderLock | undefined;

  private constructor(readonly path: string) {
    this.postgres = join(path, 'postgres');
    this.federation = join(path, 'federation');
    this.#logs = join(path, 'logs');
  }

  /**
   * Opens the folder, or makes it, and keeps every other process out of it until it is closed.
   * @throws {HubError} `data-folder-foreign` when it holds something else, `data-folder-in-use` when another process has
   * it, `data-folder-denied` when it cannot be made
   */
  static async open(path: string): Promise<DataFolder> {
    const folder = new DataFolder(path);
    try {
      await made(path);
      const names = await readdir(path);
      if (!names.includes(MARK) && names.length > 0)
        throw new HubError(
          'data-folder-foreign',
          `\`${path}\` is not empty and was not made by Tripoint; choose another with --data`,
          false,
        );
      folder.#lock = await lockFolder(path);
      await writeFile(
        join(path, MARK),
        'made by Tripoint; delete the whole folder or nothing of it\n',
      );
      await made(folder.#logs);
    } catch (cause) {
      await folder.close();
      if (cause instanceof HubError) throw cause;
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      const why = DENIED[code] ?? code;
      throw new HubError('data-folder-denied', `\`${path}\` cannot be used: ${why}`, false, {
        cause,
      });
    }
    return folder;
  }

  /** Deletes everything but the folder itself. Call it only while no server runs in it. */
  async empty(): Promise<void> {
    for (const name of await readdir(this.path))
      if (name !== MARK) await rm(join(this.path, name), { recursive: true, force: true });
    await made(this.#logs);
  }

  /** What `name` holds, or what `make` gives, kept from then on. Readable by its owner alone. */
  async kept<T>(name: string, make: () => T): Promise<T> {
    const held = await this.#text(name);
    if (held !== undefined) return JSON.parse(held) as T;
    const value = make();
    await this.write(name, value);
    return value;
  }

  /** The same for one line of text, as programs take a secret from a file. */
  async keptLine(name: string, make: () => string): Promise<string> {
    const held = (await this.#text(name))?.trim();
    if (held !== undefined && held !== '') return held;
    const line = make();
    await this.#replace(name, `${line}\n`);
    return line;
  }

  /** Replaces what `name` holds, whole or not at all. */
  write(name: string, value: unknown): Promise<void> {
    return this.#replace(name, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.path, name), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      return undefined;
    }
  }

  async #replace(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
    await writeFile(unfinished, text, { mode: 0o600 });
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

  /** Writes what the logs still hold, and lets go of the folder. */
  async close(): Promise<void> {
    await Promise.all(
      this.#streams.map((stream) => new Promise<void>((resolve) => stream.end(resolve))),
    );
    await this.#lock?.release();
  }
}
