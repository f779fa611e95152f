import { HubError, pause } from '@tripoint/kernel';
import { type Admin, type RetryOptions } from 'kafkajs';

import { atMost } from './at-most.js';
import { translated } from './bus-error.js';
import { kafkaClient } from './kafka-client.js';
import { type KafkaSettings } from './kafka-settings.js';

/** Whoever asks waits no longer, whatever the network does; well within what `/health/ready` bears. */
const ANSWER_WITHIN = 1500;
const CLOSE_WITHIN = 1000;
const ONCE: RetryOptions = { retries: 0 };

/**
 * Asks a broker whether it answers, on a connection that is kept from one time to the next. Who comes and asks nothing else
 * needs no right for it, only to be let in.
 */
export class BrokerCheck {
  readonly #settings: KafkaSettings;
  #client: Admin | undefined;
  /** Many who ask at once ask once. */
  #asking: Promise<void> | undefined;

  constructor(settings: KafkaSettings) {
    this.#settings = settings;
  }

  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async close(): Promise<void> {
    await this.#asking?.catch(() => undefined);
    await this.#leave();
  }

  async #ask(): Promise<void> {
    const over = new AbortController();
    const late = pause(ANSWER_WITHIN, over.signal).then(() => {
      if (!over.signal.aborted)
        throw new HubError('bus-away', 'no broker has answered in time', true);
    });
    try {
      await Promise.race([this.#answered(over.signal), late]);
    } catch (error) {
      // What a client has begun and not ended it would go on with.
      void this.#leave();
      throw translated(error);
    } finally {
      over.abort();
    }
  }

  async #answered(over: AbortSignal): Promise<void> {
    if (this.#client !== undefined)
      try {
        await this.#client.describeCluster();
        return;
      } catch (error) {
        if (over.aborted) throw error;
        // The broker ends a connection that nobody has used for long: that says nothing of the broker.
        await this.#leave();
      }
    const client = kafkaClient(this.#settings, ONCE).admin();
    this.#client = client;
    await client.connect();
    await client.describeCluster();
  }

  async #leave(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) await atMost(client.disconnect(), CLOSE_WITHIN);
  }
}
