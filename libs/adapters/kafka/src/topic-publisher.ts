import { type Message } from '@tripoint/bus';
import { HubError } from '@tripoint/kernel';
import { type Message as Sent, type Producer, type RetryOptions } from 'kafkajs';

import { atMost } from './at-most.js';
import { translated } from './bus-error.js';
import { kafkaClient } from './kafka-client.js';
import { type KafkaSettings } from './kafka-settings.js';

/** One request: the broker stores it as a single batch and refuses one that is larger than {@link LARGEST_MESSAGE}. */
const REQUEST = { count: 1000, bytes: 1_000_000 };
const CLOSE_WITHIN = 5000;
/** Six seconds or so. The driver repeats under the same number, so that the broker drops what it has already. */
const RETRY: RetryOptions = { retries: 5, initialRetryTime: 200, maxRetryTime: 5000 };

/** What a topic has to take: a container with what travels around it fits well; two do not fit one request. */
export const LARGEST_MESSAGE = 2 * 1024 * 1024;

type Publication = {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  failed: boolean;
};

/** As much of a publication as goes into one request. */
type Part = {
  readonly publication: Publication;
  readonly messages: readonly Message[];
  readonly bytes: number;
  readonly last: boolean;
};

const sizeOf = ({ value, headers = {} }: Message): number =>
  Object.entries(headers).reduce(
    (sum, [name, text]) => sum + 2 * (name.length + text.length),
    value.length + 32,
  );

const partsOf = (messages: readonly Message[], publication: Publication): readonly Part[] => {
  const parts: { messages: Message[]; bytes: number }[] = [];
  for (const message of messages) {
    const size = sizeOf(message);
    const open = parts.at(-1);
    if (
      open === undefined ||
      open.messages.length >= REQUEST.count ||
      open.bytes + size > REQUEST.bytes
    )
      parts.push({ messages: [message], bytes: size });
    else {
      open.messages.push(message);
      open.bytes += size;
    }
  }
  return parts.map((part, n) => ({ ...part, publication, last: n === parts.length - 1 }));
};

const sent = ({ value, headers }: Message): Sent => ({
  // Topics have one partition: that is what makes an order of them.
  partition: 0,
  key: null,
  value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  ...(headers !== undefined && { headers: { ...headers } }),
});

/**
 * Publishes to one topic for this process, one request at a time; what arrives meanwhile shares the next.
 *
 * INVARIANT: after a request without a certain answer its producer is never used again. The driver would give its
 * numbers to the next request, and a broker that did store the lost one would take the next for a repetition, say
 * yes and keep nothing.
 */
export class TopicPublisher {
  readonly #settings: KafkaSettings;
  readonly #topic: string;
  readonly #waiting: Part[] = [];
  #producer: Producer | undefined;
  #running: Promise<void> | undefined;

  constructor(settings: KafkaSettings, topic: string) {
    this.#settings = settings;
    this.#topic = topic;
  }

  publish(messages: readonly Message[]): Promise<void> {
    if (messages.some((message) => sizeOf(message) > LARGEST_MESSAGE))
      return Promise.reject(
        new HubError('bus-message-too-large', 'the broker takes no message of this size', false),
      );
    return new Promise((resolve, reject) => {
      this.#waiting.push(...partsOf(messages, { resolve, reject, failed: false }));
      this.#running ??= this.#run();
    });
  }

  /** Waits for what is being published, then lets go of the broker. */
  async close(): Promise<void> {
    await this.#running;
    await this.#leave();
  }

  async #run(): Promise<void> {
    for (let parts = this.#next(); parts.length > 0; parts = this.#next())
      try {
        await this.#send(parts.flatMap(({ messages }) => messages));
        for (const { publication, last } of parts) if (last) publication.resolve();
      } catch (error) {
        await this.#leave();
        for (const { publication } of parts) {
          publication.failed = true;
          publication.reject(translated(error));
        }
      }
    this.#running = undefined;
  }

  /** What goes next. The rest of a publication that failed does not go at all: its order would have a hole. */
  #next(): readonly Part[] {
    const parts: Part[] = [];
    let [count, bytes] = [0, 0];
    for (let part = this.#waiting[0]; part !== undefined; part = this.#waiting[0]) {
      if (!part.publication.failed) {
        count += part.messages.length;
        bytes += part.bytes;
        if (parts.length > 0 && (count > REQUEST.count || bytes > REQUEST.bytes)) break;
        parts.push(part);
      }
      this.#waiting.shift();
    }
    return parts;
  }

  async #send(messages: readonly Message[]): Promise<void> {
    const producer = await this.#connected();
    await producer.send({ topic: this.#topic, acks: -1, messages: messages.map(sent) });
  }

  async #connected(): Promise<Producer> {
    if (this.#producer !== undefined) return this.#producer;
    const producer = kafkaClient(this.#settings, RETRY).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => () => 0,
    });
    this.#producer = producer;
    await producer.connect();
    return producer;
  }

  async #leave(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    if (producer !== undefined) await atMost(producer.disconnect(), CLOSE_WITHIN);
  }
}
