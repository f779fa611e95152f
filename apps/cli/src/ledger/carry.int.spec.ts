import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ConnectionSettings,
  ensureDatabase,
  lockFolder,
  PostgresLedger,
  startEmbeddedPostgres,
} from '@tripoint/adapters/embedded';
import { freshDatabase, testSuperuser } from '@tripoint/adapters/embedded/testing';
import { EventStoreDBLedger, parseConnectionString } from '@tripoint/adapters/eventstoredb';
import { EventStoreDBDouble } from '@tripoint/adapters/eventstoredb/testing';
import { type Instant } from '@tripoint/kernel';
import { formatLogEntry, Ledger } from '@tripoint/ledger';
import { MerkleTree } from '@tripoint/transparency';
import { Client } from 'pg';
import { runCommand } from '../dispatch.js';
import { carry } from './carry.js';
import { ledger } from './ledger.command.js';

const ROUNDS = 6;
const STREAMS = ['chain-a', 'chain-b', 'log', 'mailbox-b'];
const tree = new MerkleTree();

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Rounds of what a hub does: two sources, their leaves, a line. One source is larger than an append may be. */
const fill = async (into: Ledger, leaves: MerkleTree): Promise<void> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const at = BigInt(round) - 1n;
    const large = round === 3 ? 'x'.repeat(1_500_000) : '';
    await into.append('chain-b', at, [bytesOf(`b ${round} ${large}`)]);
    await into.append('chain-a', at, [bytesOf(`a ${round}`)]);
    const pair = ['b', 'a'].map((of) => bytesOf(`leaf of ${of} ${round}`));
    for (const leaf of pair) leaves.append(leaf);
    await into.append(
      'log',
      2n * BigInt(round) - 1n,
      pair.map((leaf) => formatLogEntry({ leaf, origin: null, records: [] })),
    );
    await into.append('mailbox-b', at, [bytesOf(`line ${round}`)]);
  }
};

/** Everything that a ledger holds, in its order. */
const contentOf = async (of: Ledger, count = 5 * ROUNDS): Promise<readonly string[]> => {
  const held: string[] = [];
  const ended = new AbortController();
  for await (const batch of of.follow([''], 'start', ended.signal)) {
    for (const { stream, revision, bytes } of batch)
      held.push(`${stream} ${revision} ${Buffer.from(bytes).toString('base64')}`);
    if (held.length >= count) ended.abort();
  }
  return held;
};

/** The same ledger, with something that happens around an append. */
class Between extends Ledger {
  constructor(
    private readonly port: Ledger,
    private readonly around: (append: () => Promise<bigint>) => Promise<bigint>,
  ) {
    super();
  }
  override append(...args: Parameters<Ledger['append']>): Promise<bigint> {
    return this.around(() => this.port.append(...args));
  }
  override read(...args: Parameters<Ledger['read']>): ReturnType<Ledger['read']> {
    return this.port.read(...args);
  }
  override last(stream: string): ReturnType<Ledger['last']> {
    return this.port.last(stream);
  }
  override streams(prefix: string): ReturnType<Ledger['streams']> {
    return this.port.streams(prefix);
  }
  override follow(...args: Parameters<Ledger['follow']>): ReturnType<Ledger['follow']> {
    return this.port.follow(...args);
  }
}

/** What no role of ours can do, and whoever runs the server can. */
const forge = async ({ database }: ConnectionSettings, sql: string): Promise<void> => {
  const client = new Client({ ...testSuperuser(), database });
  await client.connect();
  await client.query(`SET session_replication_role = replica; ${sql}`);
  await client.end();
};

let dir: string;
let from: ConnectionSettings;
let source: PostgresLedger;
const closing: (() => Promise<void> | void)[] = [];
const closeAll = async (): Promise<void> => {
  for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
};

type Place<L extends Ledger> = { readonly ledger: L; readonly args: readonly string[] };

const argsOf = async (option: string, settings: ConnectionSettings): Promise<readonly string[]> => {
  const { host, port, database, user, password } = settings;
  const file = join(dir, `${database}.password`);
  await writeFile(file, password, { mode: 0o600 });
  return [
    ...[`--${option}`, `postgres://${host}:${port}/${database}`],
    ...[`--${option}-user`, user, `--${option}-password-file`, file],
  ];
};

const freshPostgres = async (): Promise<Place<PostgresLedger> & { config: ConnectionSettings }> => {
  const { config, drop } = await freshDatabase('carried');
  closing.push(drop);
  const opened = new PostgresLedger(config);
  closing.push(() => opened.close());
  await opened.install();
  return { ledger: opened, config, args: await argsOf('to', config) };
};

