import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import { type JournalEntry, type NewToSign, type Purge } from '@tripoint/read-model';

/** What goes when a grant to us is over; undefined for one to anybody else. */
export const purgeFor = (
  { facts, recorded: { event } }: JournalEntry,
  agency: AgencyId,
): Purge | undefined =>
  event.type === 'GrantMade' && event.core?.grantee === agency
    ? {
        event: event.core.event,
        compartments: event.core.compartments,
        descriptors: facts.grant?.wraps.map(({ descriptor }) => descriptor) ?? [],
      }
    : undefined;

/** The wish to say that it is gone. */
export const receiptOf = (
  { exchange, item }: { readonly exchange: ExchangeId; readonly item: ItemId },
  command: 'ConfirmPurge' | 'ConfirmRecall' | 'ConfirmDisclosurePurge',
): NewToSign => ({
  key: `purged:${item}`,
  kind: 'receipt',
  exchange,
  item,
  body: { command },
});
