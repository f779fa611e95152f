import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HubError, isRefusal, pause } from '@tripoint/kernel';
import { supervise } from '@tripoint/platform';
import {
  anotherLog,
  type AuditedLeaf,
  disclosureStanding,
  drillStanding,
  Fault,
  type LogAudit,
  logKey,
  LogSource,
  openedCheckpoint,
  preparedLeaves,
  witnessedUnder,
} from '@tripoint/replay';
import {
  type Checkpoint,
  proofAgainst,
  rootFromTiles,
  type TrustPolicy,
} from '@tripoint/transparency';
import { OversightOptions } from '../oversight.options.js';
import { Findings } from './findings.js';
import { LeafTimes } from './leaf-times.js';
import { SplitViews } from './split-views.js';
import { VerifiedLog } from './verified-log.js';

const LOOK_EVERY = 1_000;
/** A heartbeat comes every minute. */
const STALLED_AFTER = 2 * 60_000;
/** Witnesses are asked every few seconds while there is something new, and there is once a minute. */
const UNWITNESSED_AFTER = 10 * 60_000;
const PLACE = 'verified-checkpoint';
const ROOT_DIFFERS = 'root-differs';
const OTHER_HISTORY = 'other-history';

/** A checkpoint, read, beside its bytes. */
type Signed = { readonly note: Uint8Array; readonly checkpoint: Checkpoint };

/** What witnesses have cosigned, and when the quorum was complete, in milliseconds since the epoch. */
type Witnessed = Signed & { readonly size: number; readonly at: number };

/**
 * Follows the hub's log and recomputes whatever is new. It believes no answer: a leaf that is wrong, a checkpoint that
 * contradicts an earlier one and a log that stands still become findings, and only what was recomputed is kept as verified.
 */
