import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Received } from '@tripoint/bus';
import { hex, parseEntitled, parseHeader } from '@tripoint/envelope';
import { RegistryCopy } from '@tripoint/federation';
import {
  type Fingerprint,
  HubError,
  isRefusal,
  pause,
  type Refusal,
  refuse,
} from '@tripoint/kernel';
import {
  type Delivery,
  formatDelivery,
  formatSubmission,
  type Leaf,
  mailboxTopic,
  originDigest,
  parseDelivery,
  parseOrigin,
  parseQuarantineNotice,
  parseRewrappedNotice,
  submissionsTopic,
} from '@tripoint/ledger';
import { contextIn, supervise, type TraceContext, Traces } from '@tripoint/platform';
import {
  type Delivery as JournalDelivery,
  type Consumed,
  type NewFinding,
  type Unopened,
} from '@tripoint/read-model';
import { openNote, parseVerifierKey, type VerifierKey } from '@tripoint/transparency';
import { withDisclosed } from './delivery/disclosed.js';
import { withPurges } from './delivery/ended-grants.js';
import { MadeAgain } from './delivery/made-again.js';
import { ErasedProbe } from './delivery/erased-probe.js';
import { letWitnessedGo, SealedForLong } from './delivery/sealed-off.js';
import { LeafTime, ripeAt } from './delivery/leaf-time.js';
import { withoutForgotten } from './delivery/forgotten-before.js';
import { type Handed } from './delivery/handed-shares.js';
import { heldKey } from './delivery/held-key.js';
import { openEvent } from './delivery/open-event.js';
import { doubtedBy } from './delivery/in-doubt.js';
import { OwnPending } from './delivery/own-pending.js';
import { readTold, type ToldCore } from './delivery/told-core.js';
import { toldOfDisclosure, withTold } from './delivery/told-disclosure.js';
import { dueOfErasure, toldErasure } from './delivery/told-erasure.js';
import { countersignatureOf, provenDelivery } from './delivery/countersigned.js';
import { Ties, treeOf } from './delivery/ties.js';
import { type Served, ServedErased } from './delivery/served-erased.js';
import { type VerifiedLine, verifyLine } from './delivery/verified-line.js';
import { Withheld } from './delivery/withheld.js';
import { ProjectorOptions } from './projector.options.js';

type EntryDelivery = Extract<Delivery, { readonly kind: 'entry' }>;
type Line = {
  readonly delivery: EntryDelivery;
  readonly line: VerifiedLine;
  /** Where it was published, as its headers say. */
  readonly trace: TraceContext | undefined;
};

/** What follows from a line alone; what it means together with others is seen in their order. */
type Followed = JournalDelivery & { readonly handed?: Handed };

/** A line of which so many copies failed is taken without its content, so that what follows it is not lost. */
const TRIES = 3;
/** While something is missing, the hub is asked again this often, in milliseconds. */
const ASK_AGAIN = 2_000;
/** What was taken unopened is asked for once when its key is there, and again after this long: much may come with it. */
const ASK_ONCE_MORE = 30_000;

/**
 * Takes what the hub delivers: verifies, opens, and writes everything that follows from it in one transaction with the
 * mailbox's position. It signs nothing: what it has to say it leaves for the holder of the signing key.
 */
