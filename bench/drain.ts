import { PostgresLedger } from '@tripoint/adapters/embedded';
import { entryDigest, NO_PREVIOUS_HEADER, parseChainEntry, type Place } from '@tripoint/envelope';
import { accepted } from '@tripoint/envelope/testing';
import { type AgencyId } from '@tripoint/kernel';
import { chainStream, MAILBOX_PREFIX, mailboxTopic } from '@tripoint/ledger';
import { type Broker } from './broker.js';
import { CORRESPONDENTS } from './correspondents.js';
import { chainOf, MEMBERS, type Separate, until } from './separate.js';

/** Whose chains are watched. */
export const AUTHORS = [...CORRESPONDENTS.keys()];
/** An event is told to its author and to whom it is addressed. */
const LINES_AN_EVENT = 2;
const LOOK_EVERY = 100;

/** How far a backlog has come. */
export type Progress = {
  /** Entries of each author's chain. */
  readonly admitted: ReadonlyMap<AgencyId, number>;
  /** Messages of all mailboxes together. */
  readonly published: number;
};

export type Drained = {
  readonly events: number;
  /** Seconds from when it was begun to be watched until the last was admitted. */
  readonly admitting: number;
  /** Seconds from the first that was seen to be admitted until the last line was on the bus. */
  readonly draining: number;
  /** Events that were handed over within those. */
  readonly published: number;
  /** Milliseconds for which a chain that had something to say was not heard, at most. */
  readonly unheard: number;
};

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

/** Watches a backlog go through the hub, from outside: by the ledger and by the broker. */
export class Drain {
  readonly #ledger: PostgresLedger;

  constructor(
    federation: Separate,
    private readonly broker: Broker,
  ) {
    this.#ledger = new PostgresLedger(federation.ledger);
  }

  /** Where an author's next envelope stands on its chain. */
  async place(author: AgencyId): Promise<Place> {
    const chain = chainOf(author);
    const newest = await this.#ledger.last(chainStream(chain));
    if (newest === undefined) return { chain, seq: 0, prev: NO_PREVIOUS_HEADER };
    const prev = entryDigest(accepted(parseChainEntry(newest.bytes)));
    return { chain, seq: Number(newest.revision) + 1, prev };
  }

  async now(): Promise<Progress> {
    const admitted = new Map<AgencyId, number>();
    for (const author of AUTHORS) {
      const newest = await this.#ledger.last(chainStream(chainOf(author)));
      admitted.set(author, Number(newest?.revision ?? -1n) + 1);
    }
    const topics = await this.broker.taken(MEMBERS.map(mailboxTopic));
    return { admitted, published: sum(topics.values()) };
  }

  /** Waits until all that the mailboxes hold is on the bus. */
  async settled(): Promise<void> {
    await until('every line is on the bus', async () => {
      const streams = await this.#ledger.streams(MAILBOX_PREFIX);
      const newest = await Promise.all(streams.map((stream) => this.#ledger.last(stream)));
      const lines = sum(newest.map((line) => Number(line?.revision ?? -1n) + 1));
      return streams.length === MEMBERS.length && (await this.now()).published >= lines;
    });
  }

  /**
   * Watches until `each` more events of every author than at `before` have been handed over. `passing` is told of it, as
   * a share of the whole.
   */
  async watch(
    before: Progress,
    each: number,
    passing: (share: number) => Promise<void>,
    patience: number,
  ): Promise<Drained> {
    const events = each * AUTHORS.length;
    const total = (progress: Progress): number =>
      sum(progress.admitted.values()) - sum(before.admitted.values());
    const handed = (progress: Progress): number =>
      (progress.published - before.published) / LINES_AN_EVENT;
    let began: { readonly at: number; readonly progress: Progress } | undefined;
    let admittedAt: number | undefined;
    let unheard = 0;
    const heard = new Map<AgencyId, { readonly at: number; readonly count: number }>();
    const start = performance.now();
    for (const deadline = start + patience; performance.now() < deadline;) {
      const progress = await this.now();
      const at = performance.now();
      if (began === undefined && total(progress) > 0) began = { at, progress };
      if (began !== undefined) {
        for (const [author, count] of progress.admitted) {
          const last = heard.get(author) ?? { at: began.at, count: before.admitted.get(author)! };
          const done = last.count - before.admitted.get(author)! >= each;
          if (!done) unheard = Math.max(unheard, at - last.at);
          if (count > last.count || !heard.has(author)) heard.set(author, { at, count });
        }
        if (admittedAt === undefined && total(progress) >= events) admittedAt = at;
        await passing(handed(progress) / events);
        if (handed(progress) >= events && admittedAt !== undefined)
          return {
            events,
            admitting: (admittedAt - start) / 1000,
            draining: (at - began.at) / 1000,
            published: events - handed(began.progress),
            unheard,
          };
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    throw new Error('a backlog was not drained in time');
  }

  async close(): Promise<void> {
    await this.#ledger.close();
  }
}
