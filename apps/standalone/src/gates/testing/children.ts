import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Told } from './federation-child.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', '..', '..', '..');
const pinned = join(root, 'node_modules', '.bin', 'node');

/** How a process came to its end, and the newest lines that it wrote. */
export type End = {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly lines: string;
};

/** A program of ours in a process of its own, from its TypeScript source. */
export class Child {
  readonly ended: Promise<End>;
  readonly #process: ChildProcess;
  #lines = '';
  readonly #listeners: ((told: Told) => void)[] = [];
  readonly #loaded: Promise<void>;

  constructor(program: string) {
    this.#process = fork(join(here, program), [], {
      execPath: existsSync(pinned) ? pinned : process.execPath,
      execArgv: ['--import', join(root, 'scripts', 'typescript.mjs')],
      // Options of the test runner are none of the child's.
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#lines = (this.#lines + chunk.toString()).slice(-4_000);
      });
    this.#process.on('message', (told) => {
      for (const listener of this.#listeners) listener(told as Told);
    });
    this.ended = new Promise((resolve) => {
      this.#process.on('close', (code, signal) => {
        resolve({ code, signal, lines: this.#lines });
      });
    });
    this.#loaded = this.hears('loaded');
  }

  get lines(): string {
    return this.#lines;
  }

  on(listener: (told: Told) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves with the next thing of that kind that the child tells. */
  hears(kind: string): Promise<void> {
    return new Promise((resolve) => {
      this.on(({ told }) => {
        if (told === kind) resolve();
      });
    });
  }

  async begin(task: unknown): Promise<void> {
    await Promise.race([this.#loaded, this.ended]);
    if (this.#process.connected) this.#process.send(task as object);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }
}

/** Has one child more than are needed, so that none is waited for. */
export class Nursery {
  #next: Child | undefined;
  readonly #taken: Child[] = [];

  constructor(private readonly program: string) {}

  take(): Child {
    const child = this.#next ?? new Child(this.program);
    this.#taken.push(child);
    this.#next = new Child(this.program);
    return child;
  }

  /** Ends every child, those too that a failing test has left behind, stopped or not. */
  async close(): Promise<void> {
    const children = this.#next === undefined ? this.#taken : [...this.#taken, this.#next];
    for (const child of children) child.signal('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
  }
}
