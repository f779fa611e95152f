import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresBus, PostgresLedger } from '@tripoint/adapters/embedded';
import {
  freshDatabase,
  type FreshDatabase,
  speakTls,
  testSuperuser,
} from '@tripoint/adapters/embedded/testing';
import { EventStoreDBDouble, selfSigned } from '@tripoint/adapters/eventstoredb/testing';
import { type Engine } from '@tripoint/platform';
import { Client } from 'pg';
import { openBus, openLedger } from './index.js';

let fresh: FreshDatabase;
const engineOf = ({ config }: FreshDatabase): Engine<'postgres'> => ({
  kind: 'postgres',
  hosts: [{ host: config.host, port: config.port }],
  database: config.database,
  credentials: { user: config.user, password: config.password },
  tls: undefined,
});

beforeAll(async () => {
  fresh = await freshDatabase('engines');
  const [ledger, bus] = [new PostgresLedger(fresh.config), new PostgresBus(fresh.config)];
  await Promise.all([ledger.install(), bus.install()]);
  await Promise.all([ledger.close(), bus.close()]);
});
afterAll(() => fresh.drop());

describe('an engine on PostgreSQL', () => {
  it('is a ledger', async () => {
    const opened = openLedger(engineOf(fresh));
    await opened.check();
    expect(await opened.ledger.append('chain-a', -1n, [Uint8Array.of(1)])).toBe(0n);
    await opened.close();
  });

  it('is a bus', async () => {
    const opened = openBus(engineOf(fresh));
    await opened.bus.check();
    await opened.bus.publish('submissions.a', [{ value: Uint8Array.of(1) }]);
    const ended = new AbortController();
    const received: number[] = [];
    await opened.bus.consume(
      'submissions.a',
      'registrar',
      (batch) => {
        received.push(...batch.map(({ value }) => value[0] ?? -1));
        ended.abort();
        return Promise.resolve();
      },
      ended.signal,
    );
    expect(received).toEqual([1]);
    await opened.close();
  });

  it('says so when it is away, and that it may come back', async () => {
    const away = { ...engineOf(fresh), hosts: [{ host: '127.0.0.1', port: 1 }] };
    const [ledger, bus] = [openLedger(away), openBus(away)];
    await expect(ledger.check()).rejects.toMatchObject({ code: 'ledger-away', retriable: true });
    await expect(bus.bus.check()).rejects.toMatchObject({ code: 'bus-away', retriable: true });
    await Promise.all([ledger.close(), bus.close()]);
  });
});

describe('an engine on EventStoreDB', () => {
  it('is a ledger, and is sent no password in the open', async () => {
    const double = await EventStoreDBDouble.start({ nodes: 3 });
    const engine: Engine<'esdb'> = {
      kind: 'esdb',
      hosts: double.nodes.map(({ port }) => ({ host: double.host, port })),
      database: '',
      credentials: undefined,
      tls: undefined,
    };
    const opened = openLedger(engine);
    await opened.check();
    expect(await opened.ledger.append('chain-a', -1n, [Uint8Array.of(1)])).toBe(0n);
    await opened.close();
    double.stop();
    const credentials = { user: 'hub', password: 'not to be sent' };
    expect(() => openLedger({ ...engine, credentials })).toThrow(/without TLS/u);
  });

  it('is told who comes, by TLS', async () => {
    const tls = selfSigned();
    const double = await EventStoreDBDouble.start({ nodes: 1, tls, user: 'hub:its password' });
    const engine: Engine<'esdb'> = {
      kind: 'esdb',
      hosts: double.nodes.map(({ port }) => ({ host: double.host, port })),
      database: '',
      credentials: { user: 'hub', password: 'its password' },
      tls: { ca: tls.cert.toString() },
    };
    const opened = openLedger(engine);
    await opened.check();
    await opened.close();
    double.stop();
  });
});

