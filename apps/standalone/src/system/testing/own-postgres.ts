import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ConnectionSettings,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@tripoint/adapters/embedded';
import { Client } from 'pg';
import { untilTrue } from '../../gates/testing/eventually.js';
import { hasSmallDisks, SmallDisk } from './small-disk.js';

/** What fits: a cluster, a few databases, and a log that grows while a test runs. */
const MEBIBYTES = 384;

/** A PostgreSQL server that a spec may do with as it likes, on a small disk of its own where there can be one. */
export class OwnPostgres {
  private constructor(
    private readonly folder: string,
    private readonly smallDisk: SmallDisk | undefined,
    private server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'tripoint-own-postgres-'));
    const disk = hasSmallDisks() ? await SmallDisk.over(folder, MEBIBYTES) : undefined;
    return new OwnPostgres(folder, disk, await startEmbeddedPostgres(folder));
  }

  get superuser(): ConnectionSettings {
    return this.server.superuser;
  }

  get disk(): SmallDisk {
    if (this.smallDisk === undefined) throw new Error('the server has no disk of its own');
    return this.smallDisk;
  }

  /** Ends it as a crash does. It comes back by itself. */
  async kill(): Promise<void> {
    const pid = await this.#pid();
    if (pid === undefined) throw new Error('the server does not run');
    process.kill(pid, 'SIGKILL');
    await untilTrue('it has been started again', async () => {
      const next = await this.#pid();
      return next !== undefined && next !== pid;
    });
    await this.answers();
  }

  /** Ends it as an administrator does. */
  stop(): Promise<void> {
    return this.server.stop();
  }

  /** After {@link stop}, or where it has ended for good: the same data, at the same address. */
  async start(): Promise<void> {
    const { port } = this.superuser;
    await this.server.stop();
    this.server = await startEmbeddedPostgres(this.folder, port);
  }

  /** Makes room on its disk, and starts it again if it has ended for want of it. */
  async recover(): Promise<void> {
    await this.disk.makeRoom();
    const state = await Promise.race([
      this.server.exited.then(() => 'has ended' as const),
      this.answers().then(() => 'answers' as const),
    ]);
    if (state === 'has ended') await this.start();
  }

  answers(): Promise<void> {
    return untilTrue('the server answers', () => this.#isThere());
  }

  async forget(): Promise<void> {
    await this.server.stop();
    await this.smallDisk?.remove();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #isThere(): Promise<boolean> {
    const client = new Client({ ...this.superuser });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #pid(): Promise<number | undefined> {
    for (const place of ['', 'elsewhere'])
      try {
        const note = await readFile(join(this.folder, place, 'cluster', 'postmaster.pid'), 'utf8');
        return Number(note.split('\n')[0]);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    return undefined;
  }
}
