import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sealed } from '@tripoint/envelope';
import { certificateText } from '@tripoint/federation';
import { type Digest, type EventId, type Instant, type ItemId } from '@tripoint/kernel';
import {
  CUSTODIANS,
  custodyIn,
  entryOf,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
import { disclosingFaultsAt } from './disclosing.js';
import { readHanded } from './verify-leaf.js';
import { verifyLog } from './verify-log.js';
import { whoCouldSee } from './who-could-see.js';

let federation: LittleFederation;
let log: LittleLog;
beforeAll(async () => {
  federation = await LittleFederation.found(['bg-prosecutor']);
});
beforeEach(async () => {
  log = await LittleLog.begin(federation);
});

/** How many orders the log is held to (row F4). */
const ORDERS = Number(process.env['TRIPOINT_DISCLOSURES'] ?? 6);

const { id, agree, said, noise, digestOf, order, share, ordered } = custodyIn(() => log);

const fault = async () =>
  (await verifyLog(await log.served(), federation.anchor, federation.openpgp)).fault;

/** What leaves say against those who ordered something. */
const inVain = async () => {
  const found: (readonly [string, number, string])[] = [];
  const { fault: wrong } = await verifyLog(
    await log.served(),
    federation.anchor,
    federation.openpgp,
    {
      heard: (audited, state) => {
        for (const { code, agency, leaf, detail } of disclosingFaultsAt(audited, state)) {
          expect(code).toBe('disclosure-in-vain');
          found.push([agency, leaf, detail.split(': ')[1] ?? '']);
        }
      },
    },
  );
  expect(wrong).toBeNull();
  return found;
};

/** What the rules answered on what was said before, at leaf `index`. */
type About = 'order' | 'share' | 'grant';
const decidedAt = (index: number, about: About) =>
  (readHanded(log.handed[index]!)?.records ?? []).flatMap((one) =>
    one.about === 'verdict' && one.verdict.question[about] !== undefined ? [one.verdict] : [],
  );
const why = (index: number, about: About): readonly (readonly string[])[] =>
  decidedAt(index, about).map(({ allowed, rules }) => (allowed ? [] : rules));

describe('keys in custody', () => {
  it('are those of the compartments that the registry names, with who was given a share', async () => {
    await agree();
    const it = await said();
    const custody = log.state.inCustody(it.header.id);
    expect(custody?.keys).toEqual(new Map([['facts', digestOf(it, 'facts')]]));
    expect(custody?.shares).toEqual(
      new Map(CUSTODIANS.map((name, at) => [id(name), digestOf(it, `custody-${at + 1}`)])),
    );
  });

  it('are nobody’s before that is agreed, and a share in another’s place is none', async () => {
    const before = await said();
    expect(log.state.inCustody(before.header.id)).toBeUndefined();
    await agree();
    const swapped = await said(['gr-police', 'bg-prosecutor', 'tr-customs']);
    expect([...(log.state.inCustody(swapped.header.id)?.shares.keys() ?? [])]).toEqual([
      id('tr-customs'),
    ]);
  });
});

describe('an erasure', () => {
  it('takes the shares along, and nobody orders what it was of', async () => {
    await agree();
    const it = await said();
    const facts = digestOf(it, 'facts');
    await log.event({
      by: 'bg-gdbop',
      exchange: it.header.stream,
      family: 'erasure',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: {
            item: randomUUID(),
            erases: {
              event: it.header.id,
              descriptors: [facts],
              ground: 'INACCURATE',
              until: new Date(log.time + 600_000).toISOString(),
            },
          },
        },
      ],
    });
    for (const name of ['facts', 'custody-1', 'custody-2', 'custody-3'])
      expect(log.state.isErased(digestOf(it, name))).toBe(true);
    const made = await ordered(it);
    expect(why(made.leaf, 'order')).toEqual([['order-is-of-what-is-in-custody']]);
    expect(await fault()).toBeNull();
  });
});

