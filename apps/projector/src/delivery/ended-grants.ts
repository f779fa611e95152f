import { type Compartment } from '@tripoint/domain';
import { type AgencyId, type ExchangeId, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type NewFinding,
  type NewToSign,
  type Purge,
} from '@tripoint/read-model';

import { type ProjectorOptions } from '../projector.options.js';
import { sealedOff } from './sealed-off.js';
import { compartmentsOf, handedShares, orderOf } from './handed-shares.js';
import { forgottenByErasure } from './told-erasure.js';
import { withoutEvidence } from './without-parts.js';

/** A grant that is over, by whichever leaf. */
type Ended = { readonly exchange: ExchangeId; readonly item: ItemId };

/**
 * What has to go because a grant is over (the log has said that its time has passed, or its provider has taken it back), or
 * because who said it recalls it. It goes in the transaction that takes the line, together with the wish to say so, or to say why
 * a copy stays; where a quorum of witnesses is asked for, it is sealed off in that transaction, and goes when one has seen the leaf. What the provider itself holds stays.
 */
export const withPurges = async (
  projector: ProjectorOptions,
  isAuthority: (agency: AgencyId) => boolean,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  const { journal, agency } = projector;
  const whole: Delivery[] = [];
  for (const [at, arriving] of deliveries.entries()) {
    const delivery = await withoutWhatIsOver(journal, arriving);
    const before = deliveries.slice(0, at);
    const forgotten =
      (await forgottenByGrant(journal, agency, delivery, before)) ??
      (await forgottenByOrder(journal, agency, delivery, before)) ??
      (await forgottenByRecall(journal, agency, delivery, before)) ??
      (await forgottenByErasure(projector, isAuthority, delivery, before));
    if (forgotten === undefined) whole.push(delivery);
    else if ('code' in forgotten) {
      const refused: { erasure?: unknown } & Delivery = { ...delivery };
      delete refused.erasure;
      whole.push({ ...refused, findings: [...(delivery.findings ?? []), forgotten] });
    } else if ('erasure' in forgotten) whole.push({ ...delivery, ...forgotten });
    else whole.push({ ...delivery, purges: [forgotten] });
  }
  return withoutEvidence(journal, sealedOff(projector, whole));
};

const forgottenByGrant = async (
  journal: Pick<Journal, 'history'>,
  agency: AgencyId,
  delivery: Delivery,
  before: readonly Delivery[],
): Promise<Purge | undefined> => {
  const ended = delivery.ended ?? revokedBy(delivery);
  const grant = ended && (await grantOf(journal, ended, before));
  const purge = grant && purgeFor(grant, agency);
  return ended === undefined || purge === undefined
    ? undefined
    : { ...purge, answer: receiptOf(ended, 'ConfirmPurge') };
};

/** The time of an order to disclose to us is over: what was opened goes, and the shares that opened it. What we keep ourselves stays. */
const forgottenByOrder = async (
  journal: Pick<Journal, 'history' | 'shares'>,
  agency: AgencyId,
  { ended }: Delivery,
  before: readonly Delivery[],
): Promise<Purge | undefined> => {
  const order = ended && (await orderOf(journal, ended, before));
  const said = order?.recorded.event;
  const core = said?.type === 'DisclosureOrdered' ? said.core : undefined;
  if (ended === undefined || core?.beneficiary !== agency) return undefined;
  const { event } = core;
  const gone = (await handedShares(journal, event, before)).flatMap(compartmentsOf);
  return {
    event,
    compartments: gone.map(({ compartment }) => compartment as Compartment),
    descriptors: gone.map(({ descriptor }) => descriptor),
    answer: receiptOf(ended, 'ConfirmDisclosurePurge'),
  };
};

/** Only who said it takes it back. What is not held is gone already, and that is said as well. */
const forgottenByRecall = async (
  journal: Pick<Journal, 'entry'>,
  agency: AgencyId,
  { entry }: Delivery,
  before: readonly Delivery[],
): Promise<Purge | NewFinding | undefined> => {
  const event = entry?.recorded.event;
  if (entry === undefined || event?.type !== 'RecallIssued' || event.core?.to !== agency)
    return undefined;
  const { event: of, compartments } = event.core;
  const held =
    before
      .flatMap(({ entry: own, granted }) => [own, granted])
      .find((one) => one?.recorded.id === of) ?? (await journal.entry(of));
  if (held !== undefined && held.recorded.issuer !== entry.recorded.issuer)
    return {
      code: 'recall-not-by-provider',
      detail: 'an agency recalls what another has said',
      event: entry.recorded.id,
    };
  return {
    event: of,
    compartments,
    descriptors: entry.facts.recall?.descriptors ?? [],
    answer: receiptOf({ exchange: entry.exchange, item: event.item }, 'ConfirmRecall'),
  };
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

const purgeFor = (
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

const receiptOf = (
  { exchange, item }: Ended,
  command: 'ConfirmPurge' | 'ConfirmRecall' | 'ConfirmDisclosurePurge',
): NewToSign => ({
  key: `purged:${item}`,
  kind: 'receipt',
  exchange,
  item,
  body: { command },
});
