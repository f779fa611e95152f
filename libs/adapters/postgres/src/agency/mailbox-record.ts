import { refuse, type Digest, type Instant } from '@tripoint/kernel';
import type { AppendRefusal, Delivery, MailboxPosition } from '@tripoint/read-model';
import type { Queries } from '../database.js';

/** Where an agency stands in its mailbox. */
export type MailboxRecord = {
  readonly next: bigint;
  readonly digest: Digest;
  readonly leaf: bigint | null;
  readonly leaf_at: Instant | null;
  readonly heads: bigint | null;
  readonly heads_at: Instant | null;
};

export const positionOf = ({
  next,
  digest,
  leaf,
  leaf_at,
  heads,
  heads_at,
}: MailboxRecord): MailboxPosition => ({
  next,
  digest,
  ...(leaf === null || leaf_at === null ? {} : { leaf: { index: Number(leaf), time: leaf_at } }),
  ...(heads === null || heads_at === null
    ? {}
    : { heads: { index: Number(heads), time: heads_at } }),
});

export const NOWHERE: MailboxRecord = {
  next: 0n,
  digest: '0'.repeat(64) as Digest,
  leaf: null,
  leaf_at: null,
  heads: null,
  heads_at: null,
};

/** A term is over when the log says so and our own clock as well: whoever sets the log's time ends nothing early. */
export const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

export const movedBy = (record: MailboxRecord, fresh: readonly Delivery[]): MailboxRecord => {
  const last = fresh.at(-1);
  if (last === undefined) return record;
  // A late grant may come with an earlier leaf; the newest leaf seen never moves back.
  const newest = fresh.reduce(
    (leaf, delivery) => (delivery.leaf.index > leaf.index ? delivery.leaf : leaf),
    { index: Number(record.leaf ?? -1n), time: record.leaf_at ?? last.leaf.time },
  );
  const whole = fresh.findLast(({ isWhole }) => isWhole === true)?.leaf;
  return {
    next: last.number + 1n,
    digest: last.digest,
    leaf: BigInt(newest.index),
    leaf_at: newest.time,
    heads: whole === undefined ? record.heads : BigInt(whole.index),
    heads_at: whole?.time ?? record.heads_at,
  };
};

export const moveMailbox = async (
  queries: Queries,
  from: MailboxRecord,
  { next, digest, leaf, leaf_at, heads, heads_at }: MailboxRecord,
): Promise<readonly never[]> => {
  if (next > from.next)
    await queries.prepared(
      `update mailbox set next = $1, digest = $2, leaf = $3, leaf_at = $4, heads = $5, heads_at = $6`,
      [next, digest, leaf, leaf_at, heads, heads_at],
    );
  return [];
};

/** Those of what comes again that were taken unopened and are the same line; from now on they are owed no longer. */
export const settled = async (
  queries: Queries,
  again: readonly Delivery[],
): Promise<readonly Delivery[]> => {
  if (again.length === 0) return [];
  const rows = await queries.prepared<{ mailbox: bigint }>(
    `with opened as (
       select mailbox, digest, min(at) as at
       from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as opened (mailbox, digest, at)
       group by mailbox, digest),
     gone as (
       delete from unopened using opened
       where unopened.mailbox = opened.mailbox and unopened.digest = opened.digest
       returning opened.mailbox, opened.at),
     resolved as (
       update findings set resolved_at = gone.at from gone
       where findings.mailbox = gone.mailbox and resolved_at is null)
     select mailbox from gone`,
    [
      again.map(({ number }) => number),
      again.map(({ digest }) => digest),
      again.map(({ at }) => at),
    ],
  );
  const owed = new Set(rows.map(({ mailbox }) => mailbox));
  // A line that comes twice at once is taken once.
  return again.filter(({ number }) => owed.delete(number));
};

export const discontinuity = (
  { next, digest }: MailboxRecord,
  fresh: readonly Delivery[],
): AppendRefusal | undefined => {
  let wanted = next;
  let previous = digest;
  for (const delivery of fresh) {
    if (delivery.number !== wanted)
      return refuse('mailbox-gap', `number ${wanted} is missing from the mailbox`);
    if (delivery.previous !== previous)
      return refuse('mailbox-fork', `number ${wanted} does not follow what was delivered before`);
    wanted += 1n;
    previous = delivery.digest;
  }
  return undefined;
};
