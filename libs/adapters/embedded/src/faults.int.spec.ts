// What a store does to its clients: it ends their sessions, it goes away, it comes back.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HubError } from '@tripoint/kernel';
import { type LedgerEntry } from '@tripoint/ledger';
import { Client } from 'pg';

import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { PostgresBus } from './postgres-bus.js';
import { PostgresLedger } from './postgres-ledger.js';
import { freshDatabase, testSuperuser, type FreshDatabase } from './testing/index.js';

const PATIENCE = 60_000;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const words = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Repeats a call as its callers do: as long as the error says that it may help. */
const persisting = async <T>(call: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof HubError) || !error.retriable) throw error;
    }
};

/** Ends every session of `database`, again and again, until `work` is done; answers how many it ended. */
const cutting = async (database: string, work: Promise<unknown>): Promise<number> => {
  const superuser = new Client({ ...testSuperuser() });
  await superuser.connect();
  const under = new AbortController();
  const ended = work.finally(() => {
    under.abort();
  });
  let cut = 0;
  while (!under.signal.aborted) {
    const { rowCount } = await superuser.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
      [database],
    );
    cut += rowCount ?? 0;
    await superuser.query('SELECT pg_sleep(0.02)');
  }
  await ended;
  await superuser.end();
  return cut;
};

describe('a ledger whose sessions are ended under it', () => {
  let database: FreshDatabase;
  let ledger: PostgresLedger;
  let elsewhere: PostgresLedger;
  beforeAll(async () => {
    database = await freshDatabase('cut-ledger');
    ledger = new PostgresLedger(database.config);
    elsewhere = new PostgresLedger(database.config);
    await Promise.all([ledger.install(), elsewhere.install()]);
  });
  afterAll(async () => {
    await Promise.all([ledger.close(), elsewhere.close()]);
    await database.drop();
  });

  it(
    'loses and repeats nothing that was acknowledged, and shows all of it to a follower',
    async () => {
      const prefix = `chain-${randomUUID()}-`;
      const [streams, each] = [8, 150];
      const writing = Promise.all(
        Array.from({ length: streams }, async (_, n) => {
          const writer = n % 2 === 0 ? ledger : elsewhere;
          for (let revision = 0; revision < each; revision += 1) {
            const entry = [text(`${n} ${revision}`)];
            expect(
              await persisting(() => writer.append(`${prefix}${n}`, BigInt(revision - 1), entry)),
            ).toBe(BigInt(revision));
          }
        }),
      );
      const followed: LedgerEntry[] = [];
      const following = (async () => {
        const enough = new AbortController();
        for await (const batch of elsewhere.follow([prefix], 'start', enough.signal)) {
          followed.push(...batch);
          if (followed.length === streams * each) enough.abort();
        }
      })();
      expect(await cutting(database.config.database, writing)).toBeGreaterThan(streams);
      await following;
      for (let n = 0; n < streams; n += 1) {
        const expected = Array.from({ length: each }, (_, revision) => `${n} ${revision}`);
        const stream = `${prefix}${n}`;
        expect(
          followed.filter((entry) => entry.stream === stream).map(({ bytes }) => words(bytes)),
        ).toEqual(expected);
        const read = await persisting(() => ledger.read(stream, 0n, 1000));
        expect(read.map(({ bytes }) => words(bytes))).toEqual(expected);
      }
    },
    PATIENCE,
  );

  it.each([
    'UPDATE ledger.entry SET revision = revision',
    'DELETE FROM ledger.entry',
    'TRUNCATE ledger.entry',
  ])('refuses its own role to %s', async (statement) => {
    const client = new Client({ ...database.config });
    await client.connect();
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    await client.query('GRANT ALL ON ledger.entry TO CURRENT_USER');
    await expect(client.query(statement)).rejects.toMatchObject({ code: '23001' });
    await client.end();
    await ledger.install();
  });
});

