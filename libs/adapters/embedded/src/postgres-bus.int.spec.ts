import { afterAll, beforeAll } from '@jest/globals';
import { describeBus } from '@tripoint/bus/testing';

import { PostgresBus } from './postgres-bus.js';
import { freshDatabase, type FreshDatabase } from './testing/index.js';

let database: FreshDatabase;
const opened: PostgresBus[] = [];
const open = async (): Promise<PostgresBus> => {
  const bus = new PostgresBus(database.config);
  opened.push(bus);
  await bus.install();
  return bus;
};

beforeAll(async () => {
  database = await freshDatabase('bus');
});
afterAll(async () => {
  for (const bus of opened) await bus.close();
  await database.drop();
});

describeBus('PostgresBus', open);
