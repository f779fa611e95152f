import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@tripoint/adapters/embedded/testing';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type CourtFile, type Delivery, type RecordedEntry } from '@tripoint/read-model';
import { AgencyDatabase } from './agency-database.js';

const AT = '2026-11-26T12:00:00.000Z' as Instant;
const random = (): Digest => randomBytes(32).toString('hex') as Digest;

describe('what is taken to a court', () => {
  let fresh: FreshDatabase;
  let database: AgencyDatabase;

  beforeEach(async () => {
    fresh = await freshDatabase('court');
    database = new AgencyDatabase(fresh.config);
    await database.migrate();
  });
  afterEach(async () => {
    await database.close();
    await fresh.drop();
  });

  const item = randomUUID() as ItemId;
  const file = (keys: CourtFile['keys']): CourtFile => ({
    id: randomUUID(),
    officer: 'e.georgiou' as OfficerId,
    purpose: 'PROSECUTION',
    item,
    salt: random(),
    at: AT,
    keys,
  });
  const access = {
    officer: 'e.georgiou' as OfficerId,
    purpose: 'PROSECUTION',
    item,
    fields: ['evidence'],
    at: AT,
  };
  const key = () => ({ descriptor: random(), event: randomUUID() as EventId });

  it('is on record with the read, or neither is', async () => {
    const { reads, courtFiles } = database;
    const taken = file([key()]);
    await expect(
      reads.release(access, async (content) => {
        await content.disclose(taken);
        throw new Error('broken off');
      }),
    ).rejects.toThrow('broken off');
    expect(await courtFiles.wanted(10)).toEqual([]);
    expect(await reads.ofItem(item)).toEqual([]);
    await reads.release(access, (content) => content.disclose(taken));
    expect(await courtFiles.wanted(10)).toEqual([
      { file: taken.id, descriptor: taken.keys[0]?.descriptor },
    ]);
    expect(await reads.ofItem(item)).toMatchObject([{ purpose: 'PROSECUTION', item }]);
    expect(await reads.ofItem(randomUUID() as ItemId)).toEqual([]);
  });

  it('has its keys when all of them are there, once; that they went out stays', async () => {
    const { reads, courtFiles } = database;
    const [one, other] = [key(), key()];
    const taken = file([one, other]);
    await reads.release(access, (content) => content.disclose(taken));
    const secrets = new Map([one, other].map(({ descriptor }) => [descriptor, randomBytes(32)]));
    const give = (descriptor: Digest) =>
      courtFiles.give({ file: taken.id, descriptor }, secrets.get(descriptor) ?? Buffer.of());
    await give(one.descriptor);
    expect(await courtFiles.take(taken.id, AT)).toBeUndefined();
    expect(await courtFiles.wanted(10)).toEqual([{ file: taken.id, descriptor: other.descriptor }]);
    await give(other.descriptor);
    const keys = await courtFiles.take(taken.id, AT);
    expect(new Map(keys?.map(({ descriptor, sessionKey }) => [descriptor, sessionKey]))).toEqual(
      secrets,
    );
    expect(await courtFiles.wanted(10)).toEqual([]);
    // Gone from the database, and not asked for again.
    expect(await courtFiles.take(taken.id, AT)).toBeUndefined();
    await give(one.descriptor);
    expect(await courtFiles.take(taken.id, AT)).toBeUndefined();
    expect(await courtFiles.filesWith(one.descriptor)).toEqual([taken.id]);
    expect(await courtFiles.filesWith(random())).toEqual([]);
  });

  it('keeps no key that nobody waits for, and asks for none', async () => {
    const { reads, courtFiles } = database;
    const [one, other] = [key(), key()];
    const taken = file([one, other]);
    await reads.release(access, (content) => content.disclose(taken));
    await courtFiles.give({ file: taken.id, descriptor: one.descriptor }, randomBytes(32));
    await courtFiles.abandon(taken.id, AT);
    expect(await courtFiles.wanted(10)).toEqual([]);
    await courtFiles.give({ file: taken.id, descriptor: one.descriptor }, randomBytes(32));
    await courtFiles.give({ file: taken.id, descriptor: other.descriptor }, randomBytes(32));
    expect(await courtFiles.take(taken.id, AT)).toBeUndefined();
    // Taken in one transaction or not at all: it has not gone out.
    expect(await courtFiles.filesWith(one.descriptor)).toEqual([]);
  });

  it('keeps no key of somebody who was killed before taking it', async () => {
    const { reads, courtFiles } = database;
    const [one, other, third] = [key(), key(), key()];
    const [taken, asked] = [file([one]), file([other])];
    const later = { ...file([third]), at: '2026-11-26T12:10:00.000Z' as Instant };
    for (const each of [taken, asked, later])
      await reads.release(access, (content) => content.disclose(each));
    const give = (each: CourtFile) =>
      courtFiles.give(
        { file: each.id, descriptor: each.keys[0]?.descriptor ?? random() },
        randomBytes(32),
      );
    for (const each of [taken, asked, later]) await give(each);
    expect(await courtFiles.take(taken.id, AT)).toHaveLength(1);
    const [before, at] = ['2026-11-26T12:05:00.000Z', '2026-11-26T12:10:00.000Z'] as Instant[];
    expect(await courtFiles.expire(before!, at!)).toBe(1);
    expect(await courtFiles.expire(before!, at!)).toBe(0);
    await give(asked);
    expect(await courtFiles.take(asked.id, AT)).toBeUndefined();
    expect(await courtFiles.filesWith(other.descriptor)).toEqual([]);
    expect(await courtFiles.filesWith(one.descriptor)).toEqual([taken.id]);
    expect(await courtFiles.take(later.id, AT)).toHaveLength(1);
  });

  it('keeps no key on its way of what is purged', async () => {
    const { journal, reads, courtFiles } = database;
    const one = key();
    const taken = file([one]);
    await reads.release(access, (content) => content.disclose(taken));
    await courtFiles.give({ file: taken.id, descriptor: one.descriptor }, randomBytes(32));
    await journal.append([
      {
        number: 0n,
        previous: '0'.repeat(64) as Digest,
        digest: random(),
        leaf: { index: 3, time: AT },
        at: AT,
        purges: [{ event: one.event, compartments: ['facts'], descriptors: [one.descriptor] }],
      },
    ]);
    expect(await courtFiles.take(taken.id, AT)).toBeUndefined();
  });

  it('is permitted by nobody who may have stolen a key', async () => {
    const { journal, reads } = database;
    const [asker, provider] = ['gr-police', 'bg-border-police'] as [AgencyId, AgencyId];
    const [event, release] = [randomUUID() as EventId, randomUUID() as ItemId];
    const exchange = randomUUID() as ExchangeId;
    const until = '2026-12-26T12:00:00.000Z' as Instant;
    const compartments = ['facts'];
    const asking = { to: provider, grantee: asker, event, purpose: 'PROSECUTION', compartments };
    const said = (index: number, issuer: AgencyId, type: string, core: object) => ({
      entry: {
        exchange,
        facts: {},
        descriptors: [],
        recorded: {
          id: randomUUID(),
          issuer,
          at: AT,
          leaf: { index, time: AT },
          event: { type, item: release, core, parts: {} },
        },
      } as unknown as RecordedEntry,
    });
    const permitting = (index: number) =>
      said(index, provider, 'JudicialUsePermitted', { compartments, until });
    const lines: readonly Partial<Delivery>[] = [
      said(0, asker, 'ReleaseRequested', asking),
      permitting(1),
      { doubted: [{ agency: provider, from: 1, through: 1 }] },
      { attested: [{ agency: provider, from: 1, through: 1 }] },
      { doubted: [{ agency: provider, from: 1, through: 1 }] },
      // By another key, once more.
      permitting(5),
    ];
    const permitted: number[] = [];
    for (const [index, line] of lines.entries()) {
      const digest = (n: number) => n.toString(16).repeat(64) as Digest;
      const leaf = { index, time: AT };
      const place = { number: BigInt(index), previous: digest(index), digest: digest(index + 1) };
      expect(await journal.append([{ ...place, leaf, at: AT, ...line }])).toMatchObject({
        applied: 1,
      });
      const found = await reads.release(access, (content) => content.permitted(asker, [event]));
      permitted.push(found.length);
    }
    expect(permitted).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('is not shown of a registry of which a statement was not kept as it came', async () => {
    const { journal, reads } = database;
    const [before, since] = [0, 1].map((leaf): Delivery => ({
      number: BigInt(leaf),
      previous: (leaf === 0 ? '0' : 'a').repeat(64) as Digest,
      digest: (leaf === 0 ? 'a' : 'b').repeat(64) as Digest,
      leaf: { index: leaf, time: AT },
      at: AT,
      registry: { kind: 'registry', bytes: randomBytes(10), digest: random() },
    })) as [Delivery, Delivery];
    const evidence = randomBytes(2000);
    // It was given a trust policy between the two.
    await journal.append([before]);
    await journal.append([{ ...since, evidence, checkpoint: { size: 2, root: random() } }]);
    expect(await reads.release(access, (content) => content.statements())).toEqual([
      undefined,
      { bytes: evidence },
    ]);
  });

  it('is shown as it came, with what ties it to a cosigned checkpoint', async () => {
    const { journal, reads, witnessed } = database;
    const checkpoint = { size: 9, root: random() };
    const bytes = randomBytes(2000);
    const delivery: Delivery = {
      number: 0n,
      previous: '0'.repeat(64) as Digest,
      digest: random(),
      leaf: { index: 3, time: AT },
      at: AT,
      checkpoint,
      evidence: bytes,
      registry: { kind: 'registry', bytes: randomBytes(10), digest: random() },
    };
    await journal.append([delivery]);
    const statements = () => reads.release(access, (content) => content.statements());
    expect(await statements()).toEqual([{ bytes }]);
    const hashes = [randomBytes(32), randomBytes(32)];
    const cosigned = { size: 12, root: random(), note: 'a note\n' };
    await witnessed.keep(cosigned, [{ ...checkpoint, hashes }]);
    expect(await statements()).toEqual([{ bytes, tie: { note: 'a note\n', size: 12, hashes } }]);
  });
});
