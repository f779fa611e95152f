import { type Disclosure, type Hold, type Recall } from '@tripoint/domain';
import {
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  itemVersion,
  Views,
  type ContributionRow,
  type ErasureFilter,
  type ErasureRow,
  type ExchangeRow,
  type FindingRow,
  type HandedOver,
  type HoldRow,
  type ItemFilter,
  type ItemKind,
  type ItemRow,
  type Page,
  type PageRequest,
  type ReferralRow,
  type DeliveryProof,
  type DisclosureRow,
  type ReviewRow,
  type ToldDisclosureRow,
  type RecallRow,
  type RegistryRow,
  type ReleaseRow,
  type RequestFilter,
  type RequestRow,
  type SubmissionFilter,
  type SubmissionRow,
  type TimelineRow,
} from '@tripoint/read-model';
import { Conditions, limitOf, pageOf, placeOf } from '../cursor.js';
import { type Database } from '../database.js';
import { erasure, erasures } from './erasures.js';
import { reviewsOf, toldDisclosure, toldDisclosures } from './told-disclosures.js';
import { copyOf, RELEASES, type Standing } from './releases.js';
import { eventHandedOver } from './postgres-court-files.js';
import { type OnItsWay, onItsWay } from './on-its-way.js';
import { STAGE, submissionRow, SUBMISSION_COLUMNS, type SubmissionRecord } from './submissions.js';
import { DELIVERED, deliveryProof } from './delivered.js';
import { DOUBTED } from './doubted-words.js';
import { timelineRow, type TimelineRecord } from './timeline.js';

type Leaves = {
  readonly first: bigint;
  readonly first_at: Instant;
  readonly newest: bigint;
  readonly newest_at: Instant;
};

type ExchangeRecord = Leaves & {
  readonly exchange: ExchangeId;
  readonly owner: AgencyId | null;
  readonly known: readonly AgencyId[];
  readonly items: number;
  readonly open: number;
  readonly version: bigint;
};

type ItemRecord = Leaves &
  OnItsWay & {
    readonly item: ItemId;
    readonly exchange: ExchangeId;
    readonly sender: AgencyId;
    readonly addressee: AgencyId;
    readonly status: string;
    readonly open: boolean;
    readonly version: bigint;
  };

type RequestRecord = ItemRecord & {
  readonly urgency: string | null;
  readonly access: string | null;
  readonly received_at: Instant | null;
  readonly due_at: Instant | null;
  readonly suspended_at: Instant | null;
  readonly settled_at: Instant | null;
  readonly late_seconds: number | null;
  readonly overdue: boolean;
};

const leavesOf = ({
  first,
  first_at,
  newest,
  newest_at,
}: Leaves): Pick<ItemRow, 'first' | 'newest'> => ({
  first: { index: Number(first), time: first_at },
  newest: { index: Number(newest), time: newest_at },
});

const exchangeOf = (record: ExchangeRecord): ExchangeRow => ({
  exchange: record.exchange,
  ...(record.owner === null ? {} : { owner: record.owner }),
  known: record.known,
  items: record.items,
  open: record.open,
  ...leavesOf(record),
  version: record.version,
});

const itemOf = (record: ItemRecord): ItemRow => ({
  item: record.item,
  exchange: record.exchange,
  from: record.sender,
  to: record.addressee,
  status: record.status,
  open: record.open,
  ...leavesOf(record),
  onItsWay: record.on_its_way,
  version: itemVersion(record.version, record.on_its_way, record.last_sealed),
});

const requestOf = (record: RequestRecord): RequestRow => ({
  ...itemOf(record),
  urgency: record.urgency ?? '',
  ...(record.access === null ? {} : { access: record.access }),
  ...(record.received_at === null ? {} : { receivedAt: record.received_at }),
  ...(record.due_at === null ? {} : { dueAt: record.due_at }),
  ...(record.suspended_at === null ? {} : { suspendedAt: record.suspended_at }),
  ...(record.settled_at === null ? {} : { settledAt: record.settled_at }),
  ...(record.late_seconds === null ? {} : { lateBySeconds: record.late_seconds }),
  overdue: record.overdue,
});

