import {
  type AgencyId,
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type KeptBecause } from '@tripoint/domain';
import { type Due } from './clocks.js';
import { Newest } from './newest.js';
import { type Asked, type Resting } from './resting.js';

/** What its provider has taken back from one holder. */
export type Recall = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly provider: AgencyId;
  readonly holder: AgencyId;
  readonly descriptors: readonly Digest[];
  /** At which leaf it was issued. */
  readonly leaf: number;
  /** Milliseconds since the epoch, in the log's time. */
  readonly until: number;
  /** The holder has said that it is gone, or why a copy is not. */
  readonly receipted: boolean;
  /** Why a copy stays, as the holder said last; empty where it said that none does. */
  readonly kept: readonly KeptBecause[];
  /** The log has said that it had not when its time was over. */
  readonly defaulted: boolean;
};

const NOTHING: readonly Digest[] = [];

/** What is to be gone, where, and by when: folded from facts and leaf times, like the clocks. */
export class Recalls {
  /** Those whose holder has neither answered nor defaulted. */
  readonly #waiting = new Map<ItemId, Recall>();
  /** All others: that they were stays, what they were of does not. */
  readonly #settled = new Map<ItemId, Recall>();
  readonly #issued = new Newest<Recall>();
  readonly #gone = new Set<string>();
  #earliest = Infinity;

  issued(index: number, recall: Omit<Recall, 'leaf' | 'receipted' | 'kept' | 'defaulted'>): void {
    if (this.recall(recall.item) !== undefined) return;
    const whole = { ...recall, leaf: index, receipted: false, kept: [], defaulted: false };
    this.#waiting.set(recall.item, whole);
    this.#issued.add(index, whole);
    for (const descriptor of recall.descriptors) this.#gone.add(`${descriptor} ${recall.holder}`);
    this.#earliest = Math.min(this.#earliest, recall.until);
  }

  /** `issuer` has told `given` what became of its copy: it is gone, or `kept` says why not. Either is an answer; gone is the last one. */
  receipted(
    item: ItemId,
    issuer: AgencyId,
    given: readonly AgencyId[],
    kept: readonly KeptBecause[] = [],
  ): void {
    const recall = this.recall(item);
    if (recall?.holder !== issuer || !given.includes(recall.provider)) return;
    if (recall.receipted && recall.kept.length === 0) return;
    this.#settle({ ...recall, receipted: true, kept });
  }

  defaulted(item: ItemId): void {
    const recall = this.recall(item);
    if (recall !== undefined) this.#settle({ ...recall, defaulted: true });
  }

  #settle(recall: Recall): void {
    this.#waiting.delete(recall.item);
    this.#settled.set(recall.item, { ...recall, descriptors: NOTHING });
  }

  /** The recall that the item is about; of one that is settled it is not said any more what it was of. */
  recall(item: ItemId): Recall | undefined {
    return this.#waiting.get(item) ?? this.#settled.get(item);
  }

  /** What was recalled by words that are asked about. */
  resting(isAsked: Asked): readonly Resting[] {
    return [...this.#waiting.values(), ...this.#settled.values()]
      .filter(({ provider, leaf }) => isAsked(provider, leaf))
      .map(({ item, exchange, holder: concerns, leaf, receipted: over }): Resting => {
        return { what: 'recall', leaf, item, exchange, concerns, over };
      });
  }

  /** What was recalled at leaf `index`. */
  issuedAt(index: number): Recall | undefined {
    return this.#issued.at(index);
  }

  /** Whether `agency` is to hold it no longer. */
  isRecalled(descriptor: Digest, agency: AgencyId): boolean {
    return this.#gone.has(`${descriptor} ${agency}`);
  }

  /** Holders who have not said so when their time was over, and of whom the log has not said it. */
  dues(time: number): readonly Due[] {
    if (time < this.#earliest) return [];
    const found: Due[] = [];
    this.#earliest = Infinity;
    for (const one of this.#waiting.values()) {
      this.#earliest = Math.min(this.#earliest, one.until);
      if (one.until > time) continue;
      found.push({
        item: one.item,
        exchange: one.exchange,
        parties: [one.provider, one.holder],
        due: new Date(one.until).toISOString() as Instant,
        withoutReceipt: true,
        recall: true,
      });
    }
    return found;
  }
}
