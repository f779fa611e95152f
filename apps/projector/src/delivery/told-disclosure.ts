import { type AgencyId, type EventId, refuse, type Refusal } from '@tripoint/kernel';
import { type RegistryCopy } from '@tripoint/federation';
import { type Delivery, type NewFinding, type ToldDisclosure } from '@tripoint/read-model';
import { type OrderFact } from '@tripoint/policy';
import { type ProjectorOptions } from '../projector.options.js';
import { type ToldCore } from './told-core.js';

/** What the log tells of an order that is not addressed to us, or of what oversight thinks of one. */
export const toldOfDisclosure = (
  { header, facts }: ToldCore,
  registry: RegistryCopy,
): Pick<Delivery, 'told' | 'reviewed'> | Refusal => {
  const { item, order, reviews } = facts;
  const { issuer: by, stream: exchange } = header;
  if (order !== undefined && item !== undefined)
    return { told: toldOf(order, { item, exchange, by }) };
  if (reviews === undefined)
    return refuse('disclosure-without-order', 'what came as an order orders nothing');
  return registry.latest.agency(by)?.kind === 'OVERSIGHT'
    ? { reviewed: { item: reviews.disclosure, outcome: reviews.outcome, by } }
    : refuse('review-not-by-oversight', 'an emergency is reviewed by another than oversight');
};

const toldOf = (
  { agency: beneficiary, event, compartments, emergency, until, ground }: OrderFact,
  saying: Pick<ToldDisclosure, 'item' | 'exchange' | 'by'>,
): ToldDisclosure => ({
  ...saying,
  event,
  beneficiary,
  compartments,
  emergency,
  until,
  ...(ground === undefined ? {} : { ground }),
});

/**
 * Holds what we are told of an order against what we have said: who said it is told, and oversight of each emergency, and nobody else.
 * A custodian that said it itself holds the whole order, and is told no less; oversight knows its own review as it knows another's.
 */
export const withTold = async (
  { agency, journal }: Pick<ProjectorOptions, 'agency' | 'journal'>,
  registry: RegistryCopy,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  const whole: Delivery[] = [];
  const isOurs = async (event: EventId): Promise<boolean> => {
    const before = whole.findLast(({ entry }) => entry?.recorded.id === event)?.entry;
    return (before ?? (await journal.entry(event)))?.recorded.issuer === agency;
  };
  const overseer = registry.latest.agency(agency)?.kind === 'OVERSIGHT';
  for (const { told, ...came } of deliveries) {
    const delivery = overseer ? { ...came, ...reviewIn(came, agency) } : came;
    const claimed = told ?? orderIn(delivery);
    const concerns =
      claimed !== undefined &&
      ((overseer && claimed.emergency && claimed.ground !== 'DRILL') ||
        (await isOurs(claimed.event)));
    if (concerns) whole.push({ ...delivery, told: claimed });
    else if (told === undefined) whole.push(delivery);
    else whole.push({ ...delivery, findings: [...(delivery.findings ?? []), NOT_OURS] });
  }
  return whole;
};

const orderIn = ({ entry }: Delivery): ToldDisclosure | undefined => {
  const order = entry?.facts.order;
  if (entry === undefined || order === undefined) return undefined;
  const { exchange, recorded } = entry;
  return toldOf(order, { item: recorded.event.item, exchange, by: recorded.issuer });
};

/** What oversight thinks of an emergency, as it has said itself. */
const reviewIn = ({ entry }: Delivery, agency: AgencyId): Pick<Delivery, 'reviewed'> => {
  const event = entry?.recorded.event;
  if (event?.type !== 'DisclosureReviewed' || entry?.recorded.issuer !== agency) return {};
  if (event.core === undefined) return {};
  const { disclosure: item, outcome } = event.core;
  return { reviewed: { item, outcome, by: agency } };
};

const NOT_OURS: NewFinding = {
  code: 'disclosure-not-of-ours',
  detail: 'the hub tells us that something was ordered to be disclosed that we have not said',
};
