import { Injectable } from '@nestjs/common';
import { signRewrapped } from '@tripoint/envelope';
import { HubError, isRefusal, pause } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';
import { RegisteredFederation } from '../federation/registered-federation.js';
import { OwnKey } from '../sealing/own-key.js';

const IDLE = 1_000;

/**
 * Signs for wraps that the projector has made again for the next epoch. It sees none of them: the hub takes them on this
 * agency's word only, and puts them in the place of this agency's own wraps only.
 */
@Injectable()
export class RemadeLoop {
  constructor(
    private readonly agency: AgencyOptions,
    private readonly federation: RegisteredFederation,
    private readonly ownKey: OwnKey,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const { remaking } = this.agency;
    while (!signal.aborted) {
      const enough = new AbortController();
      const either = AbortSignal.any([signal, enough.signal]);
      // Listening before looking.
      const news = remaking.waiting(either);
      try {
        await this.#signAll();
        await Promise.race([news, pause(IDLE, either)]);
      } finally {
        enough.abort();
      }
    }
  }

  async #signAll(): Promise<void> {
    const { agency, openpgp, remaking } = this.agency;
    const waiting = await remaking.unsigned();
    if (waiting.length === 0) return;
    try {
      const { registry } = await this.federation.now();
      const chain = registry.agency(agency)?.chains.at(-1);
      const key = chain && (await this.ownKey.toSign(registry, chain));
      if (key === undefined || isRefusal(key)) return;
      for (const batch of waiting)
        await remaking.sign(batch, await signRewrapped(openpgp, agency, batch, key));
    } catch (thrown) {
      // No key that the registry has, for now: it waits.
      if (!(thrown instanceof HubError && thrown.retriable)) throw thrown;
    }
  }
}
