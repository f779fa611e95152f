import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type ExchangeId, type Instant, type ItemId } from '@tripoint/kernel';
import {
  type Delivery,
  type Journal,
  type JournalEntry,
  type NewFinding,
  type Purge,
} from '@tripoint/read-model';

import { type ProjectorOptions } from '../projector.options.js';
import { sealedOff } from './sealed-off.js';
import { endedByDoubt, isOverByDoubt } from './doubted-grants.js';
import { ordersEndedByDoubt, purgeOfOrder } from './doubted-orders.js';
import { orderOf } from './handed-shares.js';
import { purgeFor, receiptOf } from './purge-of-grant.js';
import { notYet } from './leaf-time.js';
import { termOf } from './order-fault.js';
import { forgottenByErasure, heldOf } from './told-erasure.js';
import { withoutEvidence } from './without-parts.js';

/** A grant that is over, or an order: because its agency takes it back, or because the log says that its time is over. */
type Ended = {
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  readonly by: AgencyId;
  readonly due?: Instant;
};

/**
 * What has to go because a grant is over (the log has said that its time has passed, or its provider has taken it back), or
 * because who said it recalls it. It goes in the transaction that takes the line, together with the wish to say so, or to say why
 * a copy stays; where a quorum of witnesses is asked for, it is sealed off in that transaction, and goes when one has seen the leaf. What the provider itself holds stays.
 */
export const withPurges = async (
  projector: ProjectorOptions,
  registry: RegistryCopy,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  const { journal, agency } = projector;
  const isAuthority = (one: AgencyId): boolean => registry.latest.agency(one)?.kind === 'OVERSIGHT';
  const whole: Delivery[] = [];
  for (const [at, arriving] of deliveries.entries()) {
    const before = deliveries.slice(0, at);
    const ended = [
      await endedByDoubt(journal, agency, registry, arriving, before),
      await ordersEndedByDoubt(journal, agency, registry, arriving, before),
    ];
    const [over, purges] = [ended.flatMap((one) => one.over), ended.flatMap((one) => one.purges)];
    const delivery = {
      ...(await withoutWhatIsOver(journal, registry, arriving)),
      ...(over.length === 0 ? {} : { overByDoubt: over }),
    };
    if (purges.length > 0) {
      whole.push({ ...delivery, purges });
      continue;
    }
    const forgotten =
      (await forgottenByOrder({ journal, agency }, isAuthority, delivery, before)) ??
      (await forgottenByGrant(journal, agency, delivery, before)) ??
      (await forgottenByRecall(journal, agency, delivery, before)) ??
      (await forgottenByErasure(projector, registry, delivery, before));
    if (forgotten === undefined) whole.push(delivery);
    else if ('code' in forgotten) {
      const refused: { erasure?: unknown } & Delivery = { ...delivery };
      delete refused.erasure;
      whole.push({ ...refused, findings: [...(delivery.findings ?? []), forgotten] });
    } else if ('erasure' in forgotten) whole.push({ ...delivery, ...forgotten });
    else whole.push({ ...delivery, purges: [forgotten] });
  }
  return withoutEvidence(journal, sealedOff(projector, notYet(projector.now(), whole, dueOf)));
};

/** When it was over, of what goes because its time is. */
const dueOf = ({ ended, erasure }: Delivery): Instant | undefined =>
  ended?.due ?? (erasure === undefined || erasure.by !== undefined ? undefined : termOf(erasure));

/** Only who said it grants it, and only who granted it takes it back; nobody has it go before its time. */
const forgottenByGrant = async (
  journal: Pick<Journal, 'entry' | 'history'>,
  agency: AgencyId,
  delivery: Delivery,
  before: readonly Delivery[],
): Promise<Purge | NewFinding | undefined> => {
  const ended = delivery.ended ?? revokedBy(delivery);
  if (ended === undefined) return undefined;
  const grants = await grantsOf(journal, ended, before);
  const grant = grants.find(({ recorded }) => recorded.issuer === ended.by);
  const purge = grant && purgeFor(grant, agency);
  if (grant === undefined || purge === undefined)
    return grants.some((one) => purgeFor(one, agency) !== undefined) ? NOT_BY_PROVIDER : undefined;
  const held = await heldOf(journal, purge.event, before);
  if (held !== undefined && held.recorded.issuer !== ended.by)
    return { ...NOT_BY_PROVIDER, event: grant.recorded.id };
  if (ended.due !== undefined && !isOver(ended.due, untilOf(grant), delivery))
    return {
      code: 'grant-not-over',
      detail: 'the log has ended a grant at another time than it is for',
      event: grant.recorded.id,
    };
  return { ...purge, answer: receiptOf(ended, 'ConfirmPurge') };
};

