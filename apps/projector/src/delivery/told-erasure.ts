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
import { stillKeyOf } from './entrusted.js';
import { compartmentsOf, handedShares } from './handed-shares.js';
import { knownBy, orderFault } from './order-fault.js';
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

/** What is to go because everybody forgets it, and the wish to say so; a finding where it is ordered by who may not. */
export const forgottenByErasure = async (
  { agency, journal, now, backupDays = KEPT_DAYS }: ProjectorOptions,
  registry: RegistryCopy,
  delivery: Delivery,
  before: readonly Delivery[],
): Promise<
  { readonly erasure: NewErasure; readonly purges: readonly Purge[] } | NewFinding | undefined
> => {
  const told = delivery.erasure ?? ownOrder(delivery, agency);
  if (told === undefined) return undefined;
  const held = await heldOf(journal, told.event, before);
  const kept = await sharesOf(journal, told.event, before);
  const known = knownBy(held, kept);
  const issuer = known?.issuer ?? told.originator;
  // An authority has nothing of what it has forgotten, and hears in the log who has done it.
  const isOurs = delivery.erasure === undefined;
  if (isOurs && registry.latest.agency(agency)?.kind === 'OVERSIGHT') return undefined;
  const { item, exchange, event, descriptors } = told;
  const fault = known && orderFault(registry, told, delivery.leaf, known);
  if (fault !== undefined) return { ...fault, event };
  // Who holds nothing of the event itself and is told all the same keeps shares of its keys, which go with it.
  // What goes by its term goes by that of its own class, and is named; an order names no shares.
  const owed = kept
    .filter(({ descriptor }) => told.by !== undefined || descriptors.includes(descriptor))
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
    .concat(held === undefined || keepsShares(registry, held, descriptors) ? [] : owed);
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
  return {
    erasure: { ...told, originator: issuer },
    purges: [{ event, compartments, descriptors, everywhere: true, answer }],
  };
};

/** Whoever was told as well keeps what it is entrusted with as long as something is left to it that this may be a key of. */
const keepsShares = (
  registry: RegistryCopy,
  held: JournalEntry,
  gone: readonly Digest[],
): boolean => {
  const descriptors = held.descriptors.filter(({ descriptor }) => !gone.includes(descriptor));
  return stillKeyOf(registry, [{ ...held, descriptors }], held.recorded.id);
};

const sharesOf = async (
  journal: Pick<Journal, 'shares'>,
  event: EventId,
  before: readonly Delivery[],
): Promise<readonly KeptShare[]> =>
  [...(await journal.shares(event)), ...before.flatMap((one) => one.shares ?? [])].filter(
    (one) => one.event === event,
  );

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
