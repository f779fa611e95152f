import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { describeWithKafka, ProvisionedBus, testKafka } from '@tripoint/adapters/kafka/testing';
import { type Engine } from '@tripoint/platform';
import { openBus } from './index.js';

const engine = (): Engine<'kafka'> => {
  const { brokers, ca, username, password } = testKafka();
  return {
    kind: 'kafka',
    hosts: brokers.map((broker) => {
      const at = broker.lastIndexOf(':');
      return { host: broker.slice(0, at), port: Number(broker.slice(at + 1)) };
    }),
    database: '',
    credentials: { user: username, password },
    tls: { ca },
  };
};

describeWithKafka('an engine on Kafka', () => {
  it('is a bus', async () => {
    const topic = `submissions.engine-${randomUUID().slice(0, 8)}`;
    const provisioned = new ProvisionedBus(testKafka());
    await provisioned.publish(topic, [{ value: Uint8Array.of(1) }]);
    const opened = openBus(engine());
    await opened.bus.check();
    await opened.bus.publish(topic, [{ value: Uint8Array.of(2) }]);
    const ended = new AbortController();
    const received: number[] = [];
    await opened.bus.consume(
      topic,
      'registrar',
      (batch) => {
        received.push(...batch.map(({ value }) => value[0] ?? -1));
        if (received.length === 2) ended.abort();
        return Promise.resolve();
      },
      ended.signal,
    );
    expect(received).toEqual([1, 2]);
    await opened.close();
    await provisioned.close();
  });
});