const NOT_BY_PROVIDER: NewFinding = {
  code: 'grant-not-by-provider',
  detail: 'an agency ends a grant of what another has said or granted',
};

const isOver = (due: Instant, until: Instant | undefined, { leaf }: Delivery): boolean =>
  due === until && due <= leaf.time;

const untilOf = ({ recorded: { event } }: JournalEntry): Instant | undefined =>
  event.type === 'GrantMade' ? event.core?.until : undefined;

/** The time of an order to disclose to us is over: what was opened goes, and the shares that opened it. What we keep ourselves stays. */
const forgottenByOrder = async (
  { journal, agency }: Pick<ProjectorOptions, 'journal' | 'agency'>,
  isAuthority: (agency: AgencyId) => boolean,
  delivery: Delivery,
  before: readonly Delivery[],
): Promise<Purge | undefined> => {
  const { ended } = delivery;
  const order = ended && (await orderOf(journal, ended, before));
  const said = order?.recorded.event;
  const core = said?.type === 'DisclosureOrdered' ? said.core : undefined;
  if (ended?.due === undefined || order === undefined || core?.beneficiary !== agency)
    return undefined;
  const { issuer } = order.recorded;
  const mayOrder = isAuthority(issuer) || (core.emergency && issuer === agency);
  if (!mayOrder || issuer !== ended.by || !isOver(ended.due, core.until, delivery))
    return undefined;
  const purge = await purgeOfOrder(journal, core.event, before);
  return { ...purge, answer: receiptOf(ended, 'ConfirmDisclosurePurge') };
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
  const held = await heldOf(journal, of, before);
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
  registry: RegistryCopy,
  { granted, ...delivery }: Delivery,
): Promise<Delivery> => {
  const { entry } = delivery;
  const event = entry?.recorded.event;
  if (granted === undefined || event?.type !== 'GrantMade' || entry === undefined)
    return { ...delivery, ...(granted === undefined ? {} : { granted }) };
  const { leaf } = await journal.position();
  const over =
    isOverByDoubt(entry, registry) ||
    (leaf !== undefined && event.core !== undefined && event.core.until <= leaf.time) ||
    (await journal.history(entry.exchange)).entries.some(
      ({ recorded }) =>
        recorded.event.type === 'GrantRevoked' &&
        recorded.event.item === event.item &&
        recorded.issuer === entry.recorded.issuer,
    );
  if (!over) return { ...delivery, granted };
  const { id } = granted.recorded;
  return { ...delivery, wraps: (delivery.wraps ?? []).filter((wrap) => wrap.event !== id) };
};

const revokedBy = ({ entry }: Delivery): Ended | undefined =>
  entry?.recorded.event.type === 'GrantRevoked'
    ? {
        exchange: entry.exchange,
        item: entry.recorded.event.item,
        by: entry.recorded.issuer,
      }
    : undefined;

/** Grants of an item, by whoever made them; they may have come just before, in the same batch. */
const grantsOf = async (
  journal: Pick<Journal, 'history'>,
  { exchange, item }: Ended,
  before: readonly Delivery[],
): Promise<readonly JournalEntry[]> => {
  const { entries } = await journal.history(exchange);
  const all = [
    ...before.flatMap(({ entry }): readonly JournalEntry[] => (entry ? [entry] : [])),
    ...entries,
  ];
  return all.filter(
    (one) =>
      one.exchange === exchange &&
      one.recorded.event.type === 'GrantMade' &&
      one.recorded.event.item === item,
  );
};
