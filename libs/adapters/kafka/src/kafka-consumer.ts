import { type Received } from '@tripoint/bus';
import {
  type Consumer,
  type EachBatchPayload,
  type IHeaders,
  type KafkaMessage,
  type RetryOptions,
} from 'kafkajs';

import { growing, pause } from '@tripoint/kernel';
import { atMost } from './at-most.js';
import { isPassing, translated } from './bus-error.js';
import { firstCome } from './first-come.js';
import { FEW, kafkaClient } from './kafka-client.js';
import { type KafkaSettings } from './kafka-settings.js';

/** A batch ends at whichever comes first; a single message may be larger. */
const BATCH = { count: 256, bytes: 4 * 1024 * 1024 };
/**
 * The high-water mark: as much as one answer of the broker brings. While a receiver has any of it in hand, nothing more
 * is asked for.
 */
const FETCH_BYTES = 4 * 1024 * 1024;
/** How long the broker holds an answer back that has nothing to tell: also how long a stop may take. */
const FETCH_WAIT = 500;
const HEARTBEAT_EVERY = 1000;
/** After so long without a sign the broker gives the topic to the next in line. */
const SESSION = 20_000;
/** How long the next in line waits for the batch that is still in this one's hands. */
const REBALANCE = 60_000;
/** The driver has been seen to fall silent for good; then it is left, and another is begun. */
const SILENCE = REBALANCE + 2 * SESSION;
const LEAVE_WITHIN = 5000;
/** Ten seconds or so, for what the driver can get over by itself. Otherwise another membership is begun. */
const RETRY: RetryOptions = {
  retries: 8,
  initialRetryTime: 200,
  maxRetryTime: 2000,
  restartOnFailure: () => Promise.resolve(false),
};

