// An honest hub without processes: it orders, judges and records as the sequencer does, in memory.
import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type ChainEntry,
  type CompartmentDraft,
  type Draft,
  encodeCbor,
  entryDigest,
  type Facts,
  formatChainEntry,
  NO_PREVIOUS_HEADER,
  parseChainEntry,
  parseContainer,
  Sealer,
  sealVoid,
  type Sealed,
  sha256,
  signStatement,
  utf8,
} from '@tripoint/envelope';
import { accepted, compartment, draft, type TestAgency } from '@tripoint/envelope/testing';
import { type StatementBody } from '@tripoint/federation';
import {
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  COUNTERSIGNATURE,
  COUNTERSIGNED,
  type Countersignature,
  formatLeaf,
  formatLogEntry,
  formatMailboxEnd,
  formatOrigin,
  formatQuarantineNotice,
  formatSignedCountersignature,
  HUB_CHAIN,
  type Leaf,
  type LeafKind,
  type MailboxEnd,
  mailboxEndDigest,
  originDigest,
  parseLeaf,
  parseLogEntry,
  recordDigests,
  REGISTRY_CHAIN,
  type SaltedRecord,
} from '@tripoint/ledger';
import { leafHash, type NoteSigner, signNote } from '@tripoint/transparency';
import { LogState, type Judgement } from '../log-state.js';
import { type MailboxLine } from '../mailboxes.js';
import { formatRecord, type LeafRecord } from '../records.js';
import { type Handed } from '../verify-leaf.js';
import { signerOf } from '../verify-source.js';
import { type LittleFederation, type MemberName } from './little-federation.js';
import { ServedLog } from './served-log.js';

/** What an event of a test says and to whom. */
export type EventDraft = {
  readonly by: MemberName;
  readonly exchange: ExchangeId;
  readonly family?: string;
  /** What custodians are entrusted with of it. */
  readonly entrusting?: NonNullable<Draft['entrusting']>;
  /** One that nobody else has, unless given. */
  readonly id?: EventId;
  readonly parts: readonly {
    readonly compartment: string;
    readonly to: readonly MemberName[];
    readonly facts?: Facts;
    readonly changes?: Partial<CompartmentDraft>;
  }[];
};

const hashOf = (logged: Uint8Array): Digest =>
  Buffer.from(leafHash(accepted(parseLogEntry(logged)).leaf)).toString('hex') as Digest;

const random32 = (): Digest => randomBytes(32).toString('hex') as Digest;

/** Salts records and commits to them. */
export const saltedRecords = (
  records: readonly Uint8Array[],
): { readonly salted: readonly SaltedRecord[]; readonly digests: readonly Digest[] } => {
  const salted = records.map((record) => ({ salt: new Uint8Array(randomBytes(32)), record }));
  return { salted, digests: recordDigests(salted) };
};

/** A log entry as the sequencer forms it. */
export const logEntry = (
  leaf: Omit<Leaf, 'v' | 'nonce' | 'origin' | 'records'>,
  source: { readonly chain: ChainId; readonly revision: number } | undefined,
  records: readonly LeafRecord[],
): Uint8Array => {
  const origin = source && formatOrigin({ v: 1, salt: random32(), ...source });
  const { salted, digests } = saltedRecords(records.map(formatRecord));
  const bytes = formatLeaf({
    v: 1,
    nonce: random32(),
    ...leaf,
    origin: origin === undefined ? null : originDigest(origin),
    records: digests,
  });
  return formatLogEntry({ leaf: bytes, origin: origin ?? null, records: salted });
};

/** A real log, made leaf by leaf. */
export class LittleLog {
  readonly handed: Handed[] = [];
  /** Of every mailbox, in the order of the log. */
  readonly lines: MailboxLine[] = [];
  /** Milliseconds since the epoch; a test lets it pass. */
  time = Date.parse('2026-03-01T12:00:00.000Z');
  readonly #heads = new Map<ChainId, { readonly seq: number; readonly digest: Digest }>();
  readonly #sealer: Sealer;

  readonly #folds: ((state: LogState) => Promise<readonly MailboxLine[]>)[] = [];

  private constructor(
    readonly federation: LittleFederation,
    readonly state: LogState,
  ) {
    this.#sealer = new Sealer(federation.openpgp, (length) => new Uint8Array(randomBytes(length)));
  }