describe('an engine that is to be reached by TLS', () => {
  let server: Server;
  const said: Buffer[] = [];
  const sockets: Socket[] = [];

  beforeAll(async () => {
    // Says, like a server without TLS, or somebody in between: no, let us go on in the open.
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        said.push(chunk);
        socket.write('N');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is told nothing in the open, not even who comes', async () => {
    const { port } = server.address() as { readonly port: number };
    const secured: Engine<'postgres'> = {
      ...engineOf(fresh),
      hosts: [{ host: '127.0.0.1', port }],
      tls: { ca: undefined },
    };
    const [ledger, bus] = [openLedger(secured), openBus(secured)];
    await expect(ledger.check()).rejects.toMatchObject({ code: 'ledger-away' });
    await expect(bus.bus.check()).rejects.toMatchObject({ code: 'bus-away' });
    await Promise.all([ledger.close(), bus.close()]);
    expect(said.length).toBeGreaterThan(0);
    // The eight bytes that ask for TLS, and nothing after them.
    for (const chunk of said) expect(chunk.toString('hex')).toBe('0000000804d2162f');
  });
});

describe('PostgreSQL, reached by TLS', () => {
  const [ours, others] = [selfSigned(), selfSigned()].map(({ cert, key }) => ({
    cert: cert.toString(),
    key: key.toString(),
  })) as [Pem, Pem];
  type Pem = { readonly cert: string; readonly key: string };
  const at = (host: string, ca: string): Engine<'postgres'> => ({
    ...engineOf(fresh),
    hosts: [{ host, port: fresh.config.port }],
    tls: { ca },
  });

  beforeAll(() => speakTls(testSuperuser(), ours));

  it('is believed by its certificate, and nobody comes in the open', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const [ledger, bus] = [openLedger(at(host, ours.cert)), openBus(at(host, ours.cert))];
      await Promise.all([ledger.check(), bus.bus.check()]);
      await ledger.ledger.append(`chain-${host}`, -1n, [Uint8Array.of(1)]);
      const { rows } = await looked(
        `SELECT bool_and(ssl) AS hidden, count(*)::int AS sessions
         FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = $1`,
        [fresh.config.database],
      );
      expect(rows).toEqual([{ hidden: true, sessions: expect.any(Number) }]);
      expect(rows[0]).not.toMatchObject({ sessions: 0 });
      await Promise.all([ledger.close(), bus.close()]);
    }
  });

  it.each([
    ['which others have vouched for', () => at('localhost', others.cert)],
    // It answers there, and its certificate does not say so.
    ['of another name', () => at('0.0.0.0', ours.cert)],
    [
      'that no authority of this system knows',
      () => ({ ...at('localhost', ''), tls: { ca: undefined } }),
    ],
  ] as const)('is not believed with a certificate %s', async (_which, engine) => {
    const [ledger, bus] = [openLedger(engine()), openBus(engine())];
    await expect(ledger.check()).rejects.toMatchObject({
      code: 'ledger-away',
      cause: { code: expect.stringMatching(/CERT|ALTNAME/) },
    });
    await expect(bus.bus.check()).rejects.toMatchObject({ code: 'bus-away' });
    await Promise.all([ledger.close(), bus.close()]);
  });
});

/** What whoever runs the server sees. */
const looked = async (sql: string, values: readonly unknown[]) => {
  const client = new Client({ ...testSuperuser() });
  await client.connect();
  try {
    return await client.query(sql, [...values]);
  } finally {
    await client.end();
  }
};

describe('an engine that is Kafka', () => {
  it('is not opened without TLS, nor for somebody without a name', () => {
    const hosts = [{ host: '127.0.0.1', port: 9092 }];
    const kafka = { kind: 'kafka', hosts, database: '' } as const;
    const credentials = { user: 'hub', password: 'of sixteen letters' };
    for (const wrong of [
      { credentials, tls: undefined },
      { credentials, tls: { ca: undefined } },
      { credentials: undefined, tls: { ca: 'x' } },
    ])
      expect(() => openBus({ ...kafka, ...wrong })).toThrow('Kafka is reached by TLS, as somebody');
  });
});
