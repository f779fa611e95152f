import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';

/** What two agencies have agreed, in seconds: from receipt to answer, and how long a receipt may take. */
export type AgreedClocks = {
  readonly urgentDirect: number;
  readonly urgentIndirect: number;
  readonly routine: number;
  readonly grace: number;
};

/** What an event says of its item's legal clock; a part of its facts. */
export type ClockFact = {
  readonly item: ItemId;
  readonly clock?: 'issued' | 'received' | 'suspended' | 'resumed' | 'stopped';
  readonly urgency?: 'URGENT' | 'ROUTINE';
  readonly access?: 'DIRECT' | 'INDIRECT';
  /** A delay that the answering side has notified: seconds from this event's leaf. */
  readonly dueInSeconds?: number;
  /** Whom an issued item is addressed to. */
  readonly to?: AgencyId;
};

/** Who said something of a clock, where and when. */
export type Said = {
  readonly exchange: ExchangeId;
  readonly issuer: AgencyId;
  /** Who was given the compartment that says it. */
  readonly given: readonly AgencyId[];
  /** Leaf time, in milliseconds since the epoch. */
  readonly at: number;
};

/** A legal clock, kept by leaf time alone. Milliseconds since the epoch inside. */
type Clock = {
  readonly exchange: ExchangeId;
  readonly from: AgencyId;
  readonly to: AgencyId;
  /** Seconds allowed from receipt. */
  readonly allowed: number;
  readonly received: boolean;
  readonly due: number;
  readonly suspendedAt: number | null;
  readonly stopped: boolean;
  readonly overdue: boolean;
};

/** A clock that has run out: what a *due* leaf records. */
export type Due = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly parties: readonly [AgencyId, AgencyId];
  readonly due: Instant;
  /** The clock ran without a receipt. */
  readonly withoutReceipt: boolean;
  /** What is over is the time of a grant. */
  readonly grant?: true;
  /** A holder has not said that what was recalled is gone. */
  readonly recall?: true;
  /** What is to be forgotten: it is not yet where its time is over, or it is everywhere, or its time to be kept is over. */
  readonly erasure?: 'overdue' | 'completed' | 'ordered';
  /** With an erasure that nobody but the log orders. */
  readonly erases?: { readonly event: EventId; readonly descriptors: readonly Digest[] };
};

/** In the order in which they ran out; those of one moment by item. */
export const inOrderOfDue = (dues: readonly Due[]): readonly Due[] =>
  dues.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));

const place = ({ due, item, grant, recall, erasure, parties }: Due): string =>
  `${due}${item}${grant === true ? '+' : ''}${recall === true ? '-' : ''}` +
  (erasure === undefined ? '' : `${erasure} ${parties[1]}`);

/**
 * The legal clocks of every item, folded from facts and leaf times. Whoever folds the same leaves
 * arrives at the same dues: the sequencer that records them and the auditor who checks them.
 */
export class Clocks {
  readonly #clocks = new Map<ItemId, Clock>();
  /** Nothing falls due before this: asking at every leaf costs nothing while no clock runs out. */
  #earliest = Infinity;

  /**
   * Takes in what one event's facts say. What a third party says of an item is ignored, and so is what the other party was
   * not given together with the event: nobody could hold it against what the event says.
   */
  apply(
    fact: ClockFact,
    { exchange, issuer, given, at }: Said,
    agreed: (from: AgencyId, to: AgencyId) => AgreedClocks,
  ): void {
    const clock = this.#clocks.get(fact.item);
    if (fact.clock === 'issued') {
      if (clock !== undefined || fact.to === undefined || fact.urgency === undefined) return;
      if (!given.includes(fact.to)) return;
      const pair = agreed(issuer, fact.to);
      const allowed = secondsAllowed(pair, fact.urgency, fact.access ?? 'DIRECT');
      const due = at + (pair.grace + allowed) * 1000;
      this.#set(fact.item, {
        exchange,
        from: issuer,
        to: fact.to,
        allowed,
        received: false,
        due,
        suspendedAt: null,
        stopped: false,
        overdue: false,
      });
      return;
    }
    if (clock === undefined || clock.stopped || clock.exchange !== exchange) return;
    if (!given.includes(issuer === clock.to ? clock.from : clock.to)) return;
    const next = advance(clock, fact, issuer, at);
    if (next !== undefined) this.#set(fact.item, next);
  }

  /** Clocks that have run out at `time` and were not yet recorded as due. */
  dues(time: number): readonly Due[] {
    if (time < this.#earliest) return [];
    const found: Due[] = [];
    this.#earliest = Infinity;
    for (const [item, clock] of this.#clocks) {
      if (clock.stopped || clock.overdue || clock.suspendedAt !== null) continue;
      this.#earliest = Math.min(this.#earliest, clock.due);
      if (clock.due > time) continue;
      found.push({
        item,
        exchange: clock.exchange,
        parties: [clock.from, clock.to],
        due: new Date(clock.due).toISOString() as Instant,
        withoutReceipt: !clock.received,
      });
    }
    return found;
  }

  #set(item: ItemId, clock: Clock): void {
    this.#clocks.set(item, clock);
    this.#earliest = Math.min(this.#earliest, clock.due);
  }

  /** Remembers that a due leaf has been recorded for `item`. */
  recorded(item: ItemId): void {
    const clock = this.#clocks.get(item);
    if (clock !== undefined) this.#clocks.set(item, { ...clock, overdue: true });
  }
}

const secondsAllowed = (
  pair: AgreedClocks,
  urgency: 'URGENT' | 'ROUTINE',
  access: 'DIRECT' | 'INDIRECT',
): number => {
  if (urgency === 'ROUTINE') return pair.routine;
  return access === 'DIRECT' ? pair.urgentDirect : pair.urgentIndirect;
};

const advance = (
  clock: Clock,
  fact: ClockFact,
  issuer: AgencyId,
  at: number,
): Clock | undefined => {
  const answering = issuer === clock.to;
  if (!answering && issuer !== clock.from) return undefined;
  switch (fact.clock) {
    case 'received':
      return answering && !clock.received
        ? { ...clock, received: true, due: at + clock.allowed * 1000 }
        : undefined;
    case 'suspended':
      return answering && clock.suspendedAt === null ? { ...clock, suspendedAt: at } : undefined;
    case 'resumed':
      return !answering && clock.suspendedAt !== null
        ? { ...clock, suspendedAt: null, due: clock.due + (at - clock.suspendedAt) }
        : undefined;
    case 'stopped':
      return { ...clock, stopped: true };
    case undefined:
      return answering && fact.dueInSeconds !== undefined
        ? { ...clock, due: at + fact.dueInSeconds * 1000 }
        : undefined;
    case 'issued':
      return undefined;
    default:
      return fact.clock satisfies never;
  }
};
