// From the journal to the work lists. Pure, and the same whether an exchange is folded event by event as they come or all at
// once after the views were dropped: a view holds everything that its next event needs.
import { evolve, familyOf, noItem, readClock, type Item, type ItemStatus } from '@tripoint/domain';
import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { type RecordedEntry } from '../entry.js';
import { type Leaf } from '../leaf.js';
import { type ClockRow, type ItemKind, type TimelineRow } from '../views.js';
import { entitiesOf, type IndexedEntity } from './entities.js';

/** Which version of the views this makes, the keys of the search included. Raise it, and they are made again from the journal. */
export const FOLDING = 3;

/** A recorded entry as the journal keeps it; the revision rises when a late grant adds to it. */
export type StoredEntry = RecordedEntry & { readonly revision: number };

/** An item with the state that its next event is folded into. */
export type ItemView = {
  readonly item: ItemId;
  readonly exchange: ExchangeId;
  readonly state: Item;
  readonly first: Leaf;
  readonly newest: Leaf;
  readonly version: bigint;
};

export type ExchangeView = {
  readonly exchange: ExchangeId;
  readonly owner?: AgencyId;
  readonly known: readonly AgencyId[];
  readonly items: number;
  readonly open: number;
  readonly first: Leaf;
  readonly newest: Leaf;
  readonly version: bigint;
};

/** One exchange as far as it has been folded. */
export type Folded = {
  readonly exchange?: ExchangeView;
  readonly items: ReadonlyMap<ItemId, ItemView>;
};

/** What some entries of one exchange lead to. */
export type Projected = {
  readonly exchange: ExchangeView;
  /** Only those that the entries were about. */
  readonly items: readonly ItemView[];
  readonly timeline: readonly TimelineRow[];
  readonly entities: readonly IndexedEntity[];
};

export const nothingFolded: Folded = { items: new Map() };

/** Whether somebody still has to act on an item in this status. */
const OPEN: Readonly<Record<ItemStatus, boolean>> = {
  NONE: false,
  ISSUED: true,
  RECEIVED: true,
  CLARIFICATION_ASKED: true,
  ACCEPTED: true,
  DELAY_NOTIFIED: true,
  ANSWERED_FULL: false,
  ANSWERED_PARTIAL: false,
  ANSWERED_NOTHING_HELD: false,
  REFUSED: false,
  WITHDRAWN: false,
  CLOSED: false,
  SHARED: true,
  ACKNOWLEDGED: false,
  EVALUATED: false,
  RE_EVALUATED: false,
  REJECTED: false,
  NOT_POSSIBLE: false,
  FEEDBACK_GIVEN: true,
  DONE: false,
  REVOKED: false,
  CONSENT_WITHDRAWN: false,
  RECORDED: false,
  REQUESTED: true,
  GRANTED: true,
  DENIED: false,
  USED: true,
  EXPIRED: false,
  PURGED: false,
  ORDERED: false,
  CANNOT_PURGE: true,
  PLACED: true,
  LIFTED: false,
  PUBLISHED: false,
  REVIEWED: false,
  PREPARED: false,
};

/** An order to forget is for nodes to carry out; one to disclose waits for an officer of each custodian. */
export const isOpen = ({ kind, status }: Item): boolean =>
  kind === 'disclosure' ? status === 'ORDERED' : OPEN[status];

/** The list that an item stands in; undefined for what is in the timeline only. */
export const listOf = ({ kind }: Item): ItemKind | undefined =>
  kind === 'none' ||
  kind === 'attempt' ||
  kind === 'erasure' ||
  kind === 'reads' ||
  kind === 'review' ||
  kind === 'drill'
    ? undefined
    : kind;

