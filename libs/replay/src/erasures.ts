import { type KeptBecause } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import { type ErasesFact, type Facts, type PurgedFact } from '@tripoint/policy';
import { type Due } from './clocks.js';
import { type Retained, Retention } from './retention.js';

/** What is forgotten by everybody who held it, and who has said so. */
export type Erasure = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  /** Who said it. */
  readonly originator: AgencyId;
  /** Who ordered it: the originator, or an authority; nobody, where its time was over. */
  readonly by: AgencyId | undefined;
  readonly ground: ErasesFact['ground'] | 'RETENTION_OVER';
  readonly descriptors: readonly Digest[];
  /** The leaf from which on it is forgotten. */
  readonly leaf: number;
  /** By when everybody is to have said that it is gone. Milliseconds since the epoch, in the log's time. */
  readonly until: number;
  /** Everybody who was given it for good or for a time that was not over, and the originator; sorted. */
  readonly told: readonly AgencyId[];
  /** Who has said that it is gone, and what of that it claims. */
  readonly purged: ReadonlyMap<AgencyId, PurgedFact>;
  /** Who has said that a copy stays, and why: gone only when that is said no more. */
  readonly kept: ReadonlyMap<AgencyId, readonly KeptBecause[]>;
  /** Of whom the log has said that they had not when their time was over. */
  readonly overdue: ReadonlySet<AgencyId>;
  /** The log has said that everybody has said so. */
  readonly completed: boolean;
};

/** How an erasure stands by the log alone. */
export type ErasureStanding = Pick<
  Erasure,
  'item' | 'exchange' | 'event' | 'originator' | 'ground' | 'leaf'
> & {
  readonly by: AgencyId | null;
  /**
   * *Erased*: everybody has said that it is gone. *Shredded*: by the word of those whose they were, no secret is left that a kept copy
   * of a wrap would need. Only the second is beyond recovery.
   */
  readonly status: 'ORDERED' | 'ERASED' | 'SHREDDED';
  /** Who has not said that it is gone. */
  readonly waitingFor: readonly AgencyId[];
  readonly overdue: readonly AgencyId[];
  readonly kept: readonly AgencyId[];
};

/** How it stands; `isShredded` says so of one descriptor, whose wraps were deleted at a leaf. */
export const standingOf = (
  { item, exchange, event, originator, by, ground, leaf, ...erasure }: Erasure,
  isShredded: (descriptor: Digest, until: number) => boolean,
): ErasureStanding => {
  const { told, purged, overdue, kept, completed, descriptors } = erasure;
  const shredded = completed && descriptors.every((one) => isShredded(one, leaf));
  return {
    item,
    exchange,
    event,
    originator,
    by: by ?? null,
    ground,
    leaf,
    status: shredded ? 'SHREDDED' : completed ? 'ERASED' : 'ORDERED',
    waitingFor: told.filter((agency) => !purged.has(agency)),
    overdue: [...overdue].sort(),
    kept: [...kept.keys()].sort(),
  };
};

/** Who is told at one leaf; not all of them need be those whose word is awaited. */
export type Ordered = { readonly erasure: Erasure; readonly told: readonly AgencyId[] };

type Order = Pick<Erasure, 'item' | 'exchange' | 'event' | 'originator' | 'by' | 'ground'> &
  Pick<Erasure, 'descriptors' | 'until'>;

/** Who holds any of these, its author included. */
export type HoldersOf = (descriptors: readonly Digest[], originator: AgencyId) => AgencyId[];

/** What is forgotten: folded from facts and leaf times, like the clocks. */
export class Erasures {
  readonly retention = new Retention();
  readonly #erasures = new Map<ItemId, Erasure>();
  readonly #ordered = new Map<number, Ordered>();
  readonly #erased = new Map<Digest, ItemId>();
  /** What somebody's order has named: by a term it is erased as well, of which custodians hear nothing. */
  readonly #named = new Set<Digest>();
  readonly #vain = new Map<number, string>();
  /** Those that wait for somebody: all others fall due no more. */
  readonly #open = new Map<ItemId, { readonly receiptAt: number }>();

  constructor(private readonly holders: HoldersOf) {}

