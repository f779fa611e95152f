import { type Compartment } from '@tripoint/domain';
import { type RegistryCopy } from '@tripoint/federation';
import {
  type AgencyId,
  type Digest,
  type EventId,
  refuse,
  type Instant,
  type Refusal,
} from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type KeptShare,
  type NewErasure,
  type NewFinding,
  type NewToSign,
  type Purge,
} from '@tripoint/read-model';
import { type LeafRecord, RECEIPTS_WITHIN } from '@tripoint/replay';
import { type ProjectorOptions } from '../projector.options.js';
import { compartmentsOf, handedShares, ownPart } from './handed-shares.js';
import { isCovered, withOpens } from './opened-by.js';
import { knownBy, orderFault, type SaidBy } from './order-fault.js';
import { type ToldCore } from './told-core.js';

const KEPT_DAYS = 14;
const DAY = 86_400_000;

/** Everything that a node keeps of what it was told, and empties in one transaction. */
const STORES = ['CONTENT', 'KEYS', 'SEARCH', 'DELIVERIES', 'OUTBOX'];

/** An order to forget something, of which the log tells us because we hold it. */
export const toldErasure = ({ header, facts }: ToldCore): NewErasure | Refusal => {
  const { item, erases } = facts;
  if (item === undefined || erases === undefined)
    return refuse('erasure-without-order', 'what came as an order orders nothing');
  const { event, descriptors, ground, until } = erases;
  const by = header.issuer;
  return { item, exchange: header.stream, event, descriptors, originator: by, by, ground, until };
};

/** What a leaf of the log's own says of an erasure: that it is ordered by time alone, late somewhere, or done. */
export const dueOfErasure = (
  due: Extract<LeafRecord, { readonly about: 'due' }>,
  agency: AgencyId,
): Pick<Delivery, 'erasure' | 'erasureStands'> => {
  const { item, exchange, parties, erases, erasure } = due;
  const [originator, holder] = parties;
  if (erasure === 'overdue') return { erasureStands: { item, overdue: holder } };
  if (erasure === 'completed') return { erasureStands: { item, completedAt: due.due } };
  // Who said it is told of everybody's, and forgets at its own.
  if (erases === undefined || holder !== agency) return {};
  const until = new Date(Date.parse(due.due) + RECEIPTS_WITHIN).toISOString() as Instant;
  return { erasure: { item, exchange, ...erases, originator, ground: 'RETENTION_OVER', until } };
};

/** An order of our own, which came like anything else that we have said. */
export const ownOrder = ({ entry }: Delivery, agency: AgencyId): NewErasure | undefined => {
  const erases = entry?.facts.erases;
  if (entry?.recorded.event.type !== 'ErasureOrdered' || erases === undefined) return undefined;
  const { exchange, recorded } = entry;
  if (recorded.issuer !== agency) return undefined;
  const { item } = recorded.event;
  return { item, exchange, ...erases, originator: agency, by: agency };
};

/** Orders to forget something of an event, of others or our own, that came just before. */
export const ordersIn = (before: readonly Delivery[], agency: AgencyId, event: EventId) =>
  before.flatMap((one) => {
    const order = one.erasure ?? ownOrder(one, agency);
    return order?.event === event ? [{ ...order, leaf: one.leaf }] : [];
  });

/** What is to go because everybody forgets it, and the wish to say so; a finding where it is ordered by who may not. */
export const forgottenByErasure = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  delivery: Delivery,
  before: readonly Delivery[],
): Promise<
  { readonly erasure: NewErasure; readonly purges: readonly Purge[] } | NewFinding | undefined
