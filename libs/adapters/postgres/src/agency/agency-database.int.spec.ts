import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { UNMARKED, type Recorded } from '@tripoint/domain';
import { commandHistories, play } from '@tripoint/domain/testing';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  type Appended,
  type ChainHead,
  type CommitPlan,
  FOLDING,
  type Delivery,
  type RecordedEntry,
  type SealedRow,
  type SealedVoid,
  type Withdrawal,
} from '@tripoint/read-model';
import fc from 'fast-check';
import pg from 'pg';
import { AgencyDatabase } from './agency-database.js';

/** How many random histories are folded in every order. */
const HISTORIES = 300;

const digest = (): Digest => randomBytes(32).toString('hex') as Digest;
const uuid = <T extends string>(): T => randomUUID() as string as T; // eslint-disable-line @typescript-eslint/no-unnecessary-type-parameters -- each brand of id is the same UUID
const instant = (second: number): Instant =>
  new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString() as Instant;

const gr = 'gr-police' as AgencyId;
const bg = 'bg-border-police' as AgencyId;
const tr = 'tr-police' as AgencyId;
const oversight = 'oversight' as AgencyId;
const chain = 'gr-police-1' as ChainId;
const officer = 'eleni' as OfficerId;

const issued = (item: ItemId, plate = 'ΧΚΑ 4821', name?: string): Recorded<'RequestIssued'> => ({
  id: uuid<EventId>(),
  issuer: gr,
  officer,
  at: instant(0),
  event: {
    type: 'RequestIssued',
    item,
    core: { to: bg, urgency: 'URGENT', access: 'DIRECT', dueInSeconds: 60, graceSeconds: 10 },
    parts: {
      facts: {
        sought: 'crossings',
        purpose: 'prevention',
        offence: 'smuggling',
        availability: 'cameras',
        necessity: 'needed',
        language: 'en',
        entities: [
          { kind: 'vehicle', plate, country: 'GR' },
          ...(name === undefined
            ? []
            : [
                {
                  kind: 'person' as const,
                  category: 'SUSPECT' as const,
                  names: [{ kind: 'PRIMARY' as const, script: 'Cyrl' as const, family: name }],
                },
              ]),
        ],
      },
    },
  },
});

const status = (
  type: 'RequestReceived' | 'RequestClosed' | 'RequestWithdrawn',
  item: ItemId,
  issuer: AgencyId,
): Recorded => ({
  id: uuid<EventId>(),
  issuer,
  at: instant(0),
  event: { type, item, core: {}, parts: {} },
});

const answered = (item: ItemId): Recorded => ({
  id: uuid<EventId>(),
  issuer: bg,
  at: instant(0),
  event: { type: 'AnswerProvided', item, core: { outcome: 'FULL' }, parts: {} },
});

const at = (recorded: Recorded, exchange: ExchangeId, leaf: number): RecordedEntry => ({
  exchange,
  recorded: { ...recorded, leaf: { index: leaf, time: instant(leaf) } },
  facts: recorded.event.type === 'RequestIssued' ? { opens: true, item: recorded.event.item } : {},
  descriptors: [{ compartment: 'core', descriptor: digest(), marking: UNMARKED }],
});

/** A mailbox that numbers what it delivers. */
const mailbox = () => {
  let number = 0n;
  let previous = '0'.repeat(64) as Digest;
  return (leaf: number, rest: Partial<Delivery> = {}): Delivery => {
    const delivery: Delivery = {
      number,
      previous,
      digest: digest(),
      leaf: { index: leaf, time: instant(leaf) },
      at: instant(leaf),
      ...rest,
    };
    number += 1n;
    previous = delivery.digest;
    return delivery;
  };
};

const sealed = (event: EventId): SealedRow => ({
  event,
  family: 'request',
  header: digest(),
  container: new Uint8Array([1, 2, 3]),
  keys: [{ compartment: 'core', descriptor: digest(), sessionKey: new Uint8Array(32) }],
  addressees: 1,
});

const plan = (
  exchange: ExchangeId,
  recorded: Recorded,
  rest: Partial<CommitPlan> = {},
): CommitPlan => ({
  chain,
  exchange,
  decidedUpon: 0n,
  at: instant(0),
  entries: [{ exchange, recorded, facts: {}, descriptors: [] }],
  finish: () => Promise.resolve([sealed(recorded.id)]),
  ...rest,
});