describe('erasures of one part after the other', () => {
  const forget = async (it: Sealed, name: string) =>
    log.event({
      by: 'bg-gdbop',
      exchange: it.header.stream,
      family: 'erasure',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: {
            item: randomUUID(),
            erases: {
              event: it.header.id,
              descriptors: [digestOf(it, name)],
              ground: 'INACCURATE',
              until: new Date(log.time + 600_000).toISOString(),
            },
          },
        },
      ],
    });
  /** Says that what was to be forgotten from a leaf on is gone there. */
  const purged = (it: Sealed, leaf: number, by: MemberName) =>
    log.event({
      by,
      exchange: it.header.stream,
      family: 'receipt',
      parts: [
        {
          compartment: 'core',
          to: [by],
          facts: {
            item: log.state.erasedAt(leaf)!.erasure.item,
            purged: {
              stores: ['KEYS'],
              backups: new Date(log.time + 86_400_000).toISOString(),
            },
          },
        },
      ],
    });
  /** Who is said to have nothing of it any more. */
  const forgottenBy = async (leaf: number) => {
    const { anchor, openpgp } = federation;
    const { exchanges } = await whoCouldSee(await log.served(), anchor, openpgp, leaf);
    return [...exchanges.values()]
      .flat()
      .flatMap(({ audience }) => audience)
      .filter(({ because }) => because === 'it is forgotten everywhere')
      .map(({ agency }) => agency);
  };
  const isErased = (it: Sealed, name: string) => log.state.isErased(digestOf(it, name));
  const SHARES = ['custody-1', 'custody-2', 'custody-3'] as const;
  const everybody = () => (['bg-gdbop', ...CUSTODIANS] as const).map(id).sort();

  it('tell custodians of each, wait for them at the last, and are completed', async () => {
    await agree();
    const it = await said(CUSTODIANS, {}, ['intelligence']);
    const first = await forget(it, 'facts');
    expect(log.state.erasedAt(first)).toMatchObject({
      told: everybody(),
      erasure: { told: [id('bg-gdbop')] },
    });
    expect(SHARES.filter((name) => isErased(it, name))).toEqual([]);
    expect(await forgottenBy(first)).toEqual([id('bg-gdbop')]);
    const last = await forget(it, 'intelligence');
    expect(log.state.erasedAt(last)).toMatchObject({
      told: everybody(),
      erasure: { told: everybody() },
    });
    expect(SHARES.filter((name) => !isErased(it, name))).toEqual([]);
    await purged(it, first, 'bg-gdbop');
    for (const one of ['bg-gdbop', ...CUSTODIANS] as const) await purged(it, last, one);
    log.pass(3_600);
    await log.own('heartbeat');
    for (const leaf of [first, last])
      expect(log.state.erasure(log.state.erasedAt(leaf)!.erasure.item)).toMatchObject({
        completed: true,
        overdue: new Set(),
      });
    expect(await fault()).toBeNull();
  });

  it('tell no custodian of what is in nobody’s custody', async () => {
    await agree(['facts']);
    const it = await said(CUSTODIANS, {}, ['intelligence']);
    const leaf = await forget(it, 'intelligence');
    expect(log.state.erasedAt(leaf)?.told).toEqual([id('bg-gdbop')]);
  });
});