const freshDouble = async (): Promise<
  Place<EventStoreDBLedger> & { double: EventStoreDBDouble }
> => {
  const double = await EventStoreDBDouble.start();
  closing.push(() => {
    double.stop();
  });
  const opened = new EventStoreDBLedger(
    await parseConnectionString(`esdb://${double.hosts}?tls=false`),
  );
  closing.push(() => opened.close());
  return { ledger: opened, double, args: ['--to', `esdb://${double.hosts}`, '--to-plaintext'] };
};

const tripoint = async (...args: readonly string[]) => {
  const lines: string[] = [];
  const say = (line: string): unknown => lines.push(line);
  const exit = await runCommand(ledger, ['carry', ...args], {
    out: say,
    err: say,
    environment: {},
    now: () => '2026-11-23T12:00:00.000Z' as Instant,
    fetch,
  });
  return { exit, said: lines.join('\n') };
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tripoint-carry-'));
  const { config, drop } = await freshDatabase('carry-from');
  from = config;
  source = new PostgresLedger(from);
  await source.install();
  await fill(source, tree);
  ending = async () => {
    await source.close();
    await drop();
    await rm(dir, { recursive: true });
  };
});
let ending = (): Promise<void> => Promise.resolve();
afterEach(closeAll);
afterAll(() => ending());

describe('tripoint ledger carry', () => {
  it.each([
    ['another database', freshPostgres],
    ['an EventStoreDB', freshDouble],
  ] as const)('makes %s the same, in the same order, once', async (_where, fresh) => {
    const { ledger: target, args } = await fresh();
    const whole = [...(await argsOf('from', from)), ...args];
    const root = tree.root().toString('hex');
    const first = await tripoint(...whole);
    expect(first).toEqual({
      exit: 0,
      said: [
        'carried: 30 entries; 0 were there already',
        'the same: 30 entries in 4 streams, byte for byte and in one order',
        `log: 12 leaves, on both sides with root ${root}`,
      ].join('\n'),
    });
    expect(await contentOf(target)).toEqual(await contentOf(source));
    expect(await target.streams('')).toEqual(STREAMS);
    const again = await tripoint(...whole, '--json');
    expect([again.exit, JSON.parse(again.said)]).toEqual([
      0,
      {
        same: true,
        streams: 4,
        entries: 30,
        added: 0,
        log: { size: 12, root },
        checkpoint: null,
      },
    ]);
  });

  it('carries the ledger of an npm start that was stopped, and of no other', async () => {
    const folder = join(dir, 'data');
    await mkdir(folder);
    const server = await startEmbeddedPostgres(join(folder, 'postgres'));
    const theirs = new PostgresLedger(await ensureDatabase(server.superuser, 'ledger'));
    await theirs.install();
    await theirs.append('chain-a', -1n, [bytesOf('a')]);
    await theirs.close();
    await server.stop();
    const { ledger: target, args } = await freshPostgres();

    const lock = await lockFolder(folder);
    const running = await tripoint('--from', folder, ...args);
    expect(running).toEqual({ exit: 1, said: expect.stringContaining('data-folder-in-use') });
    await lock.release();
    expect(await tripoint('--from', folder, ...args)).toMatchObject({ exit: 0 });
    expect(await target.read('chain-a', 0n, 2)).toMatchObject([{ bytes: bytesOf('a') }]);

    const none = await tripoint('--from', dir, ...args);
    expect(none).toEqual({ exit: 2, said: expect.stringContaining('nor a folder of npm start') });
  }, 120_000);

  it('is refused before anything is opened when it is not understood', async () => {
    const url = `postgres://${from.host}:${from.port}/${from.database}`;
    for (const [args, words] of [
      [[], '--from is missing'],
      [['--from', url], '--to is missing'],
      [['--from', url, '--to', url], 'the same ledger'],
      [['--from', url, '--to', 'esdb://a'], '--from-user is missing'],
      [['--from', url, '--to', 'kafka://a'], '--from-user is missing'],
      [['--from', url, '--to', 'esdb://a', '--checkpoint', 'c'], '--anchor is missing'],
    ] as const) {
      const { exit, said } = await tripoint(...args);
      expect([exit, said]).toEqual([2, expect.stringContaining(words)]);
    }
  });

  it('says so when a server is away, or holds no ledger, and repeats no password', async () => {
    const { args } = await freshDouble();
    const source = await argsOf('from', from);
    const away = await tripoint(
      ...(await argsOf('from', { ...from, host: '127.0.0.1', port: 1 })),
      ...args,
    );
    expect(away).toEqual({ exit: 3, said: expect.stringContaining('ledger-away') });
    const { config, drop } = await freshDatabase('no-ledger');
    closing.push(drop);
    const none = await tripoint(...source, ...(await argsOf('to', config)));
    expect(none).toEqual({ exit: 1, said: expect.stringContaining('ledger-unusable') });
    expect(none.said).not.toContain(config.password);
  });
});

