import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type HeldDescriptor, type TimelineRow } from '@tripoint/read-model';

import { deliveredTo, type DeliveryRecord } from './delivered.js';

export type TimelineRecord = {
  readonly event: EventId;
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  readonly leaf: bigint;
  readonly leaf_at: Instant;
  readonly at: Instant;
  readonly family: string;
  readonly type: string;
  readonly issuer: AgencyId;
  readonly officer: OfficerId | null;
  readonly overtaken: boolean;
  readonly doubted: boolean;
  readonly deliveries: readonly DeliveryRecord[] | null;
  readonly compartments: readonly string[];
  readonly held?: readonly HeldDescriptor[] | null;
};

export const timelineRow = ({
  leaf,
  leaf_at,
  officer,
  held,
  deliveries,
  ...record
}: TimelineRecord): TimelineRow => ({
  ...record,
  ...(officer === null ? {} : { officer }),
  ...(held === undefined || held === null
    ? {}
    : { held: held.filter(({ compartment }) => record.compartments.includes(compartment)) }),
  ...(deliveries === null ? {} : { deliveries: deliveries.map(deliveredTo) }),
  leaf: { index: Number(leaf), time: leaf_at },
});
