import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type AgencyId, HubError, pause } from '@tripoint/kernel';
import { submissionsTopic } from '@tripoint/ledger';
import { supervise } from '@tripoint/platform';
import { Dispatcher } from './dispatcher/dispatcher.js';
import { Publisher } from './dispatcher/publisher.js';
import { HubOptions } from './hub.options.js';
import { RecordedLog } from './log/recorded-log.js';
import { Tally } from './log/tally.js';
import { Office } from './office/office.js';
import { Forks } from './registrar/forks.js';
import { Registrar } from './registrar/registrar.js';

/** Wraps on the way are swept when no leaf came for them within a day; nothing quarantined lives longer than 22 hours. */
const SWEEP_EVERY = 60 * 60 * 1000;
const UNSETTLED_SECONDS = 24 * 60 * 60;
const QUARANTINED_SECONDS = 22 * 60 * 60;

/** What is stored is not what was signed, or not what these programs make of it: no waiting mends that. */
const NOT_GONE_ON_WITH: ReadonlySet<string> = new Set([
  'ledger-damaged',
  'ledger-inconsistent',
  'ledger-rolled-back',
  'log-inconsistent',
  'vault-rolled-back',
]);

/** Keeps the hub's loops running, each from what its store says, until the application closes. */
@Injectable()
export class Hub implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #consuming = new Set<AgencyId>();
  #isStuck = false;

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly office: Office,
    private readonly registrar: Registrar,
    private readonly dispatcher: Dispatcher,
    private readonly publisher: Publisher,
    private readonly forks: Forks,
    private readonly tally: Tally,
  ) {}

  onApplicationBootstrap(): void {
    this.log.heard((leaves) => this.dispatcher.hear(leaves));
    this.log.onlyIf(() => this.dispatcher.checkVault());
    this.log.heard((leaves) => {
      this.tally.count(leaves);
      if (leaves.some(({ leaf }) => leaf.kind === 'fork'))
        for (const { id } of this.log.state.registry.agencies())
          for (const chain of this.log.state.registry.agency(id)?.chains ?? [])
            if (this.log.state.registry.frozen(chain)) this.forks.folded(chain);
      if (leaves.some(({ leaf }) => leaf.kind === 'registry')) this.#consume();
      return Promise.resolve();
    });
    this.#run('recorded-log', (signal) => this.log.run(signal));
    this.#runOnceCaughtUp('office', (signal) => this.office.run(signal));
    this.#runOnceCaughtUp('resumes', (signal) => this.publisher.serveResumes(signal));
    this.#run('sweeper', (signal) => this.#sweep(signal));
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#loops);
  }

  #run(name: string, loop: (signal: AbortSignal) => Promise<void>): void {
    const watched = (signal: AbortSignal): Promise<void> =>
      loop(signal).catch((thrown: unknown) => {
        this.#tellOf(thrown);
        throw thrown;
      });
    this.#loops.push(supervise(name, watched, this.hub.log, this.#stop.signal));
  }

  #tellOf(thrown: unknown): void {
    if (this.#isStuck || !(thrown instanceof HubError) || !NOT_GONE_ON_WITH.has(thrown.code))
      return;
    this.#isStuck = true;
    this.hub.stuck?.(thrown);
  }

  /** Until the log has been read, nothing is known to be in force and nothing is known to have been signed. */
  #runOnceCaughtUp(name: string, loop: (signal: AbortSignal) => Promise<void>): void {
    this.#run(name, async (signal) => {
      await this.log.caughtUp(signal);
      await loop(signal);
    });
  }

  /** One registrar loop for each enrolled agency's submissions. */
  #consume(): void {
    for (const { id, kind } of this.log.state.registry.agencies()) {
      if (kind === 'HUB' || this.#consuming.has(id)) continue;
      this.#consuming.add(id);
      this.#runOnceCaughtUp(`registrar ${id}`, (signal) =>
        this.hub.bus.consume(
          submissionsTopic(id),
          'registrar',
          (batch) => this.registrar.receive(id, batch),
          signal,
        ),
      );
    }
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.hub.quarantine.purge(QUARANTINED_SECONDS);
      await pause(SWEEP_EVERY, signal);
      // After a night without a hub, what is on its way has grown old without anybody to settle it.
      if (this.log.ready) await this.hub.vault.sweep(UNSETTLED_SECONDS);
    }
  }
}
