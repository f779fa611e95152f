import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A program of the bench in a process of its own. It is asked one thing at a time, and answers each. */
export class Forked {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;

  /** `variables` are its whole environment, where they are given. */
  constructor(
    private readonly name: string,
    args: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ) {
    this.#child = fork(join(import.meta.dirname, name), args, {
      // Its log lines are not what is looked at; what it dies of is.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      ...(variables === undefined ? {} : { env: variables }),
    });
    this.#exited = once(this.#child, 'exit');
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The next thing that it says. */
  async said<T>(): Promise<T> {
    const outcome = await Promise.race([
      once(this.#child, 'message'),
      this.#exited.then(([code]) => {
        throw new Error(`${this.name} ended with code ${String(code)}`);
      }),
    ]);
    return outcome[0] as T;
  }

  ask<T>(question: unknown): Promise<T> {
    const answer = this.said<T>();
    this.#child.send(question as object);
    return answer;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Tells it to stop, and waits until it has. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    if (this.running) await this.#exited;
  }
}
