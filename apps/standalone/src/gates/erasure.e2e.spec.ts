// E2, and of E1 what lies in files when a whole federation has forgotten: what is forgotten is gone from the leaf on, wherever it was
// and whoever was away.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectionSettings, PostgresBus } from '@tripoint/adapters/embedded';
import { freshDatabase, testSuperuser } from '@tripoint/adapters/embedded/testing';
import { type Bus } from '@tripoint/bus';
import { FederationFolder, FileDecryptionKeyring } from '@tripoint/adapters/keys';
import { AgencyDatabase, scrub, type Scrubbable } from '@tripoint/adapters/postgres';
import { type Command, UNMARKED } from '@tripoint/domain';
import { OpenPgpJs } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type ErasureRow } from '@tripoint/read-model';
import { type Wrap } from '@tripoint/vault';
import { Client } from 'pg';
import {
  confirmed,
  type Federation,
  type Member,
  openFederation,
  openHub,
  openMember,
} from './testing/composition.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { everyServerFile, everyTable } from './testing/every-byte.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { LateLines } from './testing/late-lines.js';
import { rowsOf } from './testing/oracle.js';
import { writtenBytes, writtenForms } from '../../../cli/src/demo/encodings.js';
import { Needles } from '../../../cli/src/demo/needles.js';
import { ChainGuard } from '../../../agency/src/chain/chain-guard.js';
import { RecordedLog } from '../../../hub/src/log/recorded-log.js';
import { contribution, give, OFFICER } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const TEXT = 'a grey bus with the plate TX 7719 and a torn awning';
const BUS = { kind: 'vehicle', plate: 'TX 7719', country: 'TR' } as const;

let remove: () => Promise<void>;
let grounds: Grounds;
/** By how much everybody's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;
const CLOCK = { now: () => Date.now() + ahead };
/** By when everybody is to have said so, in seconds. */
const TERM = 600;
let federation: Federation;
let gr: Member;
let bg: Member;
/** Closed at the end, if it was opened. */
const open = new Set<{ close(): Promise<void> }>();

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR, BG, TR]);
  federation = await openFederation(grounds.places, { ...CLOCK, frontDoors: true });
  [gr, bg] = [federation.member(GR), federation.member(BG)];
  for (const member of federation.members.values()) await confirmed(member);
  for (const one of [gr, bg, federation.hub]) open.add(one);
}, 180_000);
afterAll(async () => {
  for (const one of open) await one.close();
  await grounds.remove();
  await remove();
});

const closed = async (one: { close(): Promise<void> }): Promise<void> => {
  open.delete(one);
  await one.close();
};
const opened = <T extends { close(): Promise<void> }>(one: T): T => {
  open.add(one);
  return one;
};

/** Lets an officer in who may read, and gives what the officer says in each request. */
const signedIn = async ({ store }: Member): Promise<string> => {
  const id = 'a.reader' as OfficerId;
  await store.officers.add({ id, name: 'A', roles: ['INVESTIGATOR'], passwordHash: 'none' });
  const token = randomBytes(32).toString('base64url');
  await store.officers.signedIn(id, {
    token: createHash('sha256').update(token).digest('hex') as Digest,
    passwordHash: 'none',
    at: inSeconds(0),
    expiresAt: inSeconds(86_400),
  });
  return `Bearer ${token}`;
};

/** What somebody who may read finds of an event, wherever it may be looked for. */
const seenAt = async (
  member: Member,
  { exchange, event }: Readonly<Record<'exchange' | 'event', string>>,
) => {
  const authorization = await signedIn(member);
  const ask = (url: string, payload?: object) =>
    eventually(`${member.agency} shows ${url}`, async () => {
      const answer = await member.door!.nest.inject({
        method: payload === undefined ? 'GET' : 'POST',
        url,
        headers: { authorization, 'tripoint-purpose': 'INVESTIGATION' },
        ...(payload && { payload }),
      });
      return answer.statusCode === 200 ? answer : undefined;
    });
  const timeline = await ask(`/exchanges/${exchange}/timeline`);
  const content = [
    await ask(`/events/${event}/content`),
    await ask(`/exchanges/${exchange}/content`),
    await ask(`/exchanges/${exchange}/entities`),
  ];
  const { rows } = timeline.json<{ rows: { event: string }[] }>();
  return {
    etag: timeline.headers.etag,
    row: rows.find((one) => one.event === event),
    content: content.map(({ body }) => body).join('\n'),
    found: (await ask('/search', { text: BUS.plate, as: 'number' })).json<{ rows: unknown[] }>()
      .rows,
  };
};

const inSeconds = (seconds: number): Instant =>
  new Date(CLOCK.now() + seconds * 1000).toISOString() as Instant;

