// A node that is off line when something is recalled defaults by a leaf of the log's, and forgets when it comes back.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { replaceAgencyKeys } from '@tripoint/adapters/keys';
import { type Command, UNMARKED } from '@tripoint/domain';
import { OpenPgpJs } from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { RegisteredFederation } from '../../../agency/src/federation/registered-federation.js';
import {
  type Between,
  confirmed,
  type Federation,
  type Member,
  openFederation,
  openMember,
} from './testing/composition.js';
import { enact } from './testing/enact.js';
import { eventually, untilTrue } from './testing/eventually.js';
import { ceremony, freshGrounds, type Grounds } from './testing/grounds.js';
import { everyTable } from './testing/every-byte.js';
import { contribution, give, OFFICER } from './testing/traffic.js';

const GR = 'gr-police' as AgencyId;
const BG = 'bg-border-police' as AgencyId;
const TR = 'tr-police' as AgencyId;
const WRONG = 'a white van with the plate XKA 4821';
const RIGHT = 'a white van with the plate XKA 4827';

let remove: () => Promise<void>;
let grounds: Grounds;
let federation: Federation;
let gr: Member;
let bg: Member;

/** Where grants of BG's wait, while it is shut: before they are signed for, or before they are sent. */
class Gate {
  #isShut = false;
  #reached = false;

