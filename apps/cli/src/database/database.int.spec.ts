import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectionSettings } from '@tripoint/adapters/embedded';
import { testSuperuser } from '@tripoint/adapters/embedded/testing';
import { type Instant } from '@tripoint/kernel';
import pg from 'pg';
import { runCommand, dispatch } from '../dispatch.js';
import { officer } from '../officer/officer.command.js';
import { database } from './database.command.js';

const tripoint = dispatch('tripoint', 'test', { database, officer });
const GR = 'gr-police';
const BG = 'bg-customs';
const prefix = `t${randomBytes(4).toString('hex')}-`;
const named = (name: string): string => `${prefix}${name}`;
const FRONT_DOOR = named(`agency-${GR}`);
const PROJECTOR = named(`projector-${GR}`);
const HUB = named('hub');

let dir: string;
const out: string[] = [];
const err: string[] = [];
let answers: string[] = [];

const environmentFor = async (
  variable: string,
  { user, password, database: name }: Pick<ConnectionSettings, 'user' | 'password' | 'database'>,
): Promise<Record<string, string>> => {
  const { host, port } = testSuperuser();
  const file = join(dir, `${user}-${name}.given`);
  await writeFile(file, password, { mode: 0o600 });
  return {
    [variable]: `postgres://${host}:${port}/${name}`,
    [`${variable}_USER`]: user,
    [`${variable}_PASSWORD_FILE`]: file,
  };
};

const run = (environment: Record<string, string>, ...words: string[]): Promise<number> =>
  runCommand(tripoint, words, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    environment,
    now: () => '2026-11-23T12:00:00.000Z' as Instant,
    fetch,
    ask: () => Promise.resolve(answers.shift() ?? ''),
  });

const asAdmin = async (settings: ConnectionSettings, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ ...settings });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
};

const secrets = (): string => join(dir, 'secrets');
const passwordOf = async (role: string): Promise<string> =>
  (await readFile(join(secrets(), `${role}.password`), 'utf8')).trim();

/** What becomes of a statement when a role gives it: `done`, or why not. */
const asRole = async (role: string, name: string, sql: string): Promise<string> => {
  const client = new pg.Client({
    ...testSuperuser(),
    user: role,
    password: await passwordOf(role),
    database: named(name),
  });
  try {
    await client.connect();
    await client.query('begin');
    await client.query(sql);
    return 'done';
  } catch (thrown) {
    const { code = 'unknown' } = thrown as { readonly code?: string };
    return code === '42501' ? 'not permitted' : code;
  } finally {
    await client.end();
  }
};

/** Somebody who may create databases and roles and is no superuser, as where a server is rented. */
const creator = { user: named('creator'), password: randomBytes(16).toString('hex') };

const prepareAll = async (): Promise<void> => {
  const environment = await environmentFor('TRIPOINT_SERVER', { ...creator, database: 'postgres' });
  const more = ['--secrets', secrets(), '--prefix', prefix];
  for (const words of [
    ['hub'],
    ['ledger'],
    ['bus', '--agency', GR, '--agency', BG],
    ['oversight'],
    ['agency', '--agency', GR, '--agency', BG],
  ])
    expect([await run(environment, 'database', 'prepare', ...words, ...more), ...err]).toEqual([0]);
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tripoint-database-'));
  await asAdmin(
    testSuperuser(),
    `create role "${creator.user}" login createdb createrole password '${creator.password}';
     grant connect on database postgres to "${creator.user}"`,
  );
  await prepareAll();
}, 120_000);

afterAll(async () => {
  const databases = await asAdmin(
    testSuperuser(),
    `select datname as name from pg_database where starts_with(datname, '${prefix}')`,
  );
  for (const { name } of databases as { name: string }[])
    await asAdmin(testSuperuser(), `drop database "${name}" with (force)`);
  const roles = await asAdmin(
    testSuperuser(),
    `select rolname as name from pg_roles where starts_with(rolname, '${prefix}') order by rolname = '${creator.user}'`,
  );
  for (const { name } of roles as { name: string }[])
    await asAdmin(testSuperuser(), `drop owned by "${name}"; drop role "${name}"`);
  await rm(dir, { recursive: true });
});

const UUID = '00000000-0000-4000-8000-000000000001';
const DISCLOSURE = `insert into court_files values ('${UUID}', 'o', 'PROSECUTION', '${UUID}', '', now());
  insert into court_keys (file, descriptor, event) values ('${UUID}', 'd', '${UUID}')`;