@Injectable()
export class Projector implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  /** How many copies of a line have failed. */
  readonly #failures = new Map<bigint, number>();
  readonly #pending: OwnPending;
  readonly #ties: Ties;
  readonly #withheld: Withheld;
  readonly #sealed: SealedForLong;
  readonly #served: ServedErased;
  readonly #probe: ErasedProbe;
  readonly #time: LeafTime;
  readonly #madeAgain: MadeAgain;
  /** The agency's copy; absent when it has to be read again from what was kept. */
  #registry: RegistryCopy | undefined;
  /** The number that comes next, as long as the copy is there: nobody else takes this mailbox, and the journal says so if one does. */
  #next = 0;
  /** The newest leaf that was taken, as long as the copy is there; -1 before the first. */
  #leaf = -1;
  /** What was taken without being opened, because its key was not there, by number. */
  #unopened: ReadonlyMap<bigint, Unopened> = new Map();
  /** Which of it the hub was asked for, and when. */
  #asked = { numbers: new Set<bigint>(), at: 0 };
  /** Something that the hub owes us has not come. */
  #missing = false;
  /** The largest number of a line that was shown to be there; -1 before the first. */
  #shown = -1;
  /** The largest tree that the log has signed here: another of its size is a split view. */
  #newest: { readonly size: number; readonly root: string; readonly note: string } | undefined;

  constructor(private readonly projector: ProjectorOptions) {
    this.#pending = new OwnPending(projector.journal);
    this.#ties = new Ties(projector);
    this.#madeAgain = new MadeAgain(projector);
    const elapsed = projector.elapsed ?? (() => performance.now());
    this.#withheld = new Withheld(elapsed);
    this.#sealed = new SealedForLong(projector.journal, elapsed);
    this.#served = new ServedErased(projector.journal);
    this.#probe = new ErasedProbe(projector.journal, elapsed, projector.probeEverySeconds);
    this.#time = new LeafTime(projector.journal, projector.now, elapsed);
  }

  onApplicationBootstrap(): void {
    const { log } = this.projector;
    this.#running = supervise('projector', (signal) => this.run(signal), log, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Whether the hub has kept something back for too long: a line, or what the mailbox ends with. */
  get isWithheld(): boolean {
    return this.#withheld.overdue;
  }

  /** Whether nothing is known to be missing from the mailbox. */
  get isComplete(): boolean {
    return !this.#missing;
  }

  /** Whether the log's time is one that has not come by our own clock. */
  get isAhead(): boolean {
    return this.#time.isAhead;
  }

  /** By how many seconds the newest leaf is ahead of our own clock; less than 0 when it is behind. */
  get leafAheadSeconds(): number | undefined {
    const { ahead } = this.#time;
    return ahead === undefined ? undefined : ahead / 1000;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { agency, anchor, bus } = this.projector;
    const key = parseVerifierKey(anchor.log.vkey);
    if (isRefusal(key)) throw new HubError(key.refused, key.detail, false);
    this.#registry = undefined;
    this.#shown = -1;
    await this.projector.journal.foldAnew();
    this.#time.stands((await this.projector.journal.position()).leaf);
    await this.#lookUp();
    // What was published while nobody listened may be gone from the bus: ask for everything that is missing.
    await this.#resume();
    await this.#ties.ask();
    await letWitnessedGo(this.projector);
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const asking = this.#keepAsking(both);
    const consuming = bus.consume(
      mailboxTopic(agency),
      'projector',
      (batch) => this.#receive(batch, key),
      both,
    );
    try {
      await Promise.race([asking, consuming]);
    } finally {
      ended.abort();
      await Promise.allSettled([asking, consuming]);
    }
  }

  async #receive(batch: readonly Received[], key: VerifierKey): Promise<void> {
    const { anchor, openpgp, views } = this.projector;
    try {
      if (this.#registry === undefined) {
        const copy = await RegistryCopy.begin(openpgp, anchor);
        await copy.catchUp((after, limit) => views.registry(after, limit));
        this.#registry = copy;
        const { next, leaf } = await this.projector.journal.position();
        this.#next = Number(next);
        this.#leaf = leaf?.index ?? -1;
        await this.#lookUp();
      }
      await this.#take(batch, this.#registry, key);
    } catch (thrown) {
      // It may hold statements that were read and not kept.
      this.#registry = undefined;
      throw thrown;
    }
  }

  async #take(batch: readonly Received[], registry: RegistryCopy, key: VerifierKey): Promise<void> {
    const { journal } = this.projector;
    const { lines, late, again: made, gap } = await this.#inOrder(batch, this.#next, key);
    const again = (await Promise.all(late.map((one) => this.#opened(one, registry)))).filter(
      (delivery) => delivery?.unopened === undefined,
    );
    for (const one of made) {
      const opened = await this.#opened(one, registry);
      // A damaged copy says nothing; another comes.
      if (opened !== undefined)
        await this.#madeAgain.came(one.line.mailbox.number, opened.toSign ?? []);
    }
    // Opening is the expensive part and events do not depend on one another; a statement changes who may sign
    // what comes after it, so it is read only when all before it is done.
    const outcomes: Promise<Followed | undefined>[] = [];
    let newest = this.#leaf;
    // The order of the mailbox is the log's; what comes in another may come behind an order to forget it.
    let isBehind = false;
    for (const one of lines) {
      const { line } = one;
      isBehind ||= line.leaf.index < newest;
      const follows = line.leaf.kind === 'registry' || line.leaf.kind === 'policy';
      if (follows) await Promise.all(outcomes);
      const behind = follows && line.leaf.index < newest ? newest : undefined;
      newest = Math.max(newest, line.leaf.index);
      const outcome = this.#opened(one, registry, behind).then((taken) =>
        taken !== undefined && behind !== undefined ? withFinding(taken, STATEMENT_LATE) : taken,
      );
      outcomes.push(outcome);
      if (follows) await outcome;
    }
    const followed = await Promise.all(outcomes);
    const failed = followed.indexOf(undefined);
    const taken = followed
      .slice(0, failed === -1 ? undefined : failed)
      .filter((delivery) => delivery !== undefined);
    const settled = again.filter((delivery) => delivery !== undefined);
    const owed = await withoutForgotten(this.projector, registry, settled);
    const fresh =
      isBehind || taken.some((one) => one.granted !== undefined)
        ? await withoutForgotten(this.projector, registry, taken)
        : taken;
    const disclosed = await withDisclosed(this.projector, registry, [...owed, ...fresh]);
    const told = await withTold(this.projector, registry, disclosed);
    const whole = await withPurges(this.projector, registry, told);
    if (taken.length > 0 || settled.length > 0) {
      const [first, ...others] = lines;
      const from = others.length === 0 ? { under: first?.trace } : {};
      const because = others.length === 0 ? [] : lines.map(({ trace }) => trace);
      const { traces = Traces.off } = this.projector;
      const appended = await traces.span('project', { anew: true, ...from, because }, (span) => {
        span.say({ count: settled.length + taken.length });
        return journal.append(whole);
      });
      if (isRefusal(appended))
        throw new HubError(appended.refused, 'the mailbox does not continue ours', true);
      // Fewer than were handed over: somebody else took the others, and perhaps statements with them.
      if (appended.applied < taken.length) this.#registry = undefined;
      this.#next = Number(appended.position.next);
      this.#leaf = appended.position.leaf?.index ?? -1;
      this.#time.stands(appended.position.leaf);
      for (const { number } of [...settled, ...taken]) this.#failures.delete(number);
      // The sooner it is tied to what witnesses have seen, the sooner it goes.
      if (whole.some(({ purges = [] }) => purges.some((one) => one.unwitnessed === true)))
        await this.#ties.ask();
      const heads = lines.slice(0, taken.length).findLast(({ line }) => line.leaf.kind === 'heads');
      if (heads !== undefined) {
        this.#withheld.headsCame();
        this.#time.headsCame(heads.line.leaf.time);
      }
      const resolved = this.#withheld.healed();
      if (resolved.length > 0) await journal.aside({ resolved });
      if (settled.length > 0 || taken.some(({ unopened }) => unopened !== undefined))
        await this.#lookUp();
    }
    // What is known to be there is missing until it comes, however much of what was taken before is handed over again meanwhile.
    this.#missing = gap || failed !== -1 || this.#shown >= this.#next;
    this.#withheld.stands(this.#next, this.#missing);
    // What is out of step is looked up again, before the next lines come.
    if (this.#missing) this.#registry = undefined;
    // The same copy would fail again: only another one can be whole.
    if (failed !== -1) await this.#resume();
  }

  /**
   * The lines that come next, verified, and those that come again: because they were taken unopened, or because keys are to be made
   * again of them. What else was taken before is passed over, what is ahead of a gap is left.
   */
  async #inOrder(
    batch: readonly Received[],
    from: number,
    key: VerifierKey,
  ): Promise<{
    readonly lines: readonly Line[];
    readonly late: readonly Line[];
    readonly again: readonly Line[];
    readonly gap: boolean;
  }> {
    const { agency, log } = this.projector;
    const lines: Line[] = [];
    const late: Line[] = [];
    const again: Line[] = [];
    const served: Served[] = [];
    let next = from;
    let gap = false;
    for (const { value, headers } of batch) {
      const delivery = parseDelivery(value);
      if (isRefusal(delivery)) {
        // A damaged copy would show as a gap only when the next line comes.
        gap = true;
        log.warn('a delivery could not be read', { agency, code: delivery.refused });
        continue;
      }
      if (delivery.kind === 'cosigned') {
        await this.#ties.take(delivery);
        await letWitnessedGo(this.projector);
        continue;
      }
      if (delivery.kind !== 'entry') {
        await this.#aside(delivery, key);
        continue;
      }
      const line = verifyLine(delivery, agency, key);
      if (isRefusal(line)) {
        log.warn('a delivery could not be verified', { agency, code: line.refused });
        gap = true;
        continue;
      }
      this.#shown = Math.max(this.#shown, line.mailbox.number);
      if (line.mailbox.number > next) gap = true;
      if (this.#unopened.get(BigInt(line.mailbox.number))?.digest === line.digest)
        late.push({ delivery, line, trace: contextIn(headers) });
      if (line.mailbox.number < from && this.#madeAgain.awaits(line.mailbox.number, line.digest))
        again.push({ delivery, line, trace: contextIn(headers) });
      if (line.mailbox.number < from)
        served.push({
          wraps: delivery.wraps,
          size: line.checkpoint.size,
          leaf: line.leaf.index,
        });
      if (line.mailbox.number !== next) continue;
      gap = false;
      lines.push({ delivery, line, trace: contextIn(headers) });
      next += 1;
    }
    await this.#served.look(served);
    return { lines, late, again, gap };
  }

  #opened(
    { delivery, line, trace }: Line,
    registry: RegistryCopy,
    behind?: number,
  ): Promise<Followed | undefined> {
    const { traces = Traces.off } = this.projector;
    return traces.span('projector open', { anew: true, under: trace }, async (span) => {
      const outcome = await this.#follow(delivery, line, registry, behind);
      span.say({ outcome: outcome === undefined ? 'failed' : 'taken' });
      return outcome;
    });
  }

  /** Everything that follows from one line; nothing when it is to be tried again. `behind` is the leaf that a late statement came after. */
  async #follow(
    delivery: EntryDelivery,
    line: VerifiedLine,
    registry: RegistryCopy,
    behind: number | undefined,
  ): Promise<Followed | undefined> {
    const { mailbox, leaf, digest } = line;
    const base: JournalDelivery = {
      number: BigInt(mailbox.number),
      digest,
      previous: mailbox.previous,
      leaf: { index: leaf.index, time: leaf.time },
      at: new Date(this.projector.now()).toISOString() as JournalDelivery['at'],
      findings: [...(await this.#splitView(line, delivery.checkpoint)), ...missing(delivery, line)],
      ...(this.projector.trustPolicy === undefined
        ? {}
        : {
            checkpoint: treeOf(line.checkpoint),
            evidence: formatDelivery({ ...delivery, wraps: [] }),
          }),
    };
    switch (leaf.kind) {
      case 'registry':
      case 'policy': {
        const bytes = delivery.source ?? new Uint8Array();
        const next = await registry.read(bytes, leaf.index);
        if (isRefusal(next)) return this.#failed(base, next);
        registry.take(next);
        return {
          ...base,
          ...doubtedBy({ bytes, leaf: leaf.index, registry: next.registry, behind }),
          registry: {
            kind: leaf.kind,
            bytes,
            digest: next.digest,
          },
        };
      }
      case 'event':
      case 'rejected': {
        if (delivery.source === null) return this.#consumed(base, delivery.origin, leaf);
        const { wraps, erased, source } = delivery;
        const told =
          mailbox.entitled.length === 0
            ? await readTold(this.projector, registry, source, leaf)
            : undefined;
        if (told !== undefined) return this.#told(base, told, registry);
        const outcome = await openEvent(this.projector, registry, this.#pending, {
          source,
          wraps,
          erased,
          leaf,
          records: line.records,
          entitled: mailbox.entitled,
          line: { number: mailbox.number, digest },
          ...(line.granted === undefined ? {} : { granted: line.granted }),
        });
        return isRefusal(outcome)
          ? this.#failed(base, outcome)
          : {
              ...base,
              ...outcome,
              findings: [...(base.findings ?? []), ...(outcome.findings ?? [])],
            };
      }
      case 'heads':
        return {
          ...wholeUnless(base, headFault(line, registry)),
          toSign: [countersignatureOf(line)],
        };
      case 'countersigned': {
        const { agency, openpgp } = this.projector;
        const proven = await provenDelivery(openpgp, registry, delivery.source, leaf);
        if (isRefusal(proven)) return this.#failed(base, proven);
        // Ours is only told back to us.
        return proven.agency === agency ? base : { ...base, proven };
      }
      case 'fork':
        return withFinding(base, {
          code: 'chain-forked',
          detail: 'an issuer signed one number twice',
        });
      case 'void':
        return this.#consumed(base, delivery.origin, leaf);
      case 'due': {
        const due = line.records.find((record) => record.about === 'due');
        if (due?.erasure !== undefined)
          return { ...base, ...dueOfErasure(due, this.projector.agency) };
        if (due?.grant !== true) return base;
        const { exchange, item, parties, due: until } = due;
        return { ...base, ended: { exchange, item, by: parties[0], due: until } };
      }
      case 'heartbeat':
      case 'epoch':
        return base;
      default:
        return leaf.kind satisfies never;
    }
  }

  /** What the log itself tells us, because it concerns what we said or hold. */
  #told(
    base: JournalDelivery,
    told: ToldCore | Refusal,
    registry: RegistryCopy,
  ): JournalDelivery | undefined {
    if (isRefusal(told)) return this.#failed(base, told);
    const outcome =
      told.header.type === 'erasure' ? toldErasure(told) : toldOfDisclosure(told, registry);
    if (isRefusal(outcome)) return this.#failed(base, outcome);
    return 'originator' in outcome ? { ...base, erasure: outcome } : { ...base, ...outcome };
  }

  /** A leaf without content is of a number of our own chain, and only its author is told of which. */
  #consumed(
    base: JournalDelivery,
    origin: Uint8Array | null,
    leaf: Leaf,
  ): JournalDelivery | undefined {
    const consumed = consumedNumber(origin, leaf);
    return isRefusal(consumed) ? this.#failed(base, consumed) : { ...base, consumed };
  }

  /** Waits for another copy a few times, in case this one was damaged; then takes the line for what it is: a finding. */
  #failed(base: JournalDelivery, { refused, detail }: Refusal): JournalDelivery | undefined {
    const { number } = base;
    const count = (this.#failures.get(number) ?? 0) + 1;
    this.#failures.set(number, count);
    const { agency, log } = this.projector;
    log.warn('a delivery could not be opened', {
      agency,
      code: refused,
      number: Number(number),
      attempt: count,
    });
    return count < TRIES ? undefined : withFinding(base, { code: refused, detail });
  }

  async #splitView({ checkpoint }: VerifiedLine, note: string): Promise<readonly NewFinding[]> {
    const root = hex(checkpoint.root);
    const before = this.#newest;
    if (before === undefined || checkpoint.size > before.size)
      this.#newest = { size: checkpoint.size, root, note };
    if (before?.size !== checkpoint.size || before.root === root) return [];
    await this.#ties.against(before.note, note);
    return [{ code: 'split-view', detail: 'the log has signed two trees of one size' }];
  }

  /** What the hub says beside the mailbox is kept only if the hub has said it; who signs looks at it again. */
  async #aside(
    delivery: Extract<
      Delivery,
      { readonly nonce: unknown } | { readonly kind: 'quarantined' | 'rewrapped' }
    >,
    key: VerifierKey,
  ): Promise<void> {
    const { agency, anchor, journal, log } = this.projector;
    const { note } = delivery;
    const opened = openNote(Buffer.from(note), [key]);
    if (isRefusal(opened)) {
      log.warn('what the hub is said to have said is not signed by it', {
        agency,
        code: opened.refused,
      });
      return;
    }
    if (delivery.kind === 'head') {
      const nonce = hex(delivery.nonce);
      await journal.aside({
        toSign: [{ key: `head:${nonce}`, kind: 'chain-head', body: { nonce, note } }],
      });
      return;
    }
    if (delivery.kind === 'rewrapped') {
      const confirmed = parseRewrappedNotice(anchor.log.name, opened.text);
      if (!isRefusal(confirmed) && confirmed.agency === agency)
        await this.projector.remaking.confirmed(confirmed.wraps);
      return;
    }
    const notice = parseQuarantineNotice(anchor.log.name, opened.text);
    if (isRefusal(notice) || notice.agency !== agency) return;
    // Whether it is a damaged copy or what was really signed, only the holder of the outbox can tell.
    await journal.aside({
      toSign: [
        {
          key: `quarantined:${notice.digest}:${notice.code}`,
          kind: 'quarantined',
          body: { note },
        },
      ],
    });
  }

  /** Asks the hub for what is missing, again and again until it has come. */
  async #keepAsking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(ASK_AGAIN, signal);
      const findings = this.#withheld.found();
      for (const { code } of findings)
        this.projector.log.error('the hub keeps something back', {
          agency: this.projector.agency,
          code,
        });
      if (findings.length > 0) await this.projector.journal.aside({ findings });
      await this.#sealed.look();
      await this.#ties.bring();
      for (const { code } of await this.#time.look())
        this.projector.log.error('the time of the log is not ours', {
          agency: this.projector.agency,
          code,
        });
      if (await this.projector.journal.ripen(ripeAt(this.projector.now())))
        await letWitnessedGo(this.projector);
      if (this.#missing || findings.length > 0) await this.#resume();
      const from = await this.#openable();
      if (from !== undefined) await this.#resume(from);
      const made = this.#registry && (await this.#madeAgain.look(this.#registry));
      if (made !== undefined) await this.#resume(made);
      const erased = await this.#probe.look();
      if (erased !== undefined) await this.#resume(erased);
    }
  }

  /** From where on to ask for what was taken unopened and whose key is there by now; undefined when there is nothing new to ask for. */
  async #openable(): Promise<bigint | undefined> {
    if (performance.now() - this.#asked.at >= ASK_ONCE_MORE) this.#asked.numbers.clear();
    const { numbers } = this.#asked;
    const keys = new Map<Fingerprint, boolean>();
    const openable: bigint[] = [];
    for (const { number, subkey } of this.#unopened.values()) {
      if (!keys.has(subkey))
        keys.set(subkey, (await heldKey(this.projector, subkey)) !== undefined);
      if (keys.get(subkey) === true) openable.push(number);
    }
    const from = openable.find((number) => !numbers.has(number));
    if (from !== undefined) this.#asked = { numbers: new Set(openable), at: performance.now() };
    return from;
  }

  async #lookUp(): Promise<void> {
    const unopened = await this.projector.journal.unopened();
    this.#unopened = new Map(unopened.map((one) => [one.number, one]));
  }

  /** Asks for the mailbox from a number on; for what comes next, when none is given. */
  async #resume(number?: bigint): Promise<void> {
    const { agency, bus, journal } = this.projector;
    const from = number ?? (await journal.position()).next;
    const value = formatSubmission({ kind: 'resume', from: Number(from) });
    await bus.publish(submissionsTopic(agency), [{ value }]);
  }
}

