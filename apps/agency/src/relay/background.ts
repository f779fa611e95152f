import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { supervise } from '@tripoint/platform';
import { type Instant, pause } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';
import { CatchingUp } from '../chain/catching-up.js';
import { ChainGuard } from '../chain/chain-guard.js';
import { Relay } from './relay.js';
import { RemadeLoop } from './remade.js';
import { ReadRootLoop } from './read-root.js';
import { ToSignLoop } from './to-sign.js';

const SWEEP_EVERY = 60 * 60 * 1000;
const CHANGES_KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Keeps the agency's loops running until the application closes. */
@Injectable()
export class Background implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
    private readonly relay: Relay,
    private readonly toSign: ToSignLoop,
    private readonly remade: RemadeLoop,
    private readonly readRoots: ReadRootLoop,
    private readonly catchingUp: CatchingUp,
  ) {}

  onApplicationBootstrap(): void {
    const { log } = this.agency;
    const { signal } = this.#stop;
    this.#running = Promise.all([
      supervise('chain-guard', (stop) => this.guard.run(stop), log, signal),
      supervise('catching-up', (stop) => this.catchingUp.run(stop), log, signal),
      supervise('relay', (stop) => this.relay.run(stop), log, signal),
      supervise('to-sign', (stop) => this.toSign.run(stop), log, signal),
      supervise('remade', (stop) => this.remade.run(stop), log, signal),
      supervise('read-roots', (stop) => this.readRoots.run(stop), log, signal),
      supervise('sweeper', (stop) => this.#sweep(stop), log, signal),
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { changes, now, officers } = this.agency;
    while (!signal.aborted) {
      await officers.sweep(new Date(now()).toISOString() as Instant);
      await changes.prune(CHANGES_KEPT_SECONDS);
      await pause(SWEEP_EVERY, signal);
    }
  }
}