const say = async (
  member: Member,
  type: Command['type'],
  exchange: ExchangeId,
  data: object,
  item = randomUUID() as ItemId,
): Promise<ItemId> => {
  const by = { agency: member.agency, officer: OFFICER };
  const decision = { type, item, exchange, by, at: inSeconds(0), data } as unknown as Command;
  await give(member, { key: randomUUID(), decision });
  return item;
};

const textAt = async (store: AgencyDatabase, event: EventId) => {
  const held = await store.journal.entry(event);
  return (held?.recorded.event.parts as { facts?: { text: string } } | undefined)?.facts?.text;
};
const standing = async (member: Member, item: ItemId) => {
  const row = await member.store.views.erasure(item);
  return row && { ...row, from: row.receipts.map(({ agency }) => agency).sort() };
};
const settingsOf = (agency: AgencyId): ConnectionSettings => {
  const settings = grounds.places.agencies[agency];
  if (settings === undefined) throw new Error(`${agency} has no database here`);
  return settings;
};
const everyByteOf = async (settings: ConnectionSettings): Promise<string> =>
  [...(await everyTable(settings)).values()].join('\n');

/** What an agency keeps of the part `facts` of an event: its wrap, and the session key in it. */
const keysTo = async (
  agency: AgencyId,
  event: EventId,
): Promise<readonly [wrap: Buffer, sessionKey: Buffer]> => {
  const [kept] = await rowsOf<{ readonly subkey: Fingerprint; readonly wrap: Buffer }>(
    settingsOf(agency),
    `select subkey, wrap from kept_wraps where event = '${event}' and compartment = 'facts'`,
  );
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, grounds.places.federation);
  const keyring = await FileDecryptionKeyring.load(openpgp, folder.keysOf(agency));
  const key = kept && (await keyring.keyFor(kept.subkey));
  if (kept === undefined || key === undefined) throw new Error(`${agency} has no key to it`);
  const sessionKey = await openpgp.unwrap(kept.wrap, key);
  if (isRefusal(sessionKey)) throw new Error(sessionKey.refused);
  return [kept.wrap, Buffer.from(sessionKey)];
};

const everywhere = (): readonly ConnectionSettings[] => {
  const { ledger, bus, hub, agencies } = grounds.places;
  return [ledger, bus, hub, ...Object.values(agencies)];
};

/** Which of these lie in some file of the server, by name, and in which files. */
const lyingAround = async (needles: Needles) => {
  const found = new Map<string, string[]>();
  for await (const [path, bytes] of everyServerFile(everywhere()))
    for (const { name } of needles.find(bytes)) found.set(name, [...(found.get(name) ?? []), path]);
  return Object.fromEntries(found);
};

/** Has a database scrubbed beside all that runs, as often as it takes: somebody may be using a table. */
const scrubbed = ({ database }: ConnectionSettings, kind: Scrubbable): Promise<void> =>
  untilTrue(`${database} is scrubbed`, async () => {
    const { left, log } = await scrub({ ...testSuperuser(), database }, kind);
    return left.length === 0 && log;
  });

/** Everything that makes a descriptor readable, as the hub has it. */
const wrapsOf = async (descriptor: Digest): Promise<readonly Wrap[]> => {
  const client = new Client({ ...grounds.places.hub });
  await client.connect();
  try {
    const { rows } = await client.query<Wrap>(
      `select encode(descriptor, 'hex') as descriptor, encode(agency, 'hex') as agency, wrap
       from wraps where encode(descriptor, 'hex') = $1`,
      [descriptor],
    );
    return rows;
  } finally {
    await client.end();
  }
};

/** BG tells GR, and lets TR have it, who is away from then on. */
const told = async () => {
  const { decision } = contribution(BG, GR, TEXT, { entities: [BUS] });
  const { exchange } = decision;
  const shared = await give(bg, { key: randomUUID(), decision });
  const [event] = shared.submissions as [EventId];
  await untilTrue('GR reads it', async () => (await textAt(gr.store, event)) === TEXT);
  const release = await say(gr, 'RequestRelease', exchange, {
    event,
    compartments: ['facts'],
    to: BG,
    grantee: TR,
    purpose: 'INVESTIGATION',
    marking: UNMARKED,
  });
  await untilTrue(
    'BG is asked',
    async () => (await bg.store.views.release(release))?.status === 'REQUESTED',
  );
  const descriptor = await eventually('BG has recorded it', async () => {
    const held = await bg.store.journal.entry(event);
    return held?.descriptors.find(({ compartment }) => compartment === 'facts')?.descriptor;
  });
  const descriptors: readonly Digest[] = [descriptor];
  const until = inSeconds(3600);
  await say(bg, 'GrantRelease', exchange, { compartments: ['facts'], until, descriptors }, release);
  const tr = federation.member(TR);
  await untilTrue('TR reads it', async () => (await textAt(tr.store, event)) === TEXT);
  const before = await seenAt(tr, { exchange, event });
  expect(before.content).toContain(TEXT);
  expect(before.found).toHaveLength(1);
  return { exchange, event, descriptor, descriptors, before };
};