/** Who signs what is judged by the statements before it: one that is kept back lets a key be believed that was revoked. */
const STATEMENT_LATE: NewFinding = {
  code: 'statement-late',
  detail: 'a statement of the registry came behind what it was logged before',
};

/**
 * What was granted for a time is gone when that is over; it ends by a leaf of its own. Anything else that is gone was recalled or
 * is forgotten everywhere: this stands until the line that says so has come, and a hub that keeps something back has no such line.
 */
const missing = (
  { erased, source }: EntryDelivery,
  { granted }: VerifiedLine,
): readonly NewFinding[] => {
  if (erased.every((digest) => granted?.digests.includes(digest) === true)) return [];
  const part = source === null ? undefined : parseEntitled(source);
  const header = part === undefined || isRefusal(part) ? undefined : parseHeader(part.header);
  const event = header === undefined || isRefusal(header) ? {} : { event: header.id };
  return [{ ...ERASED, ...event }];
};

const ERASED: NewFinding = {
  code: 'erasure-unordered',
  detail: 'a compartment came as erased, and nobody has ordered that so far',
};

/** Where the leaf's source stands, held against what the leaf commits to. */
const consumedNumber = (origin: Uint8Array | null, leaf: Leaf): Consumed | Refusal => {
  const opened = origin === null ? undefined : parseOrigin(origin);
  if (opened !== undefined && isRefusal(opened)) return opened;
  return origin === null ||
    opened === undefined ||
    leaf.entry === null ||
    originDigest(origin) !== leaf.origin
    ? refuse('origin-mismatch', 'the leaf does not stand for the number that it came with')
    : { chain: opened.chain, seq: BigInt(opened.revision), header: leaf.entry };
};

