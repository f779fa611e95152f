import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PostgresLedger } from '@tripoint/adapters/embedded';
import { type FreshDatabase, freshDatabase } from '@tripoint/adapters/embedded/testing';
import { entryDigest, NO_PREVIOUS_HEADER, parseChainEntry } from '@tripoint/envelope';
import { isRefusal } from '@tripoint/kernel';
import { chainStream, HUB_CHAIN } from '@tripoint/ledger';
import { LittleFederation, LittleLog } from '@tripoint/replay/testing';
import { type HubOptions } from '../hub.options.js';
import { type RecordedLog } from '../log/recorded-log.js';
import { HubChain } from './hub-chain.js';

let fresh: FreshDatabase;
let ledger: PostgresLedger;

beforeAll(async () => {
  fresh = await freshDatabase('hubchain');
  ledger = new PostgresLedger(fresh.config);
  await ledger.install();
});
afterAll(async () => {
  await ledger.close();
  await fresh.drop();
});

const founded = async (): Promise<HubChain> => {
  const federation = await LittleFederation.found();
  const { state } = await LittleLog.begin(federation);
  const options = {
    ledger,
    openpgp: federation.openpgp,
    signing: { key: federation.member('hub').signing },
    now: () => Date.parse('2026-03-02T00:00:00.000Z'),
  } as unknown as HubOptions;
  return new HubChain(options, { state } as unknown as RecordedLog);
};

it('takes statements that come side by side one after the other, each upon the one before', async () => {
  const chain = await founded();
  const said = ['first', 'second', 'third', 'fourth'];
  await Promise.all(said.map((what) => chain.state('countersigned', { what }, new Uint8Array())));

  const entries = (await ledger.read(chainStream(HUB_CHAIN), 0n, 9)).map(({ bytes }) => {
    const entry = parseChainEntry(bytes);
    if (isRefusal(entry) || entry.kind !== 'statement') throw new Error('no statement');
    return { entry, body: JSON.parse(Buffer.from(entry.body).toString()) as unknown };
  });
  expect(entries.map(({ body }) => body)).toMatchObject(
    said.map((what, seq) => {
      const before = entries[seq - 1];
      const prev = before === undefined ? NO_PREVIOUS_HEADER : entryDigest(before.entry);
      return { what, seq, prev };
    }),
  );
});

it('asks again whether there is something to state, when its turn has come', async () => {
  const chain = await founded();
  const stream = chainStream(HUB_CHAIN);
  const length = async () => (await ledger.last(stream))?.revision ?? -1n;
  const before = await length();
  // Both are asked for before either is there, as by an agency that is heard twice.
  const isNew = async () => (await length()) === before;
  const twice = [1, 2].map(() => chain.state('countersigned', {}, new Uint8Array(), isNew));
  await Promise.all(twice);
  expect(await length()).toBe(before + 1n);
});