export type Consumption = {
  readonly settings: KafkaSettings;
  readonly topic: string;
  readonly group: string;
  readonly receive: (batch: readonly Received[]) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Groups of one name and several topics are groups of their own: their members have nothing to do with each other. */
export const groupId = (topic: string, group: string): string => `${topic}.${group}`;

const textOf = (value: IHeaders[string]): string =>
  value === undefined ? '' : Array.isArray(value) ? value.map(String).join('') : String(value);

const receivedOf = ({ offset, value, headers }: KafkaMessage): Received => {
  const names = Object.entries(headers ?? {});
  return {
    offset: BigInt(offset),
    value:
      value === null
        ? new Uint8Array()
        : new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
    ...(names.length > 0 && {
      headers: Object.fromEntries(names.map(([name, text]) => [name, textOf(text)])),
    }),
  };
};

const batchesOf = (messages: readonly KafkaMessage[]): readonly (readonly Received[])[] => {
  const batches: { messages: Received[]; bytes: number }[] = [];
  for (const message of messages.map(receivedOf)) {
    const open = batches.at(-1);
    if (
      open === undefined ||
      open.messages.length >= BATCH.count ||
      open.bytes + message.value.length > BATCH.bytes
    )
      batches.push({ messages: [message], bytes: message.value.length });
    else {
      open.messages.push(message);
      open.bytes += message.value.length;
    }
  }
  return batches.map(({ messages: batch }) => batch);
};

/** Consumes until `signal` aborts, one membership of the group after another. */
export const consume = async (consumption: Consumption): Promise<void> => {
  const { signal } = consumption;
  const since = Date.now();
  for (let failures = 0; !signal.aborted; failures += 1) {
    const began = performance.now();
    try {
      await new Membership(consumption, since).run();
    } catch (error) {
      const told = translated(error);
      if (!isPassing(told, failures)) throw told;
    }
    if (performance.now() - began > 5000) failures = 0;
    await pause(growing(failures, 50, 5000), signal);
  }
};

/**
 * One consumer's time in its group: until it is stopped, or the driver gives up.
 *
 * INVARIANT: the position moves under the generation in which its batch was fetched. Whoever was cut off while a batch
 * was in hand belongs to an older one, and the broker refuses to move the position under its successor.
 */
class Membership {
  readonly #consumption: Consumption;
  readonly #consumer: Consumer;
  readonly #over = new AbortController();
  #inHand: Promise<void> = Promise.resolve();
  #signOfLife = performance.now();
  #crash: Error | undefined;
  #joins = 0;

  constructor(consumption: Consumption, since: number) {
    const { settings, topic, group } = consumption;
    this.#consumption = consumption;
    this.#consumer = kafkaClient(settings, FEW).consumer({
      groupId: groupId(topic, group),
      partitionAssigners: [firstCome(since)],
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION,
      rebalanceTimeout: REBALANCE,
      heartbeatInterval: HEARTBEAT_EVERY,
      maxBytes: FETCH_BYTES,
      maxBytesPerPartition: FETCH_BYTES,
      maxWaitTimeInMs: FETCH_WAIT,
      retry: RETRY,
    });
  }

  async run(): Promise<void> {
    const { topic, signal } = this.#consumption;
    const stop = (): void => {
      this.#over.abort();
    };
    signal.addEventListener('abort', stop);
    const watching = setInterval(() => {
      if (performance.now() - this.#signOfLife > SILENCE) stop();
    }, HEARTBEAT_EVERY);
    try {
      this.#listen(stop);
      await this.#consumer.connect();
      await this.#consumer.subscribe({ topic, fromBeginning: true });
      await this.#consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => {
          const taking = this.#take(payload);
          this.#inHand = taking.catch(() => undefined);
          return taking;
        },
      });
      await this.#ended(signal);
    } finally {
      clearInterval(watching);
      signal.removeEventListener('abort', stop);
      this.#over.abort();
      await this.#inHand;
      await atMost(this.#consumer.disconnect(), LEAVE_WITHIN);
    }
    if (this.#crash !== undefined) throw this.#crash;
  }

  #listen(stop: () => void): void {
    const { CRASH, FETCH, GROUP_JOIN, HEARTBEAT } = this.#consumer.events;
    const alive = (): void => {
      this.#signOfLife = performance.now();
    };
    this.#consumer.on(FETCH, alive);
    this.#consumer.on(GROUP_JOIN, () => {
      alive();
      this.#joins += 1;
    });
    this.#consumer.on(HEARTBEAT, alive);
    this.#consumer.on(CRASH, ({ payload }) => {
      this.#crash = payload.error;
      stop();
    });
  }

  #ended(signal: AbortSignal): Promise<void> {
    const over = this.#over.signal;
    return new Promise((resolve) => {
      if (signal.aborted || over.aborted) resolve();
      else
        over.addEventListener('abort', () => {
          resolve();
        });
    });
  }

  /** Hands over what one fetch brought, and keeps this member in its group meanwhile. */
  async #take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const generation = this.#joins;
    const cutOff = new AbortController();
    let lost: Error | undefined;
    const beating = setInterval(() => {
      payload.heartbeat().catch((error: unknown) => {
        lost = error instanceof Error ? error : new Error('the heartbeat failed');
        cutOff.abort();
      });
    }, HEARTBEAT_EVERY);
    const giveUp = AbortSignal.any([this.#over.signal, cutOff.signal]);
    try {
      for (const messages of batchesOf(batch.messages)) {
        if (!(await this.#accepted(messages, giveUp))) break;
        // The driver would move the position under a newer generation as readily, and be believed.
        if (this.#joins !== generation) break;
        const last = messages.at(-1)?.offset ?? 0n;
        payload.resolveOffset(String(last));
        await payload.commitOffsetsIfNecessary({
          topics: [
            {
              topic: batch.topic,
              partitions: [{ partition: batch.partition, offset: String(last + 1n) }],
            },
          ],
        });
      }
    } finally {
      clearInterval(beating);
    }
    // The driver joins the group again when it is told why.
    if (lost !== undefined) throw lost;
  }

  /** Hands one batch over until it is accepted; false when this membership ends before that. */
  async #accepted(messages: readonly Received[], giveUp: AbortSignal): Promise<boolean> {
    for (let refusals = 0; !giveUp.aborted; refusals += 1)
      try {
        await this.#consumption.receive(messages);
        return true;
      } catch {
        // The receiver knows what went wrong and says it where it is known; here it only means "not yet".
        await pause(growing(refusals, 50, 10_000), giveUp);
      }
    return false;
  }
}
