import { Injectable } from '@nestjs/common';
import { HubError, pause } from '@tripoint/kernel';
import { AgencyOptions } from '../agency.options.js';
import { ChainGuard } from './chain-guard.js';
import { Freshness } from './freshness.js';

/** How often it is looked whether a closed door may be opened, in milliseconds. */
const LOOK_AGAIN = 200;
/** How often it is looked whether the database is still the one that it was, in milliseconds. */
const STILL_THE_SAME = 1_000;
/** A quorum is complete a moment before anybody hears of it, and clocks differ; in milliseconds. */
const QUORUM_BEFORE_START = 2 * 60_000;
/** For how long the hub is waited for where the mark vouches for the database, in seconds. */
const WAIT_FOR_HUB = 60;

/** What is known of the database that this node shows. */
export type Seen = {
  /** The number of the mailbox that is wanted next. */
  readonly next: bigint;
  /** As far as it had been taken once, by the mark and by what this process has seen; undefined where nothing is known. */
  readonly highest: bigint | undefined;
  /** Whether the hub has said since the start where the mailbox ends, and all of that has been taken. */
  readonly isWhole: boolean;
  /** Whether the hub was waited for long enough. */
  readonly hasWaited: boolean;
};

export type Standing =
  /** Taken as far as the hub said. */
  | 'whole'
  /** No further back than it once was, and the hub does not say more. */
  | 'vouched'
  /** It was put back. */
  | 'behind'
  /** Nothing says whether it is the one that was left. */
  | 'unknown';

export const standingOf = ({ next, highest, isWhole, hasWaited }: Seen): Standing => {
  if (highest !== undefined && next < highest) return 'behind';
  if (isWhole) return 'whole';
  return highest !== undefined && hasWaited ? 'vouched' : 'unknown';
};

/**
 * Shows nothing out of a database that may have been put back: what was forgotten since lies in it again, until its mailbox has been
 * taken as far as it had been. The hub says after each start where the mailbox ends, and witnesses that this is the newest
 * log that they have seen. A hub that is away locks nobody out of a database that was merely started again: a mark, kept where
 * its backups do not reach, tells it from one that was put back.
 */
@Injectable()
export class CatchingUp {
  readonly #began: number;
  readonly #beganAt = performance.now();
  #standing: Standing = 'unknown';
  /** The last look failed. */
  #isUnsure = false;
  #isWhole = false;
  /** As far as the mailbox is known to have been taken. */
  #highest: bigint | undefined;
  /** The same, as it stands in the mark. */
  #marked: bigint | undefined;
  /** What the mark said when this process began, once it was read. */
  #left: { readonly next: bigint | undefined } | undefined;
  #moving: Promise<void> = Promise.resolve();
  #saidShrunk = false;

  constructor(
    private readonly agency: AgencyOptions,
    private readonly guard: ChainGuard,
    private readonly freshness: Freshness,
  ) {
    this.#began = agency.now();
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** @throws {HubError} `catching-up`, retriable, while nothing may be shown; or what keeps it from being known */
  async check(): Promise<void> {
    // What comes back may be another database than what went away.
    if (this.#isUnsure) this.#becomes(await this.#look());
    if (this.#standing === 'unknown' || this.#standing === 'behind')
      throw new HubError(
        'catching-up',
        'it is not known that everything that was forgotten has been forgotten here',
        true,
      );
  }

  /** Looks until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#becomes(await this.#look());
      } catch (thrown) {
        this.#isUnsure = true;
        if (!(thrown instanceof HubError) || !thrown.retriable) throw thrown;
      }
      const isSettled = this.#standing === 'whole';
      await pause(isSettled ? STILL_THE_SAME : LOOK_AGAIN, signal);
    }
  }

  /**
   * Moves the mark to where the mailbox has been taken. Call it before anything is signed that follows from it: a database that was
   * put back to before what this agency has said it forgot is found out by it.
   * @throws {HubError} when the mark cannot be moved
   */
  async note(): Promise<void> {
    if (this.agency.mark === undefined) return;
    await this.#readMark();
    const { next } = await this.agency.journal.position();
    await this.#advance(next);
  }

  async #look(): Promise<Standing> {
    await this.#readMark();
    const { next } = await this.agency.journal.position();
    this.#isWhole ||= await this.#reaches(next);
    const { waitForHubSeconds = WAIT_FOR_HUB } = this.agency;
    const standing = standingOf({
      next,
      highest: this.#highest,
      isWhole: this.#isWhole,
      hasWaited: performance.now() - this.#beganAt >= waitForHubSeconds * 1000,
    });
    await this.#advance(next).catch((thrown: unknown) => {
      // Nothing is signed meanwhile; what is held can be read.
      this.agency.log.failure('the mark of the mailbox could not be moved', thrown, {
        agency: this.agency.agency,
      });
    });
    return standing;
  }

  /** Whether all that the hub says there is was taken, and witnesses have seen since the start what it says it of. */
  async #reaches(next: bigint): Promise<boolean> {
    const { lines } = this.guard;
    if (lines === undefined) return false;
    const left = this.#left?.next;
    if (left !== undefined && BigInt(lines) < left) {
      // A hub that was put back says of nobody what was said since.
      if (!this.#saidShrunk)
        this.agency.log.error('the hub says that there is less in the mailbox than was taken', {
          agency: this.agency.agency,
          code: 'mailbox-shrunk',
          number: lines,
          position: Number(left),
        });
      this.#saidShrunk = true;
      return false;
    }
    if (next < BigInt(lines)) return false;
    if (!this.freshness.asksForQuorum) return true;
    const quorumAt = await this.freshness.quorumAt();
    return quorumAt !== undefined && quorumAt >= this.#began - QUORUM_BEFORE_START;
  }

  async #readMark(): Promise<void> {
    if (this.#left !== undefined) return;
    const next = await this.agency.mark?.read();
    this.#marked ??= next;
    this.#highest ??= next;
    this.#left ??= { next };
  }

  /** INVARIANT: nothing vouches for a database of which nobody knows whether it is whole. */
  async #advance(next: bigint): Promise<void> {
    if (this.#highest === undefined && !this.#isWhole) return;
    if (this.#highest === undefined || next > this.#highest) this.#highest = next;
    await this.#move();
  }

  /** One move after the other, and never back. */
  async #move(): Promise<void> {
    const mine = this.#moving.then(async () => {
      const next = this.#highest;
      if (next === undefined || (this.#marked !== undefined && next <= this.#marked)) return;
      await this.agency.mark?.move(next);
      this.#marked = next;
    });
    this.#moving = mine.catch(() => undefined);
    await mine;
  }

  #becomes(standing: Standing): void {
    this.#isUnsure = false;
    if (standing === this.#standing) return;
    const { agency, log } = this.agency;
    if (standing === 'behind')
      log.error('the database was put back: nothing of it is shown before it has caught up', {
        agency,
        code: 'catching-up',
        position: Number(this.#highest ?? -1n),
      });
    else log.info('what is held is shown', { agency, state: standing });
    this.#standing = standing;
  }
}
