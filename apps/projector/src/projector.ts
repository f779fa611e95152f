import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Received } from '@tripoint/bus';
import { RegistryCopy } from '@tripoint/federation';
import { type Fingerprint, HubError, isRefusal, pause, type Refusal } from '@tripoint/kernel';
import { formatSubmission, mailboxTopic, parseDelivery, submissionsTopic } from '@tripoint/ledger';
import { contextIn, supervise, type TraceContext, Traces } from '@tripoint/platform';
import {
  type Delivery as JournalDelivery,
  type NewFinding,
  type Unopened,
} from '@tripoint/read-model';
import { parseVerifierKey, type VerifierKey } from '@tripoint/transparency';
import { withDisclosed } from './delivery/disclosed.js';
import { withPurges } from './delivery/ended-grants.js';
import { MadeAgain } from './delivery/made-again.js';
import { ErasedProbe } from './delivery/erased-probe.js';
import { letWitnessedGo, SealedForLong } from './delivery/sealed-off.js';
import { LeafTime, ripeAt } from './delivery/leaf-time.js';
import { type EntryDelivery, type Followed, LineReader } from './delivery/line-reader.js';
import { keepBeside } from './delivery/said-beside.js';
import { withFinding } from './delivery/with-finding.js';
import { withoutForgotten } from './delivery/forgotten-before.js';
import { heldKey } from './delivery/held-key.js';
import { withTold } from './delivery/told-disclosure.js';
import { Ties } from './delivery/ties.js';
import { type Served, ServedErased } from './delivery/served-erased.js';
import { type VerifiedLine, verifyLine } from './delivery/verified-line.js';
import { Withheld } from './delivery/withheld.js';
import { ProjectorOptions } from './projector.options.js';

type Line = {
  readonly delivery: EntryDelivery;
  readonly line: VerifiedLine;
  /** Where it was published, as its headers say. */
  readonly trace: TraceContext | undefined;
};

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
  readonly #reader: LineReader;
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

  constructor(private readonly projector: ProjectorOptions) {
    this.#ties = new Ties(projector);
    this.#reader = new LineReader(projector, this.#ties);
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
        await keepBeside(this.projector, delivery, key);
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
      const base = await this.#reader.arrived(delivery, line);
      const read = await this.#reader.follow(base, { delivery, line }, registry, behind);
      const outcome = isRefusal(read) ? this.#failed(base, read) : read;
      span.say({ outcome: outcome === undefined ? 'failed' : 'taken' });
      return outcome;
    });
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