@Injectable()
export class LogWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  /** The newest that the log has signed, verified or not. */
  #newest: Signed | undefined;
  #verified: Signed | undefined;
  /** The newest leaf, and since when none has followed it: since it was seen, where it was seen to come. */
  #last: { readonly index: number; readonly since: number } | undefined;
  #times = new LeafTimes();
  #witnessed: Witnessed | undefined;
  #unwitnessedSince: number | undefined;
  #wrong = false;
  #answers = false;

  constructor(
    private readonly oversight: OversightOptions,
    private readonly source: LogSource,
    private readonly verifiedLog: VerifiedLog,
    private readonly findings: Findings,
    private readonly splitViews: SplitViews,
  ) {}

  onApplicationBootstrap(): void {
    const { log } = this.oversight;
    this.#loop = supervise('log-watch', (signal) => this.#run(signal), log, this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** The newest checkpoint under which everything was recomputed. */
  get verified(): Signed | undefined {
    return this.#verified;
  }

  /** The newest tree under a quorum of witnesses that is the one that was recomputed. */
  get witnessed(): Witnessed | undefined {
    return this.#witnessed;
  }

  /** Whether the log could be followed without finding anything wrong with it. */
  get sound(): boolean {
    return !this.#wrong;
  }

  get hubAnswers(): boolean {
    return this.#answers;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const audit = await this.verifiedLog.begin();
    this.#times = new LeafTimes();
    this.#wrong = false;
    this.#verified = undefined;
    const kept = await this.#kept();
    this.#newest ??= kept;
    await this.splitViews.begin();
    while (!signal.aborted) {
      try {
        await this.#look(audit, kept, signal);
        this.#answers = true;
      } catch (thrown) {
        this.#answers = false;
        if (!(thrown instanceof HubError) || !thrown.retriable) throw thrown;
      }
      await this.#stalled();
      await this.splitViews.bring();
      await pause(LOOK_EVERY, signal);
    }
  }

  async #look(audit: LogAudit, kept: Signed | undefined, signal: AbortSignal): Promise<void> {
    const { trustPolicy } = this.oversight;
    // Asked for first: what is newest then is at least as large.
    const cosigned = trustPolicy && (await this.source.cosigned());
    const note = await this.source.checkpoint();
    // A hub that has just begun has signed nothing yet; one that had is asked what became of it.
    if (note === undefined && this.#newest === undefined) return;
    const checkpoint = openedCheckpoint(note, logKey(this.oversight.anchor));
    if (checkpoint instanceof Fault || note === undefined) {
      await this.#found(checkpoint as Fault);
      return;
    }
    const contradiction = this.#newest && contradicts(this.#newest.checkpoint, checkpoint);
    if (this.#newest !== undefined && contradiction !== undefined) {
      await this.splitViews.take(this.#newest.note, note);
      await this.#found(contradiction);
      return;
    }
    this.#newest = { note, checkpoint };
    if (this.#wrong) return;
    if (checkpoint.size === this.#verified?.checkpoint.size) {
      if (trustPolicy !== undefined) await this.#witness(audit, trustPolicy, cosigned);
      return;
    }
    const fault = await this.#advance(audit, kept?.checkpoint, checkpoint, signal);
    if (fault !== undefined) {
      this.#wrong = true;
      await this.#shows(fault, audit, { note, checkpoint }, kept);
      await this.#found(fault);
      return;
    }
    if (audit.size < checkpoint.size) return;
    await this.#countersigned(audit);
    await this.#reviewed(audit);
    await this.#drilled(audit);
    // Whoever sees the size as verified finds that witnesses have been asked about it.
    if (trustPolicy !== undefined) await this.#witness(audit, trustPolicy, cosigned);
    this.#verified = { note, checkpoint };
    await this.oversight.positions.move(PLACE, Buffer.from(note).toString('base64'));
  }

  /** Recomputes every leaf up to a checkpoint, then holds the tree against everything that was signed over it. */
  async #advance(
    audit: LogAudit,
    kept: Checkpoint | undefined,
    checkpoint: Checkpoint,
    signal: AbortSignal,
  ): Promise<Fault | undefined> {
    for await (const prepared of preparedLeaves(audit, this.source, checkpoint.size)) {
      if (prepared instanceof Fault) return prepared;
      for (const leaf of prepared) {
        const taken = await audit.take(leaf);
        if (taken instanceof Fault) return taken;
        for (const fault of this.verifiedLog.took(taken)) await this.findings.ofAgency(fault);
        await this.#timed(taken.leaf);
      }
      if (signal.aborted) return undefined;
    }
    const { tree } = audit;
    if (Buffer.compare(tree.root(checkpoint.size), checkpoint.root) !== 0)
      return new Fault(null, ROOT_DIFFERS, 'the tree over the leaves has another root');
    if (
      kept !== undefined &&
      kept.size <= tree.size &&
      Buffer.compare(tree.root(kept.size), kept.root) !== 0
    )
      return otherHistory(kept.size);
    const fromTiles = await rootFromTiles(checkpoint.size, (tile) => this.source.tile(tile));
    return isRefusal(fromTiles) || Buffer.compare(fromTiles, checkpoint.root) !== 0
      ? new Fault(null, 'tile-differs', 'the tiles do not lead to the root that was signed')
      : undefined;
  }

  /** A hub whose clock is ahead ends early whatever has a time. */
  async #timed({ index, time }: AuditedLeaf['leaf']): Promise<void> {
    const since = this.#times.ahead({ index, at: time }, this.oversight.now());
    if (since !== undefined)
      await this.findings.since(
        'leaf-time-ahead',
        since,
        'the hub gives leaves a time that is more than ten minutes ahead: what it ends by that is not over',
      );
  }

  /** Keeps both notes where the newest tree is another than one that was signed before: by our own tree, or by what the hub says of it. */
  async #shows(
    { code }: Fault,
    { tree }: LogAudit,
    { note, checkpoint }: Signed,
    kept: Signed | undefined,
  ): Promise<void> {
    const { size } = checkpoint;
    if (code === OTHER_HISTORY && kept !== undefined)
      await this.splitViews.take(kept.note, note, proofAgainst(tree, kept.checkpoint.size, size));
    const before = this.#verified;
    if (code !== ROOT_DIFFERS || before === undefined) return;
    const proof = await this.source.consistencyProof(before.checkpoint.size, size);
    if (proof !== undefined) await this.splitViews.take(before.note, note, proof);
  }

  /** Holds what witnesses have cosigned against what was recomputed, and says when they have cosigned nothing for long. */
  async #witness(
    audit: LogAudit,
    policy: TrustPolicy,
    note: Uint8Array | undefined,
  ): Promise<void> {
    const now = this.oversight.now();
    const opened = note === undefined ? undefined : witnessedUnder(policy, note);
    if (note !== undefined && opened !== undefined && !(opened instanceof Fault)) {
      const { checkpoint, time } = opened;
      const { tree } = audit;
      const { size, root } = checkpoint;
      if (size > tree.size || Buffer.compare(tree.root(size), root) !== 0) {
        const newest = this.#newest;
        if (newest !== undefined && newest.checkpoint.size <= tree.size)
          await this.splitViews.take(
            note,
            newest.note,
            proofAgainst(tree, size, newest.checkpoint.size),
          );
        await this.#found(anotherLog(size));
        return;
      }
      this.#witnessed = { size, at: time === null ? now : time * 1000, note, checkpoint };
    }
    this.#unwitnessedSince = this.#witnessed?.at ?? this.#unwitnessedSince ?? now;
    if (now - this.#unwitnessedSince > UNWITNESSED_AFTER)
      await this.findings.since(
        'not-witnessed',
        this.#witnessed === undefined ? null : this.#witnessed.size - 1,
        'no quorum of witnesses has cosigned the log for more than ten minutes',
      );
  }

  /** A hub that keeps an agency's mailbox from it is not told on by the hub: the agency's signature is missing, or says another thing. */
  async #countersigned({ state }: LogAudit): Promise<void> {
    for (const one of state.countersigns.standings(state.time)) {
      const { agency, countersigned, outstanding, overdue } = one;
      const subject = `mailbox ${agency}`;
      if (overdue && outstanding !== undefined)
        await this.findings.raise({
          code: 'countersignature-overdue',
          subject,
          occasion: `since ${outstanding.heads}`,
          leaf: outstanding.heads,
          agency,
          detail: `${agency} has not signed for half an hour that it was handed its mailbox`,
        });
      if (countersigned?.contradicts === true)
        await this.findings.raise({
          code: 'countersignature-contradicts',
          subject,
          occasion: `leaf ${countersigned.leaf}`,
          leaf: countersigned.leaf,
          agency,
          detail: `${agency} has signed that it was handed another mailbox than the log says`,
        });
    }
  }

  /** An emergency that nobody has looked at: oversight finds that of itself. */
  async #reviewed({ state }: LogAudit): Promise<void> {
    for (const one of state.disclosures) {
      const { item, leaf, orderedBy: agency, overdue } = disclosureStanding(one, state.time);
      if (overdue)
        await this.findings.raise({
          code: 'review-overdue',
          subject: `disclosure ${item}`,
          occasion: `leaf ${leaf}`,
          leaf,
          agency,
          detail: `nobody has reviewed within 72 hours the emergency that ${agency} invoked`,
        });
    }
  }

  /** Shares that nobody has tried may be of no use when they are needed. */
  async #drilled({ state }: LogAudit): Promise<void> {
    const drill = drillStanding(state.drill, state.time);
    if (drill?.overdue !== true) return;
    const since = new Date(drill.due).toISOString();
    await this.findings.raise({
      code: 'drill-overdue',
      subject: 'custody',
      occasion: `since ${since}`,
      leaf: drill.proven?.leaf ?? null,
      detail: `no drill has shown since ${since} that custodians’ shares give a key`,
    });
  }

  async #stalled(): Promise<void> {
    const newest = this.verifiedLog.rows.at(-1);
    if (newest === undefined || this.#wrong) return;
    const now = this.oversight.now();
    if (this.#last?.index !== newest.index) {
      // The leaf's own time may be one that has not come yet, if the clock of a hub was ahead.
      const since = this.#last === undefined ? Math.min(Date.parse(newest.at), now) : now;
      this.#last = { index: newest.index, since };
      const behind = this.#times.behind(newest, now);
      if (behind !== undefined)
        await this.findings.since(
          'leaf-time-behind',
          behind,
          'the hub gives leaves a time that is more than ten minutes over: nothing that has a time ends',
        );
    }
    if (now - this.#last.since > STALLED_AFTER)
      await this.findings.since(
        'log-stalled',
        newest.index,
        'no heartbeat has followed this leaf for more than two minutes',
      );
  }

  async #found({ code, index, detail }: Fault): Promise<void> {
    this.#wrong = true;
    await this.findings.shownNow(code, index, detail);
  }

  async #kept(): Promise<Signed | undefined> {
    const base64 = await this.oversight.positions.at(PLACE);
    if (base64 === undefined) return undefined;
    const note = new Uint8Array(Buffer.from(base64, 'base64'));
    const checkpoint = openedCheckpoint(note, logKey(this.oversight.anchor));
    return checkpoint instanceof Fault ? undefined : { note, checkpoint };
  }
}

const otherHistory = (size: number): Fault =>
  new Fault(
    null,
    OTHER_HISTORY,
    `the log does not continue the one whose first ${size} leaves it signed before`,
  );

/** Whether two checkpoints of one log, the older first, cannot both be honest. */
const contradicts = (older: Checkpoint, newer: Checkpoint): Fault | undefined => {
  if (newer.size < older.size)
    return new Fault(
      newer.size,
      'log-shrunk',
      `the log had ${older.size} leaves and now has ${newer.size}`,
    );
  return newer.size === older.size && Buffer.compare(newer.root, older.root) !== 0
    ? otherHistory(older.size)
    : undefined;
};