type ReleaseRecord = ItemRecord & Standing;

const releaseOf = (record: ReleaseRecord): ReleaseRow => {
  const { provider, grantee, event, compartments, until } = record.state;
  return {
    ...itemOf(record),
    provider,
    grantee,
    event,
    compartments,
    ...(until === undefined ? {} : { until }),
    ...copyOf(record),
  };
};

type RecallRecord = ItemRecord & { readonly state: Recall };

const recallAsOf =
  (now: Instant) =>
  (record: RecallRecord): RecallRow => {
    const { event, compartments, until, answeredAt, purgedAt, kept } = record.state;
    return {
      ...itemOf(record),
      event,
      compartments,
      until,
      ...(purgedAt === undefined ? {} : { purgedAt }),
      ...(kept === undefined ? {} : { kept }),
      defaulted: until <= (answeredAt ?? now),
    };
  };

type DisclosureRecord = ItemRecord & {
  readonly state: Disclosure;
  readonly said_in: ExchangeId | null;
  readonly doubted: boolean;
};

const disclosureAsOf =
  (now: Instant, reviews: ReadonlyMap<ItemId, ReviewRow>) =>
  (record: DisclosureRecord): DisclosureRow => {
    const review = reviews.get(record.item);
    const { event, compartments, ground, emergency, until, released, declined, purgedAt } =
      record.state;
    return {
      ...itemOf(record),
      event,
      compartments,
      ground,
      emergency,
      until,
      released,
      declined,
      ...(record.said_in === null ? {} : { saidIn: record.said_in }),
      ...(purgedAt === undefined ? {} : { purgedAt }),
      ...(review === undefined ? {} : { review }),
      expired: until <= now || record.doubted,
    };
  };

type HoldRecord = ItemRecord & { readonly state: Hold };

const holdAsOf =
  (now: Instant) =>
  (record: HoldRecord): HoldRow => {
    const { event, compartments, ground, until, liftedAt } = record.state;
    return {
      ...itemOf(record),
      event,
      compartments,
      ground,
      until,
      ...(liftedAt === undefined ? {} : { liftedAt }),
      expired: until <= (liftedAt ?? now),
    };
  };

const itemConditions = (kind: ItemKind, filter: ItemFilter, page: PageRequest): Conditions => {
  const [newest, item] = placeOf(page, ['bigint', 'uuid']) ?? [];
  return new Conditions()
    .and('kind = ?', kind)
    .and('exchange = ?', filter.exchange)
    .and('sender = ?', filter.from)
    .and('addressee = ?', filter.to)
    .and('status = ?', filter.status)
    .and('open = ?', filter.open)
    .and('(newest, item) < (?::bigint, ?::uuid)', newest, item);
};

const ITEM_COLUMNS =
  'item, exchange, sender, addressee, status, open, first, first_at, newest, newest_at, version';

const RELEASE_COLUMNS = `${ITEM_COLUMNS}, state, gone_at, staying`;
const DISCLOSURE_COLUMNS = `${ITEM_COLUMNS}, state,
  (select journal.exchange from journal where journal.event = (state->>'event')::uuid) as said_in,
  exists (select from over_by_doubt where over_by_doubt.item = items.item) as doubted`;
const CLOCK_COLUMNS =
  'urgency, access, received_at, due_at, suspended_at, settled_at, late_seconds';
const OVERDUE = '(settled_at is null and due_at is not null and due_at < ?::timestamptz)';

/** The rows that were asked for, and only for them what is on its way. */
const items = (columns: string, where: string, limit?: string, from = 'items'): string =>
  `select page.*, way.* from (
     select ${columns} from ${from} ${where}
     order by newest desc, item desc${limit === undefined ? '' : ` limit ${limit}`}) as page
   cross join lateral ${onItsWay('page.item')}
   order by page.newest desc, page.item desc`;

