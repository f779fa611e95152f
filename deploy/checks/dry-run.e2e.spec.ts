import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tripoint/adapters/embedded';
import { speakTls } from '@tripoint/adapters/embedded/testing';
import { EventStoreDBDouble } from '@tripoint/adapters/eventstoredb/testing';
import { Door } from '../../apps/cli/src/demo/door.js';
import { eventually } from '../../apps/standalone/src/gates/testing/eventually.js';
import { KAFKA_VERSIONS } from '../../scripts/stack/kafka.mjs';
import { kafkaJars, whyNoJava } from '../../scripts/stack/kafka-jars.mjs';
import { stackFolder } from '../../scripts/stack/open-kafka.mjs';
import { laidOver, parseCompose } from './compose.js';
import { DryRun } from './dry-run.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LIMIT = 240_000;
/** Whose containers are started besides the hub's and oversight's; nightly, all of them, and the smaller deployment as well. */
const AGENCIES = (process.env['TRIPOINT_DRY_RUN_AGENCIES'] ?? 'gr-police').split(',');
const SMALLER = (process.env['TRIPOINT_DRY_RUN_SMALLER'] ?? '') !== '';

const jars = await whyNoJava().then((why) => {
  if (why !== undefined) return { why };
  return kafkaJars(KAFKA_VERSIONS.current, stackFolder).then(
    (path) => ({ path }),
    (error: unknown) => ({ why: (error as Error).message }),
  );
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
};

const tests = (over?: string): void => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  /** The bus has roles of the same names, so it has a server of its own. */
  let busPostgres: EmbeddedPostgres | undefined;
  let run: DryRun;
  const secrets = (): string => join(folder, 'secrets');
  const closing: (() => unknown)[] = [];

  /** The broker as its image starts it: by the commands and the settings that the file gives it. */
  const kafka = async (box: string, [shell = '', flags = '', script = '']: readonly string[]) => {
    const bin = join(box, 'bin');
    await mkdir(bin);
    const java = `exec java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '${'path' in jars ? jars.path : ''}'`;
    const program = (name: string, main: string): Promise<void> =>
      writeFile(join(bin, name), `#!/bin/sh\n${java} ${main} "$@"\n`, { mode: 0o700 });
    await program('kafka-storage.sh', 'kafka.tools.StorageTool');
    await program('kafka-server-start.sh', 'kafka.Kafka');
    const properties = join(box, 'etc/tripoint/kafka.properties');
    const ports = [await freePort(), await freePort(), await freePort()] as const;
    const told = (await readFile(properties, 'utf8'))
      .replaceAll('CLIENT://kafka:', 'CLIENT://localhost:')
      .replaceAll('0.0.0.0', '127.0.0.1')
      .replaceAll(/\b909([345])\b/g, (_port, last: string) => `${ports[Number(last) - 3]}`);
    await writeFile(properties, told);
    const broker: ChildProcess = spawn(shell, [flags, script.replace('/opt/kafka/bin', bin)], {
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [broker.stdout, broker.stderr])
      stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    closing.push(async () => {
      if (broker.exitCode === null && broker.kill('SIGTERM')) await once(broker, 'exit');
    });
    // As its health check does.
    await eventually('the broker listens', async () => {
      if (broker.exitCode !== null) throw new Error(`the broker has ended: ${said}`);
      const socket = connect(ports[0], '127.0.0.1');
      const open = await once(socket, 'connect').then(
        () => true,
        () => undefined,
      );
      socket.destroy();
      return open;
    });
    return `localhost:${ports[0]}`;
  };

  const server = async (name: string, box: string, command: readonly string[]): Promise<string> => {
    if (name === 'kafka') return kafka(box, command);
    if (name === 'eventstoredb') {
      const [cert, key] = await Promise.all(
        ['crt', 'key'].map((kind) => readFile(join(box, `run/secrets/server.${kind}`))),
      );
      const double = await EventStoreDBDouble.start({ nodes: 1, tls: { cert: cert!, key: key! } });
      closing.push(() => {
        double.stop();
      });
      return double.hosts;
    }
    expect(name).toMatch(/-postgres$/);
    if (name === 'bus-postgres') return `localhost:${busPostgres?.superuser.port}`;
    // One server in the place of all of them: nobody's databases and roles are called like another's.
    return `localhost:${postgres.superuser.port}`;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tripoint-dry-run-'));
    await mkdir(secrets(), { mode: 0o700 });
    postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
    const parsed = async (path: string) => parseCompose(await readFile(join(root, path), 'utf8'));
    const first = await parsed('docker-compose.yml');
    const compose = over === undefined ? first : laidOver(first, await parsed(over));
    if (over !== undefined) busPostgres = await startEmbeddedPostgres(join(folder, 'bus-postgres'));
    for (const name of Object.keys(compose.services).filter((each) => each.endsWith('-postgres'))) {
      const { superuser } = (name === 'bus-postgres' ? busPostgres : undefined) ?? postgres;
      await writeFile(join(secrets(), `${name}.password`), superuser.password, { mode: 0o600 });
    }
    // It does nothing as root, who is nobody to run containers as.
    execFileSync(
      process.execPath,
      [
        ...['--import', 'data:text/javascript,process.getuid=()=>1000', 'deploy/make-secrets.mjs'],
        ...['--out', secrets(), '--data', join(folder, 'data'), '--env', join(folder, '.env')],
      ],
      { cwd: root, stdio: 'ignore' },
    );
    const pem = (kind: string): Promise<string> =>
      readFile(join(secrets(), `hub-postgres.${kind}`), 'utf8');
    for (const { superuser } of busPostgres === undefined ? [postgres] : [postgres, busPostgres])
      await speakTls(superuser, { cert: await pem('crt'), key: await pem('key') });
    run = new DryRun(
      compose,
      join(folder, 'boxes'),
      (path) => {
        // Nothing is written into the repository.
        const [, kept = '', below = ''] =
          /^(?:\.\/)?deploy\/(secrets|data)\/(.*)$/.exec(path) ?? [];
        return kept === '' ? resolve(root, path) : join(folder, kept, below);
      },
      server,
      /eventstoredb-user\.mjs$/,
    );
  }, LIMIT);
  afterAll(async () => {
    await run.close();
    for (const close of closing.reverse()) await close();
    await busPostgres?.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }, LIMIT);

  it(
    'founds a federation, starts in the order it asks for, and is ready',
    async () => {
      await run.start('found-trial');
      expect(run.said.get('found-trial')).not.toContain('refused');
      const names = [
        ...['hub-1', 'hub-2', 'oversight', 'oversight-agency', 'oversight-projector'],
        ...AGENCIES.flatMap((agency) => [`${agency}-agency`, `${agency}-projector`]),
      ];
      for (const name of names) await run.start(name);
      await run.start('submit');
      for (const name of names) await run.nodes.get(name)?.ready();
      expect([...run.nodes.keys()]).toEqual(names);
    },
    LIMIT,
  );

  it(
    'lets an officer in, and carries what is sealed to the log and on to oversight',
    async () => {
      const [agency = ''] = AGENCIES;
      await run.start(`${agency}-officer`, [
        ...['--id', 'n.papadakis', '--name', 'Nikos Papadakis', '--role', 'LIAISON_OFFICER'],
      ]);
      const [, password = ''] =
        /can sign in with (\S+);/.exec(run.said.get(`${agency}-officer`) ?? '') ?? [];
      const at = { id: agency, url: await run.nodes.get(`${agency}-agency`)!.url() };
      const door = await Door.open(at, { id: 'n.papadakis', password }, fetch);
      const hub = await run.nodes.get('hub-1')!.url();
      const leaves = async (): Promise<number> =>
        Number((await (await fetch(`${hub}/checkpoint`)).text()).split('\n')[1]);
      const before = await leaves();
      const { status } = await door.command('contributions', {
        to: 'bg-border-police',
        marking: { classification: 'BPL', handling: [] },
        facts: { text: 'dry', language: 'en', statement: 'FACT', entities: [] },
      });
      expect(status).toBe(202);
      await eventually('it is in the log', async () => (await leaves()) > before || undefined);
      await run.start('oversight-officer', [
        ...['--id', 'l.todorov', '--name', 'Lyubomir Todorov', '--role', 'OVERSIGHT_AUDITOR'],
      ]);
      expect(run.said.get('oversight-officer')).toContain('can sign in');
      await door.close();
    },
    LIMIT,
  );
};

const NAME = 'docker-compose.yml, without an engine';
if ('path' in jars)
  describe(NAME, () => {
    tests();
  });
else {
  // Past the reporter, which says nothing of a suite in which nothing failed.
  writeSync(2, `\nSKIPPED: ${NAME}: ${jars.why}\n`);
  describe.skip(`${NAME} (${jars.why})`, () => {
    tests();
  });
}
if (SMALLER)
  describe(`${NAME}, on PostgreSQL alone`, () => {
    tests('deploy/postgres.compose.yml');
  });
