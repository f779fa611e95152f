import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type AgencyId, type Instant, type OfficerId } from '@tripoint/kernel';
import { describeFindingBook } from '@tripoint/vault/testing';
import { Database } from '../database.js';
import { HubDatabase1764000000001 } from '../hub/001-hub-database.js';
import { VaultInOneTurn1764000000002 } from '../hub/002-vault-in-one-turn.js';
import { QuarantineBySource1764000000003 } from '../hub/003-quarantine-by-source.js';
import { Leases1764000000004 } from '../hub/004-leases.js';
import { WithdrawnWraps1764000000005 } from '../hub/005-withdrawn-wraps.js';
import { HubDatabase } from '../hub/hub-database.js';
import { migrate } from '../migrate.js';
import { OversightDatabase } from './oversight-database.js';

/** What there was of the hub's when oversight had one like it. */
const THEN = [
  HubDatabase1764000000001,
  VaultInOneTurn1764000000002,
  QuarantineBySource1764000000003,
  Leases1764000000004,
  WithdrawnWraps1764000000005,
];

const fresh: FreshDatabase[] = [];
const opened: { close(): Promise<void> }[] = [];
const database = async (name: string): Promise<FreshDatabase> => {
  const one = await freshDatabase(name);
  fresh.push(one);
  return one;
};
const kept = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.push(one);
  return one;
};

afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await Promise.all(fresh.map((one) => one.drop()));
});

describe('PostgresFindingBook', () => {
  let store: OversightDatabase;
  beforeAll(async () => {
    store = kept(new OversightDatabase((await database('findings')).config));
    await store.migrate();
  });
  describeFindingBook('PostgresFindingBook', () => Promise.resolve(store.findings));
});

describe('a database from when findings were a list', () => {
  it('keeps each of them, the oldest with the lowest number', async () => {
    const { config } = await database('listed');
    const before = kept(new HubDatabase(config));
    await migrate(config, THEN);
    const line = (code: string, leaf: number | null, minute: number, detail = 'a detail') => ({
      code,
      leaf,
      detail,
      at: `2026-11-26T12:0${minute}:00.000Z`,
    });
    await before.positions.move(
      'findings',
      JSON.stringify([
        line('log-stalled', 9, 3),
        line('other-history', null, 2, 'the second'),
        line('other-history', null, 1, 'the first'),
        line('log-stalled', 7, 0),
      ]),
    );
    await before.positions.move('verified-checkpoint', 'a note');
    const store = kept(new OversightDatabase(config));
    await expect(store.check()).rejects.toMatchObject({ code: 'schema-behind' });
    await store.migrate();
    await store.check();
    const rows = await store.findings.list({ oldestFirst: true, limit: 10 });
    expect(
      rows.map(({ number, code, leaf, detail, times }) => [number, code, leaf, detail, times]),
    ).toEqual([
      [1, 'log-stalled', 7, 'a detail', 1],
      [2, 'other-history', null, 'the second', 2],
      [3, 'log-stalled', 9, 'a detail', 1],
    ]);
    await expect(store.findings.history(2)).resolves.toMatchObject({
      finding: {
        at: '2026-11-26T12:01:00.000Z',
        lastAt: '2026-11-26T12:02:00.000Z',
        state: 'OPEN',
      },
      steps: [{ state: 'OPEN', reason: 'found' }],
      occasions: [{ detail: 'the second' }, { detail: 'the first' }],
    });
    await expect(store.positions.at('verified-checkpoint')).resolves.toBe('a note');
    await expect(store.positions.at('findings')).resolves.toBeUndefined();
  });

  it('is not the hub’s any more', async () => {
    const { config } = await database('foreign');
    const store = kept(new OversightDatabase(config));
    await store.migrate();
    await expect(kept(new HubDatabase(config)).check()).rejects.toMatchObject({
      code: 'schema-newer',
    });
  });
});

describe('the role of oversight', () => {
  it('counts every finding, however many there are', async () => {
    const { config } = await database('many');
    const store = kept(new OversightDatabase(config));
    await store.migrate();
    const most = 501;
    await kept(new Database(config)).run(
      `with new as (insert into findings (code, subject, at)
         select 'code-differs', 'leaf ' || n, now() from generate_series(1, $1::integer) as n returning number),
       occasion as (insert into finding_occasions (finding, occasion, detail, at)
         select number, 'once', 'a detail', now() from new)
       insert into finding_steps (finding, step, state, reason, at) select number, 0, 'OPEN', 'found', now() from new`,
      [most],
    );
    await store.findings.raise(
      {
        code: 'reads-shrunk',
        subject: 'gr-police',
        occasion: 'leaf 7',
        agency: 'gr-police' as AgencyId,
        leaf: 7,
        detail: 'one more',
      },
      '2026-11-26T12:00:00.000Z' as Instant,
    );
    await store.findings.step(1, 'ACKNOWLEDGED', {
      by: 'l.todorov' as OfficerId,
      reason: 'looking',
      at: '2026-11-26T12:00:00.000Z' as Instant,
    });
    await expect(store.findings.counts()).resolves.toEqual({ OPEN: most, ACKNOWLEDGED: 1 });
    await expect(store.findings.history(1)).resolves.toMatchObject({ finding: { number: 1 } });
  });
});
