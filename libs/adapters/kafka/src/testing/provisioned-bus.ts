import { type Message, type Received } from '@tripoint/bus';

import { KafkaBus } from '../kafka-bus.js';
import { FEW, kafkaClient } from '../kafka-client.js';
import { type KafkaSettings } from '../kafka-settings.js';
import { ensureTopics } from '../provisioning/topics.js';

/**
 * A bus whose topics are made when they are first named, as whoever provisions them would have made them: for suites that
 * invent topics as they go.
 */
export class ProvisionedBus extends KafkaBus {
  readonly #admin: KafkaSettings;
  readonly #made = new Map<string, Promise<void>>();

  constructor(settings: KafkaSettings, admin = settings) {
    super(settings);
    this.#admin = admin;
  }

  override async publish(topic: string, messages: readonly Message[]): Promise<void> {
    await this.#ensure(topic);
    await super.publish(topic, messages);
  }

  override async consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#ensure(topic);
    await super.consume(topic, group, receive, signal);
  }

  #ensure(topic: string): Promise<void> {
    let making = this.#made.get(topic);
    if (making === undefined) {
      making = this.#make(topic);
      this.#made.set(topic, making);
    }
    return making;
  }

  async #make(topic: string): Promise<void> {
    const admin = kafkaClient(this.#admin, FEW).admin();
    await admin.connect();
    await ensureTopics(admin, [topic]);
    await admin.disconnect();
  }
}