describe("an agency's database", () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;
  let elsewhere: AgencyDatabase;
  let exchange: ExchangeId;
  let item: ItemId;
  let deliver: ReturnType<typeof mailbox>;

  beforeAll(async () => {
    fresh = await freshDatabase('agency');
    database = new AgencyDatabase(fresh.config);
    elsewhere = new AgencyDatabase(fresh.config);
    await database.migrate();
  });
  afterAll(async () => {
    await database.close();
    await elsewhere.close();
    await fresh.drop();
  });
  const sql = async (statement: string, values: readonly unknown[] = []): Promise<unknown[]> => {
    const client = new pg.Client({ ...fresh.config });
    await client.connect();
    try {
      return (await client.query(statement, [...values])).rows as unknown[];
    } finally {
      await client.end();
    }
  };
  beforeEach(async () => {
    await sql(`truncate chains, exchange_versions, outbox, held_keys, commands, journal, to_sign, kept_wraps, entrusted,
      registry, findings, exchanges, items, timeline, entities, changes, proven_deliveries cascade`);
    await sql(`update mailbox set next = 0, digest = repeat('0', 64), leaf = null, leaf_at = null`);
    await sql('update change_head set newest = 0');
    exchange = uuid<ExchangeId>();
    item = uuid<ItemId>();
    deliver = mailbox();
    await database.outbox.openChain(chain);
  });

  describe('migrations', () => {
    it('change nothing when they are repeated, by many at once', async () => {
      const before = await sql('select name from migrations order by id');
      expect(before.length).toBeGreaterThan(0);
      await Promise.all([database.migrate(), elsewhere.migrate()]);
      expect(await sql('select name from migrations order by id')).toEqual(before);
    });

    it('refuse to run on a newer schema', async () => {
      await sql(`insert into migrations (timestamp, name) values (9, 'FromTheFuture9')`);
      await expect(database.migrate()).rejects.toMatchObject({
        code: 'schema-newer',
        retriable: false,
      });
      await sql(`delete from migrations where name = 'FromTheFuture9'`);
    });
  });

  describe('the outbox', () => {
    it('keeps a plan whole and moves the chain on', async () => {
      const recorded = issued(item);
      const committed = await database.outbox.commit(plan(exchange, recorded));
      expect(committed).toMatchObject({ outcome: 'committed', first: 0n, head: { next: 1n } });
      expect(await elsewhere.outbox.unsent(chain, -1n, 10)).toMatchObject([
        { seq: 0n, event: recorded.id, container: new Uint8Array([1, 2, 3]) },
      ]);
      expect(await elsewhere.journal.history(exchange)).toMatchObject({
        version: 1n,
        entries: [{ recorded }],
      });
      expect(await elsewhere.journal.exchangeOf(item)).toBe(exchange);
      expect(await elsewhere.outbox.submission(recorded.id)).toMatchObject({ stage: 'sealed' });
      expect(await elsewhere.outbox.heldKeys(recorded.id)).toHaveLength(1);
    });

    it('lets exactly one of many decisions on the same history win', async () => {
      await database.outbox.commit(plan(exchange, issued(item)));
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          (n % 2 === 0 ? database : elsewhere).outbox.commit(
            plan(exchange, answered(item), { decidedUpon: 1n }),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => 'outcome' in outcome)).toHaveLength(1);
      expect(
        outcomes.filter((outcome) => 'refused' in outcome && outcome.refused === 'exchange-moved'),
      ).toHaveLength(7);
      expect((await database.journal.history(exchange)).entries).toHaveLength(2);
      expect(await database.outbox.head(chain)).toMatchObject({ next: 2n });
    });

    it('numbers a chain without gaps whoever writes to it', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 === 0 ? database : elsewhere).outbox.commit(
            plan(uuid<ExchangeId>(), issued(uuid<ItemId>())),
          ),
        ),
      );
      const unsent = await database.outbox.unsent(chain, -1n, 100);
      expect(unsent.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => BigInt(n)));
    });

    it('keeps what comes at once together, without what is refused or cannot be signed', async () => {
      const command = { officer, key: 'again', request: digest(), response: {} };
      const signedUpon = new Map<EventId, ChainHead>();
      const good = Array.from({ length: 6 }, () => {
        const recorded = issued(uuid<ItemId>());
        return plan(uuid<ExchangeId>(), recorded, {
          finish: (head) => {
            signedUpon.set(recorded.id, head);
            return Promise.resolve([sealed(recorded.id)]);
          },
        });
      });
      const outcomes = await Promise.allSettled(
        [
          ...good.slice(0, 3),
          plan(exchange, issued(item), { decidedUpon: 7n }),
          plan(uuid<ExchangeId>(), issued(item), { command }),
          plan(uuid<ExchangeId>(), issued(item), { command }),
          plan(uuid<ExchangeId>(), issued(item), { resolves: [12345n] }),
          plan(uuid<ExchangeId>(), issued(item), {
            finish: () => Promise.reject(new Error('no key')),
          }),
          ...good.slice(3),
        ].map((one) => database.outbox.commit(one)),
      );
      const committed = { value: { outcome: 'committed' } };
      expect(outcomes).toMatchObject([
        ...good.slice(0, 3).map(() => committed),
        { value: { refused: 'exchange-moved' } },
        committed,
        { value: { outcome: 'repeated' } },
        { value: { refused: 'already-signed' } },
        { reason: new Error('no key') },
        ...good.slice(3).map(() => committed),
      ]);
      const unsent = await database.outbox.unsent(chain, -1n, 100);
      expect(unsent.map(({ seq }) => seq)).toEqual(Array.from({ length: 7 }, (_, n) => BigInt(n)));
      expect(await database.outbox.head(chain)).toMatchObject({
        next: 7n,
        prev: unsent.at(-1)?.header,
      });
      // What was kept was signed upon the header before it.
      for (const { event, seq } of unsent.filter(({ event: id }) => signedUpon.has(id)))
        expect(signedUpon.get(event)).toEqual({
          chain,
          next: seq,
          prev: unsent[Number(seq) - 1]?.header ?? '0'.repeat(64),
        });
    });

    it('answers a repeated command as before, and refuses its key to another', async () => {
      const command = { officer, key: 'k1', request: digest(), response: { id: 'x' } };
      const outcomes = await Promise.all(
        [0, 1].map(() =>
          database.outbox.commit(plan(uuid<ExchangeId>(), issued(uuid<ItemId>()), { command })),
        ),
      );
      expect(
        outcomes
          .map((outcome) => ('outcome' in outcome ? outcome.outcome : outcome.refused))
          .sort(),
      ).toEqual(['committed', 'repeated']);
      await expect(
        database.outbox.commit(
          plan(exchange, issued(item), { command: { ...command, request: digest() } }),
        ),
      ).resolves.toMatchObject({ refused: 'command-key-reused' });
      expect(await database.outbox.remembered(officer, 'k1')).toEqual({
        request: command.request,
        response: { id: 'x' },
      });
    });

    it('keeps nothing when sealing fails, or when the connection breaks in the middle', async () => {
      await expect(
        database.outbox.commit(
          plan(exchange, issued(item), { finish: () => Promise.reject(new Error('no key')) }),
        ),
      ).rejects.toThrow('no key');
      const recorded = issued(item);
      await expect(
        database.outbox.commit(
          plan(exchange, recorded, {
            finish: async () => {
              await sql(`select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and state = 'idle in transaction'`);
              return [sealed(recorded.id)];
            },
          }),
        ),
      ).rejects.toMatchObject({ code: 'store-away', retriable: true });
      expect(await database.journal.history(exchange)).toEqual({ version: 0n, entries: [] });
      expect(await database.outbox.head(chain)).toMatchObject({ next: 0n });
      await expect(database.outbox.commit(plan(exchange, recorded))).resolves.toMatchObject({
        outcome: 'committed',
      });
    });

    it.each([
      ['chain-unknown', { chain: 'gr-police-9' as ChainId }],
      ['exchange-moved', { decidedUpon: 7n }],
      ['already-signed', { resolves: [12345n] }],
    ] as const)('refuses with %s', async (refused, rest) => {
      await expect(
        database.outbox.commit(plan(exchange, issued(item), rest)),
      ).resolves.toMatchObject({ refused });
      expect(await database.outbox.unsent(chain, -1n, 10)).toEqual([]);
    });

    it('refuses a chain that was given up, and goes on with the next', async () => {
      await database.outbox.retireChain(chain);
      await expect(database.outbox.commit(plan(exchange, issued(item)))).resolves.toMatchObject({
        refused: 'chain-retired',
      });
      await database.outbox.openChain('gr-police-2' as ChainId);
      expect(await database.outbox.currentChain()).toMatchObject({ chain: 'gr-police-2' });
    });

    it('forgets container and keys once the leaf is back, and shows how far it came', async () => {
      const recorded = issued(item);
      await database.outbox.commit(plan(exchange, recorded));
      await database.outbox.sent(chain, 0n, instant(1));
      expect(await database.outbox.submission(recorded.id)).toMatchObject({ stage: 'sent' });
      const progress = { event: recorded.id, leaf: { index: 4, time: instant(4) }, deliveredTo: 1 };
      await database.journal.append([
        deliver(4, { entry: at(recorded, exchange, 4), progress: [progress] }),
      ]);
      expect(await database.outbox.submission(recorded.id)).toMatchObject({
        stage: 'delivered',
        leaf: { index: 4 },
      });
      expect(await sql('select container from outbox')).toEqual([{ container: null }]);
      expect(await database.outbox.heldKeys(recorded.id)).toEqual([]);
      expect(await database.outbox.unsent(chain, -1n, 10)).toEqual([]);
      const before = await database.changes.newest();
      await database.outbox.recorded([progress]);
      expect(await database.changes.newest()).toBe(before);
      await database.outbox.recorded([{ event: recorded.id, openedBy: bg }]);
      expect(await database.views.submissions({ stage: 'opened' }, { limit: 5 })).toMatchObject({
        rows: [{ event: recorded.id, openedBy: [bg] }],
      });
    });

    it('shows who was named, and by which leaf each has first signed that it came', async () => {
      const recorded = issued(item);
      await database.outbox.commit(plan(exchange, recorded));
      const leaf = { index: 4, time: instant(4) };
      const progress = [{ event: recorded.id, leaf, deliveredTo: 2, named: [tr, bg] }];
      const countersignature = digest();
      const proof = (index: number, agency: AgencyId, through: number) => ({
        proven: { agency, through, leaf: { index, time: instant(index) }, countersignature },
      });
      // What was signed before covers nothing of it.
      await database.journal.append([
        deliver(0, proof(2, bg, 2)),
        deliver(1, { entry: at(recorded, exchange, 4), progress }),
      ]);
      const shown = async () => (await database.outbox.submission(recorded.id))?.deliveries;
      expect(await shown()).toEqual([{ agency: bg }, { agency: tr }]);
      await database.journal.append([
        deliver(2, proof(5, bg, 4)),
        deliver(3, proof(7, bg, 6)),
        deliver(4, proof(9, bg, 8)),
      ]);
      const proven = { index: 7, time: instant(7) };
      const expected = [{ agency: bg, proven, countersignature }, { agency: tr }];
      expect(await shown()).toEqual(expected);
      const { rows } = await database.views.submissions({ stage: 'delivered' }, { limit: 5 });
      expect(rows[0]?.deliveries).toEqual(expected);
      const timeline = await database.views.timeline(exchange, { limit: 5 });
      expect(timeline.rows[0]?.deliveries).toEqual(expected);
    });

    it('says of each event that is in doubt that it is, once, until its issuer says otherwise', async () => {
      const by = (issuer: AgencyId) => status('RequestReceived', uuid<ItemId>(), issuer);
      const events = [by(bg), by(bg), by(gr), by(bg)];
      const [before, lost, , last] = events as [Recorded, Recorded, Recorded, Recorded];
      await database.journal.append(
        events.map((one, leaf) => deliver(leaf, { entry: at(one, exchange, leaf) })),
      );
      const doubted = [{ agency: bg, from: 1, through: 3 }];
      await database.journal.append([deliver(4, { doubted }), deliver(5, { doubted })]);
      const inDoubt = async () => {
        const { rows } = await database.views.timeline(exchange, { limit: 10 });
        return rows.flatMap((row) => (row.doubted === true ? [row.event] : []));
      };
      expect(await inDoubt()).toEqual([lost.id, last.id]);
      expect(await sql('select code, event, leaf from findings order by id')).toEqual(
        [lost, last].map(({ id }, at) => ({
          code: 'word-in-doubt',
          event: id,
          leaf: String(1 + 2 * at),
        })),
      );
      const attested = [{ agency: bg, from: 0, through: 1 }];
      await database.journal.append([deliver(6, { attested })]);
      expect(await inDoubt()).toEqual([last.id]);
      // What is doubted again after that is said again.
      await database.journal.append([deliver(7, { doubted })]);
      expect(await inDoubt()).toEqual([lost.id, last.id]);
      expect(await inDoubt()).not.toContain(before.id);
    });

    it('has the planner sample nothing of what was said', async () => {
      const recorded = issued(item, 'ΚΑΒ1234', 'Παπαδάκης');
      await database.journal.append([deliver(0, { entry: at(recorded, exchange, 0) })]);
      await sql('analyze');
      expect(
        await sql(
          `select tablename, attname from pg_stats where tablename = 'entities' and attname = 'keys'`,
        ),
      ).toEqual([]);
    });

    it('withdraws the pending entry of an envelope that was rejected', async () => {
      const recorded = issued(item);
      await database.outbox.commit(plan(exchange, recorded));
      await database.journal.append([
        deliver(3, {
          progress: [
            {
              event: recorded.id,
              leaf: { index: 3, time: instant(3) },
              refusal: 'late',
              rejected: true,
            },
          ],
        }),
      ]);
      expect(await database.journal.history(exchange)).toEqual({ version: 2n, entries: [] });
    });

    it.each([
      ['receipt', 'issuer-superseded', 1],
      ['grant', 'issuer-superseded', 1],
      ['share', 'issuer-revoked', 1],
      ['receipt', 'issuer-suspended', 1],
      ['receipt', 'late', 0],
      ['grant', 'late', 0],
    ])('asks again for a %s that was %s: %i', async (kind, refusal, again) => {
      const wish = { key: 'of:1', kind, exchange, item, body: {} };
      await database.journal.aside({ toSign: [wish] });
      const [asked] = await database.journal.toSign(0n, 10);
      const recorded = status('RequestReceived', item, gr);
      await database.outbox.commit(plan(exchange, recorded, { resolves: [asked!.id] }));
      const leaf = { index: 3, time: instant(3) };
      await database.outbox.recorded([{ event: recorded.id, leaf, refusal, rejected: true }]);
      const rows = await database.journal.toSign(0n, 10);
      expect(rows).toMatchObject([wish].slice(0, again));
      await database.outbox.recorded([{ event: recorded.id, leaf, refusal, rejected: true }]);
      expect(await database.journal.toSign(0n, 10)).toEqual(rows);
    });

    describe('when the hub refuses an envelope for good', () => {
      const events: EventId[] = [];
      const exchanges: ExchangeId[] = [];
      let header: Digest;
      let voids: SealedVoid[];
      const withdrawal = (): Withdrawal => ({
        chain,
        seq: 1n,
        header,
        code: 'unknown-recipient',
        resolves: 0n,
        again: false,
        finish: (from, count) => {
          expect([from.next, count]).toEqual([1n, 2]);
          return Promise.resolve(voids);
        },
      });
      beforeEach(async () => {
        events.length = 0;
        exchanges.length = 0;
        for (let seq = 0; seq < 3; seq += 1) {
          const recorded = issued(uuid<ItemId>());
          exchanges.push(uuid<ExchangeId>());
          events.push(recorded.id);
          await database.outbox.commit(plan(exchanges[seq]!, recorded));
        }
        await database.outbox.sent(chain, 2n, instant(1));
        header = (await database.outbox.submission(events[1]!))!.header;
        voids = [4, 5].map((byte) => ({ header: digest(), container: new Uint8Array([byte]) }));
      });

      it('takes it back with all that follows, once', async () => {
        const first = (await database.outbox.submission(events[0]!))!.header;
        const outcome = await database.outbox.withdraw({
          ...withdrawal(),
          finish: (from) => {
            expect(from).toEqual({ chain, next: 1n, prev: first });
            return Promise.resolve(voids);
          },
        });
        expect(outcome).toEqual({ outcome: 'withdrawn', count: 2 });
        expect(await elsewhere.outbox.unsent(chain, 0n, 10)).toEqual(
          voids.map((one, n) => ({ ...one, seq: BigInt(n + 1), event: events[n + 1] })),
        );
        expect(await database.outbox.head(chain)).toEqual({
          chain,
          next: 3n,
          prev: voids[1]!.header,
        });
        expect(await database.outbox.heldKeys(events[0]!)).toHaveLength(1);
        expect(await database.outbox.heldKeys(events[2]!)).toEqual([]);
        expect(await database.journal.history(exchanges[0]!)).toMatchObject({ version: 1n });
        expect(await database.journal.history(exchanges[2]!)).toEqual({ version: 2n, entries: [] });
        expect(await database.outbox.submission(events[1]!)).toMatchObject({
          stage: 'sealed',
          refusals: ['unknown-recipient'],
        });
        expect(await database.outbox.submission(events[2]!)).toMatchObject({
          refusals: ['follows-refused'],
        });
        const newest = await database.changes.newest();
        expect(await elsewhere.outbox.withdraw(withdrawal())).toEqual({ outcome: 'unchanged' });
        const again = { ...withdrawal(), header: voids[0]!.header };
        expect(await elsewhere.outbox.withdraw(again)).toEqual({ outcome: 'unchanged' });
        expect(await database.changes.newest()).toBe(newest);
        expect(await sql('select code from findings')).toEqual([{ code: 'submission-withdrawn' }]);
      });

      it('is done once when two do it at the same time, whatever is committed meanwhile', async () => {
        const sign = {
          ...withdrawal(),
          finish: (_from: unknown, count: number) =>
            Promise.resolve(
              Array.from({ length: count }, () => ({
                header: digest(),
                container: new Uint8Array([9]),
              })),
            ),
        };
        const [one, other] = await Promise.all([
          database.outbox.withdraw(sign),
          elsewhere.outbox.withdraw(sign),
          ...Array.from({ length: 10 }, () =>
            database.outbox.commit(plan(uuid<ExchangeId>(), issued(uuid<ItemId>()))),
          ),
        ]);
        expect([one, other].map((it) => (it as { outcome: string }).outcome).sort()).toEqual([
          'unchanged',
          'withdrawn',
        ]);
        expect(await database.outbox.unsent(chain, -1n, 100)).toHaveLength(13);
      });

      it('changes nothing when the envelope was recorded, or when signing fails', async () => {
        await expect(
          database.outbox.withdraw({
            ...withdrawal(),
            finish: () => Promise.reject(new Error('no key')),
          }),
        ).rejects.toThrow('no key');
        await database.outbox.recorded([
          { event: events[1]!, leaf: { index: 4, time: instant(4) } },
        ]);
        expect(await database.outbox.withdraw(withdrawal())).toEqual({ outcome: 'unchanged' });
        expect(await database.outbox.submission(events[2]!)).toMatchObject({ refusals: [] });
      });

      it('resolves the void by its number when its leaf is back, and no other header', async () => {
        await database.outbox.withdraw(withdrawal());
        await database.journal.append([
          deliver(7, { consumed: { chain, seq: 1n, header: voids[0]!.header } }),
          deliver(8, { consumed: { chain, seq: 2n, header: digest() } }),
        ]);
        expect(await database.outbox.submission(events[1]!)).toMatchObject({
          stage: 'recorded',
          leaf: { index: 7 },
          deliveredTo: 0,
        });
        expect((await database.outbox.submission(events[2]!))?.leaf).toBeUndefined();
        expect(await sql(`select leaf from findings where code = 'void-not-ours'`)).toEqual([
          { leaf: '8' },
        ]);
      });

      it('keeps an envelope of which the log says falsely that it was voided', async () => {
        await database.journal.append([deliver(7, { consumed: { chain, seq: 1n, header } })]);
        expect((await database.outbox.submission(events[1]!))?.leaf).toBeUndefined();
        expect(await database.outbox.heldKeys(events[1]!)).toHaveLength(1);
        expect(await database.outbox.unsent(chain, 0n, 1)).toMatchObject([{ seq: 1n, header }]);
        expect(await sql('select code, leaf from findings')).toEqual([
          { code: 'void-not-ours', leaf: '7' },
        ]);
      });

      it('keeps the void, and what it answers, when the log holds what was refused', async () => {
        await database.outbox.withdraw(withdrawal());
        const leaf = { index: 7, time: instant(7) };
        await database.journal.append([
          deliver(7, { progress: [{ event: events[1]!, leaf, header, deliveredTo: 2 }] }),
        ]);
        expect((await database.outbox.submission(events[1]!))?.leaf).toBeUndefined();
        expect(await database.outbox.unsent(chain, 0n, 1)).toMatchObject([voids[0]!]);
        expect(await sql(`select event, leaf from findings where code = 'refusal-belied'`)).toEqual(
          [{ event: events[1], leaf: '7' }],
        );
      });

      it.each(['receipt', 'grant', 'share'])('asks again for a %s', async (kind) => {
        const wish = { key: 'of:1', kind, exchange, item, body: {} };
        await database.journal.aside({ toSign: [wish] });
        const [asked] = await database.journal.toSign(0n, 10);
        const recorded = status('RequestReceived', item, gr);
        await database.outbox.commit(plan(exchange, recorded, { resolves: [asked!.id] }));
        expect(await database.journal.toSign(0n, 10)).toEqual([]);
        await database.outbox.withdraw({
          ...withdrawal(),
          finish: () =>
            Promise.resolve([...voids, { header: digest(), container: new Uint8Array([6]) }]),
        });
        expect(await database.journal.toSign(0n, 10)).toEqual([asked]);
      });

      it('asks again once for what it has been asked for twice', async () => {
        const wish = { key: 'receive:1', kind: 'receipt', exchange, item, body: {} };
        await database.journal.aside({ toSign: [wish] });
        const [first] = await database.journal.toSign(0n, 10);
        const one = status('RequestReceived', item, gr);
        const resolves = [first!.id];
        await database.outbox.commit(plan(exchange, one, { resolves, decidedUpon: 0n }));
        // The key that signed it was not good at its leaf; what is said instead is refused at the door.
        const leaf = { index: 3, time: instant(3) };
        const refusal = 'issuer-superseded';
        await database.outbox.recorded([{ event: one.id, leaf, refusal, rejected: true }]);
        const [second] = await database.journal.toSign(0n, 10);
        expect(second).toMatchObject(wish);
        const other = status('RequestReceived', item, gr);
        const { version: decidedUpon } = await database.journal.history(exchange);
        await database.outbox.commit(
          plan(exchange, other, { resolves: [second!.id], decidedUpon }),
        );
        const { header: refused } = (await database.outbox.submission(other.id))!;
        await database.outbox.withdraw({
          ...withdrawal(),
          seq: 4n,
          header: refused,
          again: true,
          finish: () => Promise.resolve(voids.slice(0, 1)),
        });
        expect(await database.journal.toSign(0n, 10)).toEqual([second]);
      });
    });

    it('wakes whoever waits for something to relay', async () => {
      const abort = new AbortController();
      const waiting = elsewhere.outbox.waiting(abort.signal);
      await database.outbox.commit(plan(exchange, issued(item)));
      await waiting;
      expect(await elsewhere.outbox.unsent(chain, -1n, 1)).toHaveLength(1);
      abort.abort();
    });
  });

  describe('the journal', () => {
    const history = (first: Recorded): readonly Recorded[] => [
      first,
      status('RequestReceived', item, bg),
      answered(item),
      status('RequestClosed', item, gr),
    ];

    it('folds what is delivered into the views', async () => {
      const events = history(issued(item));
      await database.journal.append(
        events.map((recorded, leaf) => deliver(leaf, { entry: at(recorded, exchange, leaf) })),
      );
      expect(await database.views.request(item, instant(9))).toMatchObject({
        status: 'CLOSED',
        from: gr,
        to: bg,
        urgency: 'URGENT',
        receivedAt: instant(1),
        settledAt: instant(2),
        overdue: false,
        version: '4',
      });
      expect(await database.views.exchange(exchange)).toMatchObject({
        owner: gr,
        known: [bg, gr],
        items: 1,
        open: 0,
        version: 4n,
      });
      const page = await database.views.timeline(exchange, { limit: 3 });
      expect(page.rows.map(({ type }) => type)).toEqual([
        'RequestIssued',
        'RequestReceived',
        'AnswerProvided',
      ]);
      expect(
        (await database.views.timeline(exchange, { limit: 3, after: page.next ?? '' })).rows,
      ).toMatchObject([{ type: 'RequestClosed' }]);
      expect(await database.journal.position()).toMatchObject({ next: 4n, leaf: { index: 3 } });
    });

    it('gives an item another version for what is on its way, and never the same one twice for different things', async () => {
      const request = at(issued(item), exchange, 0);
      await database.journal.append([deliver(0, { entry: request })]);
      const row = async () => (await database.views.requests({}, instant(9), { limit: 5 })).rows[0];
      const commit = async (recorded: Recorded): Promise<EventId> => {
        const { version } = await database.journal.history(exchange);
        await database.outbox.commit(plan(exchange, recorded, { decidedUpon: version }));
        return recorded.id;
      };
      expect(await row()).toMatchObject({ version: '1', onItsWay: 0, status: 'ISSUED' });

      const refused = await commit(status('RequestWithdrawn', item, gr));
      const first = `1-1-${refused.slice(0, 8)}`;
      expect(await row()).toMatchObject({ version: first, onItsWay: 1, status: 'ISSUED' });
      expect(await database.views.request(item, instant(9))).toEqual(await row());
      expect(await elsewhere.journal.itemVersion(item)).toBe(first);

      // The log would not have it: the item stands as it did, and whatever comes next is not what was seen in between.
      await database.outbox.recorded([
        { event: refused, leaf: { index: 1, time: instant(1) }, refusal: 'x', rejected: true },
      ]);
      expect(await row()).toMatchObject({ version: '1', onItsWay: 0 });
      const closed = status('RequestWithdrawn', item, gr);
      expect(await row()).toMatchObject({ version: '1' });
      await commit(closed);
      expect((await row())?.version).toBe(`1-1-${closed.id.slice(0, 8)}`);

      await database.journal.append([deliver(2, { entry: at(closed, exchange, 2) })]);
      expect(await row()).toMatchObject({ version: '2', onItsWay: 0, status: 'WITHDRAWN' });
      expect(await database.journal.itemVersion(item)).toBe('2');
      expect(await database.journal.itemVersion(uuid<ItemId>())).toBe('0');
    });

    it('shows as overdue what is unsettled after it is due', async () => {
      await database.journal.append([deliver(0, { entry: at(issued(item), exchange, 0) })]);
      expect(await database.views.request(item, instant(70))).toMatchObject({ overdue: false });
      expect(await database.views.request(item, instant(71))).toMatchObject({ overdue: true });
      const overdue = await database.views.requests({ overdue: true }, instant(71), { limit: 5 });
      expect(overdue.rows).toHaveLength(1);
    });

    it('ignores what it has taken, and refuses a gap or a fork whole', async () => {
      const [one, two, three] = [
        deliver(0, { entry: at(issued(item), exchange, 0) }),
        deliver(1),
        deliver(2),
      ] as const;
      await expect(database.journal.append([one, two])).resolves.toMatchObject({ applied: 2 });
      const before = await database.journal.viewsDigest();
      await expect(database.journal.append([one, two])).resolves.toMatchObject({ applied: 0 });
      await expect(database.journal.append([{ ...three, number: 3n }])).resolves.toMatchObject({
        refused: 'mailbox-gap',
      });
      await expect(
        database.journal.append([{ ...three, previous: digest() }]),
      ).resolves.toMatchObject({ refused: 'mailbox-fork' });
      expect(await database.journal.viewsDigest()).toBe(before);
      await expect(database.journal.append([two, three])).resolves.toMatchObject({ applied: 1 });
    });

    it('is the same in whatever order late entries come, and when it is rebuilt', async () => {
      const events = history(issued(item, 'XKA 4821', 'Георгиев'));
      const other = uuid<ExchangeId>();
      const entries = [
        ...events.map((recorded, leaf) => at(recorded, exchange, leaf)),
        at(issued(uuid<ItemId>()), other, 9),
      ];
      await database.journal.append(entries.map((entry, n) => deliver(n, { entry })));
      const inOrder = await database.journal.viewsDigest();
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(inOrder);

      await sql('truncate journal, exchanges, items, timeline, entities');
      for (const n of [2, 0, 4, 3, 1])
        await database.journal.append([deliver(n, { entry: entries[n]! })]);
      expect(await database.journal.viewsDigest()).toBe(inOrder);
      await sql(`update items set status = 'X'`);
      expect(await database.journal.viewsDigest()).not.toBe(inOrder);
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(inOrder);
    });

    it('makes its views again when another version made them, and only then', async () => {
      await database.journal.append([
        deliver(0, { entry: at(issued(item, 'XKA 1', 'Жечева'), exchange, 0) }),
      ]);
      const made = await database.journal.viewsDigest();
      await database.journal.foldAnew();
      expect(await database.journal.viewsDigest()).toBe(made);
      await sql(`update entities set keys = '{1}'`);
      const stale = await database.journal.viewsDigest();
      await elsewhere.journal.foldAnew();
      expect(await database.journal.viewsDigest()).toBe(stale);
      await sql('update folded set version = 1');
      await Promise.all([database.journal.foldAnew(), elsewhere.journal.foldAnew()]);
      expect(await database.journal.viewsDigest()).toBe(made);
      expect(await sql('select version from folded')).toEqual([{ version: FOLDING }]);
    });

    it('adds what a later grant opens to what it holds', async () => {
      const full = issued(item);
      const entry = at(full, exchange, 0);
      const coreOnly = {
        ...entry,
        recorded: { ...entry.recorded, event: { ...full.event, parts: {} } },
      };
      const partOnly = {
        ...entry,
        recorded: {
          ...entry.recorded,
          event: { type: full.event.type, item, parts: full.event.parts },
        },
      };
      await database.journal.append([deliver(0, { entry: coreOnly })]);
      await database.journal.append([deliver(5, { entry: partOnly })]);
      expect((await database.journal.entry(full.id))?.recorded.event).toEqual(full.event);
      expect(await database.views.request(item, instant(1))).toMatchObject({ version: '2' });
      expect((await database.views.timeline(exchange, { limit: 5 })).rows).toMatchObject([
        { compartments: ['core', 'facts'] },
      ]);
      const digested = await database.journal.viewsDigest();
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(digested);
    });

    it('keeps nothing when the connection breaks in the middle', async () => {
      const blocker = new pg.Client({ ...fresh.config });
      await blocker.connect();
      // The last statement of an append waits for this row: everything else has been written by then.
      await blocker.query('begin');
      await blocker.query('select from change_head for update');
      const appending = database.journal.append([
        deliver(0, { entry: at(issued(item), exchange, 0) }),
      ]);
      const outcome = expect(appending).rejects.toMatchObject({ code: 'store-away' });
      for (;;) {
        const { rowCount } = await blocker.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (rowCount === 1) break;
      }
      await outcome;
      await blocker.query('rollback');
      await blocker.end();
      expect(await database.journal.position()).toMatchObject({ next: 0n });
      expect(await database.views.exchange(exchange)).toBeUndefined();
    });

    it('keeps nothing when the disk is full, and says that it may be tried again', async () => {
      await sql(`create function no_room() returns trigger language plpgsql as
        $$ begin raise 'could not extend file' using errcode = '53100'; end $$`);
      // The server itself meets a full disk here: when the last of the append's rows are written.
      await sql('create trigger no_room before insert on changes execute function no_room()');
      const delivery = deliver(0, { entry: at(issued(item), exchange, 0) });
      try {
        await expect(database.journal.append([delivery])).rejects.toMatchObject({
          code: 'disk-full',
          retriable: true,
        });
        expect(await database.journal.position()).toMatchObject({ next: 0n });
        expect(await database.journal.history(exchange)).toEqual({ version: 0n, entries: [] });
      } finally {
        await sql('drop function no_room cascade');
      }
      await expect(database.journal.append([delivery])).resolves.toMatchObject({ applied: 1 });
    });

    it('is found to be usable, and unusable when the disk is full, and leaves nothing behind', async () => {
      await expect(database.check()).resolves.toBeUndefined();
      await sql(`create function no_room() returns trigger language plpgsql as
        $$ begin raise 'could not extend file' using errcode = '53100'; end $$`);
      await sql('create trigger no_room before insert on room execute function no_room()');
      const full = new AgencyDatabase(fresh.config);
      try {
        await expect(full.check()).rejects.toMatchObject({ code: 'disk-full', retriable: true });
      } finally {
        await sql('drop function no_room cascade');
        await full.close();
      }
      expect(await sql('select count(*)::int as rows from room')).toEqual([{ rows: 0 }]);
    });

    it('folds random histories to the same views as they come, in disorder, and rebuilt', async () => {
      let leaf = 0;
      const entries = fc
        .sample(commandHistories, { numRuns: HISTORIES, seed: 7 })
        .flatMap((commands) =>
          [...play(commands).exchanges.values()].flatMap((events) => {
            const own = uuid<ExchangeId>();
            const items = new Map<ItemId, ItemId>();
            return events.map((happened, first) => {
              const of = items.get(happened.event.item) ?? uuid<ItemId>();
              items.set(happened.event.item, of);
              const index = leaf;
              leaf += 1;
              return {
                ...at(
                  {
                    ...happened,
                    id: uuid<EventId>(),
                    event: { ...happened.event, item: of },
                  },
                  own,
                  index,
                ),
                facts: first === 0 ? { opens: true as const } : {},
              };
            });
          }),
        );
      const taken = async (order: readonly RecordedEntry[], size: number): Promise<Digest> => {
        await sql('truncate journal, exchanges, items, timeline, entities');
        await sql(`update mailbox set next = 0, digest = repeat('0', 64), leaf = null`);
        const again = mailbox();
        for (let from = 0; from < order.length; from += size)
          await database.journal.append(
            order
              .slice(from, from + size)
              .map((entry) => again(entry.recorded.leaf.index, { entry })),
          );
        return database.journal.viewsDigest();
      };
      const inOrder = await taken(entries, 100);
      expect(entries.length).toBeGreaterThan(HISTORIES);
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(inOrder);
      expect(await taken(entries, 1000)).toBe(inOrder);
      // Every fifth comes last, long after the others of its exchange.
      const late = new Set(entries.filter((_, place) => place % 5 === 0));
      const disorder = [...entries.filter((one) => !late.has(one)), ...late];
      expect(await taken(disorder, 100)).toBe(inOrder);
    }, 120_000);

    it.each<[string, (ours: Recorded, other: Recorded) => Recorded, 'ours' | 'elsewhere']>([
      ['of another issuer', (ours) => ({ ...ours, issuer: 'tr-police' as AgencyId }), 'ours'],
      ['in another exchange', (ours) => ours, 'elsewhere'],
      ['of another item', ({ id }, other) => ({ ...other, id }), 'ours'],
      ['of another type', ({ id }) => ({ ...status('RequestClosed', item, gr), id }), 'ours'],
    ])('takes no event under the id of one that it holds: one %s', async (_what, forged, where) => {
      const ours = issued(item);
      await database.journal.append([deliver(0, { entry: at(ours, exchange, 0) })]);
      const held = await database.journal.history(exchange);
      const views = await database.journal.viewsDigest();
      const foreign = at(
        forged(ours, issued(uuid<ItemId>())),
        where === 'ours' ? exchange : uuid<ExchangeId>(),
        1,
      );
      const wrap = {
        descriptor: digest(),
        event: ours.id,
        compartment: 'core',
        subkey: digest() as string as Fingerprint,
        wrap: new Uint8Array([1]),
      };
      const wish = { key: `receipt:${item}`, kind: 'receipt', exchange, item, body: {} };
      const after = status('RequestReceived', item, bg);
      await expect(
        database.journal.append([
          deliver(1, { entry: foreign, wraps: [wrap], toSign: [wish] }),
          deliver(2, { entry: at(after, uuid<ExchangeId>(), 2) }),
        ]),
      ).resolves.toMatchObject({ applied: 2 });
      expect((await database.journal.history(exchange)).entries).toEqual(held.entries);
      expect(await database.journal.wraps([wrap.descriptor])).toEqual([]);
      expect(await database.journal.toSign(0n, 10)).toEqual([]);
      expect((await database.views.findings({ limit: 5 })).rows).toMatchObject([
        { code: 'event-id-reused', event: ours.id, leaf: 1, mailbox: 1n },
      ]);
      // What came behind it was taken, and is all that changed.
      expect(await database.journal.entry(after.id)).toBeDefined();
      await sql('delete from journal where event = $1', [after.id]);
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(views);
    });

    it('opens later what came before its key, as if it had been opened then', async () => {
      const events = history(issued(item));
      const entries = events.map((recorded, leaf) => at(recorded, exchange, leaf));
      const bare = entries.map((_entry, leaf) => deliver(leaf));
      const lines = bare.map((line, n): Delivery => ({ ...line, entry: entries[n]! }));
      await database.journal.append(lines);
      const inOrder = await database.journal.viewsDigest();
      await sql(
        `truncate journal, exchanges, items, timeline, entities;
         update mailbox set next = 0, digest = repeat('0', 64), leaf = null`,
      );

      const subkey = digest() as string as Fingerprint;
      const closed = (n: number): Delivery => ({
        ...bare[n]!,
        unopened: subkey,
        findings: [{ code: 'no-key', detail: 'no key of ours opens what was delivered' }],
      });
      const late = new Set([0, 2]);
      await database.journal.append(lines.map((line, n) => (late.has(n) ? closed(n) : line)));
      const owed = [...late].map((n) => ({ number: BigInt(n), digest: lines[n]!.digest, subkey }));
      expect(await database.journal.unopened()).toEqual(owed);
      const before = await database.journal.viewsDigest();
      expect(before).not.toBe(inOrder);

      // What is not opened yet, was never owed, or is another line settles nothing.
      await database.journal.append([closed(0), lines[1]!, { ...lines[2]!, digest: digest() }]);
      expect(await database.journal.unopened()).toEqual(owed);
      expect(await database.journal.viewsDigest()).toBe(before);

      const { position } = (await database.journal.append([lines[0]!, lines[0]!])) as Appended;
      expect(position.next).toBe(BigInt(lines.length));
      expect(await database.journal.unopened()).toEqual(owed.slice(1));
      await database.journal.append([lines[2]!]);
      expect(await database.journal.unopened()).toEqual([]);
      expect(await database.journal.viewsDigest()).toBe(inOrder);
      expect((await database.views.findings({ limit: 5 })).rows).toMatchObject([
        { code: 'no-key', mailbox: 2n, resolvedAt: lines[2]!.at },
        { code: 'no-key', mailbox: 0n, resolvedAt: lines[0]!.at },
      ]);
      await database.journal.append(lines);
      expect(await database.journal.viewsDigest()).toBe(inOrder);
    });

    it('makes a decision on an older history fail', async () => {
      await database.journal.append([deliver(0, { entry: at(issued(item), exchange, 0) })]);
      await expect(
        database.outbox.commit(plan(exchange, answered(item), { decidedUpon: 0n })),
      ).resolves.toMatchObject({ refused: 'exchange-moved' });
    });

    it('asks once for what is to be signed, until it is signed or dropped', async () => {
      const wish = { key: `receive:${item}`, kind: 'receipt', exchange, item, body: { item } };
      const waiting = elsewhere.journal.waitingToSign(new AbortController().signal);
      await database.journal.append([deliver(0, { toSign: [wish] })]);
      await waiting;
      await database.journal.append([deliver(1, { toSign: [wish] })]);
      const [row, ...others] = await elsewhere.journal.toSign(0n, 10);
      expect(row).toMatchObject(wish);
      expect(others).toEqual([]);
      const outcomes = await Promise.all(
        [0, 1].map(() =>
          database.outbox.commit(
            plan(uuid<ExchangeId>(), status('RequestReceived', item, bg), { resolves: [row!.id] }),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => 'outcome' in outcome)).toHaveLength(1);
      expect(await database.journal.toSign(0n, 10)).toEqual([]);
      await database.journal.append([deliver(2, { toSign: [wish] })]);
      expect(await database.journal.toSign(0n, 10)).toEqual([]);
      // What was dropped is not asked for again; another wish is.
      await database.journal.aside({ toSign: [wish] });
      expect(await database.journal.toSign(0n, 10)).toEqual([]);
      await database.journal.aside({
        toSign: [{ ...wish, key: 'another' }],
        findings: [{ code: 'x', detail: 'y' }],
      });
      const [aside] = await database.journal.toSign(0n, 10);
      await database.journal.dropToSign(aside!.id);
      expect(await database.journal.toSign(0n, 10)).toEqual([]);
    });

    it('knows the keys that were made and never handed over, and by which row they were made last', async () => {
      const wish = (to: string) => ({ key: to, kind: 'grant', exchange, item, body: { to } });
      const made = async () => (await database.journal.madeInVain(gr)).map(({ body }) => body);
      await database.journal.aside({ toSign: [wish('one')] });
      const [one] = await database.journal.toSign(0n, 10);
      // It waits to be signed for.
      expect(await made()).toEqual([]);
      await database.journal.dropToSign(one!.id);
      expect(await made()).toEqual([{ to: 'one' }]);
      await database.journal.aside({ toSign: [wish('two')] });
      expect(await made()).toEqual([]);
      const [two] = await database.journal.toSign(0n, 10);
      const granted = (issuer: AgencyId) =>
        ({
          id: uuid<EventId>(),
          issuer,
          at: instant(0),
          event: { type: 'GrantMade', item, core: {}, parts: {} },
        }) as unknown as Recorded;
      await database.journal.dropToSign(two!.id);
      await database.outbox.commit(plan(exchange, granted(bg)));
      expect(await made()).toEqual([{ to: 'two' }]);
      const { version: decidedUpon } = await database.journal.history(exchange);
      await database.outbox.commit(plan(exchange, granted(gr), { decidedUpon }));
      expect(await made()).toEqual([]);
    });

    it('says of an order that names nothing new that it was in vain, and which one was before it', async () => {
      const event = uuid<EventId>();
      const [facts, source] = [digest(), digest()];
      const order = (leaf: number, by: AgencyId | undefined, ...descriptors: Digest[]) => {
        const item = uuid<ItemId>();
        const whose = { event, exchange, originator: gr, ...(by === undefined ? {} : { by }) };
        const said = { ground: 'INACCURATE', until: instant(3600) };
        return { item, line: deliver(leaf, { erasure: { item, descriptors, ...whose, ...said } }) };
      };
      const first = order(1, gr, facts);
      const again = order(2, gr, facts);
      const more = order(3, oversight, facts, source);
      const all = order(4, gr, source, facts);
      const term = order(5, undefined, facts);
      const rows = [first, again, more, all, term];
      await database.journal.append(rows.map(({ line }) => line));
      const instead = async (item: ItemId) => (await database.views.erasure(item))?.instead;
      expect(await Promise.all(rows.map(({ item }) => instead(item)))).toEqual([
        undefined,
        first.item,
        undefined,
        first.item,
        undefined,
      ]);
    });

    it('keeps wraps, registry entries and findings', async () => {
      const wrap = {
        descriptor: digest(),
        event: uuid<EventId>(),
        compartment: 'core',
        subkey: digest() as string as Fingerprint,
        wrap: new Uint8Array([9, 8]),
      };
      const registry = { kind: 'registry' as const, bytes: new Uint8Array([5]), digest: digest() };
      await database.journal.append([
        deliver(7, { wraps: [wrap], registry, findings: [{ code: 'no-wrap', detail: 'none' }] }),
      ]);
      expect(await database.journal.wraps([wrap.descriptor, digest()])).toEqual([wrap]);
      expect(await database.views.registry(-1, 5)).toEqual([
        { ...registry, leaf: { index: 7, time: instant(7) } },
      ]);
      expect((await database.views.findings({ limit: 5 })).rows).toMatchObject([
        { code: 'no-wrap', mailbox: 0n },
      ]);
    });
  });

  describe('the feed', () => {
    it('yields every change once and in order, through a lost connection', async () => {
      const abort = new AbortController();
      const seen: bigint[] = [];
      const following = (async () => {
        for await (const changes of elsewhere.changes.follow(0n, abort.signal)) {
          seen.push(...changes.map(({ id }) => id));
          if (seen.length >= 30) return;
        }
      })();
      for (let n = 0; n < 10; n += 1) {
        await database.journal.append([
          deliver(n, { entry: at(issued(uuid<ItemId>()), uuid<ExchangeId>(), n) }),
        ]);
        if (n === 5)
          await sql(`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and query like 'listen%'`);
      }
      await Promise.all(
        Array.from({ length: 10 }, () =>
          database.outbox.commit(plan(uuid<ExchangeId>(), issued(uuid<ItemId>()))),
        ),
      );
      await following;
      expect(seen).toEqual(Array.from({ length: 30 }, (_, n) => BigInt(n + 1)));
    });

    it('ends quietly when it is aborted', async () => {
      const abort = new AbortController();
      const next = database.changes.follow(0n, abort.signal)[Symbol.asyncIterator]().next();
      abort.abort();
      await expect(next).resolves.toMatchObject({ done: true });
    });
  });

  describe('content', () => {
    const access = {
      officer,
      purpose: 'INVESTIGATION',
      text: 'white van',
      fields: ['facts'],
      at: instant(0),
    };
    beforeEach(async () => {
      await database.journal.append([
        deliver(0, { entry: at(issued(item, 'ΧΚΑ 4821', 'Христов'), exchange, 0) }),
      ]);
    });

    it('is shown with a row that says who read it and why', async () => {
      const before = await database.reads.head();
      const shown = await database.reads.release({ ...access, exchange }, (content) =>
        content.timeline(exchange, { limit: 5 }),
      );
      expect(shown.rows).toMatchObject([{ parts: { facts: { sought: 'crossings' } } }]);
      const [row] = await database.reads.rows(before.size, 1);
      expect(row).toMatchObject({
        officer,
        purpose: 'INVESTIGATION',
        exchange,
        previous: before.hash,
      });
      expect(await database.reads.head()).toEqual({ size: before.size + 1n, hash: row?.hash });
      expect(await database.reads.purposeText(before.size)).toMatchObject({ text: 'white van' });
    });

    it('is not shown when the row cannot be kept', async () => {
      await sql('alter table reads add constraint no_more check (false) not valid');
      await expect(
        database.reads.release(access, (content) => content.item(item)),
      ).rejects.toMatchObject({ code: 'store-refused' });
      await sql('alter table reads drop constraint no_more');
    });

    it('is refused to whoever keeps the door open', async () => {
      const kept = await database.reads.release(access, (content) => Promise.resolve(content));
      await expect(kept.item(item)).rejects.toMatchObject({ code: 'content-closed' });
    });

    it('keeps a chain of reads that shows every change, though texts are erased', async () => {
      await Promise.all(
        Array.from({ length: 10 }, () => database.reads.release(access, () => Promise.resolve(1))),
      );
      const { size } = await database.reads.head();
      expect(await database.reads.hashes(size)).toHaveLength(Number(size));
      const nonces = (await database.reads.rows(0n, 100)).map(({ nonce }) => nonce);
      expect(new Set(nonces).size).toBe(nonces.length);
      expect(await database.reads.published()).toBeUndefined();
      expect(await database.reads.eraseTexts(instant(1))).toBeGreaterThan(0);
      expect(await database.reads.purposeText(size - 1n)).toBeUndefined();
      expect(await database.reads.firstBroken()).toBeUndefined();
      await sql(`update reads set purpose = 'OTHER' where number = $1`, [size - 3n]);
      expect(await database.reads.firstBroken()).toBe(size - 3n);
      await sql(`update reads set purpose = 'INVESTIGATION' where number = $1`, [size - 3n]);
      await sql('delete from reads where number = $1', [size - 1n]);
      expect(await database.reads.firstBroken()).toBe(size - 1n);
      await sql('truncate reads cascade');
      await sql(`update read_head set size = 0, hash = repeat('0', 64)`);
    });

    it('is found by another spelling, by a typing error, and page by page', async () => {
      await database.journal.append(
        Array.from({ length: 9 }, (_, n) =>
          deliver(n + 1, {
            entry: at(
              issued(uuid<ItemId>(), `XKA ${1000 + n}`, n % 2 === 0 ? 'Христов' : 'Хритов'),
              uuid<ExchangeId>(),
              n + 1,
            ),
          }),
        ),
      );
      const search = (text: string, as: 'name' | 'number', after?: string) =>
        database.reads.release(access, (content) =>
          content.search({ text, as }, { limit: 4, ...(after === undefined ? {} : { after }) }),
        );
      const distances: number[] = [];
      let after: string | undefined;
      do {
        const page = await search('Khristov', 'name', after);
        distances.push(...page.rows.map(({ distance }) => distance));
        after = page.next;
      } while (after !== undefined);
      expect(distances).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
      expect((await search('XKA-4821', 'number')).rows).toMatchObject([
        { matched: 'ΧΚΑ 4821', spelling: 'XKA4821', distance: 0, entity: { kind: 'vehicle' } },
      ]);
      expect((await search('nobody', 'name')).rows).toEqual([]);
    });

    it.each([20, 300])(
      'is found once on one of its pages when %s others are as near',
      async (others) => {
        await database.journal.append(
          Array.from({ length: others }, (_, n) =>
            deliver(n + 1, {
              entry: at(
                issued(uuid<ItemId>(), `XKA ${1000 + n}`, n % 3 === 0 ? 'Хритов' : 'Христов'),
                exchange,
                n + 1,
              ),
            }),
          ),
        );
        const found: { readonly distance: number; readonly id: string }[] = [];
        let after: string | undefined;
        do {
          const place: { after?: string } = after === undefined ? {} : { after };
          const page = await database.reads.release(access, (content) =>
            content.search({ text: 'Khristov', as: 'name' }, { limit: 7, ...place }),
          );
          found.push(...page.rows.map(({ distance, entity: { id } }) => ({ distance, id })));
          after = page.next;
        } while (after !== undefined);
        expect(new Set(found.map(({ id }) => id)).size).toBe(others + 1);
        expect(found).toHaveLength(others + 1);
        const distances = found.map(({ distance }) => distance);
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      },
    );

    it.each([
      'yesterday',
      '2026-13-01T00:00:00.000Z',
      '2026-02-30T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      '2026-11-23',
    ])('refuses a cursor into the submissions that names no moment: %s', async (moment) => {
      const after = Buffer.from(JSON.stringify([moment, uuid<EventId>()])).toString('base64url');
      await expect(database.views.submissions({}, { limit: 1, after })).rejects.toMatchObject({
        code: 'cursor-malformed',
      });
    });

    it('refuses a cursor that is not one of ours', async () => {
      await expect(
        database.views.timeline(exchange, { limit: 1, after: 'drop table' }),
      ).rejects.toMatchObject({ code: 'cursor-malformed' });
    });
  });

  describe('officers', () => {
    const account = {
      id: 'o1' as OfficerId,
      name: 'Ελένη',
      passwordHash: '$argon2id$',
      roles: ['SPOC_OPERATOR'],
    };
    beforeEach(async () => {
      await sql('truncate officers cascade');
      await database.officers.add(account);
    });

    it('are added once', async () => {
      await expect(elsewhere.officers.add(account)).resolves.toMatchObject({
        refused: 'officer-exists',
      });
      expect(await elsewhere.officers.all()).toEqual([
        { ...account, active: true, failedAttempts: 0 },
      ]);
    });

    it('are locked out by wrong attempts, however many at once', async () => {
      await Promise.all(
        [0, 1, 2].map(() =>
          elsewhere.officers.attemptFailed(account.id, instant(0), { after: 3, seconds: 60 }),
        ),
      );
      expect(await database.officers.byId(account.id)).toMatchObject({ lockedUntil: instant(60) });
      const signedIn = (second: number) =>
        database.officers.signedIn(account.id, {
          token: digest(),
          passwordHash: account.passwordHash,
          at: instant(second),
          expiresAt: instant(100),
        });
      await expect(signedIn(59)).resolves.toMatchObject({ refused: 'officer-unknown' });
      expect(await database.officers.byId(account.id)).toMatchObject({ lockedUntil: instant(60) });
      await expect(signedIn(61)).resolves.toBeUndefined();
      expect(await database.officers.byId(account.id)).not.toHaveProperty('lockedUntil');
    });

    it('are locked again after a lock has passed, once the limit is reached anew', async () => {
      const lockOut = { after: 3, seconds: 60 };
      const fail = (second: number) =>
        database.officers.attemptFailed(account.id, instant(second), lockOut);
      for (const second of [0, 1, 2]) await fail(second);
      expect(await elsewhere.officers.byId(account.id)).toMatchObject({ lockedUntil: instant(62) });
      // Two more are too few: what stands there is the lock that has passed.
      for (const [count, second] of [70, 71].entries()) {
        await fail(second);
        expect(await elsewhere.officers.byId(account.id)).toMatchObject({
          failedAttempts: count + 1,
          lockedUntil: instant(62),
        });
      }
      await fail(72);
      expect(await elsewhere.officers.byId(account.id)).toMatchObject({
        failedAttempts: 0,
        lockedUntil: instant(132),
      });
    });

    it('lose no role that somebody has to have, however many lose it at once', async () => {
      const SECURITY = 'NODE_SECURITY_OFFICER';
      const of = (id: string) => id as OfficerId;
      for (const id of ['s1', 's2', 's3'])
        await database.officers.add({ ...account, id: of(id), roles: ['ANALYST', SECURITY] });
      const outcomes = await Promise.all([
        database.officers.change(of('s1'), { active: false }, SECURITY),
        elsewhere.officers.change(of('s2'), { roles: ['ANALYST'] }, SECURITY),
        database.officers.change(of('s3'), { active: false, roles: [] }, SECURITY),
      ]);
      expect(outcomes.filter((outcome) => outcome?.refused === 'last-of-role')).toHaveLength(1);
      const left = (await database.officers.all()).filter(
        ({ active, roles }) => active && roles.includes(SECURITY),
      );
      expect(left).toHaveLength(1);
      const last = left[0]?.id ?? of('nobody');
      // What leaves the role where it is, and what others lose, is nobody's concern.
      for (const [id, change] of [
        [last, { roles: [SECURITY] }],
        [last, { name: 'Another' }],
        [account.id, { active: false }],
      ] as const)
        await expect(database.officers.change(id, change, SECURITY)).resolves.toBeUndefined();
      await expect(database.officers.change(last, { active: false })).resolves.toBeUndefined();
    });

    it('open no session by a password that was changed since it was verified', async () => {
      const token = digest();
      const verified = await database.officers.byId(account.id);
      await elsewhere.officers.change(account.id, { passwordHash: 'another' });
      const opening = (passwordHash: string) =>
        database.officers.signedIn(account.id, {
          token,
          passwordHash,
          at: instant(0),
          expiresAt: instant(100),
        });
      await expect(opening(verified!.passwordHash)).resolves.toMatchObject({
        refused: 'officer-unknown',
      });
      expect(await database.officers.session(token, instant(1))).toBeUndefined();
      await expect(opening('another')).resolves.toBeUndefined();
    });

    it('hold a session until it expires, is closed, or their account changes', async () => {
      const open = async (): Promise<Digest> => {
        const token = digest();
        await database.officers.signedIn(account.id, {
          token,
          passwordHash: account.passwordHash,
          at: instant(0),
          expiresAt: instant(100),
        });
        return token;
      };
      const [first, second] = [await open(), await open()];
      expect(await elsewhere.officers.session(first, instant(99))).toEqual({
        officer: 'o1',
        name: 'Ελένη',
        roles: ['SPOC_OPERATOR'],
        expiresAt: instant(100),
      });
      expect(await elsewhere.officers.session(first, instant(100))).toBeUndefined();
      await database.officers.signOut(first);
      expect(await elsewhere.officers.session(first, instant(1))).toBeUndefined();
      await database.officers.change(account.id, { roles: [] });
      expect(await elsewhere.officers.session(second, instant(1))).toBeUndefined();
      await expect(
        database.officers.change('nobody' as OfficerId, { name: 'x' }),
      ).resolves.toMatchObject({ refused: 'officer-unknown' });
    });
  });
});
