import { type KafkaSettings } from '@tripoint/adapters/kafka';
import { type Consumer, type Producer } from 'kafkajs';
import { type Broker, clientOf } from './broker.js';

/** The bytes of one request's way: what its author sent, what its reader sent, and what each of them was handed. */
export type Bytes = {
  readonly submissions: readonly [Buffer, Buffer];
  readonly mailboxes: readonly [Buffer, Buffer];
};

const TOPICS = ['bare.submissions.a', 'bare.submissions.b', 'bare.mailbox.a', 'bare.mailbox.b'];
const [A_SAYS, B_SAYS, A_HEARS, B_HEARS] = TOPICS as [string, string, string, string];
const NUMBER = 'number';

/**
 * kafkajs with nothing around it, on topics like the hub's: a submission is consumed and handed on to both mailboxes, the one that is
 * addressed answers the first message of a request with the second. Every message is acknowledged by all replicas (`acks: -1`)
 * to an idempotent producer, one request at a time for each topic; a batch that was consumed goes on as one.
 */
export class BareKafka {
  readonly #producers = new Map<string, Producer>();
  readonly #consumers: Consumer[] = [];
  readonly #waiting = new Map<string, () => void>();
  #number = 0;

  private constructor(
    private readonly settings: KafkaSettings,
    private readonly bytes: readonly Bytes[],
  ) {}

  static async over(broker: Broker, bytes: readonly Bytes[]): Promise<BareKafka> {
    await broker.makeTopics(TOPICS);
    const bare = new BareKafka(broker.settings, bytes);
    for (const topic of TOPICS) {
      const producer = clientOf(broker.settings).producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
      });
      await producer.connect();
      bare.#producers.set(topic, producer);
    }
    const handedOn = async (numbers: readonly string[]): Promise<void> => {
      await Promise.all([bare.#send(A_HEARS, numbers), bare.#send(B_HEARS, numbers)]);
    };
    await bare.#consume(A_SAYS, handedOn);
    await bare.#consume(B_SAYS, handedOn);
    // What both are handed first is the request; what both are handed then is its receipt.
    const heard = new Set<string>();
    await bare.#consume(B_HEARS, async (numbers) => {
      const requests = numbers.filter((number) => !heard.has(number));
      for (const number of requests) heard.add(number);
      for (const number of numbers)
        if (!requests.includes(number)) {
          heard.delete(number);
          bare.#waiting.get(number)?.();
        }
      if (requests.length > 0) await bare.#send(B_SAYS, requests);
    });
    await bare.#consume(A_HEARS, () => Promise.resolve());
    return bare;
  }

  /** Requests by so many at a time, who each wait for the receipt: events a second. */
  async rate(requests: number, atOnce: number): Promise<number> {
    let left = requests;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) await this.#request();
      }),
    );
    return (2 * requests) / ((performance.now() - start) / 1000);
  }

  async close(): Promise<void> {
    for (const consumer of this.#consumers) await consumer.disconnect();
    for (const producer of this.#producers.values()) await producer.disconnect();
  }

  async #request(): Promise<void> {
    const number = String((this.#number += 1));
    const received = new Promise<void>((resolve) => this.#waiting.set(number, resolve));
    await this.#send(A_SAYS, [number]);
    await received;
    this.#waiting.delete(number);
  }

  async #send(topic: string, numbers: readonly string[]): Promise<void> {
    await this.#producers.get(topic)!.send({
      topic,
      acks: -1,
      messages: numbers.map((number) => ({
        partition: 0,
        value: this.#bytesOf(topic, Number(number)),
        headers: { [NUMBER]: number },
      })),
    });
  }

  #bytesOf(topic: string, number: number): Buffer {
    const { submissions, mailboxes } = this.bytes[number % this.bytes.length]!;
    switch (topic) {
      case A_SAYS:
        return submissions[0];
      case B_SAYS:
        return submissions[1];
      default:
        return mailboxes[topic === A_HEARS ? 0 : 1];
    }
  }

  async #consume(
    topic: string,
    take: (numbers: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const consumer = clientOf(this.settings).consumer({
      groupId: `${topic}.bench`,
      maxWaitTimeInMs: 500,
    });
    this.#consumers.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    await consumer.run({
      eachBatch: async ({ batch: { messages } }) => {
        await take(messages.map(({ headers }) => String(headers?.[NUMBER])));
      },
    });
    await joined;
  }
}

/** The last `requests` messages of each of these topics, which stand for what a request is made of. */
export const bytesOf = async (
  broker: Broker,
  topics: readonly [string, string, string, string],
  requests: number,
): Promise<readonly Bytes[]> => {
  const ends = await broker.taken(topics);
  const columns: Buffer[][] = [];
  for (const topic of topics) columns.push(await lastOf(broker, topic, requests, ends.get(topic)!));
  const [aSaid, bSaid, aHeard, bHeard] = columns as [Buffer[], Buffer[], Buffer[], Buffer[]];
  return aSaid.map((said, at) => ({
    submissions: [said, bSaid[at] ?? said],
    mailboxes: [aHeard[at] ?? said, bHeard[at] ?? said],
  }));
};

const lastOf = async (
  broker: Broker,
  topic: string,
  count: number,
  end: number,
): Promise<Buffer[]> => {
  const from = Math.max(0, end - count);
  const consumer = clientOf(broker.settings).consumer({ groupId: `${topic}.look` });
  const found: Buffer[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage: ({ message: { offset, value } }) => {
          if (Number(offset) >= from && value !== null) found.push(value);
          if (Number(offset) === end - 1) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return found;
};