  /**
   * It is ordered at leaf `index`. What is erased already is not erased again: an order of nothing else is in vain. `keepers` are told
   * as well, and need not answer. Answers whether the order counts.
   */
  ordered(index: number, order: Order, keepers: readonly AgencyId[] = []): boolean {
    if (this.#erasures.has(order.item))
      return this.orderedInVain(index, `something is forgotten under ${order.item} already`);
    const [first, ...others] = order.descriptors.map((one) => this.#erased.get(one));
    if (first !== undefined && others.every((one) => one !== undefined))
      return this.orderedInVain(index, `all of that is forgotten already, by ${first}`);
    const erasure = this.#begin(index, order);
    for (const one of order.descriptors) this.#named.add(one);
    const told = [...new Set([...erasure.told, ...keepers])].sort();
    this.#ordered.set(index, { erasure, told });
    return true;
  }

  /** Whether an order that counts has named it. */
  isOrdered(descriptor: Digest): boolean {
    return this.#named.has(descriptor);
  }

  /** Nothing follows of what was ordered at leaf `index`, and why. */
  orderedInVain(index: number, because: string): false {
    this.#vain.set(index, because);
    return false;
  }

  inVain(index: number): string | undefined {
    return this.#vain.get(index);
  }

  /** `issuer` claims at `time` that what `item` erases is gone there. */
  receipted(
    item: ItemId,
    issuer: AgencyId,
    { purged: claim, kept: because }: { [F in 'purged' | 'kept']?: Facts[F] | undefined },
    time: number,
  ): void {
    const erasure = this.#erasures.get(item);
    if (claim === undefined || erasure?.told.includes(issuer) !== true) return;
    if (erasure.purged.has(issuer)) return;
    const kept = new Map(erasure.kept);
    if (because === undefined) kept.delete(issuer);
    else kept.set(issuer, because);
    const purged = new Map(erasure.purged);
    if (because === undefined) purged.set(issuer, claim);
    this.#erasures.set(item, { ...erasure, purged, kept });
    if (purged.size === erasure.told.length) this.#open.set(item, { receiptAt: time });
  }

  /** The log has said at leaf `index` that it is overdue somewhere, or done, or that its time to be kept is over. */
  recorded(index: number, { item, exchange, due, erasure: what, erases, parties }: Due): void {
    const [originator, holder] = parties;
    if (what === 'ordered' && erases !== undefined) {
      const { event, descriptors } = erases;
      const until = Date.parse(due) + RECEIPTS_WITHIN;
      const order = { item, exchange, event, descriptors, until, originator };
      const begun =
        this.#erasures.get(item) ??
        this.#begin(index, { ...order, by: undefined, ground: 'RETENTION_OVER' });
      this.#ordered.set(index, { erasure: begun, told: [holder] });
      this.retention.told(item, holder, begun.told, Date.parse(due));
      return;
    }
    const erasure = this.#erasures.get(item);
    if (erasure === undefined) return;
    if (what === 'overdue')
      this.#erasures.set(item, { ...erasure, overdue: new Set(erasure.overdue).add(holder) });
    if (what === 'completed') {
      this.#erasures.set(item, { ...erasure, completed: true });
      this.#open.delete(item);
    }
  }

  /** What was ordered at leaf `index`, and who is told there. */
  orderedAt(index: number): Ordered | undefined {
    return this.#ordered.get(index);
  }

  erasure(item: ItemId): Erasure | undefined {
    return this.#erasures.get(item);
  }

  all(): readonly Erasure[] {
    return [...this.#erasures.values()];
  }

  isErased(descriptor: Digest): boolean {
    return this.#erased.has(descriptor);
  }

  /** What has to be said by `time` and was not: whose time to be kept is over, who has not said so in time, and what is done. */
  dues(time: number): readonly Due[] {
    const dues: Due[] = [];
    for (const one of this.retention.ripe(time, (descriptor) => this.#erased.get(descriptor)))
      dues.push(...this.#retained(one));
    for (const [item, { receiptAt }] of this.#open) {
      const erasure = this.#erasures.get(item);
      if (erasure === undefined) continue;
      const { originator, exchange, until, told, purged, kept, overdue } = erasure;
      const about = { item, exchange };
      if (receiptAt !== Infinity)
        dues.push({
          ...about,
          parties: [originator, originator],
          due: instant(receiptAt),
          withoutReceipt: false,
          erasure: 'completed',
        });
      else if (until <= time)
        for (const holder of told)
          if (!purged.has(holder) && !kept.has(holder) && !overdue.has(holder))
            dues.push({
              ...about,
              parties: [originator, holder],
              due: instant(until),
              withoutReceipt: true,
              erasure: 'overdue',
            });
    }
    return dues;
  }

  #retained({ item, exchange, event, originator, descriptors, until, left }: Retained): Due[] {
    return (left ?? this.holders(descriptors, originator)).map((holder) => ({
      item,
      exchange,
      parties: [originator, holder],
      due: instant(until),
      withoutReceipt: false,
      erasure: 'ordered',
      erases: { event, descriptors },
    }));
  }

  #begin(leaf: number, order: Order): Erasure {
    const erasure: Erasure = {
      ...order,
      leaf,
      told: this.holders(order.descriptors, order.originator),
      purged: new Map(),
      kept: new Map(),
      overdue: new Set(),
      completed: false,
    };
    this.#erasures.set(order.item, erasure);
    this.#open.set(order.item, { receiptAt: Infinity });
    for (const descriptor of order.descriptors)
      if (!this.#erased.has(descriptor)) this.#erased.set(descriptor, order.item);
    return erasure;
  }
}

/** How long everybody has to say that what was kept long enough is gone: a week. */
export const RECEIPTS_WITHIN = 7 * 86_400_000;

const instant = (time: number): Instant => new Date(time).toISOString() as Instant;
