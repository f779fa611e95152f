import { type Delivery, type HandedOver } from '@tripoint/read-model';
import { type Queries } from '../database.js';
import { manyInto } from '../many.js';
import { handedOf, type HandedRecord } from './postgres-court-files.js';

const rows = manyInto<{ mailbox: bigint; size: number; root: string; bytes: Uint8Array }>(
  'complete_registry',
  { mailbox: 'bigint', size: 'bigint', root: 'text', bytes: 'bytea' },
  'on conflict (mailbox) do nothing',
);

/** Keeps lines by which the log says how much there is of the registry, and lets go of what a newer one shows as well. */
export const keepCompleteRegistry = async (
  queries: Queries,
  news: readonly Delivery[],
): Promise<void> => {
  const fresh = news.flatMap(({ number, isWhole, checkpoint, evidence }) =>
    isWhole !== true || evidence === undefined || checkpoint === undefined
      ? []
      : [{ mailbox: number, size: checkpoint.size, root: checkpoint.root, bytes: evidence }],
  );
  if (fresh.length === 0) return;
  await rows(queries, fresh);
  await queries.prepared(
    `delete from complete_registry where mailbox < (
       select max(mailbox) from complete_registry join ties using (size, root))`,
  );
};

/** The newest of them that a quorum of witnesses has seen. */
export const completeRegistry = async (
  queries: Pick<Queries, 'prepared'>,
): Promise<HandedOver | undefined> => {
  const [record] = await queries.prepared<HandedRecord>(
    `select bytes, note, cosigned_size, hashes
     from complete_registry join ties using (size, root) order by mailbox desc limit 1`,
  );
  return record && handedOf(record);
};
