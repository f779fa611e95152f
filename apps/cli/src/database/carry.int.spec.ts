import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ConnectionSettings,
  ensureDatabase,
  lockFolder,
  startEmbeddedPostgres,
} from '@tripoint/adapters/embedded';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase, HubDatabase } from '@tripoint/adapters/postgres';
import { type Instant } from '@tripoint/kernel';
import pg from 'pg';
import { runCommand } from '../dispatch.js';
import { database } from './database.command.js';

const prefix = `c${randomBytes(4).toString('hex')}-`;
const AGENCY = 'agency-gr-police';

const asked = async (
  settings: ConnectionSettings,
  ...statements: readonly string[]
): Promise<readonly unknown[]> => {
  const client = new pg.Client({ ...settings });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
};

/** Content that a careless copy would change: a NUL and half a pair in JSON, bytes, a list with a comma and a null, an instant. */
const ROWS = [
  `insert into chains (chain, next, prev) values ('gr-police-1', 2, 'ff'), ('gr-police-2', 0, '00')`,
  `insert into outbox (event, chain, seq, exchange, family, header, container, addressees, sealed_at, opened_by)
   select gen_random_uuid(), 'gr-police-1', seq, gen_random_uuid(), 'request', 'h', decode('00ff5c27', 'hex'), 1,
     '2026-11-26T01:02:03.004Z', array['a,b', '"', null]
   from generate_series(0, 60) as seq`,
  `insert into held_keys select event, 'd', 'core', '\\x00' from outbox where seq < 3`,
  `insert into commands (officer, key, request, response, at)
   values ('n', 'k', 'r', '{"b": "\\u0000\\ud800",  "a": 1.10}', now())`,
  `insert into findings (code, detail, at) values ('one', 'd', now()), ('two', 'd', now())`,
  `update read_head set size = 7, hash = repeat('a', 64)`,
  `insert into officers (id, name, password_hash, roles) values ('n', 'Νίκος', 'h', '{LIAISON_OFFICER}')`,
  `insert into sessions (token, officer, opened_at, expires_at) values ('t', 'n', now(), now())`,
];

describe('tripoint database carry', () => {
  let dir: string;
  let data: string;
  let environment: Record<string, string>;
  const admin = testSuperuser();
  const target = { ...admin, database: prefix + AGENCY };

  const tripoint = async (...words: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string): unknown => lines.push(line);
    const exit = await runCommand(database, words, {
      out: say,
      err: say,
      environment,
      now: () => '2026-11-26T12:00:00.000Z' as Instant,
      fetch,
    });
    return { exit, said: lines.join('\n') };
  };
  const carry = (...words: readonly string[]) =>
    tripoint('carry', ...words, '--from', data, '--prefix', prefix);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tripoint-databases-'));
    data = join(dir, 'data');
    await mkdir(data);
    const server = await startEmbeddedPostgres(join(data, 'postgres'));
    const [agency, hub] = [
      await ensureDatabase(server.superuser, AGENCY),
      await ensureDatabase(server.superuser, 'hub'),
    ];
    for (const one of [new AgencyDatabase(agency), new HubDatabase(hub)]) {
      await one.migrate();
      await one.close();
    }
    await asked(agency, ...ROWS);
    await asked(hub, `insert into positions values ('checkpoint', 'signed')`);
    await server.stop();
    const password = join(dir, 'admin.password');
    await writeFile(password, admin.password, { mode: 0o600 });
    environment = {
      TRIPOINT_SERVER: `postgres://${admin.host}:${admin.port}/postgres`,
      TRIPOINT_SERVER_USER: admin.user,
      TRIPOINT_SERVER_PASSWORD_FILE: password,
    };
    const where = ['--secrets', join(dir, 'roles'), '--prefix', prefix];
    await mkdir(join(dir, 'roles'), { mode: 0o700 });
    await tripoint('prepare', 'agency', '--agency', 'gr-police', ...where);
    await tripoint('prepare', 'hub', ...where);
  }, 120_000);
  afterAll(async () => {
    for (const name of [AGENCY, 'hub'])
      await asked(admin, `drop database if exists "${prefix}${name}" with (force)`);
    const roles = (await asked(
      admin,
      `select rolname from pg_roles where starts_with(rolname, '${prefix}')`,
    )) as readonly { readonly rolname: string }[];
    for (const { rolname } of roles) await asked(admin, `drop role "${rolname}"`);
    await rm(dir, { recursive: true, force: true });
  });

  it('brings every row as it is, once, and nobody who was signed in', async () => {
    const first = await carry('agency', '--agency', 'gr-police');
    expect(first).toEqual({
      exit: 0,
      said: expect.stringMatching(
        /^c\S+-agency-gr-police: the same 74 rows in \d+ tables; 71 were/,
      ),
    });
    expect(
      await asked(
        target,
        `select response::text as response, encode(container, 'hex') as container, opened_by, sealed_at::text
         from commands, outbox where seq = 60`,
      ),
    ).toEqual([
      {
        response: '{"b": "\\u0000\\ud800",  "a": 1.10}',
        container: '00ff5c27',
        opened_by: ['a,b', '"', null],
        sealed_at: expect.stringContaining('03.004'),
      },
    ]);
    expect(await asked(target, 'select * from sessions')).toEqual([]);
    // What counts by itself goes on where it was.
    expect(
      await asked(
        target,
        `insert into findings (code, detail, at) values ('three', 'd', now()) returning id`,
      ),
    ).toEqual([{ id: '3' }]);
    await asked(target, `delete from findings where code = 'three'`);
    const again = await carry('agency', '--agency', 'gr-police');
    expect(again).toEqual({ exit: 0, said: expect.stringContaining('; 0 were not there yet') });
    expect(await carry('hub')).toMatchObject({ exit: 0 });
  }, 120_000);

  it('replaces nothing that is there, and keeps nothing of half a carry', async () => {
    await asked(target, `update commands set request = 'another'`, 'truncate chains cascade');
    const before = await asked(target, 'select request from commands');
    const refused = await carry('agency', '--agency', 'gr-police');
    expect(refused).toEqual({
      exit: 1,
      said: expect.stringContaining(
        'carry-target-differs: `commands` of the target holds other rows',
      ),
    });
    expect(await asked(target, 'select request from commands')).toEqual(before);
    expect(await asked(target, 'select * from chains')).toEqual([]);
  }, 120_000);

  it('is refused before anything is opened, and while that npm start runs', async () => {
    expect(await carry('agency')).toMatchObject({ exit: 2 });
    expect(await carry('bus')).toMatchObject({ exit: 2 });
    expect(await tripoint('carry', 'hub', '--from', dir)).toMatchObject({ exit: 2 });
    const lock = await lockFolder(data);
    expect(await carry('hub')).toEqual({
      exit: 1,
      said: expect.stringContaining('data-folder-in-use'),
    });
    await lock.release();
  });
});