const PENDING = `insert into journal (event, exchange, item, revision, entry) values ('${UUID}', '${UUID}', '${UUID}', 1, '{}')`;
const RECORDED = `insert into journal (event, exchange, item, leaf, revision, entry) values ('${UUID}', '${UUID}', '${UUID}', 1, 1, '{}')`;
const message = (topic: string): string =>
  `select bus.publish(array['${topic}'], array[1], array[1], array[null]::json[], '\\x00')`;

describe('prepared databases', () => {
  it('keep passwords in files that only their owner reads, and show none', async () => {
    expect((await stat(join(secrets(), `${HUB}.password`))).mode & 0o777).toBe(0o600);
    expect(out.join('\n')).toContain(`role ${HUB}, its password in ${secrets()}/${HUB}.password`);
    expect(out.join('\n')).not.toContain(await passwordOf(HUB));
  });

  it('are prepared again without a change', async () => {
    const before = await passwordOf(HUB);
    await asAdmin(
      { ...testSuperuser(), database: FRONT_DOOR },
      `grant all on officers to "${PROJECTOR}"`,
    );
    expect(await asRole(PROJECTOR, `agency-${GR}`, 'select * from officers')).toBe('done');
    await prepareAll();
    expect(await passwordOf(HUB)).toBe(before);
    // A right that somebody has added is not among those that are needed.
    expect(await asRole(PROJECTOR, `agency-${GR}`, 'select * from officers')).toBe('not permitted');
  }, 120_000);

  it('have a right to every table, or a reason why nobody has one', async () => {
    for (const [name, roles] of [
      [`agency-${GR}`, [FRONT_DOOR, PROJECTOR]],
      ['hub', [HUB]],
    ] as const)
      expect(
        await asAdmin(
          { ...testSuperuser(), database: named(name) },
          `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (
             ${roles
               .map(
                 (role) => `has_table_privilege('${role}', oid, 'insert, update, select, delete')
                   or has_any_column_privilege('${role}', oid, 'insert, update, select')`,
               )
               .join(' or ')})`,
        ),
      ).toEqual([]);
  });

  it('cannot be entered in the name of an owner, or of somebody else', async () => {
    await writeFile(join(secrets(), `${named('hub')}-owner.password`), 'x', { mode: 0o600 });
    expect(await asRole(named('hub-owner'), 'hub', 'select 1')).not.toBe('done');
    expect(await asRole(FRONT_DOOR, `agency-${BG}`, 'select 1')).toBe('not permitted');
    expect(await asRole(FRONT_DOOR, 'hub', 'select 1')).toBe('not permitted');
    expect(await asRole(FRONT_DOOR, 'ledger', 'select 1')).toBe('not permitted');
    expect(await asRole(HUB, `agency-${GR}`, 'select 1')).toBe('not permitted');
  });

  it('refuse a role that may do more than ours', async () => {
    const environment = await environmentFor('TRIPOINT_SERVER', {
      ...testSuperuser(),
      database: 'postgres',
    });
    await asAdmin(testSuperuser(), `create role "${named('agency-mighty')}" superuser`);
    const words = ['--agency', 'mighty', '--secrets', secrets(), '--prefix', prefix];
    expect(await run(environment, 'database', 'prepare', 'agency', ...words)).toBe(1);
    expect(err.splice(0).join()).toContain('role-too-mighty');
  });
});

