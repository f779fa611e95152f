import { type Compartment } from '@tripoint/domain';
import { type RegistryCopy } from '@tripoint/federation';
import { type AgencyId, type Digest, type EventId } from '@tripoint/kernel';
import { type Delivery, type Journal, type RecordedEntry } from '@tripoint/read-model';
import { type ProjectorOptions } from '../projector.options.js';
import { isCovered } from './opened-by.js';
import { entrustedBy, knownBy, orderFault, type SaidBy } from './order-fault.js';
import { ordersIn } from './told-erasure.js';
import { withoutParts } from './without-parts.js';

/**
 * What comes behind its place in the log, because it was owed, is granted or is handed over in another order than the log's, without what
 * this agency was told to forget meanwhile, be it in the same batch: the hub, or a copy on the bus, may still have the keys to it. It is not even
 * written down.
 */
export const withoutForgotten = (
  { agency, journal }: Pick<ProjectorOptions, 'agency' | 'journal'>,
  registry: RegistryCopy,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> =>
  Promise.all(
    deliveries.map(async (delivery, at) => {
      let left = delivery;
      for (const [event, said] of saidIn(delivery)) {
        const before = deliveries.slice(0, at);
        const orders = [
          ...(await journal.erasuresOf(event)),
          ...ordersIn(before, agency, event),
        ].filter(({ leaf, ...order }) => orderFault(registry, order, leaf, said) === undefined);
        const erased = orders.flatMap(({ descriptors }) => descriptors);
        const ordered = orders.flatMap(({ by, descriptors }) => (by ? descriptors : []));
        const recalled = await recalledOf(journal, agency, event, said, before);
        const gone = {
          event,
          erased: new Set(erased),
          ordered: new Set(ordered),
          recalled: new Set(recalled),
        };
        if (erased.length + recalled.length > 0) left = without(left, gone);
      }
      return left;
    }),
  );

const saidIn = ({ entry, granted, shares = [] }: Delivery): ReadonlyMap<EventId, SaidBy> => {
  const said = new Map<EventId, SaidBy>();
  const kept = (event: EventId) => shares.filter((one) => one.event === event);
  for (const { event } of shares) {
    const by = entrustedBy(kept(event));
    if (by !== undefined) said.set(event, by);
  }
  for (const one of [entry, granted]) {
    const by = one && knownBy(one, kept(one.recorded.id));
    if (one !== undefined && by !== undefined) said.set(one.recorded.id, by);
  }
  return said;
};

/** Who said it takes it back, from us, in the exchange where it was said. */
const recalledOf = async (
  journal: Pick<Journal, 'history'>,
  agency: AgencyId,
  event: EventId,
  { issuer, exchange }: SaidBy,
  before: readonly Delivery[],
): Promise<readonly Digest[]> => {
  if (exchange === undefined) return [];
  const arriving = before.flatMap(({ entry }) => (entry?.exchange === exchange ? [entry] : []));
  const { entries } = await journal.history(exchange);
  return [...entries, ...arriving].flatMap(({ recorded, facts }) => {
    const { event: said } = recorded;
    const core = said.type === 'RecallIssued' ? said.core : undefined;
    return core?.to === agency && core.event === event && recorded.issuer === issuer
      ? (facts.recall?.descriptors ?? [])
      : [];
  });
};

type Gone = {
  readonly event: EventId;
  readonly erased: ReadonlySet<Digest>;
  /** Of these, what somebody has ordered to be: no term. */
  readonly ordered: ReadonlySet<Digest>;
  readonly recalled: ReadonlySet<Digest>;
};

const without = (
  { entry, granted, wraps = [], shares = [], evidence, ...delivery }: Delivery,
  { event, erased, ordered, recalled }: Gone,
): Delivery => {
  const ours = [entry, granted].filter((one) => one?.recorded.id === event);
  const names = new Set(
    ours
      .flatMap((one) => one?.descriptors ?? [])
      .filter(({ compartment }) => compartment !== 'core')
      .filter(({ descriptor }) => erased.has(descriptor) || recalled.has(descriptor))
      .map(({ compartment }) => compartment),
  );
  const stripped = (one: RecordedEntry | undefined): RecordedEntry | undefined =>
    one?.recorded.id === event ? withoutCompartments(one, names) : one;
  const [own, handed] = [stripped(entry), stripped(granted)];
  const gone = new Set<string>([
    ...names,
    ...shares
      .filter((one) => one.event === event && erased.size > 0)
      .filter((one) => erased.has(one.descriptor) || isCovered(one, ordered))
      .map((one) => one.compartment),
  ]);
  const stays = (one: { readonly event: EventId; readonly compartment: string }): boolean =>
    one.event !== event || !gone.has(one.compartment);
  return {
    ...delivery,
    ...(own === undefined ? {} : { entry: own }),
    ...(handed === undefined ? {} : { granted: handed }),
    wraps: wraps.filter(stays),
    shares: shares.filter(stays),
    ...(evidence === undefined
      ? {}
      : { evidence: withoutParts(evidence, new Map([[event, gone]])) }),
  };
};

const withoutCompartments = (
  { recorded, descriptors, ...entry }: RecordedEntry,
  names: ReadonlySet<Compartment>,
): RecordedEntry => {
  const parts = Object.fromEntries(
    Object.entries(recorded.event.parts).filter(([name]) => !names.has(name as Compartment)),
  );
  return {
    ...entry,
    recorded: { ...recorded, event: { ...recorded.event, parts } as typeof recorded.event },
    descriptors: descriptors.filter(({ compartment }) => !names.has(compartment)),
  };
};
