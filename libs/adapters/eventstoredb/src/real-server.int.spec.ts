import { writeSync } from 'node:fs';

import { afterAll, describe, it } from '@jest/globals';
import { describeLedger } from '@tripoint/ledger/testing';

import { connectionFrom } from './connection-settings.js';
import { EventStoreDBLedger } from './eventstoredb-ledger.js';

// `npm run test:ledger`: the ledger's contract, unchanged, held to whatever server the environment names.
const settings = await connectionFrom(process.env);

if (settings === undefined) {
  const reason = 'TRIPOINT_EVENTSTOREDB names no server';
  // Past the reporter, which says nothing of a suite in which nothing failed.
  writeSync(2, `\nSKIPPED: the ledger against a real EventStoreDB, because ${reason}\n`);
  describe('a real EventStoreDB', () => {
    it.skip(`is held to the contract of the ledger (skipped: ${reason})`, () => undefined);
  });
} else {
  const opened: EventStoreDBLedger[] = [];
  afterAll(async () => {
    for (const ledger of opened) await ledger.close();
  });
  describeLedger('a real EventStoreDB', () => {
    const ledger = new EventStoreDBLedger(settings);
    opened.push(ledger);
    return Promise.resolve(ledger);
  });
}
