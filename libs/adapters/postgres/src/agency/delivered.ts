// To whom something of our own was delivered, and who has signed that it came.
import { type AgencyId, type Digest, type EventId, type Instant } from '@tripoint/kernel';
import { type DeliveredTo, type DeliveryProof } from '@tripoint/read-model';
import { type Database } from '../database.js';
import {
  handedOf,
  type HandedRecord,
  eventHandedOver,
  statementsHandedOver,
} from './postgres-court-files.js';

/** By agency, as JSON, of a row of `outbox`. */
export const DELIVERIES = `coalesce((
    select json_agg(
      json_build_object('agency', named_one.agency, 'leaf', proof.leaf, 'countersignature', proof.countersignature,
        'time', to_char(proof.leaf_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      order by named_one.agency)
    from unnest(outbox.named) as named_one (agency)
    left join lateral (
      select proven.leaf, proven.leaf_at, proven.countersignature from proven_deliveries proven
      where proven.agency = named_one.agency and proven.through > outbox.leaf
      order by proven.through limit 1) as proof on true), '[]')`;

/** Of a row of `timeline`; null of what others have said. */
export const DELIVERED = `(select ${DELIVERIES} from outbox where outbox.event = timeline.event) as deliveries`;

export type DeliveryRecord = {
  readonly agency: AgencyId;
  readonly leaf: number | null;
  readonly time: Instant | null;
  readonly countersignature: Digest | null;
};

export const deliveredTo = ({
  agency,
  leaf,
  time,
  countersignature,
}: DeliveryRecord): DeliveredTo => ({
  agency,
  ...(leaf === null || time === null
    ? {}
    : {
        proven: { index: leaf, time },
        ...(countersignature === null ? {} : { countersignature }),
      }),
});

/** All that shows it to somebody else; undefined for what others have said, and for what came before this was kept. */
export const deliveryProof = async (
  database: Database,
  event: EventId,
): Promise<DeliveryProof | undefined> => {
  const [own] = await database.prepared<{ leaf: bigint }>(
    'select leaf from outbox where event = $1 and leaf is not null',
    [event],
  );
  const said = own && (await eventHandedOver(database, event));
  if (own === undefined || said === undefined) return undefined;
  const proofs = await database.prepared<HandedRecord>(
    `select bytes, note, cosigned_size, hashes
     from unnest((select named from outbox where event = $1)) as named_one (agency)
     cross join lateral (
       select proven.leaf from proven_deliveries proven
       where proven.agency = named_one.agency and proven.through > $2
       order by proven.through limit 1) as proof
     join handed_over using (leaf) left join ties using (size, root)
     order by named_one.agency`,
    [event, own.leaf],
  );
  return {
    said,
    statements: (await statementsHandedOver(database)).filter((one) => one !== undefined),
    proofs: proofs.map(handedOf),
  };
};
