import { type AgencyId, type EventId, type Instant, type ItemId } from '@tripoint/kernel';
import { timeOf, type Recorded } from '../event.js';
import { evolve } from '../evolve.js';
import { noItem, type Item } from '../item.js';
import {
  COMPARTMENTS,
  familyOf,
  type Compartment,
  type EventType,
  type ItemFamily,
} from '../vocabulary/index.js';

/** One line of an exchange's history, without content. */
export type TimelineEntry = {
  readonly id: EventId;
  readonly type: EventType;
  readonly family: ItemFamily;
  readonly item: ItemId;
  readonly issuer: AgencyId;
  readonly at: Instant;
  /** Decided here, not yet in the log. */
  readonly pending: boolean;
  readonly overtaken: boolean;
  /** What this agency holds of it, in the order of the vocabulary. */
  readonly compartments: readonly Compartment[];
};

/** An exchange as far as one agency may know it. */
export type Exchange = {
  /** Who opened it, or for a latecomer who first let it in; undefined before that. */
  readonly owner: AgencyId | undefined;
  /** The agencies that appear in what this agency holds, sorted. */
  readonly participants: readonly AgencyId[];
  /** In order of appearance. */
  readonly items: ReadonlyMap<ItemId, Item>;
  readonly timeline: readonly TimelineEntry[];
};

const OPENS_NOTHING: readonly Item['kind'][] = [
  'attempt',
  'release',
  'recall',
  'erasure',
  'hold',
  'reads',
  'review',
];

/** Folds what one agency holds of an exchange, in log order ({@link inLogOrder}). */
export const foldExchange = (history: Iterable<Recorded>): Exchange => {
  let owner: AgencyId | undefined;
  const participants = new Set<AgencyId>();
  const items = new Map<ItemId, Item>();
  const timeline: TimelineEntry[] = [];
  for (const recorded of history) {
    const { id, event, issuer, leaf } = recorded;
    const before = items.get(event.item) ?? noItem;
    const after = evolve(before, recorded);
    items.set(event.item, after);
    participants.add(issuer);
    if (before.kind === 'none' && after.kind !== 'none') {
      participants.add(after.to);
      // An attempt opens nothing; and who was granted something in an exchange was not let into it.
      if (!OPENS_NOTHING.includes(after.kind)) owner ??= issuer;
    }
    timeline.push({
      id,
      type: event.type,
      family: familyOf(event.type),
      item: event.item,
      issuer,
      at: timeOf(recorded),
      pending: leaf === undefined,
      overtaken: after.overtaken.length > before.overtaken.length,
      compartments: COMPARTMENTS.filter((name) =>
        name === 'core' ? event.core !== undefined : name in event.parts,
      ),
    });
  }
  return { owner, participants: [...participants].sort(), items, timeline };
};
