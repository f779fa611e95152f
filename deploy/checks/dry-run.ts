import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Instant } from '@tripoint/kernel';
import { bus } from '../../apps/cli/src/bus/bus.command.js';
import { database } from '../../apps/cli/src/database/database.command.js';
import { dispatch, runCommand } from '../../apps/cli/src/dispatch.js';
import { federation } from '../../apps/cli/src/federation/federation.command.js';
import { ledger } from '../../apps/cli/src/ledger/ledger.command.js';
import { officer } from '../../apps/cli/src/officer/officer.command.js';
import { policy } from '../../apps/cli/src/policy/policy.command.js';
import { NodeProcess } from '../../apps/standalone/src/system/testing/node-process.js';
import { type Compose, type Service } from './compose.js';

const tripoint = dispatch('tripoint', '', { bus, database, federation, ledger, officer, policy });

/** Says, instead of doing it, what a shell would run: one line for each, its words as JSON. */
const RECORDING = `#!/usr/bin/env node
process.stdout.write(JSON.stringify([process.argv[1].split('/').at(-1), ...process.argv.slice(2)]) + '\\n');
`;

type Variables = Readonly<Record<string, string>>;

/**
 * The services of a file for Compose, started without an engine: the same programs with the same environment and commands, each
 * with what is mounted for it and nothing else, in the order that the file asks for. What is translated is where things are:
 * paths lie in a folder for each service, and a server is known by its name to those alone who share a network with it.
 */
export class DryRun {
  readonly nodes = new Map<string, NodeProcess>();
  /** What jobs have said. */
  readonly said = new Map<string, string>();
  readonly #done = new Map<string, Promise<void>>();

  constructor(
    private readonly compose: Compose,
    private readonly folder: string,
    /** Where a file of the repository is instead. */
    private readonly elsewhere: (path: string) => string,
    /** Starts a server that is not ours; answers where it listens. */
    private readonly server: (
      name: string,
      box: string,
      command: readonly string[],
    ) => Promise<string>,
    /** What is no command of ours and is not run. */
    private readonly foreign: RegExp,
  ) {}

  readonly #servers = new Map<string, string>();

  /** Starts a service, after what it waits for; a job is waited for as well. */
  start(name: string, more: readonly string[] = []): Promise<void> {
    const begun = this.#done.get(name) ?? this.#start(name, more);
    this.#done.set(name, begun);
    return begun;
  }

  async #start(name: string, more: readonly string[]): Promise<void> {
    const service = this.compose.services[name];
    if (service === undefined) throw new Error(`there is no service ${name}`);
    for (const [other, { condition, required }] of Object.entries(service.depends_on ?? {})) {
      if (required === false) continue;
      await this.start(other);
      if (condition === 'service_healthy') await this.nodes.get(other)?.ready();
    }
    const box = join(this.folder, name);
    await this.#mount(service, box);
    const [, app] = /^tripoint-(.+)$/.exec(service.image ?? '') ?? [];
    if (app === undefined)
      this.#servers.set(
        name,
        await this.server(name, box, this.#commandOf(service, box).map(unescaped)),
      );
    else if (app === 'cli') await this.#runJob(name, service, box, more);
    else
      this.nodes.set(
        name,
        new NodeProcess(name, app, {
          ...(await this.#environment(name, service, box)),
          // Every container has port 4100 to itself; here they share one machine.
          [`TRIPOINT_${app.toUpperCase()}_HOST`]: '127.0.0.1',
          [`TRIPOINT_${app.toUpperCase()}_PORT`]: '0',
        }),
      );
  }

  /** What is mounted, and only that, as the engine would show it: at its path below the folder of the service. */
  async #mount(service: Service, box: string): Promise<void> {
    const mounts = [
      ...(service.secrets ?? []).map((mount) => ({ mount, from: this.compose.secrets })),
      ...(service.configs ?? []).map((mount) => ({ mount, from: this.compose.configs })),
    ];
    for (const { mount, from } of mounts) {
      const at = mount.target.startsWith('/') ? mount.target : `/run/secrets/${mount.target}`;
      const source = this.elsewhere(from[mount.source]?.file ?? '');
      await mkdir(dirname(box + at), { recursive: true, mode: 0o700 });
      if (from === this.compose.secrets) await cp(source, box + at);
      // Settings of a server, and programs, name paths of their own.
      else await writeFile(box + at, this.#inside(await readFile(source, 'utf8'), service, box));
    }
    await mkdir(join(box, 'tmp'), { recursive: true });
  }

