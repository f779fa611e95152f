import { afterAll } from '@jest/globals';
import { describeBus } from '@tripoint/bus/testing';

import { describeWithKafka, ProvisionedBus, testKafka } from './testing/index.js';

describeWithKafka('a bus over TLS and SCRAM', () => {
  const opened: ProvisionedBus[] = [];
  afterAll(async () => {
    for (const bus of opened) await bus.close();
  });
  describeBus('KafkaBus', () => {
    const bus = new ProvisionedBus(testKafka());
    opened.push(bus);
    return Promise.resolve(bus);
  });
});
