import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { type Recorded, UNMARKED } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Delivery, type Proposal, type Purge, type RecordedEntry } from '@tripoint/read-model';
import pg from 'pg';
import { AgencyDatabase } from './agency-database.js';

const HERE = 'gr-police' as AgencyId;
const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString() as Instant;
const random = () => randomBytes(32).toString('hex') as Digest;
const exchange = randomUUID() as ExchangeId;
const SAID = { facts: 'a grey saloon', intelligence: 'seen twice' };
type Name = keyof typeof SAID;

describe('what is to be forgotten', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;
  let next: { number: bigint; previous: Digest; leaf: number };

  beforeEach(async () => {
    fresh = await freshDatabase('forget');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
    next = { number: 0n, previous: '0'.repeat(64) as Digest, leaf: 0 };
  });
  afterEach(async () => {
    await database.close();
    await fresh.drop();
  });

  /** Takes the next lines, a minute apart by the log; all at once. */
  const take = async (...said: readonly Partial<Delivery>[]) => {
    const deliveries = said.map(({ entry, ...rest }): Delivery => {
      const leaf = { index: next.leaf, time: inMinutes(next.leaf) };
      const digest = random();
      const one: Delivery = {
        number: next.number,
        previous: next.previous,
        digest,
        leaf,
        at: leaf.time,
        ...(entry === undefined
          ? {}
          : { entry: { ...entry, recorded: { ...entry.recorded, leaf } } }),
        ...rest,
      };
      next = { number: next.number + 1n, previous: digest, leaf: next.leaf + 1 };
      return one;
    });
    expect(await database.journal.append(deliveries)).toMatchObject({ applied: said.length });
  };
  const entry = (
    event: object,
    issuer: AgencyId,
    descriptors: RecordedEntry['descriptors'] = [],
    id = randomUUID() as EventId,
  ): Partial<Delivery> => ({
    entry: {
      exchange,
      recorded: { id, issuer, at: inMinutes(0), event } as unknown as Recorded,
      facts: {},
      descriptors,
    } as unknown as RecordedEntry,
  });

  /** The other told this agency something. */
  const told = async () => {
    const id = randomUUID() as EventId;
    const names = Object.keys(SAID) as Name[];
    const descriptors = names.map((compartment) => ({
      compartment,
      descriptor: random(),
      marking: UNMARKED,
    }));
    const text = (name: Name) => ({
      text: SAID[name],
      language: 'en',
      statement: 'FACT',
      entities: [],
    });
    const parts = Object.fromEntries(names.map((name) => [name, text(name)]));
    const core = { to: HERE };
    const event = { type: 'ContributionShared', item: randomUUID() as ItemId, core, parts };
    await take(entry(event, 'bg-police' as AgencyId, descriptors, id));
    return { event: id, descriptors: descriptors.map(({ descriptor }) => descriptor) };
  };
  type Told = Awaited<ReturnType<typeof told>>;

  const hold = (
    { event }: Told,
    {
      item = randomUUID() as ItemId,
      until = 600,
      compartments = ['facts'] as readonly Name[],
    } = {},
  ) => {
    const core = { event, compartments, ground: 'COURT_ORDER', until: inMinutes(until) };
    return { item, placed: entry({ type: 'LegalHoldPlaced', item, core, parts: {} }, HERE) };
  };
  const lift = (item: ItemId) =>
    entry({ type: 'LegalHoldLifted', item, core: {}, parts: {} }, HERE);
  const order = (
    { event, descriptors }: Told,
    item = randomUUID() as ItemId,
  ): Partial<Delivery> => ({
    purges: [
      {
        event,
        compartments: ['facts', 'intelligence'],
        descriptors,
        answer: {
          key: `purged:${item}`,
          kind: 'receipt',
          exchange,
          item,
          body: { command: 'ConfirmRecall' },
        },
      },
    ],
  });

  const answers = async () =>
    (await database.journal.toSign(0n, 10)).map(
      ({ body }) => (body as { readonly kept?: readonly string[] }).kept ?? 'gone',
    );
  const access = {
    officer: 'e.georgiou' as OfficerId,
    purpose: 'PROSECUTION',
    fields: ['kept'],
    at: inMinutes(0),
  };
  const kept = async ({ event }: Told) =>
    (await database.reads.release(access, (content) => content.retained(event))).map(
      ({ compartment }) => compartment,
    );
  const shown = async ({ event }: Told) =>
    Object.keys((await database.journal.entry(event))?.recorded.event.parts ?? {});

  it('goes, and is said to have gone', async () => {
    const it = await told();
    await take(order(it));
    expect([await shown(it), await kept(it), await answers()]).toEqual([[], [], ['gone']]);
  });

  it('goes out of what officers proposed about it as well', async () => {
    const it = await told();
    const item = (await database.journal.entry(it.event))!.recorded.event.item;
    const proposed = (of: Partial<Proposal>): Proposal => ({
      id: randomUUID(),
      command: 'GrantRelease',
      item,
      exchange,
      data: { reason: SAID.facts },
      seen: '1',
      proposedBy: 'e.georgiou' as OfficerId,
      proposedAt: inMinutes(0),
      until: '2999-01-01T00:00:00.000Z' as Instant,
      ...of,
    });
    const [confirmed, rejected, waiting] = [
      proposed({}),
      proposed({ item: randomUUID() as ItemId }),
      proposed({ item: randomUUID() as ItemId }),
    ];
    const by = 'n.papadakis' as OfficerId;
    const roles = ['PROSECUTOR'];
    const id = confirmed.proposedBy;
    await database.officers.add({ id, name: 'E', roles, passwordHash: 'none' });
    for (const one of [confirmed, rejected, waiting]) await database.proposals.add(one);
    const at = inMinutes(1);
    await database.proposals.decide(confirmed.id, { outcome: 'CONFIRMED', by, at }, roles);
    await database.proposals.decide(rejected.id, { outcome: 'REJECTED', by, at }, roles);
    await take(order(it));
    for (const { id } of [confirmed, rejected])
      expect((await database.proposals.one(id))?.data).toEqual({});
    expect(await database.proposals.one(waiting.id)).toEqual(waiting);
  });

  it('stays as far as a hold keeps it, until the last one is lifted', async () => {
    const it = await told();
    const [one, other] = [hold(it), hold(it, { compartments: ['facts', 'intelligence'] })];
    await take(one.placed, other.placed);
    const again = order(it);
    await take(again);
    expect([await shown(it), await kept(it), await answers()]).toEqual([
      [],
      ['facts', 'intelligence'],
      [['LEGAL_HOLD']],
    ]);
    await take(again);
    await take(lift(other.item));
    expect([await kept(it), await answers()]).toEqual([['facts'], [['LEGAL_HOLD']]]);
    await take(lift(one.item));
    expect([await kept(it), await answers()]).toEqual([[], [['LEGAL_HOLD'], 'gone']]);
  });

  it('is kept by no hold of whoever custodians disclosed it to', async () => {
    const it = await told();
    await take(hold(it, { compartments: ['facts', 'intelligence'] }).placed);
    const [{ answer, ...gone }] = order(it).purges as [Purge];
    const body = { command: 'ConfirmDisclosurePurge' };
    await take({ purges: [{ ...gone, answer: { ...answer!, body } }] });
    expect([await kept(it), await answers()]).toEqual([[], ['gone']]);
  });

  it('is not said to be gone where a hold has kept it from an order before', async () => {
    const it = await told();
    const { item, placed } = hold(it);
    await take(placed, order(it));
    expect(await answers()).toEqual([['LEGAL_HOLD']]);
    // Everybody is to forget it: of what lies apart the journal names nothing any more.
    const [forgotten] = order(it).purges as [Purge];
    await take({ purges: [{ ...forgotten, compartments: [], everywhere: true }] });
    expect([await kept(it), await answers()]).toEqual([
      ['facts'],
      [['LEGAL_HOLD'], ['LEGAL_HOLD']],
    ]);
    await take(lift(item));
    expect([await kept(it), await answers()]).toEqual([
      [],
      [['LEGAL_HOLD'], ['LEGAL_HOLD'], 'gone', 'gone'],
    ]);
  });

  it('goes by itself when the time of the hold is over', async () => {
    const it = await told();
    await take(hold(it, { until: 4 }).placed);
    await take(order(it));
    await take({});
    expect(await kept(it)).toEqual(['facts']);
    await take({});
    expect([await kept(it), await answers()]).toEqual([[], [['LEGAL_HOLD'], 'gone']]);
  });

  it('is kept by a hold whose time is over by the log alone', async () => {
    const it = await told();
    await take(hold(it, { until: 4 }).placed);
    await take(order(it));
    // The lines come in one moment of our own clock: a hub has set its own ahead.
    const at = inMinutes(0);
    for (let line = 0; line < 4; line += 1) await take({ at });
    expect([await kept(it), await answers()]).toEqual([['facts'], [['LEGAL_HOLD']]]);
    await take({ at: inMinutes(4) });
    expect([await kept(it), await answers()]).toEqual([[], [['LEGAL_HOLD'], 'gone']]);
  });

  it('is not kept by a hold that the log has after the order, though they come together', async () => {
    const it = await told();
    await take(order(it), hold(it).placed);
    expect([await kept(it), await answers()]).toEqual([[], ['gone']]);
    const other = await told();
    await take(hold(other).placed, order(other));
    expect(await kept(other)).toEqual(['facts']);
  });

  it('is gone at once where it is lifted in the same breath', async () => {
    const it = await told();
    const placed = hold(it);
    await take(placed.placed, order(it), lift(placed.item));
    expect([await kept(it), await answers()]).toEqual([[], ['gone']]);
  });

  it('is owed an answer to everybody who ordered it', async () => {
    const it = await told();
    const placed = hold(it);
    await take(placed.placed);
    await take(order(it));
    await take(order(it));
    expect(await answers()).toEqual([['LEGAL_HOLD'], ['LEGAL_HOLD']]);
    await take(lift(placed.item));
    expect(await answers()).toEqual([['LEGAL_HOLD'], ['LEGAL_HOLD'], 'gone', 'gone']);
  });

  it('is said to be with a court, as long as the event is the one that was taken there', async () => {
    const [it, other] = [await told(), await told()];
    const file = {
      id: randomUUID(),
      officer: access.officer,
      purpose: 'PROSECUTION',
      item: randomUUID() as ItemId,
      salt: random(),
      at: inMinutes(0),
      keys: [{ descriptor: it.descriptors[0]!, event: it.event }],
    };
    await database.reads.release(access, (content) => content.disclose(file));
    await database.courtFiles.give(
      { file: file.id, descriptor: it.descriptors[0]! },
      randomBytes(32),
    );
    expect(await database.courtFiles.take(file.id, inMinutes(1))).toHaveLength(1);
    // Who recalls one thing does not learn by naming another what is before a court.
    await take(order({ event: other.event, descriptors: it.descriptors }));
    expect(await answers()).toEqual(['gone']);
    const placed = hold(it);
    await take(placed.placed);
    await take(order(it));
    expect((await answers()).at(-1)).toEqual(['COURT_FILE', 'LEGAL_HOLD']);
    await take(lift(placed.item));
    expect([await kept(it), (await answers()).at(-1)]).toEqual([[], ['COURT_FILE']]);
  });

  describe('by a leaf that no quorum has seen', () => {
    const MOST = Number.MAX_SAFE_INTEGER;
    const tree = { size: 40, root: random() };
    const unwitnessed = (it: Told): Partial<Delivery> => ({
      checkpoint: tree,
      purges: order(it).purges!.map((purge) => ({ ...purge, unwitnessed: true })),
    });
    const sealed = () => database.journal.sealedOff(MOST, 10);
    const pieces = async () => {
      const client = new pg.Client({ connectionString: fresh.url });
      await client.connect();
      try {
        return (await client.query('select 1 from sealed_pieces')).rows.length;
      } finally {
        await client.end();
      }
    };

    it('is read no more, and nothing is said, until it is let go', async () => {
      const it = await told();
      await take(unwitnessed(it));
      expect([await shown(it), await kept(it), await answers()]).toEqual([[], [], []]);
      const [one] = await sealed();
      expect(await database.journal.sealedOff(one!.leaf, 10)).toEqual([]);
      await database.journal.letGo([one!]);
      await database.journal.letGo([one!]);
      expect([await shown(it), await kept(it), await answers()]).toEqual([[], [], ['gone']]);
      expect([await sealed(), await pieces()]).toEqual([[], 0]);
    });

    it('stays with a hold of before when it is let go, and with none of after', async () => {
      const [it, other] = [await told(), await told()];
      await take(hold(it).placed);
      await take(unwitnessed(it), unwitnessed(other));
      await take(hold(other).placed);
      expect(await kept(it)).toEqual([]);
      await database.journal.letGo(await sealed());
      expect([await kept(it), await kept(other)]).toEqual([['facts'], []]);
      expect(new Set(await answers())).toEqual(new Set([['LEGAL_HOLD'], 'gone']));
    });

    const early = (it: Told, more: object = {}) => ({
      checkpoint: tree,
      purges: order(it).purges!.map((purge) => ({
        ...purge,
        notBefore: inMinutes(100),
        ...more,
      })),
    });

    it('stays as it is before its time, is sealed off then, and goes', async () => {
      const it = await told();
      await take(early(it, { unwitnessed: true }));
      expect([await sealed(), await answers()]).toEqual([[], []]);
      expect(await shown(it)).toHaveLength(2);
      expect(await database.journal.ripen(inMinutes(99))).toBe(false);
      expect(await shown(it)).toHaveLength(2);
      expect(await database.journal.ripen(inMinutes(100))).toBe(true);
      expect(await database.journal.ripen(inMinutes(100))).toBe(false);
      expect([await shown(it), await answers(), await pieces()]).toEqual([[], [], 2]);
      await database.journal.letGo(await sealed());
      expect([await answers(), await pieces(), await sealed()]).toEqual([['gone'], 0, []]);
    });

    it('is kept by a hold that was placed while it waited for its time', async () => {
      const it = await told();
      await take(early(it));
      await take(hold(it).placed);
      await database.journal.ripen(inMinutes(100));
      await database.journal.letGo(await sealed());
      expect([await shown(it), await kept(it), await answers()]).toEqual([
        [],
        ['facts'],
        [['LEGAL_HOLD']],
      ]);
    });

    it('is not taken out when its time comes, where the leaf was shown false before', async () => {
      const it = await told();
      await take(early(it, { unwitnessed: true }));
      await database.journal.giveBack(tree);
      await database.journal.ripen(inMinutes(100));
      expect(await shown(it)).toHaveLength(2);
    });

    it('is read again when the leaf is shown false, and goes all the same if it was not', async () => {
      const it = await told();
      const before = await database.journal.entry(it.event);
      await take(unwitnessed(it));
      await database.journal.giveBack({ ...tree, root: random() });
      expect(await shown(it)).toEqual([]);
      await database.journal.giveBack(tree);
      await database.journal.giveBack(tree);
      expect(await database.journal.entry(it.event)).toEqual(before);
      const digest = await database.journal.viewsDigest();
      await database.journal.rebuild();
      expect(await database.journal.viewsDigest()).toBe(digest);
      await database.journal.letGo(await sealed());
      expect([await shown(it), await answers(), await pieces()]).toEqual([[], ['gone'], 0]);
    });

    it('stays sealed off as far as another tree says so', async () => {
      const it = await told();
      const another = { size: 41, root: random() };
      await take(unwitnessed(it), { ...unwitnessed(it), checkpoint: another });
      await database.journal.giveBack(tree);
      expect(await shown(it)).toEqual([]);
      await database.journal.giveBack(another);
      expect((await shown(it)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
        'facts',
        'intelligence',
      ]);
    });
  });

  it('takes along a key to a share that was made, and waits to be handed over or was', async () => {
    const event = randomUUID() as EventId;
    const [descriptor, other] = [random(), random()];
    const wish = (of: Digest) => ({
      key: `share:${of}`,
      kind: 'share',
      exchange,
      body: { wraps: [{ descriptor: of, wrap: 'ab'.repeat(40) }] },
    });
    const share = { descriptor, event, compartment: 'custody-1', part: new Uint8Array(4) };
    await take({ shares: [share], toSign: [wish(descriptor), wish(other)] });
    const compartments = ['custody-1'] as unknown as readonly Name[];
    await take({ purges: [{ event, compartments, descriptors: [random()], everywhere: true }] });
    expect(await database.journal.shares(event)).toEqual([]);
    const left = await database.journal.toSign(0n, 10);
    expect(left.map(({ key }) => key)).toEqual([`share:${other}`]);
  });
});
