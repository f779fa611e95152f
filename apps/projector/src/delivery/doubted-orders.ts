import { type Compartment } from '@tripoint/domain';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type EventId, type ItemId } from '@tripoint/kernel';
import { type Delivery, type Journal, type JournalEntry, type Purge } from '@tripoint/read-model';
import { type Doubtful } from './doubted-grants.js';
import { compartmentsOf, handedShares, orderOf } from './handed-shares.js';
import { receiptOf } from './purge-of-grant.js';

/**
 * Orders to disclose that are over with a statement, because who gave them may have been somebody else, and upon which shares were handed
 * over: as the log ends them. Who was to read makes go what was opened, and the shares that opened it.
 */
export const ordersEndedByDoubt = async (
  journal: Pick<Journal, 'ordersBy' | 'history' | 'shares'>,
  agency: AgencyId,
  registry: RegistryCopy,
  { doubted = [], leaf }: Delivery,
  before: readonly Delivery[],
): Promise<Doubtful> => {
  const over: ItemId[] = [];
  const purges: Purge[] = [];
  const arriving = before.flatMap(({ entry }): readonly JournalEntry[] => (entry ? [entry] : []));
  for (const issuer of new Set(doubted.map((one) => one.agency)))
    for (const order of [...arriving, ...(await journal.ordersBy(issuer))]) {
      const { exchange, recorded, facts } = order;
      const { event } = recorded;
      if (recorded.issuer !== issuer || event.type !== 'DisclosureOrdered') continue;
      if (event.core === undefined || facts.order === undefined) continue;
      const at = doubtedFrom(order, registry, recorded.leaf?.index ?? leaf.index);
      if (at !== BigInt(leaf.index) || event.core.until <= leaf.time) continue;
      const { item } = event;
      const first = await orderOf(journal, { exchange, item }, before);
      const { entries } = await journal.history(exchange);
      if (first?.recorded.id !== recorded.id || !isActedUpon(order, [...entries, ...arriving]))
        continue;
      over.push(item);
      if (event.core.beneficiary !== agency) continue;
      const purge = await purgeOfOrder(journal, event.core.event, before);
      const answer = receiptOf({ exchange, item }, 'ConfirmDisclosurePurge');
      purges.push({ ...purge, answer });
    }
  return { over, purges };
};

/** Everything that was handed to us of an event's keys, and what that opened. What we keep ourselves stays. */
export const purgeOfOrder = async (
  journal: Pick<Journal, 'shares'>,
  event: EventId,
  before: readonly Delivery[],
): Promise<Omit<Purge, 'answer'>> => {
  const gone = (await handedShares(journal, event, before)).flatMap(compartmentsOf);
  return {
    event,
    compartments: gone.map(({ compartment }) => compartment as Compartment),
    descriptors: gone.map(({ descriptor }) => descriptor),
  };
};

/** Whether a share that was handed over at a leaf came upon an order that a later statement has ended. */
export const isOrderOverByDoubt = (
  order: JournalEntry,
  registry: RegistryCopy,
  handedAt: number,
): boolean => doubtedFrom(order, registry, handedAt) !== undefined;

/** With which statement, of `from` or later, an order was first in doubt. */
const doubtedFrom = (
  { recorded: { issuer, leaf } }: JournalEntry,
  registry: RegistryCopy,
  from: number,
): bigint | undefined =>
  leaf === undefined
    ? undefined
    : registry.history.all.find(
        (one) => one.index >= BigInt(from) && one.isTainted(issuer, BigInt(leaf.index)),
      )?.index;

const isActedUpon = (
  { recorded: { leaf, event } }: JournalEntry,
  others: readonly JournalEntry[],
): boolean =>
  others.some(
    ({ recorded, facts }) =>
      recorded.event.type === 'ShareReleased' &&
      recorded.event.item === event.item &&
      recorded.leaf !== undefined &&
      facts.grant?.verdict === leaf?.index,
  );
