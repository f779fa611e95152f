import {
  type AgencyId,
  type ChainId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  type Change,
  type SubmissionProgress,
  type SubmissionRow,
  type SubmissionStage,
} from '@tripoint/read-model';
import { grouped } from '../grouped.js';
import { type Queries } from '../database.js';
import { arrayLiteral } from '../many.js';
import { DELIVERIES, deliveredTo, type DeliveryRecord } from './delivered.js';

export const SUBMISSION_COLUMNS = `event, chain, seq, exchange, item, family, officer, header, addressees, sealed_at, sent_at,
  leaf, leaf_at, delivered_to, opened_by, refusals,
  ${DELIVERIES} as deliveries`;

/** One row of the outbox without its secrets, and who has signed that it came. */
export type SubmissionRecord = {
  readonly event: EventId;
  readonly chain: ChainId;
  readonly seq: bigint;
  readonly exchange: ExchangeId;
  readonly item: ItemId | null;
  readonly family: string;
  readonly officer: OfficerId | null;
  readonly header: Digest;
  readonly addressees: number;
  readonly sealed_at: Instant;
  readonly sent_at: Instant | null;
  readonly leaf: bigint | null;
  readonly leaf_at: Instant | null;
  readonly delivered_to: number;
  readonly opened_by: readonly AgencyId[];
  readonly refusals: readonly string[];
  readonly deliveries: readonly DeliveryRecord[];
};

/** The condition under which an outbox row stands in a stage, in SQL. */
export const STAGE: Readonly<Record<SubmissionStage, string>> = {
  opened: 'cardinality(opened_by) > 0',
  delivered: 'cardinality(opened_by) = 0 and delivered_to > 0',
  recorded: 'cardinality(opened_by) = 0 and delivered_to = 0 and leaf is not null',
  sent: 'cardinality(opened_by) = 0 and delivered_to = 0 and leaf is null and sent_at is not null',
  sealed: 'cardinality(opened_by) = 0 and delivered_to = 0 and leaf is null and sent_at is null',
};

const stageOf = (record: SubmissionRecord): SubmissionStage => {
  if (record.opened_by.length > 0) return 'opened';
  if (record.delivered_to > 0) return 'delivered';
  if (record.leaf !== null) return 'recorded';
  return record.sent_at === null ? 'sealed' : 'sent';
};

export const submissionRow = (record: SubmissionRecord): SubmissionRow => ({
  event: record.event,
  chain: record.chain,
  seq: record.seq,
  exchange: record.exchange,
  ...(record.item === null ? {} : { item: record.item }),
  family: record.family,
  ...(record.officer === null ? {} : { officer: record.officer }),
  stage: stageOf(record),
  header: record.header,
  addressees: record.addressees,
  sealedAt: record.sealed_at,
  ...(record.sent_at === null ? {} : { sentAt: record.sent_at }),
  ...(record.leaf === null || record.leaf_at === null
    ? {}
    : { leaf: { index: Number(record.leaf), time: record.leaf_at } }),
  deliveredTo: record.delivered_to,
  openedBy: record.opened_by,
  deliveries: record.deliveries.map(deliveredTo),
  refusals: record.refusals,
});

const gathered = (
  progress: readonly SubmissionProgress[],
): readonly {
  readonly event: EventId;
  readonly leaf: SubmissionProgress['leaf'];
  readonly delivered: number;
  readonly named: readonly string[];
  readonly opened: readonly string[];
  readonly refusals: readonly string[];
}[] =>
  // Rows are locked in one order by everybody who touches several.
  [...grouped(progress, ({ event }) => event)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([event, steps]) => ({
      event,
      leaf: steps.find(({ leaf }) => leaf !== undefined)?.leaf,
      delivered: Math.max(0, ...steps.map(({ deliveredTo }) => deliveredTo ?? 0)),
      named: steps.flatMap(({ named = [] }) => named),
      opened: steps.map(({ openedBy }) => openedBy).filter((agency) => agency !== undefined),
      refusals: steps.map(({ refusal }) => refusal).filter((code) => code !== undefined),
    }));

/**
 * Adds what is now known of our own envelopes. Whose leaf is back loses its container, by a trigger, and its keys. Answers the rows that changed:
 * what was known before changes nothing.
 */