describe('a bus whose sessions are ended under it', () => {
  it(
    'hands over everything that was published, in order, at least once',
    async () => {
      const database = await freshDatabase('cut-bus');
      const bus = new PostgresBus(database.config);
      await bus.install();
      const topic = `mailbox.${randomUUID()}`;
      const count = 200;
      const publishing = (async () => {
        for (let n = 0; n < count; n += 1)
          await persisting(() => bus.publish(topic, [{ value: text(String(n)) }]));
      })();
      const stop = new AbortController();
      const accepted: number[] = [];
      const consuming = bus.consume(
        topic,
        'agency',
        (batch) => {
          accepted.push(...batch.map(({ value }) => Number(words(value))));
          if (accepted.at(-1) === count - 1) stop.abort();
          return Promise.resolve();
        },
        stop.signal,
      );
      expect(await cutting(database.config.database, publishing)).toBeGreaterThan(2);
      await consuming;
      // Without what was handed over again: what is new is always the next.
      let next = 0;
      for (const n of accepted) {
        expect(n).toBeLessThanOrEqual(next);
        if (n === next) next += 1;
      }
      expect(next).toBe(count);
      await bus.close();
      await database.drop();
    },
    PATIENCE,
  );

  it('forgets what is older than it may keep, and goes on counting', async () => {
    const database = await freshDatabase('purged-bus');
    const bus = new PostgresBus(database.config);
    await bus.install();
    const topic = `mailbox.${randomUUID()}`;
    await bus.publish(topic, [{ value: text('0') }, { value: text('1') }]);
    expect(await bus.purge(3600)).toBe(0);
    expect(await bus.purge(0)).toBe(2);
    await bus.publish(topic, [{ value: text('2') }]);
    const stop = new AbortController();
    const seen: string[] = [];
    await bus.consume(
      topic,
      'agency',
      (batch) => {
        seen.push(...batch.map(({ offset, value }) => `${offset.toString()} ${words(value)}`));
        stop.abort();
        return Promise.resolve();
      },
      stop.signal,
    );
    expect(seen).toEqual(['2 2']);
    await bus.close();
    await database.drop();
  });
});

describe('a server that goes away', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tripoint-away-'));
    server = await startEmbeddedPostgres(folder);
  }, PATIENCE);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'is told to callers as away, and found again with everything when it is back',
    async () => {
      const { superuser } = server;
      const ledger = new PostgresLedger(superuser);
      const bus = new PostgresBus(superuser);
      await Promise.all([ledger.install(), bus.install()]);
      await ledger.append('log', -1n, [text('a')]);
      await bus.publish('mailbox.a', [{ value: text('a') }]);
      const stop = new AbortController();
      const followed: string[] = [];
      const received: string[] = [];
      const done = (): void => {
        if (followed.includes('b') && received.includes('b')) stop.abort();
      };
      const readers = Promise.all([
        (async () => {
          for await (const batch of ledger.follow(['log'], 'start', stop.signal)) {
            followed.push(...batch.map(({ bytes }) => words(bytes)));
            done();
          }
        })(),
        bus.consume(
          'mailbox.a',
          'agency',
          (batch) => {
            received.push(...batch.map(({ value }) => words(value)));
            done();
            return Promise.resolve();
          },
          stop.signal,
        ),
      ]);
      await server.stop();
      const away = { retriable: true };
      await expect(ledger.append('log', 0n, [text('b')])).rejects.toMatchObject({
        code: 'ledger-away',
        ...away,
      });
      await expect(ledger.last('log')).rejects.toMatchObject({ code: 'ledger-away', ...away });
      await expect(bus.publish('mailbox.a', [{ value: text('b') }])).rejects.toMatchObject({
        code: 'bus-away',
        ...away,
      });
      server = await startEmbeddedPostgres(folder, superuser.port);
      expect(await persisting(() => ledger.append('log', 0n, [text('b')]))).toBe(1n);
      await persisting(() => bus.publish('mailbox.a', [{ value: text('b') }]));
      await readers;
      expect(followed).toEqual(['a', 'b']);
      expect(new Set(received)).toEqual(new Set(['a', 'b']));
      await Promise.all([ledger.close(), bus.close()]);
    },
    PATIENCE,
  );
});

