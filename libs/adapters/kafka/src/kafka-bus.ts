import { Bus, type Message, type Received } from '@tripoint/bus';

import { BrokerCheck } from './broker-check.js';
import { consume } from './kafka-consumer.js';
import { type KafkaSettings, validated } from './kafka-settings.js';
import { TopicPublisher } from './topic-publisher.js';

/**
 * The bus on Apache Kafka: each topic one partition, kept by the broker's clock. Topics, principals and what each may do are
 * made beforehand, by `provisionBus`.
 */
export class KafkaBus extends Bus {
  readonly #settings: KafkaSettings;
  readonly #publishers = new Map<string, TopicPublisher>();
  readonly #check: BrokerCheck;

  /**
   * Connects when it is first used.
   * @throws {HubError} `bus-misconfigured`, not retriable, with all that is wrong
   */
  constructor(settings: KafkaSettings) {
    super();
    this.#settings = validated(settings);
    this.#check = new BrokerCheck(this.#settings);
  }

  /** Waits for what is being published, then closes. Consumers end by their own signals, before this. */
  async close(): Promise<void> {
    await Promise.all([
      this.#check.close(),
      ...[...this.#publishers.values()].map((publisher) => publisher.close()),
    ]);
    this.#publishers.clear();
  }

  /**
   * @inheritdoc
   * @throws {HubError} also `bus-denied` and `bus-untrusted`, not retriable
   */
  override check(): Promise<void> {
    return this.#check.ask();
  }

  /**
   * @inheritdoc
   * @throws {HubError} also `bus-denied`, `bus-untrusted` and `bus-message-too-large`, not retriable
   */
  override publish(topic: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    let publisher = this.#publishers.get(topic);
    if (publisher === undefined) {
      publisher = new TopicPublisher(this.#settings, topic);
      this.#publishers.set(topic, publisher);
    }
    return publisher.publish(messages);
  }

  /**
   * @inheritdoc
   * @throws {HubError} `bus-denied` and `bus-untrusted`, not retriable; `bus-group-unserved`, retriable, where that does not
   * pass soon. What passes is waited for
   */
  override consume(
    topic: string,
    group: string,
    receive: (batch: readonly Received[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    return consume({ settings: this.#settings, topic, group, receive, signal });
  }
}
