import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import { AgencyDatabase } from '@tripoint/adapters/postgres';
import { UNMARKED } from '@tripoint/domain';
import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type Purpose } from '@tripoint/platform';
import { type Delivery, type RecordedEntry } from '@tripoint/read-model';
import { verifyInclusion, leafHash, MerkleTree } from '@tripoint/transparency';
import { type AgencyOptions } from '../agency.options.js';
import { Released } from './released.js';
import { Transcripts } from './transcript.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const SECRET = 'XKA 4821';
const AT = '2026-11-26T12:00:00.000Z' as Instant;
const random = (): Digest => randomBytes(32).toString('hex') as Digest;
const asked: Purpose = { code: 'DATA_SUBJECT_REQUEST', legalBasis: 'Dir. (EU) 2016/680 Art. 14' };
const protection = { id: 'p.officer' as OfficerId, agency: GR, roles: ['DATA_PROTECTION_OFFICER'] };

describe('the transcript for whoever asks about themselves', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;
  let transcripts: Transcripts;
  const exchange = randomUUID() as ExchangeId;
  const [told, said, elsewhere] = [0, 1, 2].map((n) => ({
    item: randomUUID() as ItemId,
    event: randomUUID() as EventId,
    exchange: n === 2 ? (randomUUID() as ExchangeId) : exchange,
    descriptor: random(),
  })) as [Named, Named, Named];
  type Named = {
    readonly item: ItemId;
    readonly event: EventId;
    readonly exchange: ExchangeId;
    readonly descriptor: Digest;
  };

  const entry = (index: number, issuer: AgencyId, to: AgencyId, named: Named): RecordedEntry => ({
    exchange: named.exchange,
    recorded: {
      id: named.event,
      issuer,
      at: AT,
      leaf: { index, time: AT },
      event: {
        type: 'ContributionShared',
        item: named.item,
        core: { to },
        parts: {
          facts: {
            statement: 'FACT',
            text: `seen with ${SECRET}`,
            language: 'en',
            entities: [{ kind: 'vehicle', plate: SECRET, country: 'GR' }],
          },
        },
      },
    },
    facts: { opens: true, item: named.item },
    descriptors: [{ compartment: 'facts', descriptor: named.descriptor, marking: UNMARKED }],
  });

  let number = 0n;
  let previous = '0'.repeat(64) as Digest;
  const hand = async (index: number, rest: Partial<Delivery>): Promise<void> => {
    const digest = random();
    const leaf = { index, time: AT };
    await database.journal.append([{ number, previous, digest, leaf, at: AT, ...rest }]);
    number += 1n;
    previous = digest;
  };
  const read = (officer: string, of: { exchange?: ExchangeId; item?: ItemId }, field: string) =>
    database.reads.release(
      { officer: officer as OfficerId, purpose: 'INVESTIGATION', ...of, fields: [field], at: AT },
      () => Promise.resolve(),
    );
  /** Publishes a root over what was read so far, as far as this database is concerned. */
  const publishRoot = async (seq: bigint): Promise<Digest> => {
    const { size } = await database.reads.head();
    const tree = new MerkleTree();
    for (const hash of await database.reads.hashes(size)) tree.append(Buffer.from(hash, 'hex'));
    const root = tree.root().toString('hex') as Digest;
    const place = { item: randomUUID() as ItemId, event: randomUUID() as EventId };
    await say(seq, 'reads', randomUUID() as ExchangeId, {
      id: place.event,
      issuer: GR,
      at: AT,
      event: {
        type: 'ReadRootPublished',
        item: place.item,
        core: { size: Number(size), root },
        parts: {},
      },
    });
    return root;
  };
  const say = async (
    seq: bigint,
    family: string,
    into: ExchangeId,
    recorded: Omit<RecordedEntry['recorded'], 'leaf'>,
  ): Promise<void> => {
    await database.outbox.commit({
      chain: 'gr-police-1' as ChainId,
      exchange: into,
      decidedUpon: (await database.journal.history(into)).version,
      at: AT,
      entries: [
        {
          exchange: into,
          recorded,
          facts: { item: recorded.event.item },
          descriptors: [],
        },
      ],
      finish: ({ next }) => {
        expect(next).toBe(seq);
        const sealed = { header: random(), container: new Uint8Array([1]), keys: [] };
        return Promise.resolve([{ ...sealed, event: recorded.id, family, addressees: 2 }]);
      },
    });
  };

  beforeAll(async () => {
    fresh = await freshDatabase('transcript');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
    await database.outbox.openChain('gr-police-1' as ChainId);
    const options = { ...options_(), agency: GR, now: () => Date.parse(AT) } as AgencyOptions;
    transcripts = new Transcripts(options, new Released(options));
    for (const [id, roles] of [
      ['i.nvestigator', ['INVESTIGATOR', 'ANALYST']],
      ['p.officer', protection.roles],
    ] as const)
      await database.officers.add({
        id: id as OfficerId,
        name: 'Elektra Georgiou',
        passwordHash: 'none',
        roles,
      });
    await hand(7, { entry: entry(7, BG, GR, told) });
    const own = entry(8, GR, BG, said);
    const { leaf, ...unrecorded } = own.recorded;
    await say(0n, 'contribution', exchange, unrecorded);
    await hand(8, {
      entry: own,
      progress: [{ event: said.event, leaf, deliveredTo: 2, named: [BG, TR] }],
    });
    await hand(9, { entry: entry(9, BG, GR, elsewhere) });
    await read('i.nvestigator', { exchange, item: told.item }, 'contribution');
    await read('i.nvestigator', { exchange: elsewhere.exchange }, 'timeline');
    await read('i.nvestigator', {}, 'search');
    await read('i.nvestigator', { exchange }, 'timeline');
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });
  const options_ = (): Partial<AgencyOptions> => {
    const { views, reads, outbox, officers, witnessed } = database;
    return { views, reads, outbox, officers, witnessed };
  };

  it('tells that something was said and to whom: as its author all of them, as a reader itself alone', async () => {
    const { said: entries, ...rest } = await transcripts.of(protection, asked, [{ exchange }]);
    expect(entries).toMatchObject([
      { event: told.event, issuer: BG, to: [GR], leaf: '7', compartments: ['core', 'facts'] },
      { event: said.event, issuer: GR, to: [BG, TR], leaf: '8' },
    ]);
    const text = JSON.stringify({ entries, rest });
    for (const hidden of [SECRET, 'i.nvestigator', 'Elektra', elsewhere.event])
      expect(text).not.toContain(hidden);
  });

  it('tells every read of it with its purpose and roles, and how often all was searched', async () => {
    const { reads, searches, root } = await transcripts.of(protection, asked, [
      { exchange, item: told.item },
    ]);
    expect(reads.slice(0, 2)).toMatchObject([
      { number: '0', roles: ['INVESTIGATOR', 'ANALYST'], purpose: 'INVESTIGATION' },
      { number: '3', fields: ['timeline'] },
    ]);
    expect(searches).toBe('1');
    expect(root).toBeUndefined();
    expect(reads[0]).not.toHaveProperty('path');
  });

  it('is a read itself, which the next one shows, with the way of each row to the root', async () => {
    const root = await publishRoot(1n);
    const { size } = await database.reads.head();
    const about = [{ exchange, item: told.item }];
    await transcripts.of(protection, asked, about);
    const shown = await transcripts.of(protection, asked, about);
    expect(shown.root).toMatchObject({ size: `${size}`, root });
    const mine = shown.reads.filter(({ roles }) => roles.includes('DATA_PROTECTION_OFFICER'));
    expect(mine.at(-1)).toMatchObject({
      purpose: 'DATA_SUBJECT_REQUEST',
      legalBasis: asked.legalBasis,
      fields: ['transcript'],
      item: told.item,
    });
    expect(mine.at(-1)).not.toHaveProperty('path');
    const covered = shown.reads.filter(({ path }) => path !== undefined);
    expect(covered.length).toBeGreaterThanOrEqual(3);
    for (const { number: at, hash, path = '' } of covered)
      expect(
        verifyInclusion({
          leafHash: leafHash(Buffer.from(hash, 'hex')),
          index: Number(at),
          size: Number(size),
          proof: (path.match(/.{64}/g) ?? []).map((one) => Buffer.from(one, 'hex')),
          root: Buffer.from(root, 'hex'),
        }),
      ).toBe(true);
  });

  it('tells to whom it was handed on: by its author, or upon its own asking, and that it is gone', async () => {
    const GONE = '2026-11-26T13:00:00.000Z' as Instant;
    const place = { until: '2026-12-26T12:00:00.000Z', compartments: ['facts'] };
    const spoken = async (
      index: number,
      issuer: AgencyId,
      type: string,
      of: object,
      facts = {},
    ) => {
      const event = { parts: {}, core: {}, ...of, type };
      const leaf = { index, time: index < 20 ? AT : GONE };
      const recorded = { id: randomUUID() as EventId, issuer, at: AT, leaf, event };
      const held = { exchange, recorded, facts, descriptors: [] };
      await hand(index, { entry: held as unknown as RecordedEntry });
    };
    const [asking, giving, back] = [randomUUID(), randomUUID(), randomUUID()];
    const unanswered = randomUUID();
    const forTurkey = { event: told.event, grantee: TR, ...place };
    const question = { to: BG, purpose: 'INVESTIGATION', ...forTurkey };
    await spoken(10, GR, 'ReleaseRequested', { item: unanswered, core: question });
    await spoken(11, GR, 'ReleaseRequested', { item: asking, core: question });
    const { until, compartments } = place;
    await spoken(12, BG, 'ReleaseGranted', { item: asking, core: { until, compartments } });
    await spoken(13, BG, 'GrantMade', { item: asking, core: forTurkey });
    const wraps = [{ descriptor: said.descriptor, wrap: random() }];
    const given = { ...forTurkey, event: said.event };
    await spoken(14, GR, 'GrantMade', { item: giving, core: given }, { grant: { wraps } });
    const recalled = { item: back, core: { to: TR, event: said.event, ...place } };
    const recall = { agency: TR, until, descriptors: [said.descriptor] };
    await spoken(15, GR, 'RecallIssued', recalled, { recall });
    await spoken(20, TR, 'RecallPurged', { item: back });

    const { said: entries } = await transcripts.of(protection, asked, [{ exchange }]);
    const handedOn = entries.flatMap(({ event, granted }) =>
      granted.map((to) => Object.assign({ event }, to)),
    );
    const common = { agency: TR, ...place };
    expect(handedOn).toEqual([
      { event: told.event, ...common, status: 'USED' },
      { event: said.event, ...common, status: 'EXPIRED', purgedAt: GONE },
    ]);
  });

  it('tells what is forgotten as forgotten, and who had read it', async () => {
    await hand(21, {
      erasure: {
        item: randomUUID() as ItemId,
        exchange,
        event: told.event,
        descriptors: [told.descriptor],
        originator: BG,
        by: BG,
        ground: 'DATA_SUBJECT_REQUEST',
        until: AT,
      },
      purges: [
        {
          event: told.event,
          compartments: ['facts'],
          descriptors: [told.descriptor],
          everywhere: true,
        },
      ],
    });
    const { said: entries, reads } = await transcripts.of(protection, asked, [
      { exchange, item: told.item },
    ]);
    expect(entries).toMatchObject([
      { event: told.event, compartments: ['core'], erased: { orderedAt: AT } },
    ]);
    expect(reads[0]).toMatchObject({ number: '0', purpose: 'INVESTIGATION' });
  });

  it('is answered like nothing where nothing is held, and recorded all the same', async () => {
    const { size } = await database.reads.head();
    for (const about of [
      [{ exchange: randomUUID() as ExchangeId }],
      [{ exchange: elsewhere.exchange, item: told.item }],
    ])
      await expect(transcripts.of(protection, asked, about)).rejects.toMatchObject({
        code: 'not-found',
      });
    expect((await database.reads.head()).size).toBe(size + 2n);
  });
});