describe('what a front door may do', () => {
  it.each([
    ['decide', PENDING],
    ['take back what is pending', `delete from journal where event = '${UUID}'`],
    [
      'sign in officers',
      `select * from officers; insert into sessions select 'x', id, now(), now() from officers`,
    ],
    [
      'read what is on record',
      'select * from journal; select * from items; select * from timeline; select * from entities',
    ],
    [
      'record a read',
      `insert into reads values (0, 'o', 'p', null, null, null, null, '{}', now(), '', '')`,
    ],
    [
      'put a disclosure on record, and take its keys out',
      `${DISCLOSURE};
       select session_key from court_keys for update;
       update court_keys set session_key = null, disclosed_at = now()`,
    ],
    ['show what came', 'select * from handed_over left join ties using (size, root)'],
  ])('is to %s', async (_what, sql) => {
    expect(await asRole(FRONT_DOOR, `agency-${GR}`, sql)).toBe('done');
  });

  it.each([
    ['write what the log would have to say', RECORDED],
    ['change what is on record', `update journal set entry = '{}'`],
    ['claim a leaf for its envelope', 'update outbox set leaf = 1'],
    ['claim that it was opened', `update outbox set opened_by = '{x}'`],
    ['forget an envelope', 'delete from outbox'],
    ['move the mailbox', 'update mailbox set next = 7'],
    ['say who is registered', `insert into registry values (1, now(), 'registry', '', '')`],
    ['change a view', `update items set status = 'CLOSED'`],
    ['read a wrapped key', 'select wrap from kept_wraps'],
    [
      'wish for a signature',
      `insert into to_sign (key, kind, body, since) values ('k', 'receipt', '{}', now())`,
    ],
    ['change a read that was recorded', `update reads set purpose = 'OTHER'`],
    ['forget a read that was recorded', 'delete from reads'],
    ['change who took something to a court', `update court_files set officer = 'other'`],
    ['forget what was taken to a court', 'delete from court_keys'],
    ['say what came', `insert into handed_over values (1, 1, null, 1, '', '')`],
    ['change the schema', 'alter table journal disable row level security'],
    ['make a table', 'create table mine (x int)'],
    ['say which migrations there were', 'delete from migrations'],
  ])('is not to %s', async (_what, sql) => {
    expect(await asRole(FRONT_DOOR, `agency-${GR}`, sql)).toBe('not permitted');
  });

  it('is not to take back what is on record: it does not see such a row as its own', async () => {
    await asAdmin({ ...testSuperuser(), database: FRONT_DOOR }, RECORDED);
    await asRole(FRONT_DOOR, `agency-${GR}`, 'delete from journal; commit');
    expect(
      await asAdmin({ ...testSuperuser(), database: FRONT_DOOR }, 'select from journal'),
    ).toHaveLength(1);
    await asAdmin({ ...testSuperuser(), database: FRONT_DOOR }, 'delete from journal');
  });
});

describe('what a projector may do', () => {
  it.each([
    ['write what is on record', RECORDED],
    ['take back what the log rejected', `delete from journal where leaf is null`],
    [
      'say where an envelope stands',
      `update outbox set leaf = 1, leaf_at = now() where event = '${UUID}'`,
    ],
    [
      'leave what is to be signed',
      `insert into to_sign (key, kind, body, since) values ('k', 'receipt', '{}', now()) on conflict (key) where not done do nothing`,
    ],
    [
      'ask again for what the log would not have',
      `insert into to_sign (key, kind, exchange, item, body, since)
       select distinct on (key) key, kind, exchange, item, body, now() from to_sign where done
       on conflict (key) where not done do nothing`,
    ],
    ['forget keys of what is on record', `delete from held_keys where event = '${UUID}'`],
    [
      'keep what came, and how it is tied',
      `insert into handed_over (mailbox, leaf, event, size, root, bytes) values (1, 1, null, 1, '', '')
       on conflict (mailbox) do update set
         event = excluded.event, size = excluded.size, root = excluded.root, bytes = excluded.bytes;
       insert into ties (size, root, cosigned_size, note, hashes) values (1, '', 1, '', '')
       on conflict (size, root) do nothing`,
    ],
    [
      'hand over a key that was asked for',
      `select file, descriptor from court_keys join court_files on court_files.id = file
       where session_key is null and disclosed_at is null order by at;
       update court_keys set session_key = '' where session_key is null and disclosed_at is null`,
    ],
  ])('is to %s', async (_what, sql) => {
    expect(await asRole(PROJECTOR, `agency-${GR}`, sql)).toBe('done');
  });

  it.each([
    ['read accounts', 'select * from officers'],
    ['read sessions', 'select * from sessions'],
    ['sign somebody in', `insert into sessions values ('t', 'o', now(), now())`],
    ['read session keys of what is on its way', 'select session_key from held_keys'],
    ['read an envelope on its way', 'select container from outbox'],
    ['learn who decided it', 'select officer from outbox'],
    [
      'send something',
      `insert into outbox (event, chain, seq, exchange, family, header, addressees, sealed_at) values ('${UUID}', 'c', 0, '${UUID}', 'request', '', 0, now())`,
    ],
    ['move the chain', 'update chains set next = 0'],
    ['decide', PENDING],
    ['say that something was signed', 'update to_sign set done = true'],
    ['read what was read, and why', 'select * from reads'],
    ['disclose something', DISCLOSURE],
    ['learn who goes to a court', 'select officer from court_files'],
    ['take back that a key went out', 'update court_keys set disclosed_at = null'],
    ['read the words of a purpose', 'select * from read_texts'],
    ['answer a command', 'select * from commands'],
    ['change the schema', 'alter table journal disable row level security'],
  ])('is not to %s', async (_what, sql) => {
    expect(await asRole(PROJECTOR, `agency-${GR}`, sql)).toBe('not permitted');
  });

  it('is not to make pending again what is on record', async () => {
    await asAdmin({ ...testSuperuser(), database: FRONT_DOOR }, RECORDED);
    expect(await asRole(PROJECTOR, `agency-${GR}`, 'update journal set leaf = null')).toBe(
      'not permitted',
    );
    await asAdmin({ ...testSuperuser(), database: FRONT_DOOR }, 'delete from journal');
  });
});

