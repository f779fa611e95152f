import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Instant, isRefusal, pause } from '@tripoint/kernel';
import { supervise } from '@tripoint/platform';
import { type WantedKey } from '@tripoint/read-model';
import { heldKey } from './delivery/held-key.js';
import { ProjectorOptions } from './projector.options.js';

const AT_ONCE = 64;
/** Who asks for a key waits for seconds; what is not taken out after this long was asked for by somebody who is gone. */
const TERM_MS = 300_000;
const LOOK_AGAIN_MS = 60_000;

const instant = (at: number): Instant => new Date(at).toISOString() as Instant;

/**
 * Unwraps the session keys that a court file is to disclose: only this process can. That somebody may have them was decided, and put
 * on record, before they are asked for here.
 */
@Injectable()
export class Disclosures implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly projector: ProjectorOptions) {}

  onApplicationBootstrap(): void {
    const { log } = this.projector;
    this.#running = supervise('disclosures', (stop) => this.#run(stop), log, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { courtFiles } = this.projector;
    while (!signal.aborted) {
      const enough = new AbortController();
      const either = AbortSignal.any([signal, enough.signal]);
      const more = courtFiles.waiting(either);
      try {
        await this.#expire();
        for (const wanted of await courtFiles.wanted(AT_ONCE)) await this.#give(wanted);
        await Promise.race([more, pause(LOOK_AGAIN_MS, either)]);
      } finally {
        enough.abort();
      }
    }
  }

  /** A key must not lie there because whoever asked for it was killed. */
  async #expire(): Promise<void> {
    const { agency, courtFiles, log, now } = this.projector;
    const lay = await courtFiles.expire(instant(now() - TERM_MS), instant(now()));
    if (lay > 0) log.warn('session keys were not taken out', { agency, count: lay });
  }

  async #give(wanted: WantedKey): Promise<void> {
    const { courtFiles, journal, openpgp } = this.projector;
    for (const { subkey, wrap } of await journal.wraps([wanted.descriptor])) {
      const key = await heldKey(this.projector, subkey);
      if (key === undefined) continue;
      const sessionKey = await openpgp.unwrap(wrap, key);
      if (isRefusal(sessionKey)) continue;
      await courtFiles.give(wanted, sessionKey);
      sessionKey.fill(0);
      return;
    }
  }
}
