import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { freshDatabase, testSuperuser } from '@tripoint/adapters/embedded/testing';
import { type Digest, type Fingerprint } from '@tripoint/kernel';
import { Client } from 'pg';
import { HubDatabase } from './hub/hub-database.js';
import { scrub } from './scrub.js';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let hub: HubDatabase;
let superuser: ConnectionSettings;
beforeAll(async () => {
  fresh = await freshDatabase('scrub');
  hub = new HubDatabase(fresh.config);
  await hub.migrate();
  superuser = { ...testSuperuser(), database: fresh.config.database };
}, 60_000);
afterAll(async () => {
  await hub.close();
  await fresh.drop();
});

const hex = () => randomBytes(32).toString('hex');
const erasedOne = async (): Promise<void> => {
  const descriptor = hex() as Digest;
  await hub.vault.stage([
    { descriptor, agency: hex() as Fingerprint, wrap: new Uint8Array(randomBytes(120)) },
  ]);
  await hub.vault.erase([descriptor]);
};
const asAdmin = (statement: string): Promise<void> => during([statement], () => Promise.resolve());
const during = async <T>(statements: readonly string[], work: () => Promise<T>): Promise<T> => {
  const other = new Client({ ...fresh.config });
  await other.connect();
  try {
    for (const statement of statements) await other.query(statement);
    return await work();
  } finally {
    await other.end();
  }
};

describe('a scrub', () => {
  it('has nothing to do where nothing was deleted', async () => {
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: true });
    await hub.vault.erase([hex() as Digest]);
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: true });
    await erasedOne();
    expect(await scrub(superuser, 'hub')).toEqual({
      idle: false,
      rewritten: 2,
      left: [],
      log: true,
    });
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: true });
  });

  it('does not take for gone what somebody still sees, and is due until it is', async () => {
    await during(['begin isolation level repeatable read', 'select from wraps'], async () => {
      await erasedOne();
      await expect(scrub(superuser, 'hub', { patience: 0 })).rejects.toMatchObject({
        code: 'scrub-waits',
        retriable: true,
      });
    });
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: false, left: [] });
  });

  /** Begins a scrub that finds a reader of `wraps` there when it comes to write that anew. */
  const intoUse = async <T>(
    lockWait: number,
    work: (scrubbing: ReturnType<typeof scrub>) => Promise<T>,
  ): Promise<T> => {
    const [older, reader] = [new Client({ ...fresh.config }), new Client({ ...fresh.config })];
    await Promise.all([older.connect(), reader.connect()]);
    try {
      await older.query('begin');
      await older.query('select from quarantine');
      await erasedOne();
      const scrubbing = scrub(superuser, 'hub', { lockWait, longest: 600_000 });
      scrubbing.catch(() => undefined);
      // It has noted who was there before; who comes now is not waited for.
      await untilScrubbing(`query like '%virtualxid%' and state = 'idle'`);
      await reader.query('begin');
      await reader.query('select from wraps');
      await older.query('rollback');
      return await work(scrubbing);
    } finally {
      await Promise.all([older.end(), reader.end()]);
    }
  };
  const untilScrubbing = async (condition: string): Promise<number> => {
    const client = new Client({ ...superuser });
    await client.connect();
    try {
      for (;;) {
        const { rows } = await client.query<{ pid: number }>(
          `select pid from pg_stat_activity where application_name = 'tripoint-scrub' and ${condition}`,
        );
        if (rows[0] !== undefined) return rows[0].pid;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      await client.end();
    }
  };

  it('leaves a table that is in use, and comes again', async () => {
    await intoUse(20, async (scrubbing) => {
      expect(await scrubbing).toMatchObject({ left: [{ table: 'wraps', code: 'in-use' }] });
    });
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: false, left: [] });
  });

  it('is done again whole when it was cut off in the middle', async () => {
    await intoUse(600_000, async (scrubbing) => {
      const pid = await untilScrubbing(`query like 'vacuum (full)%'`);
      const admin = new Client({ ...superuser });
      await admin.connect();
      await admin.query('select pg_terminate_backend($1)', [pid]);
      await admin.end();
      await expect(scrubbing).rejects.toMatchObject({ retriable: true });
    });
    expect(await scrub(superuser, 'hub')).toEqual({
      idle: false,
      rewritten: 2,
      left: [],
      log: true,
    });
  });

  it('leaves a table that takes too long, and comes again', async () => {
    await erasedOne();
    await asAdmin(
      `insert into quarantine (digest, agency, code, bytes)
       select sha256(n::text::bytea), 'x', 'y', sha256(n::text::bytea) from generate_series(1, 20000) as n`,
    );
    expect(await scrub(superuser, 'hub', { longest: 8 })).toMatchObject({
      left: expect.arrayContaining([{ table: 'quarantine', code: 'too-large' }]),
    });
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: false, left: [] });
  });

  it('says that the log stays where it may not drop it, and does what it may once', async () => {
    await erasedOne();
    expect(await scrub(fresh.config, 'hub')).toMatchObject({ left: [], log: false });
    expect(await scrub(superuser, 'hub')).toMatchObject({ idle: true });
    expect(await scrub(superuser, 'hub', { always: true })).toMatchObject({
      idle: false,
      log: true,
    });
  });
});