describe('what a hub may do', () => {
  it.each([
    [
      'hub',
      'keep a wrap, and settle it',
      `insert into wraps (descriptor, agency, wrap) values ('', '', ''); update wraps set usable = true`,
    ],
    [
      'ledger',
      'append',
      `select ledger.append(0, array['chain-x'], array[0]::bigint[], array[1], array[1], '\\x00')`,
    ],
    ['bus', 'publish to a mailbox', message(`mailbox.${GR}`)],
    ['bus', 'forget what is old', 'delete from bus.message where at < now()'],
  ])('in %s is to %s', async (name, _what, sql) => {
    expect(await asRole(HUB, name, sql)).toBe('done');
  });

  it.each([
    ['hub', 'change a wrap', `update wraps set wrap = ''`],
    ['hub', 'undo an erasure', 'delete from tombstones'],
    ['hub', 'make a table', 'create table mine (x int)'],
    ['ledger', 'change an entry', `update ledger.entry set bytes = ''`],
    ['ledger', 'delete an entry', 'delete from ledger.entry'],
    ['ledger', 'empty it', 'truncate ledger.entry'],
    ['ledger', 'take the guard away', 'alter table ledger.entry disable trigger append_only'],
    ['bus', 'speak for an agency', message(`submissions.${GR}`)],
  ])('in %s is not to %s', async (name, _what, sql) => {
    expect(await asRole(HUB, name, sql)).toBe('not permitted');
  });
});

describe('what an agency may do on the bus', () => {
  it('is to submit, from either of its processes, and to take its own mailbox', async () => {
    for (const role of [FRONT_DOOR, PROJECTOR])
      expect(await asRole(role, 'bus', message(`submissions.${GR}`))).toBe('done');
    const move = `insert into bus.consumer values ('mailbox.${GR}', 'projector', 1)`;
    expect(await asRole(PROJECTOR, 'bus', move)).toBe('done');
  });

  it.each([
    ['submit for another', FRONT_DOOR, message(`submissions.${BG}`)],
    ['deliver to itself', PROJECTOR, message(`mailbox.${GR}`)],
    ['deliver to another', PROJECTOR, message(`mailbox.${BG}`)],
    [
      'move the place of another',
      PROJECTOR,
      `insert into bus.consumer values ('mailbox.${BG}', 'projector', 1)`,
    ],
    [
      'move the place of the registrar',
      FRONT_DOOR,
      `insert into bus.consumer values ('submissions.${GR}', 'registrar', 1)`,
    ],
    ['delete what was submitted', FRONT_DOOR, 'delete from bus.message'],
    ['change what was submitted', FRONT_DOOR, `update bus.message set value = ''`],
  ])('is not to %s', async (_what, role, sql) => {
    expect(await asRole(role, 'bus', sql)).toBe('not permitted');
  });

  it('is to see its own mailbox and nothing else, the projector alone', async () => {
    expect(
      await asRole(HUB, 'bus', `${message(`mailbox.${GR}`)}; ${message(`mailbox.${BG}`)}; commit`),
    ).toBe('done');
    expect(await asRole(FRONT_DOOR, 'bus', `${message(`submissions.${GR}`)}; commit`)).toBe('done');
    const topicsFor = async (role: string): Promise<unknown[]> =>
      asAdmin(
        {
          ...testSuperuser(),
          user: role,
          password: await passwordOf(role),
          database: named('bus'),
        },
        'select distinct topic from bus.message order by topic',
      );
    expect(await topicsFor(PROJECTOR)).toEqual([{ topic: `mailbox.${GR}` }]);
    expect(await topicsFor(FRONT_DOOR)).toEqual([]);
  });
});

