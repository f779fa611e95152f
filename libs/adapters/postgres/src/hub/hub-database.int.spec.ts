import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type AgencyId, type Digest } from '@tripoint/kernel';
import { describeLease, describeVault } from '@tripoint/vault/testing';
import { AgencyDatabase } from '../agency/agency-database.js';
import { HubDatabase } from './hub-database.js';

let fresh: FreshDatabase;
const opened: HubDatabase[] = [];
const open = (): HubDatabase => {
  const database = new HubDatabase(fresh.config);
  opened.push(database);
  return database;
};

beforeAll(async () => {
  fresh = await freshDatabase('hub');
  await open().migrate();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await fresh.drop();
});

describeVault('PostgresVault', () => Promise.resolve(open().vault));
describeLease('PostgresLease', () => Promise.resolve(open().lease));

describe('the schema', () => {
  it('is good for the program that made it, and for no other', async () => {
    await expect(open().check()).resolves.toBeUndefined();
    const empty = await freshDatabase('empty');
    const untouched = new HubDatabase(empty.config);
    await expect(untouched.check()).rejects.toMatchObject({ code: 'schema-behind' });
    await untouched.close();
    const other = new AgencyDatabase(empty.config);
    await other.migrate();
    await other.close();
    const foreign = new HubDatabase(empty.config);
    await expect(foreign.check()).rejects.toMatchObject({ code: 'schema-newer' });
    await foreign.close();
    await empty.drop();
  });

  it('is not judged while the store is away', async () => {
    const away = new HubDatabase({ ...fresh.config, port: 1 });
    await expect(away.check()).rejects.toMatchObject({ code: 'store-away', retriable: true });
    await away.close();
  });
});

describe("the hub's places", () => {
  it('are where they were moved to', async () => {
    const { positions } = open();
    await expect(positions.at('dispatcher')).resolves.toBeUndefined();
    await positions.move('dispatcher', 'a');
    await positions.move('dispatcher', 'b');
    await expect(open().positions.at('dispatcher')).resolves.toBe('b');
  });
});

describe('a place that only goes forward', () => {
  it('is where it was moved to farthest, whoever moved it', async () => {
    const [one, other] = [open().positions, open().positions];
    expect(await one.advance('checkpoint', { number: 9, text: 'a' })).toEqual({
      number: 9,
      text: 'a',
    });
    expect(await other.advance('checkpoint', { number: 10, text: 'b' })).toEqual({
      number: 10,
      text: 'b',
    });
    expect(await one.advance('checkpoint', { number: 9, text: 'c' })).toEqual({
      number: 10,
      text: 'b',
    });
    expect(await one.advance('checkpoint', { number: 10, text: 'd' })).toEqual({
      number: 10,
      text: 'b',
    });
    expect(await other.at('checkpoint')).toBe('10 b');
  });

  it('is moved farthest by whoever is slowest, too', async () => {
    const each = Array.from({ length: 20 }, (_, number) => ({ number, text: `${number}` }));
    await Promise.all(each.reverse().map((to) => open().positions.advance('race', to)));
    expect(await open().positions.at('race')).toBe('19 19');
  });
});

describe('the quarantine', () => {
  it('keeps a submission once, and purges it by age', async () => {
    const { quarantine } = open();
    const submission = {
      agency: 'gr-police' as AgencyId,
      digest: randomBytes(32).toString('hex') as Digest,
      code: 'bad-signature',
      bytes: new Uint8Array([1]),
    };
    await quarantine.put([submission]);
    await open().quarantine.put([submission]);
    await expect(quarantine.depth()).resolves.toBe(1);
    await expect(quarantine.purge(3600)).resolves.toBe(0);
    await expect(quarantine.purge(-1)).resolves.toBe(1);
  });

  it('keeps apart what two agencies submit, however equal', async () => {
    const { quarantine } = open();
    const [gr, tr] = ['gr-police' as AgencyId, 'tr-police' as AgencyId];
    const digest = randomBytes(32).toString('hex') as Digest;
    const bytes = new Uint8Array([2]);
    await quarantine.put([{ agency: tr, digest, code: 'unknown-chain', bytes }]);
    await expect(quarantine.codes(gr, [digest])).resolves.toEqual(new Map());
    await quarantine.put([{ agency: gr, digest, code: 'unknown-recipient', bytes }]);
    await quarantine.put([{ agency: tr, digest, code: 'bad-signature', bytes }]);
    await expect(quarantine.codes(gr, [digest])).resolves.toEqual(
      new Map([[digest, 'unknown-recipient']]),
    );
    await expect(quarantine.codes(tr, [digest])).resolves.toEqual(
      new Map([[digest, 'bad-signature']]),
    );
    await expect(quarantine.depth()).resolves.toBe(2);
  });
});
