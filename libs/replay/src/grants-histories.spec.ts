// Random histories of grants against a model that shares nothing with the fold: it keeps everything that was done and answers
// by reading the whole of it again. What the hub's vault would hold is followed from the judgements, as the dispatcher does.
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { enrol, type TestAgency } from '@tripoint/envelope/testing';
import { certificateText, type StatementBody } from '@tripoint/federation';
import { type Digest, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import fc from 'fast-check';
import { type Judgement } from './log-state.js';
import { discloses } from './records.js';
import {
  entryOf,
  type EventDraft,
  LittleFederation,
  LittleLog,
  type MemberName,
} from './testing/index.js';
import { verifyLog } from './verify-log.js';

const HISTORIES = Number(process.env['TRIPOINT_HISTORIES'] ?? 6);
const STEPS = 24;
const NAMES = ['bg-gdbop', 'gr-police', 'tr-customs', 'hub'] as const;
/** Who may hold facts at all, and with whom bg has agreed; nobody else of these has agreed on anything. */
const MAY_HOLD: readonly MemberName[] = ['bg-gdbop', 'gr-police', 'tr-customs'];

type Said = {
  readonly by: MemberName;
  readonly exchange: ExchangeId;
  readonly header: Digest;
  readonly facts: Digest;
  readonly source: Digest;
  readonly to: readonly MemberName[];
};
type Decided = {
  readonly leaf: number;
  readonly by: MemberName;
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  readonly to: MemberName;
  readonly of: Digest;
  readonly until: number;
  readonly allowed: boolean;
  takenBack: boolean;
};
type Given = Decided & { ended: boolean };

/** A key that was lost: what it said from `since` up to `until`, while it was good, is in doubt until that is attested. */
type Lost = {
  readonly by: MemberName;
  readonly from: number;
  readonly since: number;
  readonly until: number;
};
type Attested = { readonly by: MemberName; readonly from: number; readonly through: number };

type Step =
  | { readonly do: 'tell'; readonly by: MemberName; readonly to: MemberName }
  | {
      readonly do: 'decide';
      readonly by: MemberName | 'its-provider';
      readonly to: MemberName;
      readonly of: number;
      readonly part: 'facts' | 'source';
      readonly seconds: number;
      readonly again: boolean;
    }
  | {
      readonly do: 'give';
      readonly what: number;
      readonly twist: 'none' | 'by' | 'to' | 'longer' | 'header' | 'item' | 'earlier';
    }
  | { readonly do: 'take'; readonly what: number; readonly by: MemberName | 'its-provider' }
  | { readonly do: 'pass'; readonly seconds: number }
  | {
      readonly do: 'lose';
      readonly by: MemberName;
      /** Since the leaf of which decision it was in other hands, undefined where nobody knows. */
      readonly since: number | undefined;
      /** Whether another key was in force before it was known to be lost. */
      readonly replaced: boolean;
    }
  | {
      readonly do: 'attest';
      readonly by: MemberName;
      readonly from: number;
      readonly more: number;
    };

/** Those who lose keys, and how often at the most: the same keys serve in every history. */
const LOSERS = ['bg-gdbop', 'gr-police'] as const;
const KEYS = 5;

const member = fc.constantFrom<MemberName>(...NAMES);
/** The hub says nothing of its own accord. */
const speaker = fc.constantFrom<MemberName>('bg-gdbop', 'gr-police', 'tr-customs');
const place = fc.nat(7);
const steps = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('tell' as const),
        by: fc.constantFrom<MemberName>('bg-gdbop', 'bg-gdbop', 'gr-police'),
        to: fc.constantFrom<MemberName>('bg-gdbop', 'gr-police', 'gr-police', 'tr-customs'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('decide' as const),
        by: fc.oneof(
          { weight: 5, arbitrary: fc.constant('its-provider' as const) },
          { weight: 1, arbitrary: speaker },
        ),
        to: fc.oneof({ weight: 3, arbitrary: fc.constant('tr-customs' as const) }, member),
        of: fc.nat(2),
        part: fc.constantFrom('facts', 'facts', 'facts', 'source'),
        seconds: fc.integer({ min: -5, max: 90 }),
        again: fc.boolean(),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('give' as const),
        what: fc.nat(2),
        twist: fc.constantFrom(
          ...(['none', 'none', 'none', 'none', 'none', 'none'] as const),
          ...(['by', 'to', 'longer', 'header', 'item', 'earlier'] as const),
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        what: place,
        by: fc.constantFrom<MemberName | 'its-provider'>('its-provider', 'gr-police'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        seconds: fc.integer({ min: 1, max: 40 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('lose' as const),
        by: fc.constantFrom('bg-gdbop', ...LOSERS),
        since: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
        replaced: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('attest' as const),
        by: fc.constantFrom('bg-gdbop', ...LOSERS),
        from: fc.nat(4),
        more: fc.nat(2),
      }),
    },
  ),
  { minLength: STEPS, maxLength: STEPS },
);

let federation: LittleFederation;
const keys = new Map<MemberName, readonly TestAgency[]>();
beforeAll(async () => {
  federation = await LittleFederation.found();
  for (const name of LOSERS) {
    const own = [federation.member(name)];
    while (own.length < KEYS) own.push(await enrol(federation.openpgp, name));
    keys.set(name, own);
  }
});

const digest = (): Digest => randomBytes(32).toString('hex') as Digest;
/** The newest first, so that a small number finds something soon. */
const back = <T>(list: readonly T[], n: number): T | undefined =>
  list.length === 0 ? undefined : list[list.length - 1 - (n % list.length)];

class World {
  readonly said: Said[] = [];
  readonly decided: Decided[] = [];
  readonly given: Given[] = [];
  /** What the vault would hold, by descriptor and agency. */
  readonly vault = new Set<string>();
  readonly counts = { given: 0, refused: 0, ended: 0, doubted: 0, lost: 0 };
  readonly #lost: Lost[] = [];
  readonly #attested: Attested[] = [];
  /** Which of its keys an agency has come to, and from which leaf on that is good. */
  readonly #keys = new Map<MemberName, { readonly place: number; readonly since: number }>();

  constructor(readonly log: LittleLog) {}

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'tell':
        if (step.by !== step.to) await this.#tell(step.by, step.to);
        break;
      case 'decide':
        await this.#decide(step);
        break;
      case 'give':
        await this.#give(step);
        break;
      case 'take':
        await this.#take(step);
        break;
      case 'pass':
        this.log.pass(step.seconds);
        await this.#endings(() => this.log.own('heartbeat'));
        break;
      case 'lose':
        await this.#lose(step);
        break;
      case 'attest':
        await this.#attest(step);
        break;
    }
    const now = this.log.time;
    for (const one of this.given) if (one.until <= now) one.ended = true;
  }

  /** Who is entitled to what, by everything that was done. */
  entitled(): ReadonlySet<string> {
    const held = new Set<string>();
    for (const { facts, source, by, to } of this.said) {
      held.add(`${source} ${by}`);
      for (const agency of to) held.add(`${facts} ${agency}`);
    }
    for (const { of, to, ended } of this.given) if (!ended) held.add(`${of} ${to}`);
    return held;
  }

  async #tell(by: MemberName, other: MemberName): Promise<void> {
    // What two have not agreed on is denied; whoever is denied was not told.
    const to = this.#agreed(by, other) ? [by, other] : [by];
    const exchange = randomUUID() as ExchangeId;
    const sealed = await this.log.seal({
      by,
      exchange,
      family: 'contribution',
      parts: [
        {
          compartment: 'core',
          to: [by],
          facts: {
            opens: true,
            item: randomUUID(),
            admits: [{ agency: this.#id(other), compartments: ['core', 'facts'] }],
          },
        },
        { compartment: 'facts', to: [by, other], changes: { handling: ['H2'] } },
        { compartment: 'source', to: [by] },
      ],
    });
    await this.#record(by, sealed.container);
    const of = (name: string) =>
      sealed.compartments.find((one) => one.name === name)!.descriptorDigest;
    this.vault.delete(`${of('core')} ${by}`);
    this.said.push({
      by,
      exchange,
      header: sealed.headerDigest,
      facts: of('facts'),
      source: of('source'),
      to,
    });
  }

  async #decide(step: Extract<Step, { do: 'decide' }>): Promise<void> {
    const said = back(this.said, step.of);
    if (said === undefined) return;
    const by = step.by === 'its-provider' ? said.by : step.by;
    const { to } = step;
    const of = said[step.part];
    const until = this.log.time + step.seconds * 1000;
    const before = step.again ? back(this.decided, step.of)?.item : undefined;
    const item =
      before !== undefined && this.#isHere(before, said.exchange) ? before : randomUUID();
    const leaf = this.log.state.size + this.#duesWaiting();
    const judgement = await this.#said({
      by,
      exchange: said.exchange,
      family: 'release',
      parts: [
        {
          compartment: 'core',
          to: [by],
          facts: {
            item,
            release: { agency: this.#id(to), descriptors: [of], until: this.#instant(until) },
          },
        },
      ],
    });
    const allowed = this.#mayBeGiven(said, of, by, to, until);
    expect(this.#verdict(judgement, of)).toBe(allowed);
    this.decided.push({
      leaf,
      by,
      exchange: said.exchange,
      item: item as ItemId,
      to,
      of,
      until,
      allowed,
      takenBack: false,
    });
  }

  async #give(step: Extract<Step, { do: 'give' }>): Promise<void> {
    const decision = back(this.decided, step.what);
    const said = this.said.find(({ facts, source }) =>
      [facts, source].includes(decision?.of ?? ('' as Digest)),
    );
    if (decision === undefined || said === undefined) return;
    const { twist } = step;
    const by = twist === 'by' ? 'gr-police' : decision.by;
    const to = twist === 'to' ? 'gr-police' : decision.to;
    const until = decision.until + (twist === 'longer' ? 1 : 0);
    const item = twist === 'item' ? (randomUUID() as ItemId) : decision.item;
    const verdict = decision.leaf - (twist === 'earlier' ? 1 : 0);
    const header = twist === 'header' ? digest() : said.header;
    const judgement = await this.#said({
      by,
      exchange: decision.exchange,
      family: 'grant',
      parts: [
        {
          compartment: 'core',
          to: [by],
          facts: {
            item,
            grant: {
              agency: this.#id(to),
              certificate: federation.member(to).fingerprint,
              header,
              until: this.#instant(until),
              verdict,
              wraps: [{ descriptor: decision.of, wrap: digest() }],
            },
          },
        },
      ],
    });
    const same =
      by === decision.by &&
      to === decision.to &&
      until === decision.until &&
      item === decision.item &&
      header === said.header &&
      verdict === decision.leaf;
    const allowed =
      same &&
      decision.allowed &&
      !decision.takenBack &&
      !this.#isDoubted(decision) &&
      !this.given.some((one) => one.leaf === decision.leaf || one.item === item) &&
      this.#mayBeGiven(said, decision.of, by, to, until);
    expect(this.#verdict(judgement, decision.of)).toBe(allowed);
    this.counts[allowed ? 'given' : 'refused'] += 1;
    if (same && decision.allowed && this.#isDoubted(decision)) this.counts.doubted += 1;
    if (allowed) this.given.push({ ...decision, ended: false });
  }

  async #take(step: Extract<Step, { do: 'take' }>): Promise<void> {
    const decision = back(this.decided, step.what);
    if (decision === undefined) return;
    const by = step.by === 'its-provider' ? decision.by : step.by;
    await this.#endings(() =>
      this.#said({
        by,
        exchange: decision.exchange,
        family: 'grant',
        parts: [{ compartment: 'core', to: [by], facts: { item: decision.item, revokes: true } }],
      }),
    );
    for (const one of [...this.decided, ...this.given])
      if (one.item === decision.item && one.by === by) one.takenBack = true;
    for (const one of this.given) if (one.takenBack) one.ended = true;
  }

  /** A key is revoked, and its agency goes on with another. What runs by a word in doubt is over, for good. */
  async #lose({ by, since, replaced }: Extract<Step, { do: 'lose' }>): Promise<void> {
    const { place, since: from } = this.#keys.get(by) ?? { place: 0, since: 0 };
    const next = keys.get(by)?.[place + 1];
    if (next === undefined) return;
    const { fingerprint, id: agency } = federation.member(by);
    const named = since === undefined ? undefined : back(this.decided, since)?.leaf;
    // What was attested stays so: no compromise is dated before it.
    const attested = this.#attested.filter((one) => one.by === by).map(({ through }) => through);
    const dated =
      named === undefined ? undefined : Math.max(named, ...attested.map((at) => at + 1));
    const replace = async (): Promise<number> => {
      const { files } = await federation.renew(by, next);
      const certificate = certificateText(files.certificate);
      return this.#stated({ kind: 'certificate-rotated', agency, certificate });
    };
    const before = replaced ? await replace() : undefined;
    const revoked = await this.#stated({
      ...{ kind: 'certificate-revoked', fingerprint },
      ...(dated === undefined ? { reason: 'unknown' } : { reason: 'compromised', since: dated }),
    });
    this.#lost.push({ by, from, since: dated ?? from, until: before ?? revoked });
    for (const one of this.given)
      if (!one.ended && this.#isDoubted(one)) {
        one.ended = true;
        this.counts.lost += 1;
      }
    this.#keys.set(by, { place: place + 1, since: before ?? (await replace()) });
  }

  /** What an agency says was its own word, whoever else had its key. */
  async #attest({ by, from, more }: Extract<Step, { do: 'attest' }>): Promise<void> {
    const first = back(this.decided, from)?.leaf;
    if (first === undefined) return;
    const through = Math.max(first, back(this.decided, Math.max(0, from - more))!.leaf);
    const agency = this.#id(by);
    await this.#stated({ kind: 'history-attested', agency, from: first, through });
    this.#attested.push({ by, from: first, through });
  }

  async #stated(body: StatementBody): Promise<number> {
    let at = -1;
    await this.#endings(async () => {
      at = await this.log.statement(body);
    });
    return at;
  }

  #isDoubted({ by, leaf }: Decided): boolean {
    return (
      this.#lost.some(
        (one) => one.by === by && one.from <= leaf && one.since <= leaf && leaf < one.until,
      ) && !this.#attested.some((one) => one.by === by && one.from <= leaf && leaf <= one.through)
    );
  }

  #mayBeGiven(said: Said, of: Digest, by: MemberName, to: MemberName, until: number): boolean {
    const now = this.log.time;
    return (
      said.by === by &&
      until > now &&
      of === said.facts &&
      to !== by &&
      !said.to.includes(to) &&
      MAY_HOLD.includes(to) &&
      this.#agreed(by, to) &&
      !this.given.some((one) => one.of === of && one.to === to && !one.ended && one.until > now)
    );
  }

  #agreed(a: MemberName, b: MemberName): boolean {
    return this.log.state.registry.pair(this.#id(a), this.#id(b)).transfer.permitted;
  }

  #isHere(item: ItemId, exchange: ExchangeId): boolean {
    return this.decided.some((one) => one.item === item && one.exchange === exchange);
  }

  #verdict({ decided }: Judgement, of: Digest): boolean | undefined {
    return decided.find(
      ({ descriptor, verdict }) => descriptor === of && verdict.question.grant !== undefined,
    )?.verdict.allowed;
  }

  async #said(event: EventDraft): Promise<Judgement> {
    const { container } = await this.log.seal(event);
    return this.#record(event.by, container, true);
  }

  async #record(by: MemberName, container: Uint8Array, short = false): Promise<Judgement> {
    const { chain } = federation.member(by);
    let judgement: Judgement | undefined;
    await this.#endings(() =>
      this.log.record(chain, entryOf(container), (made) => {
        judgement = made;
        return made;
      }),
    );
    if (judgement === undefined) throw new Error('nothing was judged');
    for (const { descriptor, recipient, verdict } of judgement.decided)
      if (verdict.allowed && discloses(verdict) && !(short && verdict.question.grant === undefined))
        this.vault.add(`${descriptor} ${recipient}`);
    return judgement;
  }

  /** Takes from the vault what ends with the leaves that are made meanwhile. */
  async #endings<T>(make: () => Promise<T>): Promise<T> {
    const before = this.log.state.size;
    const made = await make();
    for (let leaf = before; leaf < this.log.state.size; leaf += 1) {
      for (const { grantee, wraps } of this.log.state.grantsEndedAt(leaf))
        for (const { descriptor } of wraps) {
          this.vault.delete(`${descriptor} ${grantee}`);
          this.counts.ended += 1;
        }
    }
    return made;
  }

  #duesWaiting(): number {
    return this.log.state.dues(this.log.time).length;
  }

  #id(member: MemberName) {
    return federation.member(member).id;
  }

  #instant(time: number): Instant {
    return new Date(time).toISOString() as Instant;
  }
}

