import { type AgencyId, type EventId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { type Disclosure, type DrillSince, isToReview, type Reviewed } from './disclosures.js';

/** Oversight looks at an emergency within three days of its order. */
const REVIEW_WITHIN = 72 * 60 * 60 * 1000;

/** How an order to disclose stands by the log alone. Times are milliseconds since the epoch, in the log's time. */
export type DisclosureStanding = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly event: EventId;
  readonly originator: AgencyId;
  readonly orderedBy: AgencyId;
  readonly beneficiary: AgencyId;
  readonly ground: string | null;
  readonly emergency: boolean;
  readonly leaf: number;
  readonly at: number;
  readonly until: number;
  readonly ended: boolean;
  /** Who has handed over a share, and who will not. */
  readonly released: readonly AgencyId[];
  readonly declined: readonly AgencyId[];
  /** By when oversight is to say what it thinks of it; null where nobody invoked an emergency. */
  readonly reviewDue: number | null;
  readonly review: Reviewed | null;
  /** It has waited for its review for longer than it may. */
  readonly overdue: boolean;
};

/** How it stands at `time`, in the log's time. */
export const disclosureStanding = (disclosure: Disclosure, time: number): DisclosureStanding => {
  const { item, exchange, event, originator, orderedBy, beneficiary } = disclosure;
  const { ground, emergency, leaf, at, until, ended, shares, declined, review } = disclosure;
  const reviewDue = isToReview(disclosure) ? at + REVIEW_WITHIN : null;
  return {
    item,
    exchange,
    event,
    originator,
    orderedBy,
    beneficiary,
    ground: ground ?? null,
    emergency,
    leaf,
    at,
    until,
    ended,
    released: [...shares.keys()].sort(),
    declined,
    reviewDue,
    review: review ?? null,
    overdue: reviewDue !== null && review === undefined && time >= reviewDue,
  };
};

/** That custodians could disclose something is tried each quarter. */
const DRILL_EVERY = 92 * 24 * 60 * 60 * 1000;

/** How it stands with the drills of custodians. Times are milliseconds since the epoch, in the log's time. */
export type DrillStanding = {
  /** By when it is to be shown again that shares give a key. */
  readonly due: number;
  /** When that was shown last, and where; null where it never was. */
  readonly proven: { readonly leaf: number; readonly at: number } | null;
  readonly overdue: boolean;
};

/** How it stands at `time`, in the log's time; null where nobody keeps shares. */
export const drillStanding = (
  drill: DrillSince | undefined,
  time: number,
): DrillStanding | null => {
  if (drill === undefined) return null;
  const due = drill.since + DRILL_EVERY;
  return { due, proven: drill.proven ?? null, overdue: time >= due };
};