  /** A log that begins with an epoch; the federation is enrolled and its rules are in force. */
  static async begin(federation: LittleFederation): Promise<LittleLog> {
    const { openpgp, anchor } = federation;
    const log = new LittleLog(federation, await LogState.begin(openpgp, anchor));
    await log.own('epoch');
    for (const body of federation.opening) await log.statement(body);
    await log.record(REGISTRY_CHAIN, await federation.rules(log.state.registry, log.#now()));
    return log;
  }

  #now(): Instant {
    return new Date(this.time).toISOString() as Instant;
  }

  /** Lets time pass; what falls due meanwhile is said by the next leaf. */
  pass(seconds: number): void {
    this.time += seconds * 1000;
  }

  async statement(body: StatementBody): Promise<number> {
    const { registry } = this.state;
    const entry = await this.federation.statement(registry, body, this.#now());
    return this.record(REGISTRY_CHAIN, entry);
  }

  /** Seals an event at the end of its issuer's chain, without recording it. */
  async seal({
    by,
    exchange,
    family = 'request',
    id = randomUUID() as EventId,
    entrusting,
    parts,
  }: EventDraft): Promise<Sealed> {
    const issuer = this.federation.member(by);
    const prepared = accepted(
      await this.#sealer.prepare(
        draft(
          issuer,
          parts.map(({ compartment: name, to, facts = {}, changes = {} }) =>
            compartment(
              name,
              to.map((member) => this.federation.member(member).recipient),
              { classification: 'UNCLASSIFIED', handling: [], facts, ...changes },
            ),
          ),
          {
            id,
            stream: exchange,
            type: family,
            at: this.#now(),
            ...(entrusting === undefined ? {} : { entrusting }),
          },
        ),
      ),
    );
    return this.#sealer.finish(prepared, this.place(issuer), issuer.signing);
  }

  /** Where an agency's next entry stands. */
  place({ chain }: TestAgency): {
    readonly chain: ChainId;
    readonly seq: number;
    readonly prev: Digest;
  } {
    const head = this.#heads.get(chain);
    return { chain, seq: (head?.seq ?? -1) + 1, prev: head?.digest ?? NO_PREVIOUS_HEADER };
  }

  async event(event: EventDraft): Promise<number> {
    return this.record(
      this.federation.member(event.by).chain,
      entryOf((await this.seal(event)).container),
    );
  }

  /** An issuer gives its next number up, upon the hub's word to `told` that something will not be admitted. */
  async void(by: MemberName, told: MemberName = by, signer?: NoteSigner): Promise<number> {
    const entry = await this.sealVoid(by, told, signer);
    return this.record(this.federation.member(by).chain, entry);
  }

  /** The void, without recording it. */
  async sealVoid(
    by: MemberName,
    told: MemberName = by,
    signer = this.federation.noteSigner,
  ): Promise<ChainEntry> {
    const issuer = this.federation.member(by);
    const { id: agency } = this.federation.member(told);
    const digest = sha256(utf8('what was submitted'));
    const notice = { agency, digest, code: 'body-mismatch', at: this.#now() };
    const text = formatQuarantineNotice(this.federation.anchor.log.name, notice);
    const { submission } = await sealVoid(
      this.federation.openpgp,
      { v: 1, issuer: issuer.id, at: this.#now(), reason: 'BODY-MISMATCH', ...this.place(issuer) },
      await signNote(text, [signer]),
      issuer.signing,
    );
    return accepted(parseChainEntry(submission));
  }

  /** The hub states that a chain forked, with both entries. */
  async fork(chain: ChainId, number: number, recorded: Uint8Array, offending: ChainEntry) {
    const attachment = encodeCbor({ recorded, offending: formatChainEntry(offending) });
    const hub = this.federation.member('hub');
    const head = this.#heads.get(HUB_CHAIN);
    const { bytes, signature } = await signStatement(
      this.federation.openpgp,
      'fork',
      {
        v: 1,
        seq: (head?.seq ?? -1) + 1,
        prev: head?.digest ?? NO_PREVIOUS_HEADER,
        at: this.#now(),
        chain,
        number,
        recorded: entryDigest(accepted(parseChainEntry(recorded))),
        offending: entryDigest(offending),
        evidence: sha256(attachment),
      },
      hub.signing,
    );
    return this.record(HUB_CHAIN, {
      kind: 'statement',
      statement: 'fork',
      body: bytes,
      signatures: [signature],
      attachment,
    });
  }

  /** An agency signs what its mailbox held before the newest heads, and the hub says so; `change` is what either makes of it. */
  async countersign(
    by: MemberName,
    change: {
      readonly end?: Partial<MailboxEnd>;
      readonly said?: Partial<Countersignature>;
      readonly signer?: MemberName;
      readonly judgement?: (judgement: Judgement) => Judgement;
    } = {},
  ): Promise<number> {
    const { openpgp } = this.federation;
    const { id: agency } = this.federation.member(by);
    const { entry } = this.lines.findLast(
      (line) => line.entry.agency === agency && this.#kindOf(line.entry.leaf) === 'heads',
    )!;
    const mailbox = formatMailboxEnd({
      v: 1,
      salt: random32(),
      number: entry.number - 1,
      head: entry.previous,
      ...change.end,
    });
    const said = await signStatement(
      openpgp,
      COUNTERSIGNATURE,
      {
        v: 1,
        agency,
        leaf: entry.leaf,
        leafHash: entry.leafHash,
        mailbox: mailboxEndDigest(mailbox),
        at: this.#now(),
        ...change.said,
      },
      this.federation.member(change.signer ?? by).signing,
    );
    const attachment = formatSignedCountersignature({
      body: said.bytes,
      signature: said.signature,
      mailbox,
    });
    const head = this.#heads.get(HUB_CHAIN);
    const { bytes, signature } = await signStatement(
      openpgp,
      COUNTERSIGNED,
      {
        v: 1,
        seq: (head?.seq ?? -1) + 1,
        prev: head?.digest ?? NO_PREVIOUS_HEADER,
        at: this.#now(),
        countersignature: sha256(said.bytes),
      },
      this.federation.member('hub').signing,
    );
    const stated: ChainEntry = {
      kind: 'statement',
      statement: COUNTERSIGNED,
      body: bytes,
      signatures: [signature],
      attachment,
    };
    return this.record(HUB_CHAIN, stated, change.judgement);
  }

  #kindOf(leaf: number): LeafKind {
    const { entry } = this.handed[leaf]!;
    return accepted(parseLeaf(accepted(parseLogEntry(entry)).leaf)).kind;
  }

  /** Gives a chain entry its leaf; answers its index. `change` is what a dishonest hub makes of its own judgement. */
  async record(
    chain: ChainId,
    entry: ChainEntry,
    change: (judgement: Judgement) => Judgement = (judgement) => judgement,
  ): Promise<number> {
    await this.#fallsDue();
    const sourced = { chain, revision: (this.#heads.get(chain)?.seq ?? -1) + 1, entry };
    const judgement = change(
      await this.state.judge(sourced, this.time, (it, registry) =>
        signerOf(this.federation.openpgp, it, registry),
      ),
    );
    const { kind, late, code, decided, signature, entry: digest } = judgement;
    const index = this.state.size;
    const records = decided.map(({ descriptor, agency, verdict }): LeafRecord => ({
      about: 'verdict',
      descriptor,
      agency,
      verdict,
    }));
    const time = this.#now();
    const logged = logEntry(
      { kind, index, time, entry: digest, signature, late, code },
      { chain, revision: sourced.revision },
      records,
    );
    this.handed.push({ entry: logged, source: formatChainEntry(entry) });
    const hash = hashOf(logged);
    const folded = { kind, time: this.time, hash };
    this.#folds.push((state) => state.fold(folded, sourced, decided));
    this.lines.push(...(await this.state.fold(folded, sourced, decided)));
    this.#heads.set(chain, { seq: sourced.revision, digest: entryDigest(entry) });
    return index;
  }

  /** A leaf that the sequencer makes itself. */
  async own(
    kind: Extract<LeafKind, 'heartbeat' | 'due' | 'heads' | 'epoch'>,
    records: readonly LeafRecord[] = [],
  ): Promise<number> {
    if (kind === 'heartbeat') await this.#fallsDue();
    const index = this.state.size;
    const bare = { entry: null, signature: null, late: false, code: null };
    const leaf = { kind, index, time: this.#now(), ...bare };
    const logged = logEntry(leaf, undefined, records);
    this.handed.push({ entry: logged, source: null });
    const leafOf = { kind, time: this.time, hash: hashOf(logged) };
    const folds = async (state: LogState): Promise<readonly MailboxLine[]> => {
      const lines = await state.fold(leafOf, undefined, [], records);
      for (const record of records) if (record.about === 'due') state.recordedDue(record);
      return lines;
    };
    this.#folds.push(folds);
    this.lines.push(...(await folds(this.state)));
    return index;
  }

  /** What a hub knows that was started again: it has folded what it had said, and was never asked what falls due meanwhile. */
  async startedAgain(): Promise<LogState> {
    const { openpgp, anchor } = this.federation;
    const state = await LogState.begin(openpgp, anchor);
    for (const fold of this.#folds) await fold(state);
    return state;
  }

  /** Another log that has said the same so far: what a hub that signs two shows to somebody else. */
  async twin(): Promise<LittleLog> {
    const twin = new LittleLog(this.federation, await this.startedAgain());
    twin.time = this.time;
    twin.handed.push(...this.handed);
    twin.lines.push(...this.lines);
    twin.#folds.push(...this.#folds);
    for (const [chain, head] of this.#heads) twin.#heads.set(chain, head);
    return twin;
  }

  /** What mailboxes end with, as the log makes it. */
  async heads(): Promise<number> {
    await this.#dues();
    return this.own('heads', this.state.mailboxes.ends());
  }

  async #fallsDue(): Promise<void> {
    await this.#dues();
    if (this.state.mailboxes.headsDue(this.time)) await this.heads();
  }

  async #dues(): Promise<void> {
    for (const due of this.state.dues(this.time)) await this.own('due', [{ about: 'due', ...due }]);
  }

  /** The log as it stands, served with its tree and a signed checkpoint. */
  async served(): Promise<ServedLog> {
    const again = await this.startedAgain();
    // Now, and when every time there is will be over.
    for (const time of [this.time, this.time + 400 * 86_400_000])
      if (!isDeepStrictEqual(again.dues(time), this.state.dues(time)))
        throw new Error('a hub that starts again would have something else fall due');
    return ServedLog.of([...this.handed], this.federation.noteSigner);
  }

  /**
   * Two exchanges with requests, an answer, a receipt, a denied disclosure, a void, an overdue item, an event from a clock
   * that stands wrong, mailbox heads and heartbeats: at least one of everything that a leaf can be but a fork.
   */
  async play(): Promise<Played> {
    const [first, second] = [randomUUID() as ExchangeId, randomUUID() as ExchangeId];
    const [item, late] = [randomUUID() as ItemId, randomUUID() as ItemId];
    const gr = this.federation.member('gr-police');
    const tr = this.federation.member('tr-customs');
    const request = await this.event({
      by: 'bg-gdbop',
      exchange: first,
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'gr-police', 'tr-customs'],
          facts: {
            opens: true,
            item,
            admits: [{ agency: gr.id, compartments: ['core', 'facts'] }],
            clock: 'issued',
            urgency: 'URGENT',
            access: 'DIRECT',
          },
        },
        { compartment: 'facts', to: ['bg-gdbop', 'gr-police'] },
      ],
    });
    this.pass(30);
    const receipt = await this.event({
      by: 'gr-police',
      exchange: first,
      family: 'receipt',
      parts: [
        { compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item, clock: 'received' } },
      ],
    });
    await this.own('heartbeat');
    const unanswered = await this.event({
      by: 'bg-gdbop',
      exchange: second,
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'tr-customs'],
          facts: {
            opens: true,
            item: late,
            admits: [{ agency: tr.id, compartments: ['core'] }],
            clock: 'issued',
            urgency: 'URGENT',
          },
        },
      ],
    });
    const voided = await this.void('gr-police');
    const answer = await this.event({
      by: 'gr-police',
      exchange: first,
      parts: [
        { compartment: 'core', to: ['bg-gdbop', 'gr-police'], facts: { item, clock: 'stopped' } },
        { compartment: 'facts', to: ['bg-gdbop', 'gr-police'] },
      ],
    });
    const heads = await this.heads();
    // The grace of ten minutes and two hours: the item of the second exchange is overdue.
    this.pass(8_000);
    const heartbeat = await this.own('heartbeat');
    const tooLate = await this.event({
      by: 'tr-customs',
      exchange: second,
      parts: [
        {
          compartment: 'core',
          to: ['bg-gdbop', 'tr-customs'],
          facts: { item: late, clock: 'stopped' },
        },
      ],
    });
    return {
      exchanges: [first, second],
      request,
      receipt,
      unanswered,
      voided,
      answer,
      heads,
      due: heads + 1,
      laterHeads: heads + 2,
      heartbeat,
      tooLate,
      size: this.handed.length,
    };
  }
}

/** Where the leaves of {@link LittleLog.play} stand. */
export type Played = {
  readonly exchanges: readonly [ExchangeId, ExchangeId];
  readonly request: number;
  readonly receipt: number;
  readonly unanswered: number;
  readonly voided: number;
  readonly answer: number;
  readonly heads: number;
  readonly laterHeads: number;
  readonly due: number;
  readonly heartbeat: number;
  readonly tooLate: number;
  readonly size: number;
};

/** What a chain keeps of a container. */
export const entryOf = (container: Uint8Array): ChainEntry => {
  const { header, signature, routing, descriptors, bodies, openings } = accepted(
    parseContainer(container),
  );
  return { kind: 'event', header, signature, routing, descriptors, bodies, openings };
};
