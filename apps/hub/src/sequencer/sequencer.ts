import { Injectable } from '@nestjs/common';
import { type ChainEntry, parseChainEntry } from '@tripoint/envelope';
import { type ChainId, HubError, isRefusal, pause } from '@tripoint/kernel';
import {
  CHAIN_PREFIX,
  chainStream,
  type LedgerEntry,
  LOG_STREAM,
  type Origin,
  type Position,
} from '@tripoint/ledger';
import { type TraceContext, Traces } from '@tripoint/platform';
import { type Due, HEADS_EVERY, LogState, type LeafRecord, type Sourced } from '@tripoint/replay';
import { HubOptions } from '../hub.options.js';
import { foldLeaf, replayLog } from '../log/log-follower.js';
import { onChain } from '../registrar/registrar.js';
import { VerifiedSigners } from '../registrar/verified-signers.js';
import { leafName, leafOfOwn, leafOfSource } from './leaves.js';

const HEARTBEAT = 60_000;
const TICK = 1_000;
/** One append stays well below what an EventStoreDB write may hold. */
const BATCH_BYTES = 700_000;

/**
 * Gives every chain entry its one place in the order and judges it there.
 *
 * INVARIANT: leaf n is appended at expected revision n − 1. That is the fence: a sequencer that was overtaken
 * while it stood still is refused by the ledger, throws, and begins again from what the log then says.
 */
@Injectable()
export class Sequencer {
  constructor(
    private readonly hub: HubOptions,
    private readonly signers: VerifiedSigners,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const term = new Term(this.hub, this.signers);
    await term.recover();
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    try {
      await Promise.race([term.follow(both), term.keepTime(both)]);
    } finally {
      ended.abort();
    }
  }
}