describe('who scrubs', () => {
  const SCRUB = named('scrub');
  const scrubbed = async (...words: string[]): Promise<number> => {
    const given = { user: SCRUB, password: await passwordOf(SCRUB), database: 'postgres' };
    return run(await environmentFor('TRIPOINT_SERVER', given), 'database', 'scrub', ...words);
  };

  it('reads nothing and changes nothing', async () => {
    expect(await asRole(SCRUB, 'hub', 'select * from wraps')).toBe('not permitted');
    expect(await asRole(SCRUB, 'hub', 'delete from wraps')).toBe('not permitted');
    expect(await asRole(SCRUB, 'hub', 'update forgetting set forgotten = 0')).toBe('not permitted');
    expect(await asRole(SCRUB, `agency-${GR}`, 'select * from journal')).toBe('not permitted');
    expect(await asRole(SCRUB, 'bus', 'select * from bus.message')).toBe('not permitted');
    expect(await asRole(SCRUB, 'ledger', 'select 1')).toBe('not permitted');
  });

  it('writes anew what something was deleted from, once', async () => {
    expect(await scrubbed('hub', '--always', '--prefix', prefix)).toBe(1);
    expect(err.splice(0)).toEqual([`${named('hub')}: the write-ahead log stays: not-permitted`]);
    const { user, password } = testSuperuser();
    const superuser = await environmentFor('TRIPOINT_SERVER', {
      user,
      password,
      database: 'postgres',
    });
    const more = ['--secrets', secrets(), '--prefix', prefix, '--agency', GR];
    for (const kind of ['hub', 'bus', 'agency'])
      expect([await run(superuser, 'database', 'prepare', kind, ...more), ...err]).toEqual([0]);
    out.length = 0;
    expect(await asRole(HUB, 'hub', 'select forgot(); commit')).toBe('done');
    expect(await asRole(HUB, 'bus', 'select forgot()')).not.toBe('done');
    for (const words of [['hub'], ['bus', '--always'], ['agency', '--agency', GR, '--always']])
      expect([await scrubbed(...words, '--prefix', prefix), ...err]).toEqual([0]);
    expect(await scrubbed('hub', '--prefix', prefix)).toBe(0);
    expect(out).toEqual([
      `${named('hub')}: 2 tables written anew`,
      `${named('bus')}: 1 tables written anew`,
      `${named(`agency-${GR}`)}: 18 tables written anew`,
      `${named('hub')}: nothing to do`,
    ]);
  });
});

describe('what oversight may do', () => {
  it('is to remember places, to add findings and to keep accounts, and nothing else', async () => {
    const role = named('oversight');
    expect(await asRole(role, 'oversight', `insert into positions values ('a', 'b')`)).toBe('done');
    expect(await asRole(role, 'oversight-accounts', 'select * from officers')).toBe('done');
    expect(await asRole(role, 'oversight', 'select * from wraps')).toBe('not permitted');
    // What was found stays found, and what was said of it stays said.
    for (const table of ['findings', 'finding_steps', 'finding_occasions']) {
      expect(await asRole(role, 'oversight', `select * from ${table}`)).toBe('done');
      expect(await asRole(role, 'oversight', `update ${table} set at = now()`)).toBe(
        'not permitted',
      );
      expect(await asRole(role, 'oversight', `delete from ${table}`)).toBe('not permitted');
    }
    expect(await asRole(role, 'oversight-accounts', 'select * from journal')).toBe('not permitted');
    expect(await asRole(role, 'hub', 'select 1')).toBe('not permitted');
  });
});

describe('a first officer', () => {
  const add = async (...words: string[]): Promise<number> =>
    run(
      {
        ...(await environmentFor('TRIPOINT_AGENCY_DATABASE', {
          user: FRONT_DOOR,
          password: await passwordOf(FRONT_DOOR),
          database: FRONT_DOOR,
        })),
        TRIPOINT_AGENCY_PORT: '4102',
      },
      ...[
        'officer',
        'add',
        '--role',
        'NODE_SECURITY_OFFICER',
        '--name',
        'Πηνελόπη Βλάχου',
        ...words,
      ],
    );

  it('is given a password that is shown once', async () => {
    out.length = 0;
    expect([await add('--id', 'p.vlachou'), ...err]).toEqual([0]);
    expect(out).toEqual([
      expect.stringMatching(/^p\.vlachou can sign in with [\w-]{24}; this is not shown again$/),
    ]);
    expect(await add('--id', 'p.vlachou')).toBe(1);
    expect(err.splice(0).join()).toContain('officer-exists');
  });

  it('is asked for one that is long enough, twice', async () => {
    out.length = 0;
    answers = ['correct horse battery', 'correct horse battery'];
    expect(await add('--id', 'e.georgiou', '--ask')).toBe(0);
    expect(out).toEqual(['e.georgiou can sign in']);
    answers = ['too short', 'too short'];
    expect(await add('--id', 'n.papadakis', '--ask')).toBe(2);
    answers = ['correct horse battery', 'correct horse buttery'];
    expect(await add('--id', 'n.papadakis', '--ask')).toBe(2);
    expect(err.splice(0).join()).not.toContain('horse');
  });
});