const withFinding = <D extends JournalDelivery>(base: D, finding: NewFinding | undefined): D =>
  finding === undefined ? base : { ...base, findings: [...(base.findings ?? []), finding] };

const wholeUnless = (base: JournalDelivery, fault: NewFinding | undefined): JournalDelivery =>
  fault === undefined ? { ...base, isWhole: true } : withFinding(base, fault);

/**
 * What the log says our mailbox ends with, against the line that hands it over: it is the one before, or a line was kept from us or put
 * before us. An auditor sees that the log says what it has to.
 */
const headFault = (
  { mailbox, records }: VerifiedLine,
  { sum }: RegistryCopy,
): NewFinding | undefined => {
  const head = records.find((record) => record.about === 'head');
  if (head === undefined)
    return { code: 'head-missing', detail: 'no head was logged for this mailbox' };
  if (head.number !== mailbox.number - 1 || head.head !== mailbox.previous)
    return {
      code: 'mailbox-fork',
      detail: 'the logged head is not of the mailbox that was delivered',
    };
  const registry = records.find((record) => record.about === 'registry');
  return registry?.count === sum.count && registry.digest === sum.digest
    ? undefined
    : {
        code: 'registry-differs',
        detail: 'the log says that the registry has other statements than were delivered',
      };
};
