import type { ExchangeId, Instant, ItemId } from '@tripoint/kernel';
import type { NewToSign, ToSign } from '@tripoint/read-model';
import { manyInto } from '../many.js';

export const toSignRows = manyInto<{
  key: string;
  kind: string;
  exchange: string | undefined;
  item: string | undefined;
  body: unknown;
  since: string;
}>(
  'to_sign',
  { key: 'text', kind: 'text', exchange: 'uuid', item: 'uuid', body: 'json', since: 'timestamptz' },
  // A mailbox says a thing once: a wish that was carried out is not asked for again.
  `where not exists (select from to_sign as known where known.key = many.key)
   on conflict (key) where not done do nothing`,
);

export const wishColumns = (
  { key, kind, exchange, item, body }: NewToSign,
  since: Instant,
): Parameters<typeof toSignRows>[1][number] => ({ key, kind, exchange, item, body, since });

export type ToSignRecord = {
  readonly id: bigint;
  readonly key: string;
  readonly kind: string;
  readonly exchange: ExchangeId | null;
  readonly item: ItemId | null;
  readonly body: unknown;
  readonly since: Instant;
};

export const toSignOf = ({ exchange, item, ...record }: ToSignRecord): ToSign => ({
  ...record,
  ...(exchange === null ? {} : { exchange }),
  ...(item === null ? {} : { item }),
});