describe('an order to disclose', () => {
  it('brings no share while it is in doubt, whoever gave it', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    await log.statement({
      kind: 'certificate-revoked',
      fingerprint: federation.member('oversight').fingerprint,
      reason: 'compromised',
      since: made.leaf,
    });
    const refused = await log.event(share(it, made, 'gr-police'));
    expect(why(refused, 'share')).toEqual([['share-is-as-ordered']]);
    const { leaf } = made;
    await log.statement({
      kind: 'history-attested',
      agency: id('oversight'),
      from: leaf,
      through: leaf,
    });
    expect(why(await log.event(share(it, made, 'gr-police')), 'share')).toEqual([[]]);
    expect(await fault()).toBeNull();
  });

  it('is over with the word that it was given by, once a share was handed over upon it, and stays so', async () => {
    await agree();
    const [it, other, later] = [await said(), await said(), await said()];
    const [made, partly, alone] = [await ordered(it), await ordered(other), await ordered(later)];
    for (const by of ['bg-prosecutor', 'tr-customs'] as const) await log.event(share(it, made, by));
    await log.event(share(other, partly, 'bg-prosecutor'));
    const facts = digestOf(it, 'facts');
    const reader = log.state.disclosure(made.item)!.beneficiary;
    expect(log.state.opensByDisclosure(reader, facts)?.item).toBe(made.item);
    const { fingerprint } = federation.member('oversight');
    const since = made.leaf;
    const lost = await log.statement({
      kind: 'certificate-revoked',
      fingerprint,
      reason: 'compromised',
      since,
    });
    const standing = () =>
      [made, partly, alone].map(({ item }) => log.state.disclosure(item)?.ended);
    expect(standing()).toEqual([true, true, false]);
    expect(log.state.opensByDisclosure(reader, facts)).toBeUndefined();
    expect(log.state.sharesEndedAt(lost).map(({ item }) => item)).toEqual([
      made.item,
      made.item,
      partly.item,
    ]);
    const { anchor, openpgp } = federation;
    const seen = await whoCouldSee(await log.served(), anchor, openpgp, lost);
    const ended = [...seen.exchanges.values()].flat().filter(({ index }) => index === lost);
    expect(ended.map(({ descriptor, audience }) => [descriptor, audience[0]])).toEqual([
      [facts, expect.objectContaining({ agency: reader, allowed: false })],
    ]);
    // Nothing brings it back, and no leaf says once more that it is over; the one that gave nothing goes on.
    const through = alone.leaf;
    await log.statement({
      kind: 'history-attested',
      agency: id('oversight'),
      from: since,
      through,
    });
    expect(standing()).toEqual([true, true, false]);
    expect(why(await log.event(share(other, partly, 'tr-customs')), 'share')).toEqual([
      ['share-is-as-ordered'],
    ]);
    log.pass(25 * 3600);
    const due = await log.own('heartbeat');
    expect(standing()).toEqual([true, true, true]);
    expect(log.state.sharesEndedAt(due)).toEqual([]);
    expect(await fault()).toBeNull();
  });

  it('takes no decision of another agency’s out of doubt, by standing under its item', async () => {
    federation = await LittleFederation.found(['bg-prosecutor']);
    log = await LittleLog.begin(federation);
    await agree();
    const it = await said();
    const exchange = it.header.stream;
    const item = randomUUID() as ItemId;
    const until = new Date(log.time + 48 * 3_600_000).toISOString() as Instant;
    const [agency, descriptor] = [id('tr-customs'), digestOf(it, 'facts')];
    const by = 'bg-gdbop' as const;
    const release = { agency, descriptors: [descriptor], until };
    const core = (facts: object, ...others: readonly MemberName[]) => [
      { compartment: 'core', to: [by, ...others], facts: { item, ...facts } },
    ];
    const verdict = await log.event({ by, exchange, family: 'release', parts: core({ release }) });
    expect(why(verdict, 'grant')).toEqual([[]]);
    const { parts, ...draft } = order(it);
    const here = parts.map((part) => ({ ...part, facts: { ...part.facts, item } }));
    await log.event({ ...draft, exchange, parts: here });
    expect(log.state.disclosure(item)?.orderedBy).toBe(id('oversight'));

    const { fingerprint } = federation.member(by);
    const reason = 'compromised';
    await log.statement({ kind: 'certificate-revoked', fingerprint, reason, since: verdict });
    const { files } = await federation.renew(by);
    const certificate = certificateText(files.certificate);
    await log.statement({ kind: 'certificate-rotated', agency: id(by), certificate });
    const grant = {
      agency,
      certificate: federation.member('tr-customs').fingerprint,
      header: it.headerDigest,
      until,
      verdict,
      wraps: [{ descriptor, wrap: 'ab'.repeat(32) as Digest }],
    };
    const carriedOut = { by, exchange, family: 'grant', parts: core({ grant }, 'tr-customs') };
    expect(why(await log.event(carriedOut), 'grant')).toEqual([['grant-is-what-was-decided']]);
    expect(await fault()).toBeNull();
  });

  it('stands in the log before any share, and gives nothing itself', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    expect(why(made.leaf, 'order')).toEqual([[]]);
    expect(log.state.disclosure(made.item)).toMatchObject({
      orderedBy: id('oversight'),
      beneficiary: id('gr-police'),
      descriptors: [digestOf(it, 'facts')],
      leaf: made.leaf,
    });
    expect(await fault()).toBeNull();
  });

  it.each<[string, Parameters<typeof order>[1], string]>([
    ['by police, for others', { by: 'bg-prosecutor' }, 'order-is-by-oversight-or-in-an-emergency'],
    [
      'by police who call the need of others an emergency',
      { by: 'bg-prosecutor', emergency: true },
      'order-is-by-oversight-or-in-an-emergency',
    ],
    ['for more than a day', { hours: 25 }, 'order-is-for-a-day-at-most'],
    ['for a time that is over', { hours: -1 }, 'order-is-for-a-day-at-most'],
    ['for who said it', { to: 'bg-gdbop' }, 'order-is-of-something-new'],
    [
      'by police who name the ground that is oversight’s',
      { by: 'gr-police', emergency: true, ground: 'SUPERVISORY_INQUIRY' },
      'order-is-by-oversight-or-in-an-emergency',
    ],
  ])('is none %s', async (_, changes, rule) => {
    await agree();
    const made = await ordered(await said(), order(await said(), changes));
    expect(why(made.leaf, 'order')).toEqual([[rule]]);
    expect(log.state.disclosure(made.item)).toBeUndefined();
  });

  it('names all that the same shares open, as one share is of every key', async () => {
    await agree();
    const it = await said(CUSTODIANS, {}, ['intelligence']);
    const part = await ordered(it);
    expect(why(part.leaf, 'order')).toEqual([['order-is-of-what-is-in-custody']]);
    expect(log.state.disclosure(part.item)).toBeUndefined();
    const whole = await ordered(it, order(it, { compartments: ['facts', 'intelligence'] }));
    expect(why(whole.leaf, 'order')).toEqual([[], []]);
    expect(log.state.disclosure(whole.item)?.descriptors).toHaveLength(2);
  });

  it('is none where its reader may not have one thing that the same shares open', async () => {
    await agree(['facts', 'health']);
    const it = await said(CUSTODIANS, {}, ['health']);
    const made = await ordered(it, order(it, { compartments: ['facts', 'health'] }));
    expect(decidedAt(made.leaf, 'order').map(({ allowed }) => allowed)).toEqual([true, false]);
    expect(log.state.disclosure(made.item)).toBeUndefined();
    const late = await log.event(share(it, made, 'bg-prosecutor'));
    expect(why(late, 'share').flat()).toContain('share-is-as-ordered');
    expect(await fault()).toBeNull();
  });

  it('is none of what too few have shares of, or that is not in custody', async () => {
    await agree();
    const few = await said(['bg-prosecutor']);
    const made = await ordered(few);
    expect(why(made.leaf, 'order')).toEqual([['order-is-of-what-is-in-custody']]);
    const other = await ordered(few, order(few, { compartments: ['source'] }));
    expect(why(other.leaf, 'order')).toEqual([]);
    expect(log.state.disclosures).toEqual([]);
  });

  it('of which nothing follows is told against whoever gave it', async () => {
    await agree();
    const [real, practice, small] = [await said(), await noise(), await said(['bg-prosecutor'])];
    const own = { by: 'gr-police', emergency: true } as const;
    const unknown = { ...real, header: { ...real.header, id: randomUUID() as EventId } };
    const orders = [
      await ordered(real, order(real, { ...own, ground: 'DRILL' })),
      await ordered(practice, order(practice, own)),
      await ordered(unknown, order(unknown, own)),
      await ordered(
        practice,
        order(practice, { by: 'bg-gdbop', to: 'bg-gdbop', emergency: true, ground: 'DRILL' }),
      ),
      await ordered(small, order(small, own)),
    ];
    const good = await ordered(real, order(real, own));
    const again = await ordered(real, { ...order(real, own), ...good });
    const noises = 'a drill is of noise, and noise is for nothing else';
    expect(await inVain()).toEqual([
      [id('gr-police'), orders[0]!.leaf, noises],
      [id('gr-police'), orders[1]!.leaf, noises],
      [id('gr-police'), orders[2]!.leaf, 'nothing of that event is in custody'],
      [id('bg-gdbop'), orders[3]!.leaf, 'it said that event itself'],
      [id('gr-police'), orders[4]!.leaf, 'the rules that are named at its leaf do not allow it'],
      [id('gr-police'), again.leaf, 'it is no order of its own'],
    ]);
  });

  it('may be an agency’s own, in an emergency', async () => {
    await agree();
    const made = await ordered(
      await said(),
      order(await said(), { by: 'gr-police', emergency: true }),
    );
    expect(log.state.disclosure(made.item)).toMatchObject({ emergency: true });
  });
});

