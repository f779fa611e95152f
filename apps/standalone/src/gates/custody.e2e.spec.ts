// Keys in custody: five bodies keep a share each, three of them open what was said, two cannot, and nobody else learns of it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FederationFolder, FileDecryptionKeyring } from '@tripoint/adapters/keys';
import { joinKey, parseEntrusted } from '@tripoint/custody';
import {
  type Header,
  isKeyOf,
  open,
  openBody,
  OpenPgpJs,
  parseChainEntry,
  parseDescriptor,
  parseEntitled,
  parseHeader,
  sha256,
} from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type Instant,
  isRefusal,
  type ItemId,
  type OfficerId,
  type Refusal,
} from '@tripoint/kernel';
import { chainStream } from '@tripoint/ledger';
import { type Officer } from '@tripoint/platform';
import { Desk } from '../../../agency/src/http/desk.js';
import { type KeptShare } from '@tripoint/read-model';
import { confirmed, type Federation, openFederation } from './testing/composition.js';
import { enact } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { everyTable } from './testing/every-byte.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { contribution, give } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const CUSTODIANS = ['animus', 'bg-customs', 'bg-ncthb', 'gr-customs', 'tr-customs'] as AgencyId[];
const SAID = 'a green van with the plate XKM 3309';

let remove: () => Promise<void>;
let grounds: Grounds;
let federation: Federation;

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR, BG, ...CUSTODIANS]);
  await enact(grounds.places, {
    kind: 'custody-agreed',
    custodians: CUSTODIANS,
    threshold: 3,
    compartments: ['facts', 'intelligence'],
  });
  federation = await openFederation(grounds.places);
  for (const member of federation.members.values()) await confirmed(member);
}, 240_000);
afterAll(async () => {
  await federation.close();
  await grounds.remove();
  await remove();
});

const read = <T>(outcome: T): Exclude<T, Refusal> => {
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome as Exclude<T, Refusal>;
};

const subsets = <T>(from: readonly T[], size: number): readonly (readonly T[])[] =>
  size === 0
    ? [[]]
    : from.flatMap((one, at) =>
        subsets(from.slice(at + 1), size - 1).map((rest) => [one, ...rest]),
      );

const tell = async (text: string): Promise<EventId> => {
  const { decision } = contribution(BG, GR, text);
  const { submissions } = await give(federation.member(BG), { key: randomUUID(), decision });
  const [event] = submissions as [EventId];
  await untilTrue('GR reads it', async () =>
    JSON.stringify((await federation.member(GR).store.journal.entry(event)) ?? null).includes(text),
  );
  return event;
};

const sharesOf = async (
  journal: { readonly shares: (event: EventId) => Promise<readonly KeptShare[]> },
  event: EventId,
): Promise<KeptShare | undefined> => (await journal.shares(event))[0];

/** What a thief of one custodian's database and decryption key has. */
const stolenFrom = async (custodian: AgencyId, event: EventId) => {
  const openpgp = new OpenPgpJs();
  const folder = await FederationFolder.open(openpgp, grounds.places.federation);
  const { journal } = federation.member(custodian).store;
  const kept = await eventually(`${custodian} keeps its share`, () => sharesOf(journal, event));
  const [wrap] = await journal.wraps([kept.descriptor]);
  if (wrap === undefined) throw new Error('the wrap is missing');
  const keyring = await FileDecryptionKeyring.load(openpgp, folder.keysOf(custodian));
  const key = await keyring.keyFor(wrap.subkey);
  const { registry } = await folder.registry();
  const own = registry.encryptionCertificate(custodian)?.certificate.fingerprint;
  if (key === undefined || own === undefined) throw new Error('the key is missing');
  const opened = read(
    await open(openpgp, read(parseEntitled(kept.part)), new Map([[kept.descriptor, wrap.wrap]]), {
      certificatesOf: (issuer) =>
        registry.certificatesOfAgency(issuer).map(({ certificate }) => certificate),
      key,
      own,
    }),
  );
  const entrusted = parseEntrusted(opened.compartments[0]?.frame.event.data);
  if (entrusted === undefined) throw new Error('it is no share');
  return { header: opened.header, entrusted };
};

/** The compartment as the ledger holds it: ciphertext, and what its key is committed to. */
const inLedger = async (digest: Digest, { id }: Pick<Header, 'id'>) => {
  const rows = await federation.hub.ledger.read(chainStream(`${BG}-1` as never), 0n, 100);
  for (const { bytes } of rows) {
    const entry = read(parseChainEntry(bytes));
    if (entry.kind !== 'event') continue;
    const header = read(parseHeader(entry.header));
    if (header.id !== id) continue;
    const bytesOf = entry.descriptors.find((one) => sha256(one) === digest);
    const body = entry.bodies.get(digest);
    if (bytesOf !== undefined && body !== undefined)
      return { header, descriptor: read(parseDescriptor(bytesOf)), body };
  }
  throw new Error('the ledger does not hold it');
};

