import { afterAll, beforeAll } from '@jest/globals';
import { describeLedger } from '@tripoint/ledger/testing';

import { parseConnectionString } from './connection-settings.js';
import { EventStoreDBLedger } from './eventstoredb-ledger.js';
import { EventStoreDBDouble } from './testing/index.js';

let double: EventStoreDBDouble;
const opened: EventStoreDBLedger[] = [];

beforeAll(async () => {
  double = await EventStoreDBDouble.start({ nodes: 3 });
});
afterAll(async () => {
  for (const ledger of opened) await ledger.close();
  double.stop();
});

describeLedger('EventStoreDBLedger', async () => {
  const ledger = new EventStoreDBLedger(
    await parseConnectionString(`esdb://${double.hosts}?tls=false`),
  );
  opened.push(ledger);
  return ledger;
});