describe('a share', () => {
  it('is handed over by its custodian, to whom the order names, once', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    const first = await log.event(share(it, made, 'tr-customs'));
    expect(why(first, 'share')).toEqual([[]]);
    expect(log.state.disclosure(made.item)?.shares.get(id('tr-customs'))).toMatchObject({
      descriptor: digestOf(it, 'custody-3'),
      leaf: first,
    });
    expect(first).toBeGreaterThan(made.leaf);
    const again = await log.event(share(it, made, 'tr-customs'));
    expect(why(again, 'share')).toEqual([['share-is-as-ordered']]);
    expect(await fault()).toBeNull();
  });

  it.each<[string, MemberName, Parameters<typeof share>[3], string]>([
    ['of another custodian', 'tr-customs', { place: 0 }, 'share-is-its-custodians-own'],
    ['to somebody else', 'tr-customs', { to: 'bg-prosecutor' }, 'share-is-as-ordered'],
    [
      'for longer',
      'tr-customs',
      { until: '2026-09-01T00:00:00.000Z' as Instant },
      'share-is-as-ordered',
    ],
    ['upon a leaf that orders nothing', 'tr-customs', { verdict: 1 }, 'share-is-as-ordered'],
    ['by who is no custodian', 'bg-gdbop', { place: 2 }, 'share-is-its-custodians-own'],
  ])('is not handed over %s', async (_, by, changes, rule) => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    const leaf = await log.event(share(it, made, by, changes));
    expect(why(leaf, 'share').flat()).toContain(rule);
    expect(log.state.disclosure(made.item)?.shares.size).toBe(0);
  });

  it('is never handed over before the order is in the log', async () => {
    await agree();
    const it = await said();
    const draft = order(it);
    const leaf = await log.event(share(it, { ...draft, leaf: log.state.size + 1 }, 'tr-customs'));
    const made = await ordered(it, draft);
    expect(why(leaf, 'share').flat()).toContain('share-is-as-ordered');
    expect(log.state.disclosure(made.item)?.shares.size).toBe(0);
  });

  it('ends with the order, by a leaf that nobody may leave out', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it, order(it, { hours: 1 }));
    await log.event(share(it, made, 'tr-customs'));
    log.pass(3_601);
    const late = await log.event(share(it, made, 'bg-prosecutor'));
    expect(why(late, 'share').flat()).toEqual(
      expect.arrayContaining(['share-is-as-ordered', 'share-is-in-time']),
    );
    expect(log.state.disclosure(made.item)?.ended).toBe(true);
    expect(log.state.isShareOver(digestOf(it, 'custody-3'), id('gr-police'))).toBe(true);
    expect(await fault()).toBeNull();
  });

  it('that a hub lets through without an order is found by whoever recomputes the log', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    const sealed = await log.seal(share(it, made, 'tr-customs', { to: 'bg-prosecutor' }));
    await log.record(
      federation.member('tr-customs').chain,
      entryOf(sealed.container),
      (judgement) => ({
        ...judgement,
        decided: judgement.decided.map((one) => ({
          ...one,
          verdict: { ...one.verdict, allowed: true, rules: [], because: 'the hub says so' },
        })),
      }),
    );
    expect(await fault()).toMatchObject({ code: 'decision-differs' });
  });

  it('shows who could read it at the leaf of the last share that it takes, and that it ended', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it, order(it, { hours: 1 }));
    const first = await log.event(share(it, made, 'tr-customs'));
    const second = await log.event(share(it, made, 'bg-prosecutor'));
    expect(log.state.disclosedAt(first)).toBeUndefined();
    expect(log.state.disclosedAt(second)).toMatchObject({ item: made.item });
    log.pass(3_601);
    await log.event(order(it));
    const seen = await whoCouldSee(
      await log.served(),
      federation.anchor,
      federation.openpgp,
      log.state.size - 1,
    );
    const facts = digestOf(it, 'facts');
    const shown = [...seen.exchanges.values()]
      .flat()
      .filter(({ descriptor, grant }) => descriptor === facts && grant !== undefined);
    expect(shown.map(({ audience }) => audience[0])).toMatchObject([
      { agency: id('gr-police'), allowed: true },
      { agency: id('gr-police'), allowed: false },
    ]);
    expect(shown[0]).toMatchObject({ index: second, grant: { until: made.until } });
  });

  it('is of no use where all that it opens was forgotten, of which its reader is told', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    await log.event(share(it, made, 'tr-customs'));
    const facts = digestOf(it, 'facts');
    const erased = await log.event({
      by: 'bg-gdbop',
      exchange: it.header.stream,
      family: 'erasure',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: {
            item: randomUUID(),
            erases: {
              event: it.header.id,
              descriptors: [facts],
              ground: 'INACCURATE',
              until: new Date(log.time + 600_000).toISOString(),
            },
          },
        },
      ],
    });
    expect(log.state.erasedAt(erased)?.told).toContain(id('gr-police'));
    const late = await log.event(share(it, made, 'bg-prosecutor'));
    expect(why(late, 'share')).toEqual([['share-is-as-ordered']]);
  });

  it('is handed over after its order in every case, whoever tries before', async () => {
    await agree();
    const seen: boolean[] = [];
    for (let count = 0; count < ORDERS; count += 1) {
      const it = await said();
      const draft = order(it);
      const early = await log.event(
        share(it, { ...draft, leaf: log.state.size + 1 }, 'tr-customs'),
      );
      const { leaf } = await ordered(it, draft);
      const made = { ...draft, leaf };
      const late = await log.event(share(it, made, 'bg-prosecutor'));
      expect(why(early, 'share').flat()).toContain('share-is-as-ordered');
      expect(why(late, 'share')).toEqual([[]]);
      const shares = [...(log.state.disclosure(draft.item)?.shares.values() ?? [])];
      seen.push(shares.length === 1 && shares.every((one) => leaf < one.leaf));
    }
    expect(seen).toEqual(Array.from({ length: ORDERS }, () => true));
    expect(await fault()).toBeNull();
  }, 3_600_000);

  it('may be declined', async () => {
    await agree();
    const it = await said();
    const made = await ordered(it);
    for (const by of ['tr-customs', 'bg-gdbop'] as const)
      await log.event({
        by,
        exchange: made.exchange,
        family: 'disclosure',
        parts: [{ compartment: 'core', to: [by], facts: { item: made.item, declines: true } }],
      });
    expect(log.state.disclosure(made.item)?.declined).toEqual([id('tr-customs')]);
  });
});