describe('a ledger that is carried', () => {
  it.each([
    ['before it is recorded', false],
    ['after it is recorded', true],
  ] as const)(
    'is whole in the end when each append is where it dies, %s',
    async (_when, recorded) => {
      const { ledger: target } = await freshPostgres();
      const dying = (deadline: number): Ledger => {
        let appends = 0;
        return new Between(target, async (append) => {
          appends += 1;
          if (appends < deadline) return append();
          if (recorded) await append();
          throw new Error('killed');
        });
      };
      const whole = await contentOf(source);
      let [deaths, held] = [0, 0];
      for (;;) {
        // One append more each time, or none at all would ever be recorded.
        const ended = await carry(source, dying(recorded ? 1 : 2)).catch((error: unknown) => error);
        if (!(ended instanceof Error)) break;
        expect(ended.message).toBe('killed');
        deaths += 1;
        const there = await contentOf(target, held + 1);
        expect(there).toEqual(whole.slice(0, there.length));
        held = there.length;
      }
      expect(await contentOf(target)).toEqual(whole);
      // At most one append is saved by what stands side by side in the source.
      expect(deaths).toBeGreaterThanOrEqual(4 * ROUNDS - 1);
    },
    120_000,
  );

  it('is whole in the end when a process is killed in the middle of it', async () => {
    const { ledger: target, config, args } = await freshPostgres();
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const whole = [...(await argsOf('from', from)), ...args];
    // One entry does not go in while somebody holds a lock: there it is killed, with an append under way.
    const stop = new Client({ ...testSuperuser(), database: config.database });
    await stop.connect();
    await stop.query(
      `CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql
         AS 'BEGIN PERFORM pg_advisory_xact_lock(11); RETURN NEW; END';
       CREATE TRIGGER stop BEFORE INSERT ON ledger.entry FOR EACH ROW
         WHEN (NEW.stream = 'log' AND NEW.revision = 5) EXECUTE FUNCTION stop();
       SELECT pg_advisory_lock(11)`,
    );
    const carrying = spawn(
      process.execPath,
      [
        ...[
          '--import',
          join(root, 'scripts', 'typescript.mjs'),
          join(root, 'apps/cli/src/main.ts'),
        ],
        ...['ledger', 'carry', ...whole],
      ],
      { stdio: 'ignore' },
    );
    const ended = once(carrying, 'exit');
    const waits = async (): Promise<boolean> => {
      const { rowCount } = await stop.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 11 AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rowCount === 1;
    };
    while (!(await waits())) expect(carrying.exitCode).toBeNull();
    carrying.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    const held = (await contentOf(target, 1)).length;
    expect(held).toBeLessThan(5 * ROUNDS);
    await stop.query('SELECT pg_advisory_unlock(11)');
    await stop.end();
    const again = await tripoint(...whole, '--json');
    expect([again.exit, JSON.parse(again.said)]).toEqual([
      0,
      expect.objectContaining({
        same: true,
        entries: 30,
        log: { size: 12, root: tree.root().toString('hex') },
      }),
    ]);
    expect(await contentOf(target)).toEqual(await contentOf(source));
  }, 120_000);

  it('is refused by a target that holds other bytes, with their place', async () => {
    const { ledger: target, config } = await freshPostgres();
    await carry(source, target);
    await forge(
      config,
      `UPDATE ledger.entry SET bytes = 'a 4, or so' WHERE stream = 'chain-a' AND revision = 4`,
    );
    const before = await contentOf(target);
    await expect(carry(source, new Between(target, neverAgain))).rejects.toMatchObject({
      code: 'carry-target-differs',
      message: 'the target holds other bytes than the source, `chain-a` at revision 4',
    });
    expect(await contentOf(target)).toEqual(before);
  });

  it('is refused by an EventStoreDB whose bytes somebody has changed on its disk', async () => {
    const { ledger: target, double } = await freshDouble();
    await carry(source, target);
    double.store.forge((all) => {
      const at = all.findIndex(({ stream, revision }) => stream === 'log' && revision === 5n);
      const entry = all[at];
      if (entry === undefined) throw new Error('there is no such leaf');
      all[at] = { ...entry, data: Buffer.concat([entry.data, Uint8Array.of(0)]) };
    });
    await expect(carry(source, target)).rejects.toMatchObject({
      code: 'carry-target-differs',
      message: 'the target holds other bytes than the source, `log` at revision 5',
    });
  });

  it('is refused by a target in another order, where streams alone would look the same', async () => {
    const { ledger: target } = await freshPostgres();
    await target.append('chain-a', -1n, [bytesOf('a 0')]);
    await expect(carry(source, target)).rejects.toMatchObject({
      code: 'carry-target-differs',
      message:
        'the target holds `chain-a` at revision 0 where the source holds `chain-b` at revision 0',
    });
  });

  it('is not waited for where an entry is missing from the middle of it', async () => {
    const [damaged, { ledger: target }] = [await freshPostgres(), await freshPostgres()];
    await fill(damaged.ledger, new MerkleTree());
    await forge(
      damaged.config,
      `DELETE FROM ledger.entry WHERE stream = 'mailbox-b' AND revision = 1`,
    );
    // Read by another process: the one that has written it still remembers.
    const read = new PostgresLedger(damaged.config);
    closing.push(() => read.close());
    await expect(carry(read, target)).rejects.toMatchObject({
      code: 'carry-ledger-damaged',
      message: 'there is a gap before `mailbox-b` at revision 2',
    });
  });

  it.each([
    ['a stream', 'chain-z', -1n],
    ['an entry', 'chain-a', BigInt(ROUNDS) - 1n],
  ])('is refused by a target that holds %s more', async (_what, stream, expected) => {
    const { ledger: target } = await freshDouble();
    await carry(source, target);
    await target.append(stream, expected, [bytesOf('more')]);
    await expect(carry(source, target)).rejects.toMatchObject({
      code: 'carry-target-ahead',
      message: `the target holds \`${stream}\` at revision ${expected + 1n}, and the source does not`,
    });
  });

  it('adds nothing to a target that is somebody else’s', async () => {
    const { ledger: target } = await freshDouble();
    await target.append('chain-z', -1n, [bytesOf('theirs')]);
    await expect(carry(source, new Between(target, neverAgain))).rejects.toMatchObject({
      code: 'carry-target-ahead',
    });
  });

  it.each([
    ['while it is copied', 3],
    ['with the last entry', 4 * ROUNDS],
  ])('is not what it was when the source grows %s', async (_when, nth) => {
    const { ledger: growing } = await freshPostgres();
    await fill(growing, new MerkleTree());
    const { ledger: target } = await freshPostgres();
    let appends = 0;
    const meanwhile = new Between(target, async (append) => {
      appends += 1;
      if (appends === nth) await growing.append('chain-new', -1n, [bytesOf('a hub is running')]);
      return append();
    });
    await expect(carry(growing, meanwhile)).rejects.toMatchObject({
      code: 'carry-source-grew',
      retriable: true,
      message: expect.stringContaining('`chain-new` at revision 0: stop the hub'),
    });
    expect(await carry(growing, target)).toMatchObject({ entries: 5 * ROUNDS + 1 });
  });

  it('has to have the root that was signed, at the size that was signed', async () => {
    const { ledger: target } = await freshPostgres();
    const signed = { size: 9, root: tree.root(9) };
    expect(await carry(source, target, { checkpoint: signed })).toMatchObject({
      log: { size: 12, root: tree.root() },
    });
    for (const [checkpoint, code] of [
      [{ size: 9, root: tree.root(10) }, 'carry-root-differs'],
      [{ size: 0, root: tree.root(1) }, 'carry-root-differs'],
      [{ size: 13, root: tree.root() }, 'carry-behind-checkpoint'],
    ] as const)
      await expect(carry(source, target, { checkpoint })).rejects.toMatchObject({ code });
  });

  it('is not taken for carried where there is nothing, or a leaf is none', async () => {
    const [{ ledger: nothing }, { ledger: target }] = [
      await freshPostgres(),
      await freshPostgres(),
    ];
    await expect(carry(nothing, target)).rejects.toMatchObject({ code: 'carry-source-empty' });
    await nothing.append('log', -1n, [bytesOf('no leaf')]);
    await expect(carry(nothing, target)).rejects.toMatchObject({ code: 'carry-log-malformed' });
  });
});

const neverAgain = (): Promise<bigint> => Promise.reject(new Error('nothing is to be appended'));