type FindingRecord = {
  readonly id: bigint;
  readonly code: string;
  readonly detail: string;
  readonly event: EventId | null;
  readonly leaf: bigint | null;
  readonly mailbox: bigint | null;
  readonly at: Instant;
  readonly resolved_at: Instant | null;
};

/** Exchanges, in which a release that is over, although its item has not heard of it, is open no more. */
const EXCHANGES = `(
  select exchange, owner, known, items, first, first_at, newest, newest_at, version,
    case when open = 0 then 0 else open - (
      select count(*)::int from ${RELEASES} where items.exchange = exchanges.exchange and is_over) end as open
  from exchanges) as exchanges`;

/** An attempt to tell somebody something is on record, and so is the root over who read what; nothing was exchanged there. */
const TOOK_PLACE = `(items > 0 or exists (
  select from timeline where timeline.exchange = exchanges.exchange and family not in ('attempt', 'reads')))`;

export class PostgresViews extends Views {
  constructor(private readonly database: Database) {
    super();
  }

  override async exchanges(
    { with: agency, open }: { readonly with?: AgencyId; readonly open?: boolean },
    page: PageRequest,
  ): Promise<Page<ExchangeRow>> {
    const limit = limitOf(page);
    const [newest, exchange] = placeOf(page, ['bigint', 'uuid']) ?? [];
    const conditions = new Conditions()
      .and(TOOK_PLACE)
      .and('? = any (known)', agency)
      .and('(open > 0) = ?', open)
      .and('(newest, exchange) < (?::bigint, ?::uuid)', newest, exchange);
    const records = await this.database.rows<ExchangeRecord>(
      `select * from ${EXCHANGES} ${conditions.where}
       order by newest desc, exchange desc limit ${conditions.bind(limit + 1)}`,
      conditions.values,
    );
    return pageOf(records, limit, exchangeOf, (record) => [record.newest, record.exchange]);
  }

  override async exchange(exchange: ExchangeId): Promise<ExchangeRow | undefined> {
    const [record] = await this.database.prepared<ExchangeRecord>(
      `select * from ${EXCHANGES} where exchange = $1`,
      [exchange],
    );
    return record && exchangeOf(record);
  }

  override async requests(
    filter: RequestFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<RequestRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions('request', filter, page).and('urgency = ?', filter.urgency);
    if (filter.overdue !== undefined)
      conditions.and(filter.overdue ? OVERDUE : `not ${OVERDUE}`, now);
    const overdue = OVERDUE.replace('?', conditions.bind(now));
    const records = await this.database.rows<RequestRecord>(
      items(
        `${ITEM_COLUMNS}, ${CLOCK_COLUMNS}, ${overdue} as overdue`,
        conditions.where,
        conditions.bind(limit + 1),
      ),
      conditions.values,
    );
    return pageOf(records, limit, requestOf, (record) => [record.newest, record.item]);
  }

  override async request(item: ItemId, now: Instant): Promise<RequestRow | undefined> {
    const [record] = await this.database.prepared<RequestRecord>(
      items(
        `${ITEM_COLUMNS}, ${CLOCK_COLUMNS}, ${OVERDUE.replace('?', '$2')} as overdue`,
        "where item = $1 and kind = 'request'",
      ),
      [item, now],
    );
    return record && requestOf(record);
  }

  override contributions(filter: ItemFilter, page: PageRequest): Promise<Page<ContributionRow>> {
    return this.#items('contribution', filter, page);
  }

  override contribution(item: ItemId): Promise<ContributionRow | undefined> {
    return this.#item('contribution', item);
  }

  override referrals(filter: ItemFilter, page: PageRequest): Promise<Page<ReferralRow>> {
    return this.#items('referral', filter, page);
  }