describe('a process that stands still', () => {
  let database: FreshDatabase;
  /** What is left of such a process: a connection that says nothing more. */
  let standing: Client;
  beforeAll(async () => {
    database = await freshDatabase('standing');
    const [bus, ledger] = [new PostgresBus(database.config), new PostgresLedger(database.config)];
    await Promise.all([bus.install(), ledger.install()]);
    await Promise.all([bus.close(), ledger.close()]);
    standing = new Client({ ...database.config });
    standing.on('error', () => undefined);
    await standing.connect();
  });
  afterAll(async () => {
    await standing.end().catch(() => undefined);
    await database.drop();
  });

  it(
    'does not keep a topic to itself',
    async () => {
      await standing.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
        JSON.stringify(['submissions.a', 'registrar']),
      ]);
      const bus = new PostgresBus(database.config);
      await bus.publish('submissions.a', [{ value: text('waits') }]);
      const ended = new AbortController();
      const received: string[] = [];
      await bus.consume(
        'submissions.a',
        'registrar',
        (batch) => {
          received.push(...batch.map(({ value }) => words(value)));
          ended.abort();
          return Promise.resolve();
        },
        ended.signal,
      );
      expect(received).toEqual(['waits']);
      await bus.close();
    },
    PATIENCE,
  );

  it(
    'cannot take a topic from a consumer that only has nothing to do',
    async () => {
      const [bus, other] = [new PostgresBus(database.config), new PostgresBus(database.config)];
      const ended = new AbortController();
      const received: string[] = [];
      const consuming = (from: PostgresBus, name: string): Promise<void> =>
        from.consume(
          'submissions.b',
          'registrar',
          (batch) => {
            received.push(...batch.map(({ value }) => `${name} ${words(value)}`));
            if (received.length === 2) ended.abort();
            return Promise.resolve();
          },
          ended.signal,
        );
      const first = consuming(bus, 'first');
      await bus.publish('submissions.b', [{ value: text('one') }]);
      const client = new Client({ ...testSuperuser() });
      await client.connect();
      const second = consuming(other, 'second');
      // Longer than one that stands still is left alone.
      await client.query('SELECT pg_sleep(12)');
      await client.end();
      await bus.publish('submissions.b', [{ value: text('two') }]);
      await Promise.all([first, second]);
      expect(received).toEqual(['first one', 'first two']);
      await Promise.all([bus.close(), other.close()]);
    },
    PATIENCE,
  );

  it(
    'loses the writer’s lock of a ledger, and appends once when it goes on',
    async () => {
      // A way to the server on which it is told nothing more from that client, once the lock has been asked for.
      const { host, port } = database.config;
      const sockets: Socket[] = [];
      let stopped = false;
      let stops = (): void => undefined;
      const standing = new Promise<void>((resolve) => {
        stops = resolve;
      });
      const held: (() => void)[] = [];
      const way = createServer((client) => {
        const server = connect(port, host);
        sockets.push(client, server);
        server.pipe(client).on('error', () => undefined);
        server.on('error', () => undefined);
        client.on('data', (chunk) => {
          if (stopped) held.push(() => server.write(chunk));
          else server.write(chunk);
          if (!chunk.includes('pg_advisory_xact_lock')) return;
          stopped = true;
          stops();
        });
      }).listen(0, '127.0.0.1');
      await once(way, 'listening');
      const stands = new PostgresLedger({
        ...database.config,
        host: '127.0.0.1',
        port: (way.address() as AddressInfo).port,
      });
      const other = new PostgresLedger(database.config);
      await stands.append('chain-a', -1n, [text('a 0')]);
      await other.append('chain-b', -1n, [text('b 0')]);
      // It has not seen that; so it plans again, under the lock, and there it stands still.
      const late = stands.append('chain-a', 0n, [text('a 1')]);
      await standing;
      expect(await other.append('chain-b', 0n, [text('b 1')])).toBe(1n);
      stopped = false;
      for (const send of held) send();
      expect(await late).toBe(1n);
      expect((await other.read('chain-a', 0n, 9)).map(({ bytes }) => words(bytes))).toEqual([
        'a 0',
        'a 1',
      ]);
      await Promise.all([stands.close(), other.close()]);
      for (const socket of sockets) socket.destroy();
      way.close();
    },
    PATIENCE,
  );
});
