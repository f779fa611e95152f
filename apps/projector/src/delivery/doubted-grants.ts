import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type Purge,
  type RecordedEntry,
} from '@tripoint/read-model';
import { purgeFor, receiptOf } from './purge-of-grant.js';

/** Items that are over with one line, and what goes with those by which we were given something. */
export type Doubtful = { readonly over: readonly ItemId[]; readonly purges: readonly Purge[] };

/**
 * What was granted and is over with a statement, because what it was decided with may have been in other hands: by us, to us, or upon our
 * asking. The roots have signed that, and whoever recomputes the log ends the same grants at the same leaf; nobody has to say so.
 */
export const endedByDoubt = async (
  journal: Pick<Journal, 'grantsBy' | 'history'>,
  agency: AgencyId,
  registry: RegistryCopy,
  { doubted = [], leaf, entry }: Delivery,
  before: readonly Delivery[],
): Promise<Doubtful> => {
  // What comes behind a statement that has ended it was over before it came.
  const late = entry?.recorded.event.type === 'GrantMade' && isOverByDoubt(entry, registry);
  const over: ItemId[] = late ? [entry.recorded.event.item] : [];
  const purges: Purge[] = [];
  for (const provider of new Set(doubted.map((one) => one.agency))) {
    const arriving = before.flatMap((one) => one.entry ?? []);
    for (const grant of [...arriving, ...(await journal.grantsBy(provider))]) {
      const { exchange, recorded } = grant;
      const { event, issuer } = recorded;
      if (issuer !== provider || event.type !== 'GrantMade' || event.core === undefined) continue;
      if (!isDoubted(grant, registry.history.at(BigInt(leaf.index)))) continue;
      const { entries } = await journal.history(exchange);
      if (event.core.until <= leaf.time || isEnded(grant, [...entries, ...arriving])) continue;
      const { item } = event;
      over.push(item);
      const purge = purgeFor(grant, agency);
      if (purge !== undefined)
        purges.push({ ...purge, answer: receiptOf({ exchange, item }, 'ConfirmPurge') });
    }
  }
  return { over, purges };
};

/** Whether a statement of after its leaf has put an end to it. */
export const isOverByDoubt = (grant: RecordedEntry, registry: RegistryCopy): boolean =>
  registry.history.all.some(
    (one) => one.index >= BigInt(grant.recorded.leaf.index) && isDoubted(grant, one),
  );

const isDoubted = (
  { facts: { grant }, recorded: { issuer } }: JournalEntry,
  registry: RegistryCopy['latest'],
): boolean => grant !== undefined && registry.isTainted(issuer, BigInt(grant.verdict));

/** What was over before is over no second time: what it was of may have been granted anew. */
const isEnded = (grant: JournalEntry, others: readonly JournalEntry[]): boolean =>
  others.some(
    ({ recorded: { event, issuer } }) =>
      event.item === grant.recorded.event.item &&
      (event.type === 'GrantPurged' ||
        (event.type === 'GrantRevoked' && issuer === grant.recorded.issuer)),
  );
