import { sha256 } from '@tripoint/envelope';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type ItemId,
} from '@tripoint/kernel';

/** Compartments of one event that are kept for one time. */
export type Retained = {
  /** The item under which it is forgotten: it follows from the event and the class. */
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  readonly originator: AgencyId;
  readonly descriptors: readonly Digest[];
  /** Milliseconds since the epoch, in the log's time. */
  readonly until: number;
  /** Who is still to be told, once somebody was. */
  readonly left?: readonly AgencyId[];
};

/** What is to be kept until when, by the terms that were in force when it was said. */
export class Retention {
  /** By how long it is kept: leaf time does not go backwards, so each is in its order. */
  readonly #kept = new Map<number, { next: number; readonly all: (Retained | undefined)[] }>();
  /** Whose time is over, by item. */
  readonly #ripe = new Map<ItemId, Retained>();

  /** Said at leaf time `at`, and to be kept for `seconds`. */
  said(
    at: number,
    seconds: number,
    what: Omit<Retained, 'item' | 'until' | 'left'>,
    retention: string,
  ): void {
    const queue = this.#kept.get(seconds) ?? { next: 0, all: [] };
    queue.all.push({ ...what, item: itemOf(what.event, retention), until: at + seconds * 1000 });
    this.#kept.set(seconds, queue);
  }

  /** Whose time is over at `time`; who has to keep a copy says so. What was erased otherwise is over with. */
  ripe(time: number, erasedBy: (descriptor: Digest) => ItemId | undefined): readonly Retained[] {
    this.#ripen(time);
    const due: Retained[] = [];
    for (const [item, one] of this.#ripe) {
      const others = one.descriptors.every((descriptor) => {
        const by = erasedBy(descriptor);
        return by !== undefined && by !== item;
      });
      if (others) this.#ripe.delete(item);
      // Somebody may have asked before for a later time.
      else if (one.until <= time) due.push(one);
    }
    return due;
  }

  /** `holder` was told of what was over at `due`, of all of whom are to be `told`. */
  told(item: ItemId, holder: AgencyId, told: readonly AgencyId[], due: number): void {
    // Whoever starts again behind it has never been asked what is over.
    this.#ripen(due);
    const one = this.#ripe.get(item);
    if (one === undefined) return;
    const left = (one.left ?? told).filter((agency) => agency !== holder);
    if (left.length === 0) this.#ripe.delete(item);
    else this.#ripe.set(item, { ...one, left });
  }

  #ripen(time: number): void {
    for (const queue of this.#kept.values()) {
      for (
        let one = queue.all[queue.next];
        one !== undefined && one.until <= time;
        one = queue.all[queue.next]
      ) {
        this.#ripe.set(one.item, one);
        queue.all[queue.next] = undefined;
        queue.next += 1;
      }
    }
  }
}

/** Under which compartments of one class are forgotten: whoever knows the event can reckon it. */
export const itemOf = (event: EventId, retention: string): ItemId => {
  const digits = sha256(Buffer.from(`tripoint/retention/v1\0${event} ${retention}`));
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return [a, b, c, d, e].join('-') as ItemId;
};

/** Whether it is of the form of an item that is reckoned; whoever chooses one chooses at random. */
export const isOfRetention = (item: ItemId): boolean => /^.{14}8.{4}8/.test(item);
