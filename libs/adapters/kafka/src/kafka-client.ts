import kafkajs, { type Kafka, type RetryOptions } from 'kafkajs';

import { type KafkaSettings } from './kafka-settings.js';

const CONNECT_WITHIN = 10_000;
const ANSWER_WITHIN = 10_000;

/** For what is asked once, by somebody who will ask again. */
export const FEW: RetryOptions = { retries: 2, initialRetryTime: 100, maxRetryTime: 1000 };

/**
 * A client of its own for every producer and consumer: clients share what they remember of a group's positions between
 * their consumers, and one consumer's memory is another's mistake. `retry` is how long it bears with brokers that are away.
 */
export const kafkaClient = (
  { brokers, ca, username, password }: KafkaSettings,
  retry: RetryOptions,
): Kafka =>
  new kafkajs.Kafka({
    clientId: 'tripoint',
    brokers: [...brokers],
    ssl: { ca, minVersion: 'TLSv1.2' },
    sasl: { mechanism: 'scram-sha-512', username, password },
    connectionTimeout: CONNECT_WITHIN,
    authenticationTimeout: ANSWER_WITHIN,
    requestTimeout: ANSWER_WITHIN,
    retry,
    // Its lines can carry what a receiver or a broker said. What matters reaches the caller as an error.
    logLevel: kafkajs.logLevel.NOTHING,
    logCreator: () => () => undefined,
  });
