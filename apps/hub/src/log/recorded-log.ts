import { Injectable } from '@nestjs/common';
import { HubError } from '@tripoint/kernel';
import { LOG_STREAM, type Position } from '@tripoint/ledger';
import { LogState, type MailboxLine } from '@tripoint/replay';
import { formatCheckpoint, MerkleTree, signNote } from '@tripoint/transparency';
import { type Place } from '@tripoint/vault';
import { HubOptions } from '../hub.options.js';
import { foldLeaf, type LoggedLeaf, readLeaves } from './log-follower.js';

/** A leaf, and the lines that mailboxes have by it. */
export type FoldedLeaf = LoggedLeaf & { readonly lines: readonly MailboxLine[] };

/** Told of every batch of leaves once they are folded and under a checkpoint. */
export type LeavesListener = (leaves: readonly FoldedLeaf[]) => Promise<void>;

/** Leaves remembered: an agency is handed them within moments. An event's ciphertext is a few kilobytes, a few megabytes at most. */
const REMEMBERED = 64;
const CHECKPOINT = 'checkpoint';
/** How long somebody who asks may have to wait for what another hub has signed, in milliseconds. */
const PATIENCE = 5_000;

/**
 * The log as the ledger holds it: its meaning, its Merkle tree and its newest signed checkpoint, kept up to date.
 * Everything here can be had again from the ledger; what was signed last is kept apart, so that a ledger put back to an
 * earlier state is noticed.
 */
@Injectable()
export class RecordedLog {
  #state: LogState | undefined;
  #tree = new MerkleTree();
  #checkpoint = { size: 0, note: '' };
  #caughtUp = false;
  /** The newest leaves, for whoever hands them over next. */
  readonly #recent = new Map<number, LoggedLeaf>();
  readonly #listeners: LeavesListener[] = [];
  readonly #conditions: (() => Promise<void>)[] = [];
  readonly #waiting = new Set<() => void>();
  /** Many who ask at once look once. */
  #looking: Promise<Place | undefined> | undefined;

  constructor(private readonly hub: HubOptions) {}

  /** Adds a listener; it hears every leaf from index 0 on, again after every restart. */
  heard(listener: LeavesListener): void {
    this.#listeners.push(listener);
  }

  /** Adds what has to hold once the whole log has been heard, before anything is signed and anybody served; it throws otherwise. */
  onlyIf(condition: () => Promise<void>): void {
    this.#conditions.push(condition);
  }

  /** @throws {HubError} `hub-starting`, retriable, before the first leaf was folded */
  get state(): LogState {
    if (this.#state === undefined)
      throw new HubError('hub-starting', 'the log is being read', true);
    return this.#state;
  }

  get tree(): MerkleTree {
    return this.#tree;
  }

  get checkpoint(): { readonly size: number; readonly note: string } {
    return this.#checkpoint;
  }

  /** A leaf of the last ones that were folded. */
  recent(index: number): LoggedLeaf | undefined {
    return this.#recent.get(index);
  }

  /** Whether the whole log has been read since the start. */
  get ready(): boolean {
    return this.#caughtUp;
  }

  /**
   * Resolves once the whole log has been read and continues what was signed before, or when `signal` aborts. Until then
   * nobody may add to the ledger: one that was put back to an earlier state must not grow past what was signed.
   */
  caughtUp(signal: AbortSignal): Promise<void> {
    return this.#until(() => this.#caughtUp, signal);
  }

  /** Resolves once a checkpoint of this size or a larger one has been signed here, or when `signal` aborts. */
  reaches(size: number, signal: AbortSignal): Promise<void> {
    return this.#until(() => this.#checkpoint.size >= size, signal);
  }

  /**
   * Resolves once the checkpoint here is as large as the largest that any hub has signed: whoever asks two hubs, one after the
   * other, never sees the log shrink.
   * @throws {HubError} `hub-behind`, retriable, when that takes too long
   */
  async upToDate(): Promise<void> {
    this.#looking ??= this.#signedBefore().finally(() => {
      this.#looking = undefined;
    });
    const size = (await this.#looking)?.number ?? 0;
    if (this.#checkpoint.size >= size) return;
    await this.reaches(size, AbortSignal.timeout(PATIENCE));
    if (this.#checkpoint.size < size)
      throw new HubError('hub-behind', 'another hub has signed more than was read here', true);
  }

  async #until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    while (!holds() && !signal.aborted)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#caughtUp = false;
    this.#tree = new MerkleTree();
    this.#recent.clear();
    this.#checkpoint = { size: 0, note: '' };
    const state = await LogState.begin(this.hub.openpgp, this.hub.anchor);
    this.#state = state;
    const signedBefore = await this.#signedBefore();
    const newest = await this.hub.ledger.last(LOG_STREAM);
    if (signedBefore !== undefined && Number(newest?.revision ?? -1n) + 1 < signedBefore.number)
      throw rolledBack();
    if (newest === undefined) this.#caught();

    let after: Position | 'start' = 'start';
    for await (const rows of this.hub.ledger.follow([LOG_STREAM], after, signal)) {
      const leaves = await readLeaves(
        this.hub.ledger,
        state.size,
        rows.map(({ bytes }) => bytes),
      );
      const folded: FoldedLeaf[] = [];
      for (const logged of leaves) {
        folded.push({ ...logged, lines: await foldLeaf(state, logged) });
        this.#tree.appendHash(Buffer.from(logged.leafHash, 'hex'));
        this.#remember(logged);
        if (signedBefore?.number === state.size && signedBefore.text !== this.#root())
          throw rolledBack();
      }
      const caughtUp = state.size > Number(newest?.revision ?? -1n);
      // Read again after a start, the log is shorter than it was signed: whoever follows it would see it shrink.
      if (this.ready) await this.#sign();
      for (const listener of this.#listeners) await listener(folded);
      if (caughtUp && !this.ready) {
        for (const condition of this.#conditions) await condition();
        await this.#sign();
        this.#caught();
      }
      after = rows.at(-1)?.position ?? after;
    }
  }

  #remember(logged: LoggedLeaf): void {
    this.#recent.set(logged.leaf.index, logged);
    this.#recent.delete(logged.leaf.index - REMEMBERED);
  }

  #caught(): void {
    this.#caughtUp = true;
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #root(): string {
    return Buffer.from(this.#tree.root()).toString('hex');
  }

  async #sign(): Promise<void> {
    const { anchor, noteSigner, positions } = this.hub;
    const { size } = this.#tree;
    const text = formatCheckpoint({
      origin: anchor.log.name,
      size,
      root: this.#tree.root(),
      extensions: [],
    });
    const note = (await signNote(text, [noteSigner])).toString();
    // Kept before it is shown: whoever has seen a checkpoint can be sure that no hub will ever show a smaller one.
    const kept = await positions.advance(CHECKPOINT, { number: size, text: this.#root() });
    if (kept.number === size && kept.text !== this.#root()) throw rolledBack();
    this.#checkpoint = { size, note };
    this.#wake();
  }

  async #signedBefore(): Promise<Place | undefined> {
    const [size, root] = (await this.hub.positions.at(CHECKPOINT))?.split(' ') ?? [];
    return size === undefined || root === undefined
      ? undefined
      : { number: Number(size), text: root };
  }
}

const rolledBack = (): HubError =>
  new HubError(
    'ledger-rolled-back',
    'the ledger stands behind the last checkpoint that was signed, or differs from it',
    false,
  );