  override referral(item: ItemId): Promise<ReferralRow | undefined> {
    return this.#item('referral', item);
  }

  override async releases(filter: ItemFilter, page: PageRequest): Promise<Page<ReleaseRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions('release', filter, page);
    const records = await this.database.rows<ReleaseRecord>(
      items(RELEASE_COLUMNS, conditions.where, conditions.bind(limit + 1), RELEASES),
      conditions.values,
    );
    return pageOf(records, limit, releaseOf, (record) => [record.newest, record.item]);
  }

  override async release(item: ItemId): Promise<ReleaseRow | undefined> {
    const [record] = await this.database.prepared<ReleaseRecord>(
      items(RELEASE_COLUMNS, 'where item = $1', undefined, RELEASES),
      [item],
    );
    return record && releaseOf(record);
  }

  override async recalls(
    filter: ItemFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<RecallRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions('recall', filter, page);
    const records = await this.database.rows<RecallRecord>(
      items(`${ITEM_COLUMNS}, state`, conditions.where, conditions.bind(limit + 1)),
      conditions.values,
    );
    return pageOf(records, limit, recallAsOf(now), (record) => [record.newest, record.item]);
  }

  override async recall(item: ItemId, now: Instant): Promise<RecallRow | undefined> {
    const [record] = await this.database.prepared<RecallRecord>(
      items(`${ITEM_COLUMNS}, state`, "where item = $1 and kind = 'recall'"),
      [item],
    );
    return record && recallAsOf(now)(record);
  }

  override async disclosures(
    filter: ItemFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<DisclosureRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions('disclosure', filter, page);
    const records = await this.database.rows<DisclosureRecord>(
      items(DISCLOSURE_COLUMNS, conditions.where, conditions.bind(limit + 1)),
      conditions.values,
    );
    const reviews = await reviewsOf(
      this.database,
      records.map((record) => record.item),
    );
    return pageOf(records, limit, disclosureAsOf(now, reviews), (record) => [
      record.newest,
      record.item,
    ]);
  }

  override async disclosure(item: ItemId, now: Instant): Promise<DisclosureRow | undefined> {
    const [record] = await this.database.prepared<DisclosureRecord>(
      items(DISCLOSURE_COLUMNS, "where item = $1 and kind = 'disclosure'"),
      [item],
    );
    return record && disclosureAsOf(now, await reviewsOf(this.database, [item]))(record);
  }

  override toldDisclosures(page: PageRequest): Promise<Page<ToldDisclosureRow>> {
    return toldDisclosures(this.database, page);
  }

  override toldDisclosure(item: ItemId): ReturnType<Views['toldDisclosure']> {
    return toldDisclosure(this.database, item);
  }

  override async holds(
    filter: ItemFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Page<HoldRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions('hold', filter, page);
    const records = await this.database.rows<HoldRecord>(
      items(`${ITEM_COLUMNS}, state`, conditions.where, conditions.bind(limit + 1)),
      conditions.values,
    );
    return pageOf(records, limit, holdAsOf(now), (record) => [record.newest, record.item]);
  }

  override async hold(item: ItemId, now: Instant): Promise<HoldRow | undefined> {
    const [record] = await this.database.prepared<HoldRecord>(
      items(`${ITEM_COLUMNS}, state`, "where item = $1 and kind = 'hold'"),
      [item],
    );
    return record && holdAsOf(now)(record);
  }

  override erasures(filter: ErasureFilter, page: PageRequest): Promise<Page<ErasureRow>> {
    return erasures(this.database, filter, page);
  }

  override erasure(item: ItemId): Promise<ErasureRow | undefined> {
    return erasure(this.database, item);
  }

  override async timeline(exchange: ExchangeId, page: PageRequest): Promise<Page<TimelineRow>> {
    const limit = limitOf(page);
    const [leaf = '-1'] = placeOf(page, ['bigint']) ?? [];
    const records = await this.database.prepared<TimelineRecord>(
      `select timeline.*, ${DOUBTED}, ${DELIVERED}, journal.entry -> 'descriptors' as held from timeline left join journal using (event)
       where timeline.exchange = $1 and timeline.leaf > $2 order by timeline.leaf limit $3`,
      [exchange, leaf, limit + 1],
    );
    return pageOf(records, limit, timelineRow, (record) => [record.leaf]);
  }

  override deliveryProof(event: EventId): Promise<DeliveryProof | undefined> {
    return deliveryProof(this.database, event);
  }

  override async submissions(
    { exchange, item, officer, stage }: SubmissionFilter,
    page: PageRequest,
  ): Promise<Page<SubmissionRow>> {
    const limit = limitOf(page);
    const [at, event] = placeOf(page, ['instant', 'uuid']) ?? [];
    const conditions = new Conditions()
      .and('exchange = ?', exchange)
      .and('item = ?', item)
      .and('officer = ?', officer)
      .and('(sealed_at, event) < (?::timestamptz, ?::uuid)', at, event);
    if (stage !== undefined) conditions.and(STAGE[stage]);
    const records = await this.database.rows<SubmissionRecord>(
      `select ${SUBMISSION_COLUMNS} from outbox ${conditions.where}
       order by sealed_at desc, event desc limit ${conditions.bind(limit + 1)}`,
      conditions.values,
    );
    return pageOf(records, limit, submissionRow, (record) => [record.sealed_at, record.event]);
  }

  override handedOver(event: EventId): Promise<HandedOver | undefined> {
    return eventHandedOver(this.database, event);
  }

  override async findings(page: PageRequest): Promise<Page<FindingRow>> {
    const limit = limitOf(page);
    const [id] = placeOf(page, ['bigint']) ?? [];
    const conditions = new Conditions().and('id < ?::bigint', id);
    const records = await this.database.rows<FindingRecord>(
      `select id, code, detail, event, leaf, mailbox, at, resolved_at from findings ${conditions.where}
       order by id desc limit ${conditions.bind(limit + 1)}`,
      conditions.values,
    );
    return pageOf(
      records,
      limit,
      ({ event, leaf, mailbox, resolved_at: resolvedAt, ...record }) => ({
        ...record,
        ...(event === null ? {} : { event }),
        ...(leaf === null ? {} : { leaf: Number(leaf) }),
        ...(mailbox === null ? {} : { mailbox }),
        ...(resolvedAt === null ? {} : { resolvedAt }),
      }),
      (record) => [record.id],
    );
  }

  override async registry(after: number, limit: number): Promise<readonly RegistryRow[]> {
    const records = await this.database.rows<{
      leaf: bigint;
      leaf_at: Instant;
      kind: RegistryRow['kind'];
      bytes: Uint8Array;
      digest: Digest;
    }>('select * from registry where leaf > $1 order by leaf limit $2', [after, limit]);
    return records.map(({ leaf, leaf_at, kind, bytes, digest }) => ({
      kind,
      leaf: { index: Number(leaf), time: leaf_at },
      bytes,
      digest,
    }));
  }

  async #items(kind: ItemKind, filter: ItemFilter, page: PageRequest): Promise<Page<ItemRow>> {
    const limit = limitOf(page);
    const conditions = itemConditions(kind, filter, page);
    const records = await this.database.rows<ItemRecord>(
      items(ITEM_COLUMNS, conditions.where, conditions.bind(limit + 1)),
      conditions.values,
    );
    return pageOf(records, limit, itemOf, (record) => [record.newest, record.item]);
  }

  async #item(kind: ItemKind, item: ItemId): Promise<ItemRow | undefined> {
    const [record] = await this.database.prepared<ItemRecord>(
      items(ITEM_COLUMNS, 'where item = $1 and kind = $2'),
      [item, kind],
    );
    return record && itemOf(record);
  }
}
