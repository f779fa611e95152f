import {
  type Entitled,
  formatEntitled,
  parseDescriptor,
  parseEntitled,
  parseHeader,
} from '@tripoint/envelope';
import { type EventId, isRefusal } from '@tripoint/kernel';
import { formatDelivery, parseDelivery } from '@tripoint/ledger';
import { type Delivery, type Evidence, type Journal, type Purge } from '@tripoint/read-model';

type Gone = ReadonlyMap<EventId, ReadonlySet<string>>;

const goneBy = (purges: readonly Purge[]): Gone => {
  const gone = new Map<EventId, Set<string>>();
  for (const { event, compartments } of purges)
    gone.set(event, new Set([...(gone.get(event) ?? []), ...compartments]));
  return gone;
};

/** A line as it came, without the bodies of what is gone; the same bytes where none of it is in them. */
export const withoutParts = (evidence: Uint8Array, gone: Gone): Uint8Array => {
  const delivery = parseDelivery(evidence);
  if (isRefusal(delivery) || delivery.kind !== 'entry') return evidence;
  const { source, granted } = delivery;
  const [own, handed] = [stripped(source, gone), stripped(granted?.source ?? null, gone)];
  if (own === source && handed === (granted?.source ?? null)) return evidence;
  return formatDelivery({
    ...delivery,
    source: own,
    granted: granted === null || handed === null ? null : { ...granted, source: handed },
  });
};

const stripped = (source: Uint8Array | null, gone: Gone): Uint8Array | null => {
  const part = source === null ? undefined : parseEntitled(source);
  if (part === undefined || isRefusal(part)) return source;
  const header = parseHeader(part.header);
  const names = isRefusal(header) ? undefined : gone.get(header.id);
  if (names === undefined) return source;
  const compartments = part.compartments.filter(({ descriptor }) => !isOf(descriptor, names));
  const left: Entitled = { ...part, compartments };
  return compartments.length === part.compartments.length ? source : formatEntitled(left);
};

const isOf = (bytes: Uint8Array, names: ReadonlySet<string>): boolean => {
  const descriptor = parseDescriptor(bytes);
  return !isRefusal(descriptor) && names.has(descriptor.name);
};

const leftOf = async (
  journal: Pick<Journal, 'evidenceOf'>,
  gone: Gone,
): Promise<readonly Evidence[]> => {
  const kept = await journal.evidenceOf([...gone.keys()]);
  return kept.flatMap(({ number, bytes }): readonly Evidence[] => {
    const without = withoutParts(bytes, gone);
    return without === bytes ? [] : [{ number, bytes: without }];
  });
};

/** Has what was kept as it came go with these orders, which come by themselves. */
export const alsoEvidence = async <Order extends Purge>(
  journal: Pick<Journal, 'evidenceOf'>,
  [first, ...others]: readonly Order[],
): Promise<readonly Order[]> =>
  first === undefined
    ? []
    : [{ ...first, evidence: await leftOf(journal, goneBy([first, ...others])) }, ...others];

/** Has what was kept as it came go with what it is of, whether it was kept before or comes in the same batch. */
export const withoutEvidence = async (
  journal: Pick<Journal, 'evidenceOf'>,
  deliveries: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  // What is only sealed off, or waits for its time, keeps it.
  const purges = deliveries
    .flatMap((one) => one.purges ?? [])
    .filter(({ unwitnessed, notBefore }) => unwitnessed !== true && notBefore === undefined);
  if (purges.length === 0) return deliveries;
  const gone = goneBy(purges);
  const left = await leftOf(journal, gone);
  let first = true;
  return deliveries.map((delivery) => {
    const evidence = delivery.evidence && withoutParts(delivery.evidence, gone);
    const [purge, ...others] = first ? (delivery.purges ?? []) : [];
    if (purge !== undefined) first = false;
    return {
      ...delivery,
      ...(evidence === undefined ? {} : { evidence }),
      ...(purge === undefined ? {} : { purges: [{ ...purge, evidence: left }, ...others] }),
    };
  });
};