it(`nobody holds what it is not entitled to, in ${HISTORIES} random histories of grants`, async () => {
  const counts = { given: 0, refused: 0, ended: 0, doubted: 0, lost: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      for (const name of LOSERS) await federation.renew(name, keys.get(name)?.[0]);
      const world = new World(await LittleLog.begin(federation));
      await world.step({ do: 'tell', by: 'bg-gdbop', to: 'gr-police' });
      for (const step of history) {
        await world.step(step);
        expect([...world.vault].sort()).toEqual([...world.entitled()].sort());
      }
      const { fault } = await verifyLog(
        await world.log.served(),
        federation.anchor,
        federation.openpgp,
      );
      expect(fault).toBeNull();
      for (const name of Object.keys(counts) as (keyof typeof counts)[])
        counts[name] += world.counts[name];
    }),
    { numRuns: HISTORIES, seed: Number(process.env['TRIPOINT_SEED'] ?? 20_26) },
  );
  // The histories are worth playing.
  expect(Math.min(counts.given, counts.refused, counts.ended)).toBeGreaterThan(HISTORIES / 4);
  // Lost keys are rarer.
  expect(Math.min(counts.doubted, counts.lost)).toBeGreaterThanOrEqual(Math.floor(HISTORIES / 40));
}, 600_000);