describe('keys in custody', () => {
  it('open by every three of five shares, by no two, and never by a damaged one', async () => {
    const event = await tell(SAID);
    const stolen = await Promise.all(
      CUSTODIANS.map(async (holder) => ({ holder, ...(await stolenFrom(holder, event)) })),
    );
    const [first] = stolen;
    const digest = first?.entrusted.shares[0]?.descriptor;
    if (first === undefined || digest === undefined) throw new Error('nothing is in custody');
    const { descriptor, body } = await inLedger(digest, first.header);
    expect(descriptor.name).toBe('facts');
    const fits = (key: Uint8Array): boolean => isKeyOf(first.header, descriptor, key);
    const held = stolen.map(({ holder, entrusted }) => ({
      holder,
      share: entrusted.shares[0]?.share ?? new Uint8Array(),
    }));
    const openpgp = new OpenPgpJs();
    for (const chosen of subsets(held, 3)) {
      const { key } = read(await joinKey(chosen, 3, fits));
      const frame = read(await openBody(openpgp, first.header, descriptor, body, key));
      expect(JSON.stringify(frame.event.data)).toContain(SAID);
      for (const at of chosen.keys()) {
        const damaged = chosen.map((one, place) =>
          place === at ? { ...one, share: one.share.map((byte) => byte ^ 1) } : one,
        );
        expect(await joinKey(damaged, 3, fits)).toMatchObject({ refused: 'shares-do-not-fit' });
      }
    }
    for (const chosen of subsets(held, 2))
      expect(await joinKey(chosen, 2, fits)).toMatchObject({ refused: 'shares-do-not-fit' });
  }, 120_000);

  it('are kept apart from all that officers read, and nobody but the custodian learns of a share', async () => {
    const event = await tell('a yellow lorry with the plate KZB 2210');
    for (const custodian of CUSTODIANS) {
      const { journal } = federation.member(custodian).store;
      await eventually(`${custodian} keeps its share`, () => sharesOf(journal, event));
      expect(await journal.entry(event)).toBeUndefined();
      const tables = await everyTable(grounds.places.agencies[custodian]!);
      const naming = [...tables].flatMap(([table, rows]) => (rows.includes(event) ? [table] : []));
      expect(naming.sort()).toEqual(['public.entrusted', 'public.kept_wraps']);
    }
    for (const party of [GR, BG]) {
      expect(await federation.member(party).store.journal.shares(event)).toEqual([]);
      const held = await federation.member(party).store.journal.entry(event);
      expect(held?.descriptors.map(({ compartment }) => compartment).sort()).toEqual([
        'core',
        'facts',
      ]);
      // The registry and the rules are everybody's.
      const tables = await everyTable(grounds.places.agencies[party]!);
      const naming = [...tables].flatMap(([name, rows]) =>
        rows.includes('custody-') ? [name] : [],
      );
      expect(naming.filter((name) => name !== 'public.registry')).toEqual([]);
    }
    const { rows } = await federation.member(BG).store.views.submissions({}, { limit: 10 });
    const submission = rows.find((one) => one.event === event);
    expect(submission).toMatchObject({ deliveredTo: 1 });
    expect(submission).not.toHaveProperty('refusal');
  }, 120_000);
});

