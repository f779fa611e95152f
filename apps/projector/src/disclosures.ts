import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { isRefusal } from '@tripoint/kernel';
import { supervise } from '@tripoint/platform';
import { type WantedKey } from '@tripoint/read-model';
import { heldKey } from './delivery/held-key.js';
import { ProjectorOptions } from './projector.options.js';

const AT_ONCE = 64;

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
      const more = courtFiles.waiting(signal);
      for (const wanted of await courtFiles.wanted(AT_ONCE)) await this.#give(wanted);
      await more;
    }
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