> => {
  const { agency, journal, now, backupDays = KEPT_DAYS } = projector;
  const told = delivery.erasure ?? ownOrder(delivery, agency);
  if (told === undefined) return undefined;
  const held = await heldOf(journal, told.event, before);
  const kept = await sharesOf(projector, registry, told.event, before);
  const known = knownBy(held, kept);
  const issuer = known?.issuer ?? told.originator;
  // An authority has nothing of what it has forgotten, and hears in the log who has done it.
  const isOurs = delivery.erasure === undefined;
  if (isOurs && registry.latest.agency(agency)?.kind === 'OVERSIGHT') return undefined;
  const { item, exchange, event, descriptors } = told;
  // What orders before have forgotten already the log does not forget again: nobody waits for our word.
  const orders = [...(await journal.erasuresOf(event)), ...ordersIn(before, agency, event)];
  if (isOurs && isRepeated({ ...told, leaf: delivery.leaf }, orders))
    return { erasure: told, purges: [] };
  const fault = known && orderFault(registry, told, delivery.leaf, known);
  if (fault !== undefined) return { ...fault, event };
  // One share is of every key of the event that is in custody: it goes when all of that was ordered to be forgotten, be it by one order
  // after the other. What goes by its term goes by that of its own class, and is named; an order names no shares.
  const ordered = await orderedOf(projector, registry, { told, known, delivery, before });
  const owed = kept
    .filter((one) => held === undefined || ownPart(one) !== undefined)
    .filter((one) =>
      told.by === undefined ? descriptors.includes(one.descriptor) : isCovered(one, ordered),
    )
    .map(({ compartment }) => compartment as Compartment);
  // What custodians have handed over goes as soon as nothing is left that it is a key of; the order does not name it.
  const isLeft = (digest: Digest): boolean =>
    !descriptors.includes(digest) &&
    held?.descriptors.some(({ descriptor }) => descriptor === digest) === true;
  const shares = (held === undefined ? [] : await handedShares(journal, event, before))
    .filter(
      (one) =>
        !compartmentsOf(one).some(
          ({ descriptor }) => descriptor !== one.descriptor && isLeft(descriptor),
        ),
    )
    .map(({ compartment }) => compartment as Compartment)
    .concat(owed);
  const compartments =
    held === undefined
      ? owed
      : held.descriptors
          .filter(({ compartment }) => compartment !== 'core')
          .filter(({ descriptor }) => descriptors.includes(descriptor))
          .map(({ compartment }) => compartment)
          .concat(shares);
  // Whoever signs reckons from then. A front door of the version before knows nothing of days.
  const backupsUntil = new Date(now() + backupDays * DAY).toISOString() as Instant;
  const claim = { to: issuer, event, stores: STORES, backupsUntil, backupDays };
  const answer: NewToSign = {
    key: `erased:${item}`,
    kind: 'receipt',
    exchange,
    item,
    body: { command: 'ConfirmErasure', data: claim },
  };
  // Who only keeps a share, and goes on keeping it for what is left, has heard of the order and is not waited for.
  const isKeeper =
    told.by !== undefined &&
    held === undefined &&
    kept.length > 0 &&
    owed.length === 0 &&
    kept.every((one) => ownPart(one) !== undefined);
  const purge = { event, compartments, descriptors, everywhere: true as const };
  return {
    erasure: { ...told, originator: issuer },
    purges: [isKeeper ? purge : { ...purge, answer }],
  };
};

type Logged = Pick<NewErasure, 'descriptors'> & {
  readonly by?: AgencyId | undefined;
  readonly leaf: { readonly index: number };
};

/**
 * Whether orders of before name all of it, however late their lines are read. What a term has named counts for no order: with one that
 * names it, shares of its key are gone as well, and the log waits for everybody's word.
 */
export const isRepeated = ({ leaf, descriptors }: Logged, orders: readonly Logged[]): boolean => {
  const before = orders.filter((one) => one.by !== undefined && one.leaf.index < leaf.index);
  const named = new Set(before.flatMap((one) => one.descriptors));
  return descriptors.every((one) => named.has(one));
};

/** All of an event that was ordered to be forgotten by now, by whoever may: what is over by a term is of a class, and a share has its own. */
const orderedOf = async (
  { agency, journal }: Pick<ProjectorOptions, 'agency' | 'journal'>,
  registry: RegistryCopy,
  {
    told,
    known,
    delivery,
    before,
  }: {
    readonly told: NewErasure;
    readonly known: SaidBy | undefined;
    readonly delivery: Delivery;
    readonly before: readonly Delivery[];
  },
): Promise<ReadonlySet<Digest>> => {
  const orders = [
    ...(await journal.erasuresOf(told.event)),
    ...ordersIn(before, agency, told.event),
    { ...told, leaf: delivery.leaf },
  ];
  return new Set(
    orders
      .filter(({ by }) => by !== undefined)
      .filter(
        ({ leaf, ...order }) =>
          known !== undefined && orderFault(registry, order, leaf, known) === undefined,
      )
      .flatMap(({ descriptors }) => descriptors),
  );
};

const sharesOf = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  event: EventId,
  before: readonly Delivery[],
): Promise<readonly KeptShare[]> => {
  const { journal } = projector;
  const kept = [...(await journal.shares(event)), ...before.flatMap((one) => one.shares ?? [])];
  return Promise.all(
    kept.filter((one) => one.event === event).map((one) => withOpens(projector, registry, one)),
  );
};

/**
 * What is held of an event, with what has come just before, in the same batch; what was granted comes in the same line as the grant.
 * The first to be kept under its id says whose it is.
 */
export const heldOf = async (
  journal: Pick<Journal, 'entry'>,
  event: EventId,
  before: readonly Delivery[],
): Promise<JournalEntry | undefined> => {
  const arriving = before.flatMap(({ entry, granted }) => [entry, granted]);
  const [first, ...others] = [await journal.entry(event), ...arriving].filter(
    (one) => one?.recorded.id === event,
  );
  if (first === undefined) return undefined;
  const descriptors = new Map(first.descriptors.map((one) => [one.descriptor, one]));
  for (const one of others)
    if (one?.recorded.issuer === first.recorded.issuer && one.exchange === first.exchange)
      for (const more of one.descriptors) descriptors.set(more.descriptor, more);
  return { ...first, descriptors: [...descriptors.values()] };
};
