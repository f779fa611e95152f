import { Injectable } from '@nestjs/common';
import { type AgencyId, growing, pause } from '@tripoint/kernel';
import { MAILBOX_PREFIX, mailboxStream, mailboxTopic, type Position } from '@tripoint/ledger';
import { headersFor, Traces } from '@tripoint/platform';
import { HubOptions } from '../hub.options.js';
import { RecordedLog } from '../log/recorded-log.js';
import { leafName } from '../sequencer/leaves.js';
import { Correspondence } from './correspondence.js';
import { Deliveries, type Joined, type Line } from './deliveries.js';
import { SparePlace } from './spare-place.js';
import { Unserved } from './unserved.js';

const PUBLISHED = 'published';
/** Mailbox lines handed over at a time when an agency asks again. */
const STRIDE = 64;
/** How often wishes that have to wait are looked at, in milliseconds. */
const WAITING_LOOKED_AT = 250;
/** How long others wait for one agency, and how often that one is tried again, in milliseconds. */
const PATIENCE = 1_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Puts every mailbox line, with what it hands over, on the bus. A crash repeats lines; readers tell by the number. */
@Injectable()
export class Publisher {
  /** For each agency, what is handed over to it waits for one another. */
  readonly #turns = new Map<AgencyId, Promise<unknown>>();
  readonly #unserved: Unserved;

  constructor(
    private readonly hub: HubOptions,
    private readonly log: RecordedLog,
    private readonly deliveries: Deliveries,
    private readonly correspondence: Correspondence,
  ) {
    this.#unserved = new Unserved(hub);
  }

  /** For how many seconds handing over to the agency has failed; 0 where it does not. */
  failingFor(agency: AgencyId): number {
    return this.#unserved.failingFor(agency);
  }

  /**
   * Publishes every line, from where whoever did it before has left off. An agency that cannot be served is owed its lines, and
   * nobody waits for it; where the bus itself is away, this ends, so that a hub that can reach it may take over.
   */
  async run(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const owing: Promise<void>[] = [];
    let broke: (why: unknown) => void = () => undefined;
    const broken = new Promise<never>((_, reject) => {
      broke = reject;
    });
    const owe = (agency: AgencyId): void => {
      owing.push(this.#makeUp(agency, both).catch(broke));
    };
    const agencies = this.log.state.registry.agencies().map(({ id }) => id);
    for (const agency of await this.#unserved.begin(agencies)) owe(agency);
    const following = this.#follow(both, owe);
    try {
      await Promise.race([broken, following]);
    } finally {
      ended.abort();
      await Promise.allSettled([following, ...owing]);
      this.#unserved.end();
    }
  }

  async #follow(signal: AbortSignal, owe: (agency: AgencyId) => void): Promise<void> {
    const place = new SparePlace(this.hub, PUBLISHED);
    const after = ((await place.at()) ?? 'start') as Position | 'start';
    for await (const rows of this.hub.ledger.follow([MAILBOX_PREFIX], after, signal)) {
      const joined = await this.deliveries.joined(rows, signal);
      if (joined === undefined) return;
      await Promise.all(
        [...joined.byAgency].map(async ([agency, lines]) => {
          if (await this.#handsOver(agency, lines, joined.leaves, signal)) owe(agency);
        }),
      );
      if (signal.aborted) return;
      const newest = rows.at(-1);
      if (newest !== undefined) await place.move(newest.position);
    }
    await place.write();
  }

  /** Hands new lines over. Answers whether the agency is owed them, from now on: nobody waits long for one agency. */
  async #handsOver(
    agency: AgencyId,
    lines: readonly Line[],
    leaves: Joined['leaves'],
    signal: AbortSignal,
  ): Promise<boolean> {
    const [first] = lines;
    const through = (lines.at(-1)?.entry.number ?? -1) + 1;
    if (first === undefined || this.#unserved.passesOver(agency, through)) return false;
    const settled = new AbortController();
    const outcome = await Promise.race([
      this.#inTurn(agency, () => this.#put(agency, lines, leaves)).finally(() => {
        settled.abort();
      }),
      pause(PATIENCE, AbortSignal.any([signal, settled.signal])).then(() => 'late' as const),
    ]);
    if (outcome === undefined || signal.aborted) return false;
    // Whatever else it was, nobody can be served while the bus is away.
    if (outcome !== 'late') await this.hub.bus.check();
    await this.#unserved.owes(agency, first.entry.number, through);
    if (outcome !== 'late') this.#unserved.failed(agency, outcome.failed);
    return true;
  }