  /** Text in which paths of a container lead to the folder of its service, or to where its volume is. */
  #inside(text: string, service: Service, box: string): string {
    const places = new Map(
      ['/run', '/etc/tripoint', '/tmp'].map((path) => [path, box + path] as const),
    );
    for (const volume of service.volumes ?? []) {
      const [source = '', target = ''] = volume.split(':');
      if (source.startsWith('.')) places.set(target, this.elsewhere(source));
      // What a container alone has, no other one may find: nor a later run on this machine.
      else if (service.image?.startsWith('tripoint-') === true) places.set(target, box + target);
    }
    // All at once, or what has been translated would be again.
    const any = new RegExp(`(?<![\\w/.-])(?:${[...places.keys()].join('|')})(?![\\w.-])`, 'g');
    return text.replaceAll(any, (path) => places.get(path) ?? path);
  }

  /** A server's name and port, as what shares no network with it does not know them. */
  async #named(text: string, name: string, service: Service): Promise<string> {
    let now = text;
    for (const [other, { networks = [] }] of Object.entries(this.compose.services)) {
      if (other === name || !networks.some((network) => (service.networks ?? []).includes(network)))
        continue;
      const at = new RegExp(`(?<![\\w.-])${other}:\\d+`, 'g');
      if (!at.test(now)) continue;
      const place =
        this.#servers.get(other) ?? (await this.nodes.get(other)?.url())?.replace('http://', '');
      if (place === undefined) throw new Error(`${name} needs ${other}, and does not wait for it`);
      now = now.replaceAll(at, place);
    }
    return now;
  }

  async #environment(name: string, service: Service, box: string): Promise<Variables> {
    const told: Record<string, string> = {};
    for (const [variable, value] of Object.entries(service.environment ?? {}))
      told[variable] = await this.#named(this.#inside(value, service, box), name, service);
    return told;
  }

  #commandOf(service: Service, box: string): readonly string[] {
    return [...(service.entrypoint ?? ['tripoint']), ...(service.command ?? [])].map((word) =>
      this.#inside(word, service, box),
    );
  }

  /** The commands of a job, as a shell reads them, run here one after the other. */
  async #runJob(
    name: string,
    service: Service,
    box: string,
    more: readonly string[],
  ): Promise<void> {
    const environment = await this.#environment(name, service, box);
    // A URL in a secret names its server too.
    for (const [variable, path] of Object.entries(environment))
      if (variable.endsWith('_FILE'))
        await writeFile(
          path,
          await this.#named(
            this.#inside(await readFile(path, 'utf8'), service, box),
            name,
            service,
          ),
        );
    const bin = join(box, 'bin');
    await mkdir(bin);
    for (const program of ['tripoint', 'node'])
      await writeFile(
        join(bin, program),
        RECORDING.replace('/usr/bin/env node', process.execPath),
        {
          mode: 0o700,
        },
      );
    const [program = '', ...args] = [...this.#commandOf(service, box).map(unescaped), ...more];
    const recorded = execFileSync(program, args, {
      env: { PATH: `${bin}:/usr/bin:/bin` },
      cwd: join(box, 'tmp'),
      encoding: 'utf8',
    });
    const said: string[] = [];
    for (const line of recorded.split('\n').filter((each) => each.startsWith('['))) {
      const [word = '', ...words] = JSON.parse(line) as readonly string[];
      if (this.foreign.test(words.join(' '))) continue;
      if (word !== 'tripoint') throw new Error(`${name} runs ${word}`);
      const given = await Promise.all(words.map((each) => this.#named(each, name, service)));
      const exit = await runCommand(tripoint, given, {
        out: (out) => said.push(out),
        err: (err) => said.push(err),
        environment,
        now: () => new Date().toISOString() as Instant,
        fetch,
      });
      if (exit !== 0) throw new Error(`${name}: ${said.join('\n')}`);
    }
    this.said.set(name, said.join('\n'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.nodes.values()].map((node) => node.end()));
  }
}

const unescaped = (word: string): string => word.replaceAll('$$', '$');
