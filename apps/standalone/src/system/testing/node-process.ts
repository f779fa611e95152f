import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../gates/testing/eventually.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', '..');
const pinned = join(root, 'node_modules', '.bin', 'node');

/** How a process came to its end. */
export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A line of a node's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly message?: string };

/** One application of ours in a process of its own, from its TypeScript source: its own settings, and nothing else in its environment. */
export class NodeProcess {
  readonly ended: Promise<Ended>;
  readonly lines: LogLine[] = [];
  errors = '';
  readonly #process: ChildProcess;
  #rest = '';
  #running = true;

  constructor(
    readonly name: string,
    app: string,
    variables: Readonly<Record<string, string>>,
    preloaded: readonly string[] = [],
  ) {
    this.#process = spawn(
      existsSync(pinned) ? pinned : process.execPath,
      [
        // kafkajs asks for it, many times; nothing follows from it.
        '--disable-warning=TimeoutNegativeWarning',
        ...[...preloaded, join(root, 'scripts', 'typescript.mjs')].flatMap((one) => [
          '--import',
          one,
        ]),
        join(root, 'apps', app, 'src', 'main.ts'),
      ],
      { env: { ...variables }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process.stdout?.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString()).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.lines.push(JSON.parse(line) as LogLine);
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.errors = (this.errors + chunk.toString()).slice(-4_000);
    });
    this.ended = new Promise((resolve) => {
      this.#process.on('close', (code, signal) => {
        this.#running = false;
        resolve({ code, signal });
      });
    });
  }

  /** The port that it answers on, or answered on before it ended; undefined until it does. */
  get port(): string | undefined {
    const port = this.lines.find(({ message }) => message === 'listening')?.['port'];
    return typeof port === 'number' ? port.toString() : undefined;
  }

  /** Where it answers, once it does. It chose its port itself. */
  async url(): Promise<string> {
    const port = await eventually(`${this.name} listens`, () => {
      if (!this.#running)
        throw new Error(
          `${this.name} has ended: ${this.errors} ${JSON.stringify(this.lines.at(-1))}`,
        );
      return this.port;
    });
    return `http://127.0.0.1:${port}`;
  }

  /** What it says is there and what is missing; undefined while it does not answer. */
  async readiness(): Promise<ReadonlyMap<string, boolean> | undefined> {
    const url = await this.url();
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    const found = (await answer?.json().catch(() => undefined)) as
      | { readonly checks: readonly { readonly name: string; readonly ready: boolean }[] }
      | undefined;
    return found && new Map(found.checks.map(({ name, ready }) => [name, ready]));
  }

  /** Resolves when nothing that it needs is missing. */
  async ready(within?: number): Promise<void> {
    let last: ReadonlyMap<string, boolean> | undefined;
    try {
      await eventually(
        `${this.name} is ready`,
        async () => {
          last = await this.readiness();
          return last !== undefined && [...last.values()].every((ready) => ready)
            ? true
            : undefined;
        },
        within,
      );
    } catch (cause) {
      const said = this.lines.slice(-3).map((line) => JSON.stringify(line));
      const checks = JSON.stringify([...(last ?? [])]);
      throw new Error(`${this.name}: ${checks} ${said.join('\n')} ${this.errors}`, { cause });
    }
  }

  /** Where it is measured, once it is. */
  metricsUrl(path = '/metrics'): string {
    const port = this.lines.find(({ message }) => message === 'metrics are answered')?.['port'];
    return `http://127.0.0.1:${String(port)}${path}`;
  }

  async metrics(): Promise<string> {
    return (await fetch(this.metricsUrl())).text();
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Ends it, however it stands. */
  async end(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }
}