/** One sequencer's time in office: from recovery to the first thing that goes wrong. */
class Term {
  #state!: LogState;
  #after: Position | 'start' = 'start';
  /** By the clock, not by leaf time: that stands still after a clock was ahead, and whoever listens must hear something all the same. */
  #heartbeatAt = 0;
  #headsAt = 0;
  /** Appends wait for one another: two in flight would claim the same index. */
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly hub: HubOptions,
    private readonly signers: VerifiedSigners,
  ) {}

  /** Folds the log and finds the newest source that has a leaf, then opens the epoch with a leaf of its own. */
  async recover(): Promise<void> {
    this.#state = await LogState.begin(this.hub.openpgp, this.hub.anchor);
    let newest: Origin | undefined;
    for await (const leaves of replayLog(this.hub.ledger))
      for (const logged of leaves) {
        await foldLeaf(this.#state, logged);
        newest = logged.origin ?? newest;
      }
    if (newest !== undefined) {
      const [source] = await this.hub.ledger.read(
        chainStream(newest.chain),
        BigInt(newest.revision),
        1,
      );
      if (source === undefined)
        throw new HubError('log-inconsistent', 'the newest source is missing', false);
      this.#after = source.position;
    }
    await this.#appendOwn('epoch', [], this.#leafTime());
  }

  async follow(signal: AbortSignal): Promise<void> {
    for await (const batch of this.hub.ledger.follow([CHAIN_PREFIX], this.#after, signal))
      await this.#inTurn(() =>
        this.#traces.span(
          'sequence',
          { anew: true, because: batch.map((row) => this.#admitted(row)) },
          (span) => {
            span.say({ count: batch.length });
            return this.#sequence(batch);
          },
        ),
      );
  }

  async keepTime(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#inTurn(() => this.#passTime());
      await pause(TICK, signal);
    }
  }

  get #traces(): Traces {
    return this.hub.traces ?? Traces.off;
  }

  /** Where the envelope was admitted, if that was here. */
  #admitted({ stream, revision }: LedgerEntry): TraceContext | undefined {
    const chain = stream.slice(CHAIN_PREFIX.length) as ChainId;
    return this.#traces.noted(onChain(chain, Number(revision)));
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    // The next in line must not be refused for what went wrong here: it learns from the ledger.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  /** Leaf time: the clock, but never earlier than the leaf before. */
  #leafTime(): number {
    return Math.max(this.#state.time, this.hub.now());
  }

  async #sequence(batch: readonly LedgerEntry[]): Promise<void> {
    let first = this.#state.size;
    let bytes = 0;
    let entries: Uint8Array[] = [];
    for (const row of batch) {
      const sourced: Sourced = {
        chain: row.stream.slice(CHAIN_PREFIX.length) as ChainId,
        revision: Number(row.revision),
        entry: sourceEntry(row),
      };
      const time = this.#leafTime();
      // What ran out before this leaf is said before it: an answer that comes too late cannot make it unsaid.
      for (const due of this.#state.dues(time)) {
        entries.push(await this.#own('due', [{ about: 'due', ...due }], time));
        this.#state.recordedDue(due);
      }
      if (this.#state.mailboxes.headsDue(time)) entries.push(await this.#heads(time));
      const judgement = await this.#traces.span('judge', { under: this.#admitted(row) }, (span) => {
        this.#traces.note(leafName(this.#state.size), span.context);
        return this.#state.judge(sourced, time, (it, registry) =>
          this.signers.signerOf(it, registry),
        );
      });
      const { bytes: entry, hash } = leafOfSource(this.#state.size, time, sourced, judgement);
      await this.#state.fold({ kind: judgement.kind, time, hash }, sourced, judgement.decided);
      entries.push(entry);
      bytes += entry.length;
      if (bytes > BATCH_BYTES) {
        await this.#append(first, entries);
        first = this.#state.size;
        bytes = 0;
        entries = [];
      }
    }
    await this.#append(first, entries);
  }

  async #passTime(): Promise<void> {
    const time = this.#leafTime();
    for (const due of this.#state.dues(time)) await this.#appendDue(due, time);
    const now = this.hub.now();
    const since = apart(now, this.#headsAt);
    if (this.#state.mailboxes.headsDue(time) || since >= HEADS_EVERY) {
      const first = this.#state.size;
      if (this.#state.mailboxes.heads().length > 0)
        await this.#append(first, [await this.#heads(time)]);
      this.#headsAt = now;
    }
    if (apart(now, this.#heartbeatAt) >= HEARTBEAT) await this.#appendOwn('heartbeat', [], time);
  }

  async #appendDue(due: Due, time: number): Promise<void> {
    await this.#appendOwn('due', [{ about: 'due', ...due }], time);
    this.#state.recordedDue(due);
  }

  /** What mailboxes end with, by the log and not by what was handed over: nobody who reads it has to believe it. */
  async #heads(time: number): Promise<Uint8Array> {
    this.#headsAt = this.hub.now();
    return this.#own('heads', this.#state.mailboxes.ends(), time);
  }

  async #appendOwn(
    kind: 'heartbeat' | 'due' | 'epoch',
    records: readonly LeafRecord[],
    time: number,
  ): Promise<void> {
    const index = this.#state.size;
    await this.#append(index, [await this.#own(kind, records, time)]);
  }

  /** Makes a leaf of the sequencer's own, and folds it. */
  async #own(
    kind: 'heartbeat' | 'due' | 'heads' | 'epoch',
    records: readonly LeafRecord[],
    time: number,
  ): Promise<Uint8Array> {
    const { bytes, hash } = leafOfOwn(this.#state.size, time, kind, records);
    await this.#state.fold({ kind, time, hash }, undefined, [], records);
    return bytes;
  }

  async #append(first: number, entries: readonly Uint8Array[]): Promise<void> {
    if (entries.length === 0) return;
    await this.hub.ledger.append(LOG_STREAM, BigInt(first) - 1n, entries);
    this.#heartbeatAt = this.hub.now();
  }
}

/** Between two times of a clock that somebody may have put back meanwhile. */
const apart = (one: number, other: number): number => Math.abs(one - other);

const sourceEntry = (row: LedgerEntry): ChainEntry => {
  const entry = parseChainEntry(row.bytes);
  if (isRefusal(entry))
    throw new HubError('ledger-inconsistent', `${row.stream} holds a malformed entry`, false);
  return entry;
};
