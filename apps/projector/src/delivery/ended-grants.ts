import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type NewToSign,
  type Purge,
} from '@tripoint/read-model';

/** A grant that is over, by whichever leaf. */
type Ended = { readonly exchange: ExchangeId; readonly item: ItemId };

/**
 * What has to go because a grant is over: the log has said that its time has passed, or its provider has taken it back. It goes
 * in the transaction that takes the line, together with the wish to say so. What the provider itself holds stays.
 */
export const withPurges = async (
  journal: Pick<Journal, 'history' | 'position'>,
  agency: AgencyId,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  const whole: Delivery[] = [];
  for (const [at, arriving] of deliveries.entries()) {
    const delivery = await withoutWhatIsOver(journal, arriving);
    const ended = delivery.ended ?? revokedBy(delivery);
    const grant = ended && (await grantOf(journal, ended, deliveries.slice(0, at)));
    const purge = grant && purgeFor(grant, agency);
    whole.push(
      ended === undefined || purge === undefined
        ? delivery
        : {
            ...delivery,
            purges: [purge],
            toSign: [...(delivery.toSign ?? []), receiptOf(ended)],
          },
    );
  }
  return whole;
};

/** What was owed may be opened when it is over already; copies on the bus are as they were. */
const withoutWhatIsOver = async (
  journal: Pick<Journal, 'history' | 'position'>,
  { granted, ...delivery }: Delivery,
): Promise<Delivery> => {
  const { entry } = delivery;
  const event = entry?.recorded.event;
  if (granted === undefined || event?.type !== 'GrantMade' || entry === undefined)
    return { ...delivery, ...(granted === undefined ? {} : { granted }) };
  const { leaf } = await journal.position();
  const over =
    (leaf !== undefined && event.core !== undefined && event.core.until <= leaf.time) ||
    (await journal.history(entry.exchange)).entries.some(
      ({ recorded }) =>
        recorded.event.type === 'GrantRevoked' && recorded.event.item === event.item,
    );
  if (!over) return { ...delivery, granted };
  const { id } = granted.recorded;
  return { ...delivery, wraps: (delivery.wraps ?? []).filter((wrap) => wrap.event !== id) };
};

const revokedBy = ({ entry }: Delivery): Ended | undefined =>
  entry?.recorded.event.type === 'GrantRevoked'
    ? { exchange: entry.exchange, item: entry.recorded.event.item }
    : undefined;

/** The grant may have come just before, in the same batch. */
const grantOf = async (
  journal: Pick<Journal, 'history'>,
  { exchange, item }: Ended,
  before: readonly Delivery[],
): Promise<JournalEntry | undefined> => {
  const made = ({ recorded: { event } }: JournalEntry): boolean =>
    event.type === 'GrantMade' && event.item === item;
  return (
    before.flatMap(({ entry }) => entry ?? []).find(made) ??
    (await journal.history(exchange)).entries.find(made)
  );
};

const purgeFor = ({ recorded: { event } }: JournalEntry, agency: AgencyId): Purge | undefined =>
  event.type === 'GrantMade' && event.core?.grantee === agency
    ? { event: event.core.event, compartments: event.core.compartments }
    : undefined;

const receiptOf = ({ exchange, item }: Ended): NewToSign => ({
  key: `purged:${item}`,
  kind: 'receipt',
  exchange,
  item,
  body: { command: 'ConfirmPurge' },
});