  shut(): void {
    this.#isShut = true;
    this.#reached = false;
  }
  open(): void {
    this.#isShut = false;
  }
  /** Whether what comes by has to wait. */
  holds(isGrant: boolean): boolean {
    if (this.#isShut && isGrant) this.#reached = true;
    return this.#isShut && this.#reached;
  }
  async reached(): Promise<void> {
    await untilTrue('a grant waits', () => Promise.resolve(this.#reached));
  }
}
const signing = new Gate();
const sending = new Gate();

const wired = <T extends object>(port: T, instead: Partial<T>): T =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(Object.hasOwn(instead, name) ? instead : target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
const between: Between = {
  journal: (port, agency) =>
    agency !== BG
      ? port
      : wired(port, {
          toSign: async (after, limit) =>
            (await port.toSign(after, limit)).filter(
              ({ kind }) => kind !== 'grant' || !signing.holds(true),
            ),
        }),
  outbox: (port, agency) =>
    agency !== BG
      ? port
      : wired(port, {
          commit: (plan) => {
            sending.holds(plan.entries.some(({ recorded }) => recorded.event.type === 'GrantMade'));
            return port.commit(plan);
          },
          unsent: async (chain, after, limit) =>
            sending.holds(false) ? [] : port.unsent(chain, after, limit),
        }),
};

beforeAll(async () => {
  const keys = await ceremony();
  remove = keys.remove;
  grounds = await freshGrounds(keys.path, [GR, BG, TR]);
  federation = await openFederation(grounds.places, { between });
  [gr, bg] = [federation.member(GR), federation.member(BG)];
  for (const member of federation.members.values()) await confirmed(member);
}, 180_000);
afterAll(async () => {
  for (const member of [gr, bg]) await member.close();
  await federation.hub.close();
  await grounds.remove();
  await remove();
});

const inSeconds = (seconds: number): Instant =>
  new Date(Date.now() + seconds * 1000).toISOString() as Instant;
const now = () => inSeconds(0);

/** Gives an order about an item of an exchange that is there; answers the item. */
const say = async (
  member: Member,
  type: Command['type'],
  exchange: ExchangeId,
  data: object,
  item = randomUUID() as ItemId,
): Promise<ItemId> => {
  const by = { agency: member.agency, officer: OFFICER };
  const decision = { type, item, exchange, by, at: now(), data } as unknown as Command;
  await give(member, { key: randomUUID(), decision });
  return item;
};

const factsOf = async (member: Member, event: EventId) => {
  const held = await member.store.journal.entry(event);
  return (held?.recorded.event.parts as { facts?: { text: string } } | undefined)?.facts?.text;
};

describe('what nobody has asked for', () => {
  it('is handed on by who said it, for a time, and taken back', async () => {
    const text = 'a green tanker with the plate TIB 5518';
    const { decision } = contribution(BG, GR, text);
    const { exchange } = decision;
    const shared = await give(bg, { key: randomUUID(), decision });
    const [event] = shared.submissions as [EventId];
    const descriptor = await eventually('BG has recorded it', async () => {
      const held = await bg.store.journal.entry(event);
      if (held?.recorded.leaf === undefined) return undefined;
      return held.descriptors.find(({ compartment }) => compartment === 'facts')?.descriptor;
    });
    const offer = await say(bg, 'OfferRelease', exchange, {
      event,
      compartments: ['facts'],
      grantee: TR,
      until: inSeconds(3600),
      descriptors: [descriptor],
      saidBy: BG,
    });
    const tr = federation.member(TR);
    await untilTrue('TR reads it', async () => (await factsOf(tr, event)) === text);
    expect((await tr.store.views.release(offer))?.status).toBe('USED');
    await say(bg, 'RevokeGrant', exchange, {}, offer);
    await untilTrue(
      'TR says that it is gone',
      async () => (await bg.store.views.release(offer))?.purgedAt !== undefined,
    );
    expect(await factsOf(tr, event)).toBeUndefined();
    expect((await everyByteOf(TR)).includes(text)).toBe(false);
  }, 120_000);
});

describe('what was taken from another', () => {
  const H1 = { classification: 'BPL', handling: ['H1'] };
  /** Shares it, marked H1; answers the event and the digests by which the other names it. */
  const shared = async (from: Member, to: Member, derivedFrom: readonly Digest[] = []) => {
    const { decision, key } = contribution(from.agency, to.agency, 'a ferry at the second pier');
    const data = { ...(decision.data as object), marking: H1, derivedFrom };
    const order = { key, decision: { ...decision, data } as Command };
    const [event] = (await give(from, order)).submissions as [EventId];
    const held = await eventually(`${to.agency} holds it`, () => to.store.journal.entry(event));
    return { event, from, to, ...decision, digests: held.descriptors.map((one) => one.descriptor) };
  };
  type Shared = Awaited<ReturnType<typeof shared>>;
  /** Whoever was told it asks to use it in court. */
  const asked = async ({ event, exchange, from, to }: Shared) => {
    const item = await say(to, 'RequestRelease', exchange, {
      event,
      compartments: ['facts'],
      to: from.agency,
      grantee: to.agency,
      purpose: 'PROSECUTION',
      marking: UNMARKED,
    });
    await eventually('it is asked', () => from.store.views.release(item));
    const permit = (seconds: number) =>
      say(
        from,
        'GrantRelease',
        exchange,
        {
          compartments: ['facts'],
          descriptors: [],
          until: inSeconds(seconds),
        },
        item,
      );
    return { item, permit };
  };

  it('is permitted in court no further than that other permits it', async () => {
    const tr = federation.member(TR);
    const own = await shared(bg, gr);
    const derived = await shared(gr, tr, own.digests);
    const { permit } = await asked(derived);
    const refused =
      'judicial-use-not-permitted: not permitted in judicial proceedings (H1) by bg-border-police';
    await expect(permit(3600)).rejects.toThrow(refused);
    const first = await asked(own);
    await first.permit(7200);
    await untilTrue('BG permits it', async () => {
      return (await gr.store.views.release(first.item))?.status === 'GRANTED';
    });
    await expect(permit(9000)).rejects.toThrow(refused);
    await permit(3600);
    // Whoever it was taken from uses its own.
    const back = await asked(await shared(gr, bg, own.digests));
    await back.permit(9000);
  }, 120_000);
});

describe('what was decided to be handed on', () => {
  it.each(['before it was signed', 'after it was signed'] as const)(
    'reaches a grantee whose keys were all replaced %s, and nobody decides it again',
    async (when) => {
      const text = `a grey estate car with the plate KB 190${when.length}`;
      const { decision } = contribution(BG, GR, text);
      const { exchange } = decision;
      const shared = await give(bg, { key: randomUUID(), decision });
      const [event] = shared.submissions as [EventId];
      const descriptor = await eventually('BG has recorded it', async () => {
        const held = await bg.store.journal.entry(event);
        if (held?.recorded.leaf === undefined) return undefined;
        return held.descriptors.find(({ compartment }) => compartment === 'facts')?.descriptor;
      });
      const held = when === 'before it was signed' ? signing : sending;
      held.shut();
      await say(bg, 'OfferRelease', exchange, {
        event,
        compartments: ['facts'],
        grantee: TR,
        until: inSeconds(3600),
        descriptors: [descriptor],
        saidBy: BG,
      });
      await held.reached();

      const next = await replaceAgencyKeys(
        new OpenPgpJs(),
        join(grounds.places.federation, 'keys', TR),
        { name: TR, at: now() },
      );
      await enact(grounds.places, {
        kind: 'certificate-rotated',
        agency: TR,
        certificate: certificateText(next.bytes),
      });
      await untilTrue('BG has heard of it', async () => {
        const { registry } = await bg.deciding.get(RegisteredFederation).now();
        return registry.recipient(TR)?.certificate.fingerprint === next.fingerprint;
      });
      held.open();
      const tr = federation.member(TR);
      await untilTrue('TR reads it', async () => (await factsOf(tr, event)) === text);
      const { entries } = await bg.store.journal.history(exchange);
      const types = entries.map(({ recorded }) => recorded.event.type);
      expect(types.filter((type) => type === 'ReleaseOffered')).toHaveLength(1);
      expect(types.filter((type) => type === 'GrantMade')).toHaveLength(1);
    },
    120_000,
  );
});

describe('what is recalled', () => {
  it('is forgotten by a holder that is there, and late by one that was not, which the log says', async () => {
    const { decision } = contribution(BG, GR, WRONG);
    const { exchange } = decision;
    const shared = await give(bg, { key: randomUUID(), decision });
    const [event] = shared.submissions as [EventId];
    await untilTrue('GR reads it', async () => (await factsOf(gr, event)) === WRONG);

    // GR, who holds it, has it released to TR.
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
    await say(
      bg,
      'GrantRelease',
      exchange,
      { compartments: ['facts'], until, descriptors },
      release,
    );
    await untilTrue(
      'TR reads it',
      async () => (await factsOf(federation.member(TR), event)) === WRONG,
    );
    await federation.member(TR).close();

    const recall = (to: AgencyId, seconds: number, correction: object) =>
      say(bg, 'IssueRecall', exchange, {
        event,
        compartments: ['facts'],
        descriptors,
        saidBy: BG,
        to,
        until: inSeconds(seconds),
        marking: { classification: 'BPL', handling: [] },
        ...correction,
      });
    const facts = { text: RIGHT, language: 'en', statement: 'FACT', entities: [] };
    const fromGr = await recall(GR, 600, { facts });
    const fromTr = await recall(TR, 2, {});

    const standing = async (item: ItemId) => {
      const row = await bg.store.views.recall(item, now());
      return row && { status: row.status, defaulted: row.defaulted };
    };
    await untilTrue('GR has said so', async () => (await standing(fromGr))?.status === 'PURGED');
    expect(await factsOf(gr, event)).toBeUndefined();
    await untilTrue('TR has defaulted', async () => (await standing(fromTr))?.defaulted === true);
    await untilTrue('the log says so', async () => {
      const rows = await federation.hub.ledger.read('log', 0n, 10_000);
      return rows.some(({ bytes }) => Buffer.from(bytes).includes(`"recall":true`));
    });
    expect((await standing(fromTr))?.status).toBe('ISSUED');
    const hidden = await everyByteOf(GR);
    expect(hidden.includes(WRONG)).toBe(false);
    expect(hidden.includes(RIGHT)).toBe(true);

    const tr = await openMember(grounds.places, TR);
    try {
      await untilTrue(
        'TR says that it is gone',
        async () => (await standing(fromTr))?.status === 'PURGED',
      );
      // Late, and provably so.
      expect((await standing(fromTr))?.defaulted).toBe(true);
      expect(await factsOf(tr, event)).toBeUndefined();
      expect((await everyByteOf(TR)).includes(WRONG)).toBe(false);
      const digest = await tr.store.journal.viewsDigest();
      await tr.store.journal.rebuild();
      expect(await tr.store.journal.viewsDigest()).toBe(digest);
    } finally {
      await tr.close();
    }
  }, 180_000);
});

describe('what a holder may not delete', () => {
  const HELD = 'a blue lorry with the plate KBH 9023';
  const IN_COURT = 'a red coach with the plate EPK 7714';

  /** BG tells GR something; answers where it stands at GR. */
  const told = async (text: string) => {
    const { decision } = contribution(BG, GR, text);
    const shared = await give(bg, { key: randomUUID(), decision });
    const [event] = shared.submissions as [EventId];
    await untilTrue('GR reads it', async () => (await factsOf(gr, event)) === text);
    const held = await gr.store.journal.entry(event);
    const descriptor = held?.descriptors.find(
      ({ compartment }) => compartment === 'facts',
    )?.descriptor;
    if (descriptor === undefined) throw new Error('GR does not hold it');
    const recalled = () =>
      say(bg, 'IssueRecall', decision.exchange, {
        event,
        compartments: ['facts'],
        descriptors: [descriptor],
        saidBy: BG,
        to: GR,
        until: inSeconds(600),
        marking: UNMARKED,
      });
    return { event, exchange: decision.exchange, descriptor, recalled };
  };
  const standing = (item: ItemId) => bg.store.views.recall(item, now());
  const access = (item: ItemId) => ({
    officer: OFFICER,
    purpose: 'PROSECUTION',
    item,
    fields: ['kept'],
    at: now(),
  });

  it('stays apart from all that officers see, and goes when the hold is lifted', async () => {
    const it = await told(HELD);
    const hold = await say(gr, 'PlaceHold', it.exchange, {
      event: it.event,
      compartments: ['facts'],
      ground: 'CRIMINAL_PROCEEDINGS',
      until: inSeconds(3600),
    });
    await untilTrue(
      'GR holds it',
      async () => (await gr.store.views.hold(hold, now()))?.status === 'PLACED',
    );
    const recall = await it.recalled();
    await untilTrue(
      'GR says why it stays',
      async () => (await standing(recall))?.status === 'CANNOT_PURGE',
    );
    expect(await standing(recall)).toMatchObject({ kept: ['LEGAL_HOLD'], defaulted: false });
    expect(await factsOf(gr, it.event)).toBeUndefined();
    const kept = () =>
      gr.store.reads.release(access(hold), (content) => content.retained(it.event));
    expect(await kept()).toMatchObject([{ compartment: 'facts', content: { text: HELD } }]);
    const tables = await everyTable(grounds.places.agencies[GR]!);
    expect([...tables].flatMap(([table, rows]) => (rows.includes(HELD) ? [table] : []))).toEqual([
      'public.retained',
    ]);
    // A rebuild of the views does not bring it back to them.
    const digest = await gr.store.journal.viewsDigest();
    await gr.store.journal.rebuild();
    expect(await gr.store.journal.viewsDigest()).toBe(digest);

    await say(gr, 'LiftHold', it.exchange, {}, hold);
    await untilTrue(
      'GR says that it is gone',
      async () => (await standing(recall))?.status === 'PURGED',
    );
    expect(await standing(recall)).not.toHaveProperty('kept');
    expect(await kept()).toEqual([]);
    expect((await everyByteOf(GR)).includes(HELD)).toBe(false);
    // BG, who knows nothing of the hold, was told what and when, and never that there was an order behind it.
    expect((await everyByteOf(BG)).includes('CRIMINAL_PROCEEDINGS')).toBe(false);
  }, 120_000);

  it('is said to have gone out to a court, by whoever took the key there', async () => {
    const it = await told(IN_COURT);
    const file = {
      id: randomUUID(),
      officer: OFFICER,
      purpose: 'PROSECUTION',
      item: randomUUID() as ItemId,
      salt: '0'.repeat(64) as Digest,
      at: now(),
      keys: [{ descriptor: it.descriptor, event: it.event }],
    };
    await gr.store.reads.release(access(file.item), (content) => content.disclose(file));
    await eventually('the key is there', async () => gr.store.courtFiles.take(file.id, now()));
    const recall = await it.recalled();
    await untilTrue(
      'GR says why it cannot',
      async () => (await standing(recall))?.status === 'CANNOT_PURGE',
    );
    expect((await standing(recall))?.kept).toEqual(['COURT_FILE']);
    // What the court has is beyond it; its own copy is gone.
    expect((await everyByteOf(GR)).includes(IN_COURT)).toBe(false);
  }, 120_000);
});

/** Every value of every row that an agency keeps, as text. */
const everyByteOf = async (agency: AgencyId): Promise<string> => {
  const settings = grounds.places.agencies[agency];
  if (settings === undefined) throw new Error(`${agency} has no database here`);
  return [...(await everyTable(settings)).values()].join('\n');
};
