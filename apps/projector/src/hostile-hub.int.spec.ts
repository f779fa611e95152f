// A hub that holds the log's key can sign whatever it likes: what a recipient believes all the same, and what it says of the rest.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Cbor,
  entitle,
  type EventEntry,
  formatEntitled,
  parseChainEntry,
  parseContainer,
  parseEntitled,
  rewrap,
  type Sealed,
  sha256,
} from '@tripoint/envelope';
import { accepted, frame, type TestAgency } from '@tripoint/envelope/testing';
import { certificateText } from '@tripoint/federation';
import {
  type Digest,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  isRefusal,
  type ItemId,
} from '@tripoint/kernel';
import { formatDelivery, REGISTRY_CHAIN } from '@tripoint/ledger';
import { type EventFacts } from '@tripoint/domain';
import { firstSources, publishBundle } from '@tripoint/policy';
import { itemOf, type Judgement } from '@tripoint/replay';
import { entryOf, LittleFederation, LittleLog } from '@tripoint/replay/testing';
import {
  Cosigner,
  generateNoteKey,
  openLogEvidence,
  parseVerifierKey,
  signNote,
  type TrustPolicy,
} from '@tripoint/transparency';
import { Client } from 'pg';
import { codes, HostileHub, type Twist } from './testing/hostile-hub.js';

