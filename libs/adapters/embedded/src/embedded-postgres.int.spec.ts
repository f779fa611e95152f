import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { type ConnectionSettings } from './connection-settings.js';
import { ensureDatabase } from './databases.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

const PATIENCE = 60_000;
const CANARY = 'plate-CB1234AB';

const asked = async (
  settings: ConnectionSettings,
  statement: string,
  values: readonly unknown[] = [],
): Promise<unknown> => {
  const client = new Client({ ...settings });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<{ answer: unknown }>(statement, [...values])).rows[0]?.answer;
  } finally {
    await client.end();
  }
};

/** Another process that starts a server over `folder`; resolves with what it says once it stands, or does not. */
const otherProcess = async (folder: string) => {
  const program = join(import.meta.dirname, 'testing', 'start-server.js');
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const said = JSON.parse(line) as { superuser?: ConnectionSettings; code?: string };
  const killed = async (): Promise<void> => {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  return { ...said, killed };
};

const postmaster = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('an embedded server', () => {
  let home: string;
  let folder: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    // As under a home that only its owner may enter, in a folder with a name people give.
    home = await mkdtemp(join(tmpdir(), 'tripoint-home-'));
    folder = join(home, 'данни of the hub', 'postgres');
    server = await startEmbeddedPostgres(folder);
    await asked(server.superuser, 'CREATE TABLE kept AS SELECT 41 AS answer');
  }, PATIENCE);
  afterAll(async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  });

  /** Whether the server answers and still has what was written before. */
  const serves = async (): Promise<boolean> =>
    Number(await asked(server.superuser, 'SELECT answer FROM kept')) >= 41;

  it.each([
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['synchronous_commit', 'on'],
    ['data_checksums', 'on'],
    ['server_encoding', 'UTF8'],
    ['listen_addresses', '127.0.0.1'],
    ['log_statement', 'none'],
    ['log_min_error_statement', 'panic'],
    ['log_parameter_max_length_on_error', '0'],
    ['max_connections', '400'],
  ])('runs with %s %s', async (setting, value) => {
    expect(await asked(server.superuser, 'SELECT current_setting($1) AS answer', [setting])).toBe(
      value,
    );
  });

  it('orders by code point and raises letters of every script', async () => {
    expect(
      await asked(
        server.superuser,
        `SELECT string_agg(upper(w), ' ' ORDER BY w) AS answer
        FROM unnest(ARRAY['ж', 'a', 'λ', 'B', 'ş']) AS w`,
      ),
    ).toBe('B A Ş Λ Ж');
  });

  it('wants its password, which only its owner can read', async () => {
    const wrong = { ...server.superuser, password: 'postgres' };
    await expect(asked(wrong, 'SELECT 1 AS answer')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(folder, 'superuser-password'))).mode & 0o777).toBe(0o600);
  });

  it('writes nothing of what people wrote into its log', async () => {
    const { superuser } = server;
    await asked(superuser, 'CREATE TABLE plate (plate text UNIQUE, count int CHECK (count < 5))');
    await asked(superuser, 'INSERT INTO plate VALUES ($1, 1)', [CANARY]);
    const failing: readonly [string, readonly unknown[]][] = [
      ['INSERT INTO plate VALUES ($1, 1)', [CANARY]],
      [`INSERT INTO plate VALUES ('${CANARY}', 9)`, []],
      [`SELECT '${CANARY}'::int`, []],
      ['SELECT $1::int', [CANARY]],
      [`SELEC '${CANARY}'`, []],
      [`DO $$ BEGIN RAISE EXCEPTION '%', '${CANARY}'; END $$`, []],
    ];
    for (const [statement, values] of failing)
      await expect(asked(superuser, statement, values)).rejects.toHaveProperty('severity');
    const log = await readFile(join(folder, 'server.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain(CANARY);
  });

  it(
    'refuses a second start over its folder, from this process and from another',
    async () => {
      await expect(startEmbeddedPostgres(folder)).rejects.toMatchObject({
        code: 'data-folder-in-use',
      });
      const other = await otherProcess(folder);
      await other.killed();
      expect(other.code).toBe('data-folder-in-use');
      expect(await serves()).toBe(true);
    },
    PATIENCE,
  );

  it(
    'refuses a port that is in use and lets go of the folder',
    async () => {
      const busy = createServer().listen(0, '127.0.0.1');
      await once(busy, 'listening');
      const { port } = busy.address() as AddressInfo;
      const elsewhere = join(home, 'busy');
      await expect(startEmbeddedPostgres(elsewhere, port)).rejects.toMatchObject({
        code: 'port-busy',
        retriable: true,
      });
      busy.close();
      await once(busy, 'close');
      const started = await startEmbeddedPostgres(elsewhere, port);
      expect(started.superuser.port).toBe(port);
      await started.stop();
    },
    PATIENCE,
  );

  it(
    'keeps what was written when it is stopped and started',
    async () => {
      await server.stop();
      await server.stop();
      await server.exited;
      server = await startEmbeddedPostgres(folder);
      expect(await serves()).toBe(true);
    },
    PATIENCE,
  );

  it(
    'keeps what was committed when it is killed with sessions open, and serves again at the same place',
    async () => {
      const client = new Client({ ...server.superuser });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('UPDATE kept SET answer = 1000');
      const cut = new Promise<void>((resolve) => {
        client.once('end', resolve);
      });
      const killed = await postmaster(folder);
      process.kill(killed, 'SIGKILL');
      await cut;
      const answer = async (): Promise<unknown> => {
        for (const deadline = Date.now() + PATIENCE; ;)
          try {
            return await asked(server.superuser, 'SELECT answer FROM kept');
          } catch (error) {
            if (Date.now() > deadline) throw error;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
      };
      expect(await answer()).toBe(1000);
      expect(await postmaster(folder)).not.toBe(killed);
    },
    PATIENCE,
  );

  it(
    'says that it has gone when it ends again and again',
    async () => {
      const elsewhere = join(home, 'short-lived');
      const short = await startEmbeddedPostgres(elsewhere);
      const gone = { yet: false };
      const watched = short.exited.then(() => {
        gone.yet = true;
      });
      const killed = new Set<number>();
      while (!gone.yet) {
        const pid = await postmaster(elsewhere).catch(() => 0);
        if (pid > 0 && !killed.has(pid)) process.kill(pid, 'SIGKILL');
        killed.add(pid);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await watched;
      await short.stop();
      const again = await startEmbeddedPostgres(elsewhere);
      await again.stop();
    },
    PATIENCE,
  );

  it(
    'starts where a killed process had a server',
    async () => {
      await server.stop();
      const other = await otherProcess(folder);
      await asked(other.superuser!, 'UPDATE kept SET answer = 2000');
      await other.killed();
      server = await startEmbeddedPostgres(folder);
      expect(await asked(server.superuser, 'SELECT answer FROM kept')).toBe(2000);
    },
    PATIENCE,
  );

  it(
    'ends a server that outlived its process',
    async () => {
      await server.stop();
      const other = await otherProcess(folder);
      const orphan = await postmaster(folder);
      // Stopped, it cannot notice that its parent dies.
      process.kill(orphan, 'SIGSTOP');
      await other.killed();
      server = await startEmbeddedPostgres(folder);
      expect(await postmaster(folder)).not.toBe(orphan);
      expect(await serves()).toBe(true);
    },
    PATIENCE,
  );

  it(
    'is not taken in by a note whose number belongs to a stranger by now',
    async () => {
      await server.stop();
      const stranger = spawn('sleep', ['600']);
      const note = join(folder, 'cluster', 'postmaster.pid');
      await writeFile(note, `${stranger.pid!}\n${join(folder, 'cluster')}\n0\n1\n\n\n\nready\n`);
      server = await startEmbeddedPostgres(folder);
      expect(stranger.exitCode).toBeNull();
      expect(stranger.signalCode).toBeNull();
      stranger.kill();
      expect(await serves()).toBe(true);
    },
    PATIENCE,
  );

  it(
    'begins again where making the cluster was cut short',
    async () => {
      const halfway = join(home, 'halfway');
      await mkdir(join(halfway, 'cluster.new', 'base'), { recursive: true, mode: 0o700 });
      await writeFile(join(halfway, 'superuser-password'), 'of the first attempt');
      const started = await startEmbeddedPostgres(halfway);
      await expect(asked(started.superuser, 'SELECT 1 AS answer')).resolves.toBe(1);
      await started.stop();
    },
    PATIENCE,
  );

  it('refuses the files of another version', async () => {
    const old = join(home, 'old');
    await mkdir(join(old, 'cluster'), { recursive: true, mode: 0o700 });
    await writeFile(join(old, 'cluster', 'PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres(old)).rejects.toMatchObject({
      code: 'data-folder-of-other-version',
    });
  });

  it('says so when the folder cannot be made', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    await expect(startEmbeddedPostgres(join(file, 'postgres'))).rejects.toMatchObject({
      code: 'data-folder-denied',
    });
  });

  it(
    'says so when its password has been lost',
    async () => {
      const lost = join(home, 'lost');
      await (await startEmbeddedPostgres(lost)).stop();
      await rm(join(lost, 'superuser-password'));
      await expect(startEmbeddedPostgres(lost)).rejects.toMatchObject({
        code: 'data-folder-incomplete',
      });
    },
    PATIENCE,
  );

  it(
    'gives a role back to its database after a restart, with a new password',
    async () => {
      const before = await ensureDatabase(server.superuser, 'agency');
      await asked(before, 'CREATE TABLE own AS SELECT 7 AS answer');
      await server.stop();
      server = await startEmbeddedPostgres(folder);
      const after = await ensureDatabase(server.superuser, 'agency');
      expect(await asked(after, 'SELECT answer FROM own')).toBe(7);
    },
    PATIENCE,
  );
});
