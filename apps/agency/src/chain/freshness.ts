import { Injectable } from '@nestjs/common';
import { HubError, isRefusal } from '@tripoint/kernel';
import { openWitnessed } from '@tripoint/transparency';
import { AgencyOptions } from '../agency.options.js';

const DAY = 86_400;
/** Heads are logged every ten minutes: whoever is less patient than this, in seconds, would wait for what nobody owes. */
const HEADS_WITHIN = 1_200;
/** How long an answer of the database is as good as asking again, in milliseconds. */
const LOOKED_AT = 1_000;

/**
 * How old the newest checkpoint is that a quorum of witnesses has cosigned. Whoever is kept from hearing of newer ones may be
 * sealing against a registry in which keys have been revoked since.
 */
@Injectable()
export class Freshness {
  readonly #began: number;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #read: { readonly note: string; readonly at: number | undefined } | undefined;
  /** The log's time up to which the mailbox is known to be whole, and with it the registry. */
  #wholeAt: number | undefined;

  constructor(private readonly agency: AgencyOptions) {
    this.#began = agency.now();
  }

  /**
   * Seconds since the newest quorum was complete, or since the start where there has been none; undefined where the trust policy
   * asks for none, or there is no policy.
   */
  age(): Promise<number | undefined> {
    return this.#since(() => this.#read?.at);
  }

  /**
   * Seconds since the newest leaf of which the log has said that everything from before it was handed over: checkpoints may come
   * without the statements under them. Undefined like the age.
   */
  wholeAge(): Promise<number | undefined> {
    return this.#since(() => this.#wholeAt);
  }

  async #since(at: () => number | undefined): Promise<number | undefined> {
    if (!this.asksForQuorum) return undefined;
    await this.#look();
    return Math.max(0, (this.agency.now() - (at() ?? this.#began)) / 1000);
  }

  /** When the newest quorum was complete, in milliseconds since the epoch; undefined where there has been none, or none is asked for. */
  async quorumAt(): Promise<number | undefined> {
    await this.#look();
    return this.#read?.at;
  }

  /** Whether a quorum is asked for at all. */
  get asksForQuorum(): boolean {
    const { trustPolicy } = this.agency;
    return trustPolicy !== undefined && trustPolicy.quorum !== 'none';
  }

  /** @throws {HubError} `checkpoint-stale`, retriable, when nothing newer has been heard of for too long */
  async check(): Promise<void> {
    const { staleAfterSeconds = DAY } = this.agency;
    if (((await this.age()) ?? 0) > staleAfterSeconds)
      throw new HubError(
        'checkpoint-stale',
        'no checkpoint that a quorum of witnesses has cosigned has been heard of for too long',
        true,
      );
    if (((await this.wholeAge()) ?? 0) > Math.max(staleAfterSeconds, HEADS_WITHIN))
      throw new HubError(
        'checkpoint-stale',
        'the log has not said for too long that everything of the registry was handed over',
        true,
      );
  }

  async #look(): Promise<void> {
    const { journal, trustPolicy, witnessed } = this.agency;
    if (trustPolicy === undefined || performance.now() - this.#lookedAt < LOOKED_AT) return;
    const [newest, { heads }] = await Promise.all([witnessed.newest(), journal.position()]);
    this.#lookedAt = performance.now();
    this.#wholeAt = heads === undefined ? undefined : Date.parse(heads.time);
    if (newest === undefined || newest.note === this.#read?.note) return;
    // The projector wrote it: whoever signs looks at the signatures again.
    const opened = openWitnessed(Buffer.from(newest.note), trustPolicy);
    const time = isRefusal(opened) ? null : opened.time;
    this.#read = { note: newest.note, at: time === null ? undefined : time * 1000 };
  }
}