export const applyProgress = async (
  queries: Queries,
  progress: readonly SubmissionProgress[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  if (progress.length === 0) return [];
  const steps = gathered(progress);
  const events = steps.map(({ event }) => event);
  const locked = queries.prepared(
    'select from outbox where event = any ($1::uuid[]) order by event for update',
    [events],
  );
  const changing = queries.prepared<{
    event: EventId;
    exchange: ExchangeId;
    version: bigint;
  }>(
    `update outbox set
       leaf = coalesce(outbox.leaf, step.leaf),
       leaf_at = coalesce(outbox.leaf_at, step.leaf_at),
       delivered_to = greatest(outbox.delivered_to, step.delivered),
       named = array(
         select distinct agency from unnest(outbox.named || step.named::text[]) as agency order by agency),
       opened_by = array(
         select distinct agency from unnest(outbox.opened_by || step.opened::text[]) as agency order by agency),
       refusals = array(
         select distinct code from unnest(outbox.refusals || step.refusals::text[]) as code order by code),
       version = outbox.version + 1
     from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::text[])
       as step (event, leaf, leaf_at, delivered, opened, refusals, named)
     where outbox.event = step.event and (
       (outbox.leaf is null and step.leaf is not null)
       or step.delivered > outbox.delivered_to
       or not step.named::text[] <@ outbox.named
       or not step.opened::text[] <@ outbox.opened_by
       or not step.refusals::text[] <@ outbox.refusals)
     returning outbox.event, outbox.exchange, outbox.version`,
    [
      events,
      steps.map(({ leaf }) => leaf?.index ?? null),
      steps.map(({ leaf }) => leaf?.time ?? null),
      steps.map(({ delivered }) => delivered),
      steps.map(({ opened }) => arrayLiteral(opened)),
      steps.map(({ refusals }) => arrayLiteral(refusals)),
      steps.map(({ named }) => arrayLiteral(named)),
    ],
  );
  const back = steps.filter(({ leaf }) => leaf !== undefined).map(({ event }) => event);
  const rejected = progress.filter((step) => step.rejected === true);
  const disowned = rejected.filter(({ refusal }) => refusal !== undefined && DISOWNED.has(refusal));
  // In this order: what has to be said again is known by what is pending.
  const [changed] = await Promise.all([
    changing,
    locked,
    back.length === 0
      ? []
      : queries.prepared('delete from held_keys where event = any ($1::uuid[])', [back]),
    disowned.length === 0
      ? undefined
      : askAgain(
          queries,
          disowned.map(({ event }) => event),
        ),
    rejected.length === 0
      ? undefined
      : withdraw(
          queries,
          rejected.map(({ event }) => event),
        ),
  ]);
  return changed.map(({ event, exchange, version }) => ({
    kind: 'submission',
    exchange,
    item: event,
    version,
  }));
};

/** Nothing was wrong with what was said: the key that signed it was not good when it was recorded. With another one it is. */
const DISOWNED: ReadonlySet<string> = new Set([
  'issuer-superseded',
  'issuer-revoked',
  'issuer-expired',
  'issuer-suspended',
  'issuer-not-yet',
]);

/**
 * What the agency had to say itself has still to be said, and no officer will repeat it. Asked while it is still pending, and
 * with a row of its own: whoever learns what the log says may not touch what was signed.
 */
const askAgain = async (queries: Queries, events: readonly EventId[]): Promise<void> => {
  await queries.prepared(
    `insert into to_sign (key, kind, exchange, item, body, since)
     select distinct on (key) key, kind, exchange, item, body, now() from to_sign
     where kind in ('receipt', 'grant', 'share') and done and item in (
       select item from journal
       where event = any ($1::uuid[]) and leaf is null and entry -> 'recorded' ->> 'officer' is null)
     order by key, id desc
     on conflict (key) where not done do nothing`,
    [events],
  );
};

const withdraw = async (queries: Queries, events: readonly EventId[]): Promise<void> => {
  // Deciding goes on from a history without them, so whoever is about to decide has to fold again.
  await queries.prepared(
    `with gone as (
       delete from journal where event = any ($1::uuid[]) and leaf is null returning exchange)
     update exchange_versions set version = version + 1
     where exchange in (select exchange from gone)`,
    [events],
  );
};