  /** Tries, less and less often, until the agency has been handed everything that it is owed. */
  async #makeUp(agency: AgencyId, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const next = this.#unserved.next(agency);
      const rows = await this.hub.ledger.read(mailboxStream(agency), BigInt(next), STRIDE);
      if (rows.length === 0) {
        if (await this.#unserved.done(agency)) return;
        continue;
      }
      const joined = await this.deliveries.joined(rows, signal);
      if (joined === undefined) return;
      const lines = joined.byAgency.get(agency) ?? [];
      const outcome = await this.#inTurn(agency, () => this.#put(agency, lines, joined.leaves));
      if (outcome === undefined) {
        failures = 0;
        await this.#unserved.handedOver(agency, next + rows.length);
        continue;
      }
      await this.hub.bus.check();
      this.#unserved.failed(agency, outcome.failed);
      await pause(growing(failures, FIRST_PAUSE, LONGEST_PAUSE), signal);
      failures += 1;
    }
  }

  /** Publishes again what agencies have asked this hub for, whether or not it is the one that publishes. */
  async serveResumes(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const serving = new Map<AgencyId, Promise<void>>();
    let broke: (why: unknown) => void = () => undefined;
    const broken = new Promise<never>((_, reject) => {
      broke = reject;
    });
    broken.catch(() => undefined);
    const { resumes } = this.correspondence;
    try {
      while (!signal.aborted) {
        const asked = new AbortController();
        this.correspondence.onResume(() => {
          asked.abort();
        });
        for (const [agency, from] of resumes.take([...serving.keys()]))
          serving.set(
            agency,
            this.#resume(agency, from, both)
              .catch(broke)
              .finally(() => serving.delete(agency)),
          );
        const look = pause(WAITING_LOOKED_AT, AbortSignal.any([signal, asked.signal]));
        await Promise.race([broken, look]);
      }
    } finally {
      ended.abort();
      await Promise.allSettled(serving.values());
    }
  }

  #inTurn<T>(agency: AgencyId, work: () => Promise<T>): Promise<T> {
    const mine = (this.#turns.get(agency) ?? Promise.resolve()).then(work);
    this.#turns.set(
      agency,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** Hands the mailbox over again, with a turn for what is new between two strides of it. */
  async #resume(agency: AgencyId, from: number, signal: AbortSignal): Promise<void> {
    const { resumes } = this.correspondence;
    for (let next = from; ;) {
      const rows = await this.hub.ledger.read(mailboxStream(agency), BigInt(next), STRIDE);
      const joined = rows.length === 0 ? undefined : await this.deliveries.joined(rows, signal);
      if (joined === undefined) {
        resumes.fulfilled(agency, next - from);
        return;
      }
      const lines = joined.byAgency.get(agency) ?? [];
      const outcome = await this.#inTurn(agency, () => this.#put(agency, lines, joined.leaves));
      if (outcome !== undefined) {
        // Whoever publishes says why; the wish stands.
        resumes.failed(agency, next);
        return;
      }
      next += rows.length;
    }
  }

  /** Puts lines on the agency's topic. Answers what the bus said where it did not take them; anything else is thrown. */
  async #put(
    agency: AgencyId,
    lines: readonly Line[],
    leaves: Joined['leaves'],
  ): Promise<{ readonly failed: unknown } | undefined> {
    const { traces = Traces.off } = this.hub;
    const messages = await this.deliveries.messages(agency, lines, leaves);
    try {
      // Each message in a trace of its own: what was told to others, and what was handled together with it, is not to be had from
      // its headers. What led to it is kept with the span, and the span stays here.
      await traces.each(
        'publish',
        lines.map(({ entry }) => ({ anew: true, because: [traces.noted(leafName(entry.leaf))] })),
        (contexts) =>
          this.hub.bus.publish(
            mailboxTopic(agency),
            messages.map((message, at) => ({ ...message, ...headersFor(contexts[at]) })),
          ),
      );
      return undefined;
    } catch (failed) {
      return { failed };
    }
  }
}