/** The clock that a work list shows. */
export const clockOf = (state: Item, newest: Leaf): ClockRow => {
  if (state.kind !== 'request') return {};
  const { clock } = state;
  const { dueAt, lateBySeconds } = readClock(clock, newest.time);
  return {
    ...(clock.receivedAt === undefined ? {} : { receivedAt: clock.receivedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(clock.suspendedAt === undefined ? {} : { suspendedAt: clock.suspendedAt }),
    ...(clock.stoppedAt === undefined ? {} : { settledAt: clock.stoppedAt }),
    ...(lateBySeconds === undefined ? {} : { lateBySeconds }),
  };
};

const timelineOf = ({ exchange, recorded }: RecordedEntry, { overtaken }: Item): TimelineRow => {
  const { id, event, issuer, officer, at, leaf } = recorded;
  return {
    event: id,
    exchange,
    item: event.item,
    family: familyOf(event.type),
    type: event.type,
    issuer,
    ...(officer === undefined ? {} : { officer }),
    at,
    leaf,
    overtaken: overtaken.includes(id),
    compartments: [
      ...(event.core === undefined ? [] : ['core']),
      ...Object.keys(event.parts),
    ].sort(),
  };
};

const counted = (view: ItemView | undefined): { readonly items: number; readonly open: number } =>
  view === undefined || listOf(view.state) === undefined
    ? { items: 0, open: 0 }
    : { items: 1, open: isOpen(view.state) ? 1 : 0 };

/**
 * Folds `entries` of one exchange, ascending by leaf and all after what `before` has folded. Total: every entry
 * leads to something, and none to a refusal.
 */
export const project = (
  before: Folded,
  [first, ...others]: readonly [StoredEntry, ...StoredEntry[]],
): Projected => {
  const items = new Map<ItemId, ItemView>();
  const known = new Set<AgencyId>(before.exchange?.known);
  const timeline: TimelineRow[] = [];
  const entities: IndexedEntity[] = [];
  let owner = before.exchange?.owner;
  let version = before.exchange?.version ?? 0n;
  let newest = first.recorded.leaf;
  for (const entry of [first, ...others]) {
    const { recorded, exchange, facts, revision } = entry;
    const { item } = recorded.event;
    const held = items.get(item) ?? before.items.get(item);
    const state = evolve(held?.state ?? noItem, recorded);
    items.set(item, {
      item,
      exchange,
      state,
      first: held?.first ?? recorded.leaf,
      newest: recorded.leaf,
      version: (held?.version ?? 0n) + BigInt(revision),
    });
    if (facts.opens === true) owner ??= recorded.issuer;
    known.add(recorded.issuer);
    if (state.kind !== 'none') known.add(state.from).add(state.to);
    for (const { agency } of facts.admits ?? []) known.add(agency);
    version += BigInt(revision);
    newest = recorded.leaf;
    timeline.push(timelineOf(entry, state));
    entities.push(...entitiesOf(entry));
  }
  const counts = { items: before.exchange?.items ?? 0, open: before.exchange?.open ?? 0 };
  for (const view of items.values()) {
    const was = counted(before.items.get(view.item));
    const is = counted(view);
    counts.items += is.items - was.items;
    counts.open += is.open - was.open;
  }
  return {
    exchange: {
      exchange: first.exchange,
      ...(owner === undefined ? {} : { owner }),
      known: [...known].sort(),
      ...counts,
      first: before.exchange?.first ?? first.recorded.leaf,
      newest,
      version,
    },
    items: [...items.values()],
    timeline,
    entities,
  };
};

/**
 * What is held of an event after it has been delivered again: what was known, and what the new delivery could open.
 * A pending event becomes a recorded one this way.
 */
export const merged = <E extends RecordedEntry>(
  held: Pick<E, 'recorded' | 'facts' | 'descriptors'> | undefined,
  arriving: E,
): E => {
  if (held === undefined) return arriving;
  const { recorded } = arriving;
  const core = recorded.event.core ?? held.recorded.event.core;
  const officer = recorded.officer ?? held.recorded.officer;
  return {
    ...arriving,
    facts: { ...held.facts, ...arriving.facts },
    descriptors: [
      ...new Map(
        [...held.descriptors, ...arriving.descriptors].map((one) => [one.compartment, one]),
      ).values(),
    ],
    recorded: {
      ...recorded,
      ...(officer === undefined ? {} : { officer }),
      event: {
        ...recorded.event,
        ...(core === undefined ? {} : { core }),
        parts: { ...held.recorded.event.parts, ...recorded.event.parts },
      },
    },
  };
};
