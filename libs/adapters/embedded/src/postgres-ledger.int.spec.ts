import { afterAll, beforeAll } from '@jest/globals';
import { describeLedger } from '@tripoint/ledger/testing';

import { PostgresLedger } from './postgres-ledger.js';
import { freshDatabase, type FreshDatabase } from './testing/index.js';

let database: FreshDatabase;
const opened: PostgresLedger[] = [];
const open = async (): Promise<PostgresLedger> => {
  const ledger = new PostgresLedger(database.config);
  opened.push(ledger);
  await ledger.install();
  return ledger;
};

beforeAll(async () => {
  database = await freshDatabase('ledger');
});
afterAll(async () => {
  for (const ledger of opened) await ledger.close();
  await database.drop();
});

describeLedger('PostgresLedger', open);