describe('what is forgotten', () => {
  it('is gone everywhere from the leaf on, late where somebody was away, and stays gone', async () => {
    const { exchange, event, descriptor, descriptors, before } = await told();
    await federation.member(TR).close();
    const wraps = await wrapsOf(descriptor);
    expect(wraps).toHaveLength(3);
    // What is put back later is from before anything was forgotten.
    await closed(federation.hub);
    await closed(gr);
    const backup = {
      hub: await grounds.snapshot(grounds.places.hub),
      gr: await grounds.snapshot(settingsOf(GR)),
    };
    let hub = opened(await openHub(grounds.places, CLOCK));
    gr = opened(await openMember(grounds.places, GR, CLOCK));
    await confirmed(gr);

    const needles = [
      ...writtenForms(TEXT).map((written) => ({ name: 'text', written })),
      ...wraps.flatMap(({ agency, wrap }) =>
        writtenBytes(Buffer.from(wrap)).map((written) => ({ name: `wrap for ${agency}`, written })),
      ),
    ];
    for (const agency of [GR, BG, TR]) {
      const [wrap, sessionKey] = await keysTo(agency, event);
      for (const [name, bytes] of [
        [`wrap at ${agency}`, wrap],
        ['session key', sessionKey],
      ] as const)
        for (const written of writtenBytes(bytes)) needles.push({ name, written });
    }
    const all = new Needles(needles);
    // The session key lies where it was until all had it back, if nothing was written over it.
    expect(Object.keys(await lyingAround(all))).toEqual(
      expect.arrayContaining(
        needles.map(({ name }) => name).filter((name) => name !== 'session key'),
      ),
    );

    const payload = {
      event,
      compartments: ['facts'],
      ground: 'DATA_SUBJECT_RIGHT',
      until: inSeconds(TERM),
    };
    const bearer = await signedIn(bg);
    const order = async (key: string) => {
      const headers = { authorization: bearer, 'idempotency-key': key };
      const url = '/erasures';
      const answer = await bg.door!.nest.inject({ method: 'POST', url, headers, payload });
      return { ...answer.json<{ readonly item: ItemId; readonly code?: string }>(), key };
    };
    const at = Date.now();
    // Of two officers who order the same at once, one is told that it was ordered.
    const both = await Promise.all([order(randomUUID()), order(randomUUID())]);
    const ordered = both.find(({ code }) => code === undefined)!;
    expect(both.filter(({ code }) => code !== undefined)).toMatchObject([
      { code: 'forgotten-already' },
    ]);
    const { item } = ordered;
    await untilTrue(
      'GR and BG have said so',
      async () => (await standing(bg, item))?.from.join() === [BG, GR].join(),
    );
    expect(await textAt(gr.store, event)).toBeUndefined();
    expect(await textAt(bg.store, event)).toBeUndefined();
    // That it happened, what it was and who said it when is still known.
    expect((await gr.store.journal.entry(event))?.recorded.event.core).toBeDefined();
    for (const agency of [GR, BG])
      expect((await everyByteOf(settingsOf(agency))).includes(TEXT)).toBe(false);

    // The hub has no key to it, and takes none: not from a replay, and not from who made it.
    expect(await wrapsOf(descriptor)).toEqual([]);
    await hub.store.vault.stage(wraps);
    await hub.store.vault.settle(wraps.map((wrap) => ({ ...wrap, allowed: true })));
    expect(await wrapsOf(descriptor)).toEqual([]);
    expect(await hub.store.vault.erased(descriptors)).toEqual(new Set(descriptors));

    // Whoever is not away has said so by now, however long that took.
    ahead += TERM * 1000;
    await untilTrue(
      'the log says who is late',
      async () => (await standing(bg, item))?.overdue.join() === TR,
    );
    expect((await standing(bg, item))?.completedAt).toBeUndefined();

    const tr = opened(await openMember(grounds.places, TR, { ...CLOCK, frontDoors: true }));
    await untilTrue(
      'it is done when TR is back',
      async () => (await standing(bg, item))?.completedAt !== undefined,
    );
    expect(await standing(bg, item)).toMatchObject({ from: [BG, GR, TR], overdue: [TR] });
    expect(await textAt(tr.store, event)).toBeUndefined();
    expect((await everyByteOf(settingsOf(TR))).includes(TEXT)).toBe(false);
    // Whoever was let have it knows what everybody knows: that something was said, when and by whom; and that it is forgotten.
    const after = await seenAt(tr, { exchange, event });
    expect(after.row).toEqual({ ...before.row, compartments: [], markings: [] });
    expect(after.etag).not.toBe(before.etag);
    expect(after.content).not.toContain(BUS.plate);
    expect(after.found).toEqual([]);

    // Once what was on the bus has become too old, and all was scrubbed beside all that runs, no file of any of them holds any of it.
    const theBus = new PostgresBus(grounds.places.bus);
    await theBus.purge((Date.now() - at) / 1000);
    await theBus.close();
    for (const agency of [GR, BG, TR]) await scrubbed(settingsOf(agency), 'agency');
    await scrubbed(grounds.places.bus, 'bus');
    await scrubbed(grounds.places.hub, 'hub');
    expect(await lyingAround(all)).toEqual({});
    // What it has brought about takes the first answer from nobody.
    expect(await order(ordered.key)).toEqual(ordered);

    // A holder is told of itself alone.
    const atGr: ErasureRow | undefined = await gr.store.views.erasure(item);
    const said = await gr.store.journal.entry(event);
    expect(atGr).toMatchObject({
      by: BG,
      originator: BG,
      overdue: [],
      saidIn: said?.recorded.event.item,
    });
    expect(atGr?.receipts.map(({ agency }) => agency)).toEqual([GR]);

    // A rebuild from the journal, and one from the mailbox, where all of it comes marked, give what there was.
    for (const member of [gr, bg, tr]) {
      const digest = await member.store.journal.viewsDigest();
      await member.store.journal.rebuild();
      expect(await member.store.journal.viewsDigest()).toBe(digest);
    }
    const digest = await gr.store.journal.viewsDigest();
    const { next } = await gr.store.journal.position();
    await closed(gr);
    const anew = await freshDatabase('anew');
    const database = new AgencyDatabase(anew.config);
    await database.migrate();
    await database.close();
    const agencies = { ...grounds.places.agencies, [GR]: anew.config };
    const again = opened(await openMember({ ...grounds.places, agencies }, GR, CLOCK));
    await untilTrue(
      'the mailbox is read again',
      async () => (await again.store.journal.position()).next >= next,
    );
    expect(await again.store.journal.viewsDigest()).toBe(digest);
    expect((await again.store.views.findings({ limit: 50 })).rows).toMatchObject([
      { code: 'erasure-unordered', event, resolvedAt: expect.any(String) },
    ]);
    await closed(again);
    await anew.drop();

    // An agency that was put back reads what was said since, and forgets again. Until it has, it shows nothing.
    const old = { ...grounds.places.agencies, [GR]: backup.gr };
    expect((await everyByteOf(backup.gr)).includes(TEXT)).toBe(true);
    let late: LateLines | undefined;
    const bus = (inner: Bus): Bus => (late = new LateLines(inner));
    const restored = opened(
      await openMember({ ...grounds.places, agencies: old }, GR, {
        ...CLOCK,
        frontDoors: true,
        between: { bus },
      }),
    );
    const guard = restored.deciding.get(ChainGuard);
    await untilTrue('the hub has said where its mailbox ends', () => guard.lines !== undefined);
    expect(await textAt(restored.store, event)).toBe(TEXT);
    const authorization = await signedIn(restored);
    const shown = () =>
      restored.door!.nest.inject({
        url: `/events/${event}/content`,
        headers: { authorization, 'tripoint-purpose': 'INVESTIGATION' },
      });
    const refused = await shown();
    expect(refused.json()).toMatchObject({ status: 503, code: 'catching-up' });
    expect(refused.headers['retry-after']).toBeDefined();
    late?.letThrough();
    // What comes next shows what is missing, which is asked for.
    await give(bg, contribution(BG, GR, 'what is said later'));
    const answer = await eventually('it is shown again', async () => {
      const { statusCode, body } = await shown();
      return statusCode === 200 ? body : undefined;
    });
    expect(answer).not.toContain(TEXT);
    expect(await textAt(restored.store, event)).toBeUndefined();
    expect((await everyByteOf(backup.gr)).includes(TEXT)).toBe(false);
    await closed(restored);

    // A hub whose database was put back, without the keys of what was said since, forgets again before it serves anybody.
    await closed(hub);
    const places = { ...grounds.places, hub: backup.hub };
    hub = opened(await openHub(places, { ...CLOCK, lostWrapsBefore: 10_000 }));
    await untilTrue(
      'the hub serves',
      async () =>
        hub.app.get(RecordedLog).ready && (await hub.store.vault.erased(descriptors)).size === 1,
    );
    for (const { agency } of wraps)
      expect(await hub.store.vault.usable(agency, descriptors)).toEqual([]);
  }, 180_000);
});