describe('a hub that holds the key of the log', () => {
  let federation: LittleFederation;
  let hub: HostileHub;
  let store: HostileHub['store'];
  let bus: HostileHub['bus'];
  let log: LittleLog;
  let containers: HostileHub['containers'];
  let bg: TestAgency;
  let gr: TestAgency;

  beforeAll(async () => {
    federation = await LittleFederation.found();
    bg = federation.member('bg-gdbop');
    gr = federation.member('gr-police');
  }, 120_000);

  beforeEach(async () => {
    hub = await HostileHub.open(federation);
    ({ bus, containers, log, store } = hub);
  }, 120_000);
  afterEach(() => hub.close());

  const shared = (...said: Parameters<HostileHub['shared']>) => hub.shared(...said);
  const record = (...said: Parameters<HostileHub['record']>) => hub.record(...said);
  const allowed = (leaf: number) => hub.allowed(leaf);
  const deliver = (...lines: readonly { readonly leaf: number; readonly twist?: Twist }[]) =>
    hub.deliver(...lines);
  const decidedAt = (leaf: number) => hub.decidedAt(leaf);

  const heldOf = async ({ header }: Sealed) => store.journal.entry(header.id);

  it('is believed when it is honest', async () => {
    const sealed = await shared();
    const leaf = await record(sealed);
    expect(codes(await deliver({ leaf }))).toEqual([]);
    expect((await heldOf(sealed))?.recorded.leaf?.index).toBe(leaf);
  });

  it('cannot keep a line back unnoticed: the next heads say what the mailbox has to end with', async () => {
    const [first, kept] = [await shared(), await shared()];
    const leaf = await record(first);
    await record(kept);
    const heads = await log.heads();
    expect(codes(await deliver({ leaf }, { leaf: heads }))).toEqual(['mailbox-fork']);
    expect((await store.journal.position()).heads).toBeUndefined();
  });

  it('cannot hide that it keeps a line back by handing over old ones', async () => {
    let elapsed = 0;
    await hub.end();
    hub.begin(undefined, () => elapsed);
    const said = [await record(await shared()), await record(await shared())] as const;
    const lines = await hub.mailbox({ leaf: said[0] }, { leaf: said[1] });
    const old = lines.slice(0, -2);
    const wait = () => new Promise((resolve) => setTimeout(resolve, 5));
    bus.hand([...old, ...lines.slice(-1)]);
    const complete = () => hub.projector?.isComplete;
    while (complete() !== false) await wait();
    const { received } = bus;
    bus.hand(old);
    while (bus.received === received) await wait();
    elapsed += 5 * 60_000;
    while (!codes((await store.views.findings({ limit: 10 })).rows).includes('delivery-withheld'))
      await wait();
    await deliver({ leaf: said[0] }, { leaf: said[1] });
    while (complete() !== true) await wait();
  });

  it('is believed when the heads are of what it handed over', async () => {
    const leaf = await record(await shared());
    const later = await record(await shared());
    const heads = await log.heads();
    expect(codes(await deliver({ leaf }, { leaf: later }, { leaf: heads }))).toEqual([]);
    expect((await store.journal.position()).heads?.index).toBe(heads);
  });

  it('cannot say to us that the registry has other statements than it handed over', async () => {
    const ends = log.state.mailboxes.ends();
    const leaf = await log.own(
      'heads',
      ends.map((one) => (one.about === 'registry' ? { ...one, count: one.count + 1 } : one)),
    );
    expect(codes(await deliver({ leaf }))).toEqual(['registry-differs']);
    expect((await store.journal.position()).heads).toBeUndefined();
  });

  it('cannot keep a compartment back unnoticed of which it says that it is for us', async () => {
    const sealed = await shared();
    const leaf = await record(sealed);
    const twist: Twist = ({ source, wraps }) => {
      const part = accepted(parseEntitled(source!));
      const compartments = part.compartments.slice(0, 1);
      const kept = compartments.map(({ descriptor }) => sha256(descriptor));
      return {
        source: formatEntitled({ ...part, compartments }),
        wraps: wraps.filter(({ descriptor }) => kept.includes(descriptor)),
      };
    };
    expect(codes(await deliver({ leaf, twist }))).toEqual(['parts-mismatch']);
    expect(await heldOf(sealed)).toBeUndefined();
  });

  it('cannot let an author wrap unnoticed to an epoch that is retired', async () => {
    const { openpgp } = federation;
    const at = '2026-02-01T00:00:00.000Z' as Instant;
    const { certificate } = await openpgp.addEncryptionSubkey(gr.files, at);
    const { subkey } = gr.recipient;
    const agency = gr.id;
    const [before, after] = [await shared(), await shared()];
    const leaf = await record(before);
    await log.statement({
      kind: 'certificate-rotated',
      agency,
      certificate: certificateText(certificate),
    });
    await log.statement({ kind: 'epoch-retired', agency, subkey, keepSeconds: 1 });
    const late = await record(after);
    const findings = await deliver({ leaf }, { leaf: late });
    expect(codes(findings)).toEqual(['epoch-retired']);
    expect(findings[0]?.event).toBe(after.header.id);
    // It was meant for us, and is read all the same.
    expect((await heldOf(after))?.recorded.leaf?.index).toBe(late);
  });

  it('cannot give us what the rules have denied us', async () => {
    const sealed = await shared({
      core: ['bg-gdbop', 'gr-police'],
      facts: ['bg-gdbop', 'gr-police'],
      intelligence: ['bg-gdbop', 'gr-police'],
    });
    const leaf = await record(sealed);
    expect(allowed(leaf)).toHaveLength(2);
    const twist: Twist = ({ wraps }) => {
      const entry = accepted(parseChainEntry(log.handed[leaf]!.source!)) as EventEntry;
      const all = [...entry.bodies.keys()];
      const denied = all.filter((digest) => !allowed(leaf).includes(digest));
      return {
        source: formatEntitled(entitle(entry, all, gr.fingerprint)),
        wraps: [
          ...wraps,
          ...denied.map((descriptor) => ({
            descriptor,
            wrap: containers.get(leaf)!.wraps.get(descriptor)!.get(gr.fingerprint)!,
          })),
        ],
      };
    };
    expect(codes(await deliver({ leaf, twist }))).toEqual(['parts-mismatch']);
    expect(await heldOf(sealed)).toBeUndefined();
  });

  it('cannot make us take what its own leaf has rejected', async () => {
    const sealed = await shared();
    const leaf = await record(sealed, (judgement) => ({
      ...judgement,
      kind: 'rejected',
      code: 'event-id-reused',
    }));
    expect(codes(await deliver({ leaf }))).toEqual(['rejected-with-content']);
    expect(await heldOf(sealed)).toBeUndefined();
  });

  it.each([
    ['of a revoked agency, which is in good standing', 'issuer-revoked', ['rejected-falsely']],
    ['for want of rules, which are in force', 'no-rules', ['rejected-falsely']],
    ['as malformed, when we hold nothing of it', 'entry-malformed', []],
    ['by a code that no rule has', 'not-convenient', ['rejected-falsely']],
    ['for what others have said before', 'event-id-reused', []],
  ])('cannot reject what we have said unnoticed: %s', async (_what, code, expected) => {
    const { container } = await log.seal({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [{ compartment: 'core', to: ['gr-police'], facts: { opens: true } }],
    });
    const leaf = await log.record(gr.chain, entryOf(container), (judgement) => ({
      ...judgement,
      kind: 'rejected',
      code,
      decided: [],
    }));
    expect(codes(await deliver({ leaf }))).toEqual(expected);
  });

  it('may reject what we have said while we are suspended', async () => {
    await log.statement({ kind: 'agency-suspended', agency: gr.id });
    const { container } = await log.seal({
      by: 'gr-police',
      exchange: randomUUID() as ExchangeId,
      family: 'contribution',
      parts: [{ compartment: 'core', to: ['gr-police'], facts: { opens: true } }],
    });
    const leaf = await log.record(gr.chain, entryOf(container));
    expect(codes(await deliver({ leaf }))).toEqual([]);
  });

  it('cannot move an event to another place in the log by recording it again', async () => {
    const sealed = await shared();
    const first = await record(sealed);
    log.pass(3_600);
    const judged = await log.state.judge(
      { chain: bg.chain, revision: 1, entry: entryOf(sealed.container) },
      log.time,
      () => Promise.resolve(bg.certificate.signing[0]),
    );
    expect(judged.code).toBe('event-id-reused');
    const again = await record(sealed, (judgement) => ({
      ...judgement,
      kind: 'event',
      code: null,
      decided: decidedAt(first),
    }));
    expect(codes(await deliver({ leaf: first }, { leaf: again }))).toEqual(['event-logged-twice']);
    expect((await heldOf(sealed))?.recorded.leaf?.index).toBe(first);
  });

  it('cannot make us believe unnoticed that something has been erased', async () => {
    const sealed = await shared();
    const leaf = await record(sealed);
    const twist: Twist = () => ({ erased: allowed(leaf), wraps: [] });
    expect(codes(await deliver({ leaf, twist }))).toEqual(['erasure-unordered']);
  });

  it('cannot have us forget by an order of who may give none, and has us forget by one of oversight', async () => {
    const sealed = await shared();
    const leaf = await record(sealed);
    const exchange = sealed.header.stream;
    const descriptors = sealed.compartments
      .filter(({ name }) => name === 'facts')
      .map(({ descriptorDigest }) => descriptorDigest);
    const until = new Date(log.time + 600_000).toISOString();
    const orderBy = async (by: 'tr-customs' | 'oversight') => {
      const erases = { event: sealed.header.id, descriptors, ground: 'COURT_ORDER', until };
      const ordered = await log.seal({
        by,
        exchange,
        family: 'erasure',
        parts: [{ compartment: 'core', to: [by], facts: { item: randomUUID(), erases } }],
      });
      const entry = entryOf(ordered.container);
      const at = await log.record(federation.member(by).chain, entry);
      const cores = ordered.compartments.map(({ descriptorDigest }) => descriptorDigest);
      // As a hub hands it to everybody who is to forget: nobody but its author opens anything of it.
      const twist: Twist = () => ({
        source:
          entry.kind === 'event'
            ? formatEntitled(entitle(entry, cores, '0'.repeat(64) as Fingerprint))
            : null,
      });
      return { leaf: at, twist };
    };
    const facts = async () =>
      (await heldOf(sealed))?.recorded.event.parts as { readonly facts?: unknown } | undefined;
    const forged = await orderBy('tr-customs');
    expect(codes(await deliver({ leaf }, forged))).toEqual(['erasure-not-by-provider']);
    expect((await facts())?.facts).toBeDefined();

    const given = await orderBy('oversight');
    expect(codes(await deliver({ leaf }, forged, given))).toEqual(['erasure-not-by-provider']);
    expect((await facts())?.facts).toBeUndefined();
    expect(await heldOf(sealed)).toBeDefined();
  });

  it('cannot go on serving unnoticed what was erased, to whoever asks for old lines again', async () => {
    const sealed = await shared();
    const leaf = await record(sealed);
    const item = randomUUID() as ItemId;
    const [facts] = sealed.compartments.filter(({ name }) => name === 'facts');
    const before = await deliver({ leaf });
    expect(codes(before)).toEqual([]);
    const late = bus.handed;
    const order = await log.event({
      by: 'bg-gdbop',
      exchange: sealed.header.stream,
      family: 'erasure',
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop'],
          facts: {
            item,
            erases: {
              event: sealed.header.id,
              descriptors: [facts!.descriptorDigest],
              ground: 'INACCURATE',
              until: new Date(log.time + 3_600_000).toISOString() as Instant,
            },
          },
        },
      ],
    });
    const told: Twist = () => {
      const entry = accepted(parseChainEntry(log.handed[order]!.source!)) as EventEntry;
      const core = entry.descriptors.map((bytes) => sha256(bytes));
      return { source: formatEntitled(entitle(entry, core, gr.fingerprint)) };
    };
    const honest: Twist = ({ wraps }) => ({
      wraps: wraps.filter(({ descriptor }) => descriptor !== facts!.descriptorDigest),
      erased: [facts!.descriptorDigest],
    });
    expect(codes(await deliver({ leaf, twist: honest }, { leaf: order, twist: told }))).toEqual([]);
    const served = async () =>
      (await store.views.findings({ limit: 10 })).rows.filter(
        ({ code }) => code === 'erased-served',
      );

    // A copy that was on its way before says nothing.
    const { received } = bus;
    bus.hand(late);
    while (bus.received === received) await new Promise((resolve) => setTimeout(resolve, 5));
    await deliver(
      { leaf, twist: honest },
      { leaf: order, twist: told },
      { leaf: await log.heads() },
    );
    expect(await served()).toEqual([]);
    await deliver({ leaf }, { leaf: order, twist: told }, { leaf: log.state.size - 1 });
    while ((await served()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await served()).toMatchObject([{ leaf }]);
  });

  it('cannot bring a statement late unnoticed', async () => {
    const sealed = await shared();
    const sourced = { chain: bg.chain, revision: 0, entry: entryOf(sealed.container) };
    const { decided } = await log.state.judge(sourced, log.time, () =>
      Promise.resolve(bg.certificate.signing[0]),
    );
    const revoked = await log.statement({
      kind: 'certificate-revoked',
      fingerprint: bg.fingerprint,
      reason: 'unknown',
    });
    const leaf = await record(sealed, (judgement) => {
      expect(judgement.code).toBe('issuer-revoked');
      return { ...judgement, kind: 'event', code: null, decided };
    });
    // By the statement, what came before it was nobody's word any more when it was taken.
    const findings = await deliver({ leaf }, { leaf: revoked });
    expect([...codes(findings)].sort()).toEqual(['statement-late', 'word-in-doubt']);
    const [doubted] = findings.filter(({ code }) => code === 'word-in-doubt');
    expect(doubted).toMatchObject({ event: sealed.header.id, leaf });
  });

  it('is not asked whose word a lost key puts in doubt, before its statement or after it', async () => {
    const said: { readonly event: string; readonly leaf: number }[] = [];
    for (let count = 0; count < 3; count += 1) {
      const sealed = await shared();
      said.push({ event: sealed.header.id, leaf: await record(sealed) });
    }
    const [first, lost, behind] = said as [(typeof said)[0], (typeof said)[0], (typeof said)[0]];
    const revoked = await log.statement({
      kind: 'certificate-revoked',
      fingerprint: bg.fingerprint,
      reason: 'compromised',
      since: lost.leaf,
    });
    const findings = await deliver(first, lost, { leaf: revoked }, behind);
    expect(findings.map(({ code, event, leaf }) => [code, event, leaf]).reverse()).toEqual([
      ['word-in-doubt', behind.event, behind.leaf],
      ['word-in-doubt', lost.event, lost.leaf],
    ]);
  });

  type Party = 'bg-gdbop' | 'gr-police' | 'tr-customs' | 'oversight';
  /** Only a core, of just this content. */
  const told = async (
    by: Party,
    family: string,
    exchange: ExchangeId,
    event: {
      readonly type: string;
      readonly item: ItemId;
      readonly core: Readonly<Record<string, Cbor>>;
    },
    facts: EventFacts,
    to: readonly Party[] = [by, 'gr-police'],
  ) =>
    log.seal({
      by,
      exchange,
      family,
      parts: [
        {
          compartment: 'core',
          to,
          facts: { ...facts, item: event.item },
          changes: { frame: { ...frame(), event: { type: event.type, data: event } } },
        },
      ],
    });
  /** The hub holds the log's key: it may say that anything was allowed. */
  const allow = (judgement: Judgement): Judgement => ({
    ...judgement,
    kind: 'event',
    code: null,
    decided: judgement.decided.map((one) => ({
      ...one,
      verdict: { ...one.verdict, allowed: true },
    })),
  });
  const at = (ms: number): Instant => new Date(ms).toISOString() as Instant;
  const partsOf = async (sealed: Sealed) => (await heldOf(sealed))?.recorded.event.parts ?? {};
  const digestOf = ({ compartments }: Sealed, name: string): Digest =>
    compartments.find((one) => one.name === name)!.descriptorDigest;

  const aWitness = (): Cosigner =>
    Cosigner.fromPem('w', generateNoteKey('w', 'cosignature-v1').privateKeyPem, () => new Date());
  const witnessedBy = ({ verifierKey }: Cosigner): TrustPolicy => ({
    logs: [{ key: accepted(parseVerifierKey(federation.anchor.log.vkey)), url: null }],
    witnesses: [{ name: 'w', key: verifierKey, url: null }],
    groups: [],
    quorum: 'w',
  });

  describe('of what is to go', () => {
    /** An order to forget the facts, as whoever opens nothing of it is told. */
    const erasure = async (
      by: Party,
      sealed: Sealed,
      change?: (judgement: Judgement) => Judgement,
    ): Promise<{ readonly leaf: number; readonly twist: Twist }> => {
      const erases = {
        event: sealed.header.id,
        descriptors: [digestOf(sealed, 'facts')],
        ground: 'INACCURATE',
        until: at(log.time + 3_600_000),
      } as const;
      const event = { type: 'ErasureOrdered', item: randomUUID() as ItemId, core: {} };
      const order = await told(by, 'erasure', sealed.header.stream, event, { erases }, [by]);
      const { chain } = federation.member(by);
      const leaf = await log.record(chain, entryOf(order.container), change);
      const core = digestOf(order, 'core');
      const twist: Twist = () => {
        const entry = accepted(parseChainEntry(log.handed[leaf]!.source!)) as EventEntry;
        const { compartments, ...part } = entitle(entry, [core], gr.fingerprint);
        const unopened = compartments.map(({ descriptor, body }) => ({ descriptor, body }));
        return { source: formatEntitled({ ...part, compartments: unopened }) };
      };
      return { leaf, twist };
    };
    const agreeOnCustody = () =>
      log.statement({
        kind: 'custody-agreed',
        custodians: [gr.id, federation.member('tr-customs').id],
        threshold: 2,
        compartments: ['facts'],
      });
    const entrusted = {
      compartment: 'custody-1',
      to: ['gr-police'] as const,
      changes: {
        frame: {
          ...frame(),
          event: {
            type: 'SharesEntrusted',
            data: { threshold: 2, count: 2, shares: [['1'.repeat(64), new Uint8Array(33)]] },
          },
        },
      },
    };

    it('is asked for it again by whoever held it, and found out when it serves it still', async () => {
      await hub.end();
      let elapsed = 0;
      hub.begin(witnessedBy(aWitness()), () => elapsed);
      const sealed = await shared();
      const leaf = await record(sealed);
      const order = await erasure('bg-gdbop', sealed);
      expect(codes(await deliver({ leaf }, order))).toEqual([]);
      bus.keep(await hub.mailbox({ leaf }, order));
      elapsed = 10 * 60_000;
      let findings = await store.views.findings({ limit: 10 });
      while (findings.rows.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        findings = await store.views.findings({ limit: 10 });
      }
      expect(findings.rows).toMatchObject([{ code: 'erased-served', leaf }]);
    });

    it('cannot bring back what is forgotten, with a line that was owed', async () => {
      const sealed = await shared();
      const leaf = await record(sealed);
      hub.hasKey = false;
      const order = await erasure('bg-gdbop', sealed);
      expect(codes(await deliver({ leaf }, order))).toEqual(['no-key']);
      // The hub has kept the keys that it was to delete, and hands them over again; or the bus has.
      hub.hasKey = true;
      while ((await store.journal.unopened()).length > 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await heldOf(sealed))?.descriptors.map((one) => one.compartment)).toEqual(['core']);
      expect(await partsOf(sealed)).toEqual({});
      expect(await store.journal.wraps([digestOf(sealed, 'facts')])).toEqual([]);
    });

    it.each(['at once', 'one after the other'])(
      'cannot bring back what is forgotten, with a line behind its place: %s',
      async (when) => {
        const sealed = await shared();
        const leaf = await record(sealed);
        const order = await erasure('bg-gdbop', sealed);
        if (when !== 'at once') expect(codes(await deliver(order))).toEqual([]);
        // The hub has kept the line, and the keys, until the order had been answered.
        expect(codes(await deliver(order, { leaf }))).toEqual([]);
        expect((await heldOf(sealed))?.descriptors.map((one) => one.compartment)).toEqual(['core']);
        expect(await partsOf(sealed)).toEqual({});
        expect(await store.journal.wraps([digestOf(sealed, 'facts')])).toEqual([]);
      },
    );

    it('cannot have another stand in for who said it, by the id of the event', async () => {
      const sealed = await shared();
      const { id, stream: exchange } = sealed.header;
      const lines = [{ leaf: await record(sealed) }];
      expect(codes(await deliver(...lines))).toEqual([]);
      const text = { text: 'another', language: 'en', statement: 'FACT', entities: [] };
      const data = { type: 'ContributionShared', item: randomUUID(), core: { to: gr.id } };
      const frames = { core: data, facts: { ...data, core: undefined, part: text } };
      const other = await log.seal({
        by: 'tr-customs',
        exchange,
        family: 'contribution',
        id,
        parts: (['core', 'facts'] as const).map((compartment) => ({
          compartment,
          to: ['tr-customs', 'gr-police'],
          facts: compartment === 'core' ? { item: data.item } : {},
          changes: {
            frame: {
              ...frame(),
              event: { type: data.type, data: frames[compartment] as never },
            },
          },
        })),
      });
      const { chain } = federation.member('tr-customs');
      // What the log has decided of the one is said of the other, or nothing of it would be handed over.
      const decided = (['core', 'facts'] as const).flatMap((name) =>
        decidedAt(lines[0]!.leaf)
          .filter(({ descriptor }) => descriptor === digestOf(sealed, name))
          .map((one) => ({ ...one, descriptor: digestOf(other, name) })),
      );
      const otherAt = await log.record(chain, entryOf(other.container), (judgement) => ({
        ...allow(judgement),
        decided,
      }));
      const source = accepted(parseContainer(other.container));
      containers.set(otherAt, source);
      const { leaf: orderAt, twist } = await erasure('tr-customs', other, allow);
      const findings = await deliver(...lines, { leaf: otherAt }, { leaf: orderAt, twist });
      expect([...codes(findings)].sort()).toEqual(['erasure-not-by-provider', 'event-id-reused']);
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(await store.journal.wraps([digestOf(sealed, 'facts')])).toHaveLength(1);
    });

    it('leaves no share with a custodian that was told what it is a key of', async () => {
      await agreeOnCustody();
      const sealed = await shared(undefined, undefined, [entrusted]);
      const leaf = await record(sealed);
      const order = await erasure('bg-gdbop', sealed);
      expect(codes(await deliver({ leaf }, order))).toEqual([]);
      expect(await partsOf(sealed)).toEqual({});
      expect(await store.journal.shares(sealed.header.id)).toHaveLength(0);
      const names = ['facts', 'custody-1'].map((name) => digestOf(sealed, name));
      expect(await store.journal.wraps(names)).toEqual([]);
    });

    it('has nothing go by a grant that another than its author makes up and takes back', async () => {
      const sealed = await shared();
      const leaf = await record(sealed);
      const tr = federation.member('tr-customs');
      await log.statement({
        kind: 'pair-agreed',
        a: gr.id,
        b: tr.id,
        clocks: { urgentDirect: 7_200, urgentIndirect: 14_400, routine: 86_400, grace: 600 },
        transfer: { permitted: true, ceiling: 'UNCLASSIFIED', onward: 'FORBIDDEN' },
      });
      const exchange = randomUUID() as ExchangeId;
      const item = randomUUID() as ItemId;
      const until = at(log.time + 3_600_000);
      const admits = [{ agency: gr.id, compartments: ['core'] as const }];
      const own = await log.seal({
        by: 'tr-customs',
        exchange,
        family: 'contribution',
        parts: [
          {
            compartment: 'core',
            to: ['tr-customs'],
            facts: { item: randomUUID(), opens: true, admits: admits },
          },
          { compartment: 'facts', to: ['tr-customs'] },
        ],
      });
      await log.record(tr.chain, entryOf(own.container));
      const grant = {
        agency: gr.id,
        certificate: gr.fingerprint,
        header: own.headerDigest,
        until,
        verdict: 1,
        wraps: [{ descriptor: digestOf(own, 'facts'), wrap: '7'.repeat(64) as Digest }],
      };
      const core = { event: sealed.header.id, compartments: ['facts'], grantee: gr.id, until };
      const made = await told(
        'tr-customs',
        'grant',
        exchange,
        { type: 'GrantMade', item, core },
        { grant },
      );
      const madeAt = await log.record(tr.chain, entryOf(made.container));
      containers.set(madeAt, accepted(parseContainer(made.container)));
      const back = await told(
        'tr-customs',
        'grant',
        exchange,
        { type: 'GrantRevoked', item, core: {} },
        { revokes: true },
      );
      const backAt = await log.record(tr.chain, entryOf(back.container));
      containers.set(backAt, accepted(parseContainer(back.container)));
      // The hub is honest here: it is enough that tr and gr meet in an exchange.
      expect([allowed(madeAt), allowed(backAt)].map(({ length }) => length)).toEqual([1, 1]);
      const findings = await deliver({ leaf }, { leaf: madeAt }, { leaf: backAt });
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(await store.journal.wraps([digestOf(sealed, 'facts')])).toHaveLength(1);
      expect(codes(findings)).toEqual(['grant-not-by-provider']);
    });

    it('has nothing go by a term that no rules have set', async () => {
      const sealed = await shared();
      const leaf = await record(sealed);
      const due = await log.own('due', [
        {
          about: 'due',
          item: randomUUID() as ItemId,
          exchange: sealed.header.stream,
          parties: [bg.id, gr.id],
          due: at(log.time),
          withoutReceipt: false,
          erasure: 'ordered',
          erases: {
            event: sealed.header.id,
            descriptors: sealed.compartments.map((one) => one.descriptorDigest).sort(),
          },
        },
      ]);
      expect(codes(await deliver({ leaf }, { leaf: due }))).toEqual(['erasure-without-term']);
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
      expect((await heldOf(sealed))?.descriptors).toHaveLength(2);
    });

    it('has go by its term what the rules of its day have set one for', async () => {
      const bundle = publishBundle({
        ...firstSources,
        retention: [{ retention: 'P3Y', seconds: 86_400 }],
      });
      if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
      const rules = await federation.rules(log.state.registry, at(log.time), bundle);
      await log.record(REGISTRY_CHAIN, rules);
      const sealed = await shared();
      const leaf = await record(sealed);
      log.pass(86_400);
      const last = await log.own('heartbeat');
      // A hub that sets its clock ahead has nothing forgotten: our own has to have come there.
      hub.ahead = -86_400_000;
      expect(codes(await deliver({ leaf }, { leaf: last - 2 }))).not.toContain(
        'erasure-without-term',
      );
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
      hub.ahead = 0;
      while (Object.keys(await partsOf(sealed)).length > 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await heldOf(sealed))?.descriptors.map((one) => one.compartment)).toEqual(['core']);
    });

    it('has go at once by its term what was kept for as long by our own clock too', async () => {
      const bundle = publishBundle({
        ...firstSources,
        retention: [{ retention: 'P3Y', seconds: 86_400 }],
      });
      if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
      const rules = await federation.rules(log.state.registry, at(log.time), bundle);
      await log.record(REGISTRY_CHAIN, rules);
      const sealed = await shared();
      const leaf = await record(sealed);
      log.pass(86_400);
      const last = await log.own('heartbeat');
      // bg, then gr, then heads.
      expect(codes(await deliver({ leaf }, { leaf: last - 2 }))).toEqual([]);
      expect(await partsOf(sealed)).toEqual({});
      expect((await heldOf(sealed))?.descriptors.map((one) => one.compartment)).toEqual(['core']);
    });

    /** The rules keep one class for a day, and what is said here for ten. */
    const twoTerms = async () => {
      const retention = [
        { retention: 'P1D', seconds: 86_400 },
        { retention: 'P3Y', seconds: 864_000 },
      ];
      const bundle = publishBundle({ ...firstSources, retention });
      if (isRefusal(bundle)) throw new Error(bundle.reasons.join());
      await log.record(
        REGISTRY_CHAIN,
        await federation.rules(log.state.registry, at(log.time), bundle),
      );
    };
    /** The log has all of it forgotten, as if it were of the class that is kept for a day. */
    const afterADay = async ({ header, compartments }: Sealed) => {
      const due = at(log.time + 86_400_000);
      log.pass(86_400);
      return log.own('due', [
        {
          about: 'due',
          item: itemOf(header.id, 'P1D'),
          exchange: header.stream,
          parties: [bg.id, gr.id],
          due,
          withoutReceipt: false,
          erasure: 'ordered',
          erases: {
            event: header.id,
            descriptors: compartments
              .filter(({ name }) => name !== 'core')
              .map((one) => one.descriptorDigest)
              .sort(),
          },
        },
      ]);
    };

    it('has nothing go by the shorter term of another class', async () => {
      await twoTerms();
      const sealed = await shared();
      const leaf = await record(sealed);
      const due = await afterADay(sealed);
      expect(codes(await deliver({ leaf }, { leaf: due }))).toEqual(['erasure-without-term']);
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(await store.journal.wraps([digestOf(sealed, 'facts')])).toHaveLength(1);
    });

    it('has a custodian’s share not go by the shorter term of another class', async () => {
      await agreeOnCustody();
      await twoTerms();
      const sealed = await log.seal({
        by: 'bg-gdbop',
        exchange: randomUUID() as ExchangeId,
        family: 'contribution',
        parts: [
          { compartment: 'core', to: ['bg-gdbop'], facts: { item: randomUUID(), opens: true } },
          { compartment: 'facts', to: ['bg-gdbop'] },
          entrusted,
        ],
      });
      const leaf = await record(sealed);
      const due = await afterADay(sealed);
      expect(codes(await deliver({ leaf }, { leaf: due }))).toEqual(['erasure-without-term']);
      expect(await store.journal.shares(sealed.header.id)).toHaveLength(1);
    });

    it('hands over late what it has said to be over by the term of another class', async () => {
      await twoTerms();
      const sealed = await shared();
      const leaf = await record(sealed);
      const due = await afterADay(sealed);
      await deliver({ leaf: due });
      expect(codes(await deliver({ leaf: due }, { leaf }))).toEqual([]);
      expect(await partsOf(sealed)).toMatchObject({ facts: { text: 'a lorry' } });
    });

    it('has a custodian’s share not go by an order of another than who entrusted it', async () => {
      await agreeOnCustody();
      const sealed = await log.seal({
        by: 'bg-gdbop',
        exchange: randomUUID() as ExchangeId,
        family: 'contribution',
        parts: [
          { compartment: 'core', to: ['bg-gdbop'], facts: { item: randomUUID(), opens: true } },
          { compartment: 'facts', to: ['bg-gdbop'] },
          entrusted,
        ],
      });
      const leaf = await record(sealed);
      const order = await erasure('tr-customs', sealed, allow);
      const findings = await deliver({ leaf }, order);
      expect(codes(findings)).toEqual(['erasure-not-by-provider']);
      expect(await store.journal.shares(sealed.header.id)).toHaveLength(1);
    });
  });

  describe('of what a custodian keeps', () => {
    const exchange = randomUUID() as ExchangeId;
    const until = () => at(log.time + 3_600_000);
    const agreed = () =>
      log.statement({
        kind: 'custody-agreed',
        custodians: [gr.id, federation.member('tr-customs').id],
        threshold: 2,
        compartments: ['facts'],
      });
    const kept = async (): Promise<readonly [Sealed, number]> => {
      const shares = [['1'.repeat(64), new Uint8Array(33)]];
      const data = { threshold: 2, count: 2, shares };
      const sealed = await log.seal({
        by: 'bg-gdbop',
        exchange: randomUUID() as ExchangeId,
        family: 'contribution',
        parts: [
          { compartment: 'core', to: ['bg-gdbop'], facts: { item: randomUUID(), opens: true } },
          { compartment: 'facts', to: ['bg-gdbop'] },
          {
            compartment: 'custody-1',
            to: ['gr-police'],
            changes: { frame: { ...frame(), event: { type: 'SharesEntrusted', data } } },
          },
        ],
      });
      return [sealed, await record(sealed)];
    };
    type Ordered = {
      readonly item: ItemId;
      readonly of: Sealed;
      readonly emergency: boolean;
      readonly more: EventFacts;
      readonly change?: (judgement: Judgement) => Judgement;
    };
    const beneficiary = () => federation.member('tr-customs').id;
    const order = async (by: Party, { item, of, emergency, more, change }: Ordered) => {
      const what = { event: of.header.id, until: until(), emergency };
      const [agency, ground] = [beneficiary(), 'DANGER_TO_LIFE' as const];
      const core = { ...what, compartments: ['facts'], beneficiary: agency, ground };
      const event = { type: 'DisclosureOrdered', item, core };
      const fact = { ...what, agency, ground, compartments: ['facts' as const] };
      const sealed = await told(by, 'disclosure', exchange, event, { ...more, order: fact });
      const { chain } = federation.member(by);
      const leaf = await log.record(chain, entryOf(sealed.container), change);
      containers.set(leaf, accepted(parseContainer(sealed.container)));
      return { leaf };
    };
    const opens = (): EventFacts => ({
      opens: true,
      admits: [gr.id, beneficiary()].map((agency) => ({
        agency,
        compartments: ['core' as const],
      })),
    });
    /** Our own officer lets the share go. */
    const approved = async (item: ItemId) => {
      const event = { type: 'ShareApproved', item, core: {} };
      const said = await told('gr-police', 'disclosure', exchange, event, {}, ['gr-police']);
      const leaf = await log.record(gr.chain, entryOf(said.container), allow);
      containers.set(leaf, accepted(parseContainer(said.container)));
      return { leaf };
    };
    const wishes = async () =>
      (await store.journal.toSign(0n, 10)).filter(({ kind }) => kind === 'share');

    it('cannot have a share go by another order than its officer has seen', async () => {
      await agreed();
      const [ordered, orderedAt] = await kept();
      const [coveted, covetedAt] = await kept();
      const item = randomUUID() as ItemId;
      const seen = { item, of: ordered, emergency: false, more: opens(), change: allow };
      const lines = [{ leaf: orderedAt }, { leaf: covetedAt }, await order('oversight', seen)];
      expect(codes(await deliver(...lines))).toEqual([]);
      // The hub has seen that gr lets its share go, and puts an order of tr's, of another event, before that.
      const another = { item, of: coveted, emergency: true, more: {}, change: allow };
      const fake = await order('tr-customs', another);
      await deliver(...lines, fake, await approved(item));
      expect(await wishes()).toMatchObject([
        { body: { wraps: [{ descriptor: digestOf(ordered, 'custody-1') }] } },
      ]);
    });

    it('cannot have a share go by an order that the rules have denied, in a log that says so', async () => {
      await agreed();
      const [coveted, covetedAt] = await kept();
      const item = randomUUID() as ItemId;
      // Everything about the order is as it should be but what the rules say of it.
      const denied = await order('oversight', {
        item,
        of: coveted,
        emergency: false,
        more: opens(),
      });
      expect(log.state.disclosure(item)).toBeUndefined();
      const findings = await deliver({ leaf: covetedAt }, denied, await approved(item));
      expect(codes(findings)).toEqual(['share-without-order']);
      expect(await wishes()).toEqual([]);
    });
  });

  describe('of what is granted', () => {
    type MemberName = 'bg-gdbop' | 'tr-customs';
    /** What bg said to itself, and a grant of its facts. */
    type Grant = {
      readonly said: Sealed;
      readonly saidAt: number;
      readonly grantAt: number;
      readonly until: number;
      readonly item: ItemId;
      readonly exchange: ExchangeId;
      readonly honest: Twist;
    };
    const handedOn = (...of: Parameters<HostileHub['handedOn']>) => hub.handedOn(...of);

    const grant = async ({
      by = 'bg-gdbop',
      sessionKey,
      to = gr.id,
      certificate = gr.fingerprint,
    }: {
      readonly by?: MemberName;
      readonly sessionKey?: Uint8Array;
      readonly to?: string;
      readonly certificate?: TestAgency['fingerprint'];
    } = {}): Promise<Grant> => {
      const exchange = randomUUID() as ExchangeId;
      const said = await shared({ core: ['bg-gdbop'], facts: ['bg-gdbop'] }, exchange);
      const saidAt = await record(said);
      const facts = said.compartments.find(({ name }) => name === 'facts')!;
      const descriptor = facts.descriptorDigest;
      const until = log.time + 3_600_000;
      const instant = new Date(until).toISOString();
      const item = randomUUID() as ItemId;
      const issuer = federation.member(by);
      const verdict = await log.record(
        bg.chain,
        entryOf(
          (
            await log.seal({
              by: 'bg-gdbop',
              exchange,
              family: 'release',
              parts: [
                {
                  compartment: 'core',
                  to: ['bg-gdbop'],
                  facts: {
                    item,
                    release: { agency: gr.id, descriptors: [descriptor], until: instant },
                  },
                },
              ],
            })
          ).container,
        ),
      );
      const { wrap } = await rewrap(
        federation.openpgp,
        (length) => new Uint8Array(length),
        sessionKey ?? facts.sessionKey,
        gr.recipient,
      );
      const core = {
        event: said.header.id,
        compartments: ['facts'],
        grantee: to,
        until: instant,
      };
      const sealed = await log.seal({
        by,
        exchange,
        family: 'grant',
        parts: [
          {
            compartment: 'core',
            to: [by, 'gr-police'],
            facts: {
              item,
              grant: {
                agency: to,
                certificate,
                header: said.headerDigest,
                until: instant,
                verdict,
                wraps: [{ descriptor, wrap: sha256(wrap) }],
              },
            },
            changes: {
              frame: {
                ...frame(),
                event: { type: 'GrantMade', data: { type: 'GrantMade', item, core } },
              },
            },
          },
        ],
      });
      const grantAt = await log.record(issuer.chain, entryOf(sealed.container), allow);
      const { wraps, ...container } = accepted(parseContainer(sealed.container));
      containers.set(grantAt, {
        ...container,
        wraps: new Map([...wraps, [descriptor, new Map([[certificate, wrap]])]]),
      });
      const served = await log.served();
      return {
        said,
        saidAt,
        grantAt,
        until,
        item,
        exchange,
        honest: () => ({ granted: handedOn(saidAt, [descriptor], served) }),
      };
    };

    /** The log as it stands when the lines are made: proofs are of its newest tree. */
    const proven = async ({ said, saidAt }: Grant): Promise<Twist> => {
      const served = await log.served();
      const facts = said.compartments.find(({ name }) => name === 'facts')!.descriptorDigest;
      return () => ({ granted: handedOn(saidAt, [facts], served) });
    };

    it('is believed when the provider has granted it, and stands where it was said', async () => {
      const it = await grant();
      expect(codes(await deliver({ leaf: it.grantAt, twist: it.honest }))).toEqual([]);
      expect(await heldOf(it.said)).toMatchObject({
        recorded: { leaf: { index: it.saidAt }, event: { parts: { facts: { text: 'a lorry' } } } },
      });
    });

    it('is forgotten when its time is over, with the wish to say so, and that it was is not', async () => {
      const it = await grant();
      log.pass(3_601);
      // Heads of mailboxes are due as well, after it.
      const due = (await log.own('heartbeat')) - 2;
      expect(
        codes(await deliver({ leaf: it.grantAt, twist: await proven(it) }, { leaf: due })),
      ).toEqual([]);
      const held = await heldOf(it.said);
      expect(held?.recorded.event.parts).toEqual({});
      expect(held?.descriptors).toEqual([]);
      const [facts] = it.said.compartments.filter(({ name }) => name === 'facts');
      expect(await store.journal.wraps([facts!.descriptorDigest])).toEqual([]);
      expect(await store.journal.toSign(0n, 10)).toMatchObject([
        { kind: 'receipt', body: { command: 'ConfirmPurge' } },
      ]);
      const digest = await store.journal.viewsDigest();
      await store.journal.rebuild();
      expect(await store.journal.viewsDigest()).toBe(digest);
    });

    it.each([
      ['compromised', 'since it was decided', true],
      ['superseded', 'for good', false],
    ] as const)(
      'goes with the word that it was decided by, whatever the hub says: %s %s',
      async (reason, _since, goes) => {
        const it = await grant();
        const since = reason === 'compromised' ? { since: it.saidAt + 1 } : {};
        const { fingerprint } = bg;
        await log.statement({ kind: 'certificate-revoked', fingerprint, reason, ...since });
        const lines = [{ leaf: it.grantAt, twist: await proven(it) }, { leaf: log.state.size - 1 }];
        expect(codes(await deliver(...lines))).toEqual(goes ? ['word-in-doubt'] : []);
        const [facts] = it.said.compartments.filter(({ name }) => name === 'facts');
        const kept = await store.journal.wraps([facts!.descriptorDigest]);
        const said = await store.journal.toSign(0n, 10);
        expect(Object.keys(await partsOf(it.said))).toEqual(goes ? [] : ['facts']);
        expect(kept).toHaveLength(goes ? 0 : 1);
        expect(said.map(({ body }) => body)).toEqual(goes ? [{ command: 'ConfirmPurge' }] : []);
        // Before anybody has said in the log that it is gone.
        const { rows } = await store.views.releases({ open: !goes }, { limit: 5 });
        expect(rows.map(({ item, status }) => [item, status])).toEqual([
          [it.item, goes ? 'EXPIRED' : 'USED'],
        ]);
      },
    );

    it('is shown as over with that word to whoever has heard of it, and nothing goes there', async () => {
      const { id: to, fingerprint: certificate } = federation.member('tr-customs');
      const it = await grant({ to, certificate });
      expect(codes(await deliver({ leaf: it.grantAt }))).toEqual([]);
      expect(await store.views.release(it.item)).toMatchObject({ status: 'USED', open: true });
      const { fingerprint } = bg;
      const since = it.saidAt + 1;
      const lost = { kind: 'certificate-revoked', fingerprint, reason: 'compromised' } as const;
      const leaf = await log.statement({ ...lost, since });
      await deliver({ leaf: it.grantAt }, { leaf });
      expect(await store.views.release(it.item)).toMatchObject({ status: 'EXPIRED', open: false });
      expect(await store.journal.toSign(0n, 10)).toEqual([]);
    });

    it('does not come late when it was over with the word that it was decided by', async () => {
      const it = await grant();
      const since = it.saidAt + 1;
      const { fingerprint } = bg;
      await log.statement({
        kind: 'certificate-revoked',
        fingerprint,
        reason: 'compromised',
        since,
      });
      const statement = { leaf: log.state.size - 1 };
      hub.hasKey = false;
      const lines = [{ leaf: it.grantAt, twist: await proven(it) }, statement];
      await deliver(...lines);
      expect(await store.journal.unopened()).toHaveLength(1);
      hub.hasKey = true;
      await deliver(...lines);
      while ((await store.journal.unopened()).length > 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await heldOf(it.said)).toBeUndefined();
      expect((await store.views.release(it.item))?.status).toBe('EXPIRED');
      const [facts] = it.said.compartments.filter(({ name }) => name === 'facts');
      expect(await store.journal.wraps([facts!.descriptorDigest])).toEqual([]);
    });

    it('stays while its time has come by the log alone, which people are told, and goes when it has', async () => {
      const it = await grant();
      const facts = digestOf(it.said, 'facts');
      expect(codes(await deliver({ leaf: it.grantAt, twist: it.honest }))).toEqual([]);
      // A hub that sets its clock ahead: nothing else has gone on.
      log.pass(3_601);
      hub.ahead = -3_601_000;
      const due = (await log.own('heartbeat')) - 2;
      await deliver({ leaf: it.grantAt, twist: await proven(it) }, { leaf: due });
      const found = async () =>
        (await store.views.findings({ limit: 10 })).rows.filter(
          ({ code }) => code === 'leaf-time-ahead',
        );
      while ((await found()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await found()).toMatchObject([{ leaf: due }]);
      expect(await partsOf(it.said)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(await store.journal.wraps([facts])).toHaveLength(1);
      expect(await store.journal.toSign(0n, 10)).toEqual([]);

      hub.ahead = 0;
      while ((await store.journal.toSign(0n, 10)).length === 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(await store.journal.toSign(0n, 10)).toMatchObject([
        { kind: 'receipt', body: { command: 'ConfirmPurge' } },
      ]);
      expect([await partsOf(it.said), await store.journal.wraps([facts])]).toEqual([{}, []]);
      while ((await found()).some(({ resolvedAt }) => resolvedAt === undefined))
        await new Promise((resolve) => setTimeout(resolve, 5));
    });

    it('does not go before its time, whatever the log says of it', async () => {
      const it = await grant();
      const due = await log.own('due', [
        {
          about: 'due',
          item: it.item,
          exchange: it.exchange,
          parties: [bg.id, gr.id],
          due: at(log.time),
          withoutReceipt: false,
          grant: true,
        },
      ]);
      const findings = await deliver({ leaf: it.grantAt, twist: await proven(it) }, { leaf: due });
      expect(await partsOf(it.said)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(codes(findings)).toEqual(['grant-not-over']);
    });

    it('is taken back by who granted it and by nobody else', async () => {
      const it = await grant();
      const back = await told(
        'tr-customs',
        'grant',
        it.exchange,
        { type: 'GrantRevoked', item: it.item, core: {} },
        { revokes: true },
      );
      const { chain } = federation.member('tr-customs');
      const backAt = await log.record(chain, entryOf(back.container), allow);
      containers.set(backAt, accepted(parseContainer(back.container)));
      const twist = await proven(it);
      const findings = await deliver({ leaf: it.grantAt, twist }, { leaf: backAt });
      expect(await partsOf(it.said)).toMatchObject({ facts: { text: 'a lorry' } });
      expect(codes(findings)).toEqual(['grant-not-by-provider']);
    });

    describe('and is said to be over, where a quorum of witnesses is asked for', () => {
      const witness = aWitness();
      let over: Grant;
      let policy: TrustPolicy;
      const elsewhere = async (statement: string): Promise<void> => {
        const client = new Client({ ...hub.database });
        await client.connect();
        await client.query(statement);
        await client.end();
      };

      /** What witnesses are shown to have seen of a log, with what is said to show that it continues the tree of this size. */
      const cosigned = async (of: LittleLog, from: number): Promise<void> => {
        const { note: signed, tree } = await of.served();
        const { size } = tree;
        const text = Buffer.from(signed).toString();
        const [body = ''] = text.split('\n\n');
        const [, line = ''] = (await signNote(`${body}\n`, [witness])).toString().split('\n\n');
        const note = text + line;
        const proofs = [{ from, hashes: from < size ? tree.consistencyProof(from, size) : [] }];
        bus.hand([formatDelivery({ kind: 'cosigned', note, proofs })]);
      };
      const parts = async () => (await heldOf(over.said))?.recorded.event.parts ?? {};
      const until = async (what: () => Promise<boolean>): Promise<void> => {
        while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 5));
      };
      const kept = async () => {
        const [facts] = over.said.compartments.filter(({ name }) => name === 'facts');
        return store.journal.wraps([facts!.descriptorDigest]);
      };

      beforeEach(async () => {
        await hub.end();
        policy = witnessedBy(witness);
        hub.begin(policy);
        over = await grant();
        log.pass(3_601);
        const due = (await log.own('heartbeat')) - 2;
        await deliver({ leaf: over.grantAt, twist: await proven(over) }, { leaf: due });
      }, 120_000);

      it('is read no more at once, and goes when witnesses have seen that it is over', async () => {
        expect(await parts()).toEqual({});
        expect(await kept()).toHaveLength(1);
        expect(await store.journal.toSign(0n, 10)).toEqual([]);
        await cosigned(log, (await log.served()).tree.size);
        await until(async () => (await store.journal.toSign(0n, 10)).length > 0);
        expect(await store.journal.toSign(0n, 10)).toMatchObject([
          { kind: 'receipt', body: { command: 'ConfirmPurge' } },
        ]);
        expect([await parts(), await kept()]).toEqual([{}, []]);
        expect(await store.journal.sealedOff(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
      });

      it('stays as it is for as long as nobody shows anything of it, and people are told', async () => {
        await elsewhere(`update sealed_off set since = now() - interval '25 hours'`);
        const said = async () =>
          (await store.views.findings({ limit: 10 })).rows.filter(
            ({ code }) => code === 'unwitnessed-for-long',
          );
        await hub.end();
        hub.begin(policy);
        await until(async () => (await said()).length > 0);
        const [order] = await store.journal.sealedOff(Number.MAX_SAFE_INTEGER, 10);
        expect(await said()).toMatchObject([{ leaf: order!.leaf }]);
        expect([await parts(), await kept()]).toMatchObject([{}, [{}]]);

        await cosigned(log, (await log.served()).tree.size);
        await until(async () => (await store.journal.toSign(0n, 10)).length > 0);
        await hub.end();
        hub.begin(policy);
        await until(async () => (await said()).every(({ resolvedAt }) => resolvedAt !== undefined));
      });

      it('deletes nothing where witnesses have seen another log, is read again, and both notes come to them', async () => {
        const brought: Buffer[] = [];
        const place = createServer((request, response) => {
          const parts: Buffer[] = [];
          request.on('data', (part: Buffer) => parts.push(part));
          request.on('end', () => {
            if (request.url === '/evidence') brought.push(Buffer.concat(parts));
            response.writeHead(201).end();
          });
        });
        await new Promise<void>((resolve) => place.listen(0, '127.0.0.1', resolve));
        const url = `http://127.0.0.1:${(place.address() as AddressInfo).port}`;
        await hub.end();
        hub.begin({ ...policy, witnesses: policy.witnesses.map((one) => ({ ...one, url })) });
        const { size } = (await log.served()).tree;
        const other = await LittleLog.begin(federation);
        other.pass(60);
        while ((await other.served()).tree.size <= size) await other.own('heartbeat');
        await until(async () => {
          await cosigned(other, size);
          const { rows } = await store.views.findings({ limit: 10 });
          return codes(rows).includes('split-view');
        });
        await until(async () => Object.keys(await parts()).length > 0);
        await until(() => Promise.resolve(brought.length > 0));
        place.closeAllConnections();
        place.close();
        const { key } = policy.logs[0]!;
        // By the log's own signatures and its own proof: the hub has nothing to say to it, and does not stand between.
        expect(openLogEvidence(brought[0]!, key)).toMatchObject({ finding: 'split-view' });
        expect(await store.witnessed.covers(over.grantAt)).toBe(false);
        expect(await parts()).toMatchObject({ facts: { text: 'a lorry' } });
        expect(await kept()).toHaveLength(1);
        expect(await store.journal.toSign(0n, 10)).toEqual([]);
        const digest = await store.journal.viewsDigest();
        await store.journal.rebuild();
        expect(await store.journal.viewsDigest()).toBe(digest);
      });
    });

    it.each<[string, () => Promise<readonly [Grant, Twist]>, string]>([
      [
        'cannot be by another than who said it, whatever the log says it has allowed',
        async () => {
          const it = await grant({ by: 'tr-customs' });
          return [it, it.honest];
        },
        'grant-not-by-provider',
      ],
      [
        'cannot be with another session key than the author’s',
        async () => {
          const it = await grant({ sessionKey: new Uint8Array(32).fill(3) });
          return [it, it.honest];
        },
        'commitment-mismatch',
      ],
      [
        'cannot be with another wrap than the grant names',
        async () => {
          const it = await grant();
          const { wrap } = await rewrap(
            federation.openpgp,
            (length) => new Uint8Array(length),
            it.said.compartments.find(({ name }) => name === 'facts')!.sessionKey,
            gr.recipient,
          );
          const facts = it.said.compartments.find(({ name }) => name === 'facts')!;
          return [
            it,
            (entry) => ({
              ...it.honest(entry),
              wraps: entry.wraps.map((one) =>
                one.descriptor === facts.descriptorDigest ? { ...one, wrap } : one,
              ),
            }),
          ];
        },
        'wrap-mismatch',
      ],
      [
        'cannot be another event than the one that was granted',
        async () => {
          const other = await grant();
          const it = await grant();
          const served = await log.served();
          const facts = other.said.compartments.find(({ name }) => name === 'facts')!;
          return [
            it,
            () => ({ granted: handedOn(other.saidAt, [facts.descriptorDigest], served) }),
          ];
        },
        'parts-mismatch',
      ],
      ['cannot be kept back unnoticed', async () => [await grant(), () => ({})], 'parts-mismatch'],
      [
        'cannot come without a grant to us',
        async () => {
          const it = await grant({ to: 'tr-customs' });
          return [it, it.honest];
        },
        'grant-not-ours',
      ],
    ])('%s', async (_, attack, code) => {
      const [it, twist] = await attack();
      expect(codes(await deliver({ leaf: it.grantAt, twist }))).toEqual([code]);
      expect(await heldOf(it.said)).toBeUndefined();
    });
  });
});