describe('a share of two keys', () => {
  it('stays while one of them was not ordered to be forgotten, goes with the last, and is awaited then', async () => {
    const member = federation.member(BG);
    const { journal, views } = member.store;
    const facts = 'a brown hatchback with the plate XMA 6104';
    const { key, decision } = contribution(BG, GR, facts);
    const intelligence = {
      text: 'its driver was seen twice',
      language: 'en',
      statement: 'FACT',
      entities: [],
    };
    const said = { ...decision, data: { ...decision.data, intelligence } } as typeof decision;
    const { submissions } = await give(member, { key, decision: said });
    const [event] = submissions as [EventId];
    const keepers = CUSTODIANS.map((custodian) => federation.member(custodian).store.journal);
    for (const keeper of keepers)
      await eventually('a custodian keeps its share', () => sharesOf(keeper, event));
    const forget = async (compartment: 'facts' | 'intelligence') => {
      const descriptor = await eventually('what was said is recorded', async () => {
        const held = await journal.entry(event);
        return held?.recorded.leaf === undefined
          ? undefined
          : held.descriptors.find((one) => one.compartment === compartment)?.descriptor;
      });
      const until = new Date(Date.now() + 3_600_000).toISOString() as Instant;
      const data = { event, compartments: [compartment], saidBy: BG, descriptors: [descriptor] };
      const item = randomUUID() as ItemId;
      const order = { ...said, type: 'OrderErasure', item };
      const ordered = { ...order, data: { ...data, ground: 'DATA_SUBJECT_RIGHT', until } };
      await give(member, { key: randomUUID(), decision: ordered as typeof decision });
      return item;
    };
    const completed = (item: ItemId) =>
      untilTrue('everybody has said so', async () => {
        const erasure = await views.erasure(item);
        return erasure?.completedAt !== undefined;
      });
    const claims = async (item: ItemId) =>
      (await views.erasure(item))?.receipts.map(({ agency }) => agency).sort();

    const first = await forget('facts');
    for (const keeper of keepers)
      await untilTrue('a custodian has heard of it', async () =>
        (await keeper.erasuresOf(event)).some(({ item }) => item === first),
      );
    await completed(first);
    for (const keeper of keepers) expect(await keeper.shares(event)).toHaveLength(1);
    const claimed = (await claims(first)) ?? [];
    expect(claimed).not.toEqual([]);
    expect(claimed.filter((one) => CUSTODIANS.includes(one))).toEqual([]);

    const last = await forget('intelligence');
    for (const keeper of keepers)
      await untilTrue(
        'a custodian has let go of it',
        async () => (await keeper.shares(event)).length === 0,
      );
    await completed(last);
    for (const custodian of CUSTODIANS) {
      const tables = await everyTable(grounds.places.agencies[custodian]!);
      for (const table of ['entrusted', 'kept_wraps'])
        expect(tables.get(`public.${table}`)?.includes(event)).toBe(false);
    }
  }, 120_000);
});

describe('what needs two officers', () => {
  it('is sealed once, and names both to whoever may open it', async () => {
    const event = await tell('a white coach with the plate XYH 5512');
    const { commands, options, store } = federation.member(BG);
    const { proposals } = store;
    const fourEyes = { commands: new Set(['OrderErasure']), proposals };
    const desk = new Desk(commands, Object.assign({}, options, { fourEyes }));
    const { exchange, descriptors } = await eventually('what was said is recorded', () =>
      desk.held(event, ['facts']).catch(() => undefined),
    );
    const officer = { id: 'm.ilieva', name: 'M', roles: ['PROSECUTOR'] } as unknown as Officer;
    const caller = { officer, key: randomUUID(), request: '0'.repeat(64) as Digest };
    const until = new Date(Date.now() + 3_600_000).toISOString() as Instant;
    const data = {
      event,
      compartments: ['facts'],
      saidBy: BG,
      descriptors,
      ground: 'DATA_SUBJECT_RIGHT',
      until,
    } as const;
    const proposed = await desk.issue('OrderErasure', exchange, data, caller);
    expect(proposed.events).toEqual([]);
    const decision = { outcome: 'CONFIRMED', by: 'i.dimitrov' as OfficerId, at: desk.now } as const;
    const { id, roles } = officer;
    await store.officers.add({ id, name: id, roles, passwordHash: 'none' });
    const decided = read(await proposals.decide(proposed.proposal ?? '', decision, roles));
    const [sealed, again] = [await desk.carryOut(decided), await desk.carryOut(decided)];
    expect(again).toEqual(sealed);
    const [{ event: order } = { event }] = sealed.events;
    const core = await eventually('it is recorded', async () => {
      const held = await store.journal.entry(order);
      return held?.recorded.leaf === undefined ? undefined : held.descriptors[0]?.descriptor;
    });
    const [wrap] = await store.journal.wraps([core]);
    const openpgp = new OpenPgpJs();
    const folder = await FederationFolder.open(openpgp, grounds.places.federation);
    const keyring = await FileDecryptionKeyring.load(openpgp, folder.keysOf(BG));
    const key = wrap && (await keyring.keyFor(wrap.subkey));
    if (wrap === undefined || key === undefined) throw new Error('the key is missing');
    const { header, descriptor, body } = await inLedger(core, { id: order });
    const sessionKey = read(await openpgp.unwrap(wrap.wrap, key));
    const frame = read(await openBody(openpgp, header, descriptor, body, sessionKey));
    expect(frame.officer).toBe('m.ilieva+i.dimitrov');
    expect(JSON.stringify(descriptor.facts)).not.toMatch(/ilieva|dimitrov/);
  }, 120_000);
});
