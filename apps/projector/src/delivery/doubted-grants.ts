import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId } from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type Purge,
  type RecordedEntry,
} from '@tripoint/read-model';
import { purgeFor, receiptOf } from './purge-of-grant.js';

/**
 * What was granted to us and is over with a statement, because what it was decided with may have been in other hands. The roots have
 * signed that, and whoever recomputes the log ends the same grants at the same leaf; nobody has to say so.
 */
export const forgottenByDoubt = async (
  journal: Pick<Journal, 'grantsBy' | 'history'>,
  agency: AgencyId,
  registry: RegistryCopy,
  { doubted = [], leaf }: Delivery,
  before: readonly Delivery[],
): Promise<readonly Purge[]> => {
  const purges: Purge[] = [];
  for (const provider of new Set(doubted.map((one) => one.agency))) {
    const arriving = before.flatMap(({ entry }) => entry ?? []);
    for (const grant of [...arriving, ...(await journal.grantsBy(provider))]) {
      const { exchange, recorded } = grant;
      const { event, issuer } = recorded;
      const purge = issuer === provider ? purgeFor(grant, agency) : undefined;
      if (purge === undefined || event.type !== 'GrantMade' || event.core === undefined) continue;
      if (!isDoubted(grant, registry.history.at(BigInt(leaf.index)))) continue;
      const { entries } = await journal.history(exchange);
      if (event.core.until <= leaf.time || isEnded(grant, [...entries, ...arriving])) continue;
      const { item } = event;
      purges.push({ ...purge, answer: receiptOf({ exchange, item }, 'ConfirmPurge') });
    }
  }
  return purges;
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
