import { Injectable } from '@nestjs/common';
import { HubError, pause } from '@tripoint/kernel';
import { Dispatcher } from '../dispatcher/dispatcher.js';
import { Publisher } from '../dispatcher/publisher.js';
import { HubOptions } from '../hub.options.js';
import { Sequencer } from '../sequencer/sequencer.js';
import { Cosigning } from '../witnesses/cosigning.js';

const OFFICE = 'office';
/** How often one that waits looks whether the office is free, in milliseconds. */
const LOOK_EVERY = 1_000;

/**
 * Of several hubs over one ledger, one is in office: it sequences, dispatches and publishes. The others admit and answer, and
 * wait. The lease decides who begins; what is written is fenced by the ledger's expected revision, so that one that was in
 * office, stood still and does not know yet that another took over is refused at its next leaf.
 */
@Injectable()
export class Office {
  #held = false;

  constructor(
    private readonly hub: HubOptions,
    private readonly sequencer: Sequencer,
    private readonly dispatcher: Dispatcher,
    private readonly publisher: Publisher,
    private readonly cosigning: Cosigning,
  ) {}

  /** Whether this hub is in office, as far as it knows. */
  get held(): boolean {
    return this.#held;
  }

  /** Waits for the office, serves in it until it is lost, and waits again. Whatever fails in office ends it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted)
      if (await this.#take()) await this.#serve(signal);
      else await pause(LOOK_EVERY, signal);
  }

  #take(): Promise<boolean> {
    const { lease, holder, leaseSeconds } = this.hub;
    return lease.take(OFFICE, holder, leaseSeconds);
  }

  async #serve(signal: AbortSignal): Promise<void> {
    const { lease, holder, log } = this.hub;
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    log.info('in office');
    this.#held = true;
    const duties = [
      this.#renew(both),
      this.sequencer.run(both),
      this.dispatcher.run(both),
      this.publisher.run(both),
      this.cosigning.run(both),
    ];
    try {
      await Promise.race(duties);
    } finally {
      ended.abort();
      await Promise.allSettled(duties);
      this.#held = false;
      log.info('out of office');
      // Whoever waits need not wait for the clock, and one that cannot do its duties is not to keep others from them.
      await lease.release(OFFICE, holder);
    }
  }

  /** Renews the lease until it is lost. One that cannot be asked for in time is lost as well. */
  async #renew(signal: AbortSignal): Promise<void> {
    const validFor = this.hub.leaseSeconds * 1000;
    let renewed = performance.now();
    for (;;) {
      await pause(validFor / 3, signal);
      if (signal.aborted) return;
      const asked = performance.now();
      const answered = new AbortController();
      const late = pause(
        Math.max(0, renewed + validFor - asked),
        AbortSignal.any([signal, answered.signal]),
      ).then(() => false);
      try {
        if (!(await Promise.race([this.#take(), late]))) return;
      } catch (thrown) {
        // Away for a moment is not lost: the lease is valid until its time is over.
        if (!(
          thrown instanceof HubError &&
          thrown.retriable &&
          performance.now() < renewed + validFor
        ))
          throw thrown;
        continue;
      } finally {
        answered.abort();
      }
      renewed = asked;
    }
  }
}
