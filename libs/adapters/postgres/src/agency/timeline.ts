import {
  type AgencyId,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import { type TimelineRow } from '@tripoint/read-model';

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
  readonly compartments: readonly string[];
};

export const timelineRow = ({
  leaf,
  leaf_at,
  officer,
  ...record
}: TimelineRecord): TimelineRow => ({
  ...record,
  ...(officer === null ? {} : { officer }),
  leaf: { index: Number(leaf), time: leaf_at },
});
