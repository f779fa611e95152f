import { type EntityKind, type Release } from '@tripoint/domain';
import {
  HubError,
  type AgencyId,
  type Digest,
  type EventId,
  type ExchangeId,
  type ItemId,
} from '@tripoint/kernel';
import {
  Content,
  matcher,
  queryKeys,
  type CourtFile,
  type EntityRow,
  type EventHandedOver,
  type HandedOver,
  type JournalEntry,
  type Label,
  type Nearness,
  type Page,
  type PageRequest,
  type Permission,
  type RecordedEntry,
  type Retained,
  type SearchHit,
  type SearchQuery,
  type TimelineContent,
} from '@tripoint/read-model';
import { Conditions, cursorOf, limitOf, pageOf, placeOf } from '../cursor.js';
import { type Queries } from '../database.js';
import { completeRegistry } from './complete-registry.js';
import { itemHandedOver, recordCourtFile, statementsHandedOver } from './postgres-court-files.js';
import { DELIVERED } from './delivered.js';
import { DOUBTED, DOUBTED_WORD } from './doubted-words.js';
import { timelineRow, type TimelineRecord } from './timeline.js';

type ContentRecord = TimelineRecord & { readonly entry: RecordedEntry };

const contentOf = ({ entry, ...record }: ContentRecord): TimelineContent => ({
  ...timelineRow({ ...record, held: entry.descriptors }),
  core: entry.recorded.event.core,
  parts: entry.recorded.event.parts,
});

const CONTENT = `select timeline.*, ${DOUBTED}, ${DELIVERED}, journal.entry from timeline join journal using (event)`;

type EntityRecord = {
  readonly id: string;
  readonly kind: EntityKind;
  readonly exchange: ExchangeId;
  readonly item: ItemId;
  readonly event: EventId;
  readonly compartment: string;
  readonly issuer: AgencyId;
  readonly leaf: bigint;
  readonly labels: readonly Label[];
  readonly value: unknown;
};

const ENTITY_COLUMNS = 'id, kind, exchange, item, event, compartment, issuer, leaf, labels, value';

const entityOf = ({ labels, ...record }: EntityRecord): EntityRow => ({
  id: record.id,
  kind: record.kind,
  exchange: record.exchange,
  item: record.item,
  event: record.event,
  compartment: record.compartment,
  issuer: record.issuer,
  labels: labels.map(({ text }) => text),
  value: record.value,
});

/** Reads inside one transaction, and nowhere else. */
export class PostgresContent extends Content {
  /**
   * How a transaction begins that reads content. Left to estimate how rare a hundred keys are, the planner at times reads
   * the whole table instead: it has to plan without looking at them.
   */
  static readonly begin = 'begin; set local plan_cache_mode = force_generic_plan';

  #open = true;

  constructor(private readonly inside: Queries) {
    super();
  }

  /** Whoever kept this object beyond its transaction reads nothing more. */
  close(): void {
    this.#open = false;
  }

  get #queries(): Queries {
    if (!this.#open)
      throw new HubError('content-closed', 'content is read inside one release', false);
    return this.inside;
  }

  override async item(item: ItemId): Promise<readonly TimelineContent[]> {
    const records = await this.#queries.prepared<ContentRecord>(
      `${CONTENT} where timeline.item = $1 order by timeline.leaf`,
      [item],
    );
    return records.map(contentOf);
  }

  override async event(event: EventId): Promise<TimelineContent | undefined> {
    const [record] = await this.#queries.prepared<ContentRecord>(
      `${CONTENT} where timeline.event = $1`,
      [event],
    );
    return record && contentOf(record);
  }

  override async timeline(exchange: ExchangeId, page: PageRequest): Promise<Page<TimelineContent>> {
    const [leaf = '-1'] = placeOf(page, ['bigint']) ?? [];
    const limit = limitOf(page);
    const records = await this.#queries.prepared<ContentRecord>(
      `${CONTENT} where timeline.exchange = $1 and timeline.leaf > $2 order by timeline.leaf limit $3`,
      [exchange, leaf, limit + 1],
    );
    return pageOf(records, limit, contentOf, (record) => [record.leaf]);
  }

  override async entities(
    {
      exchange,
      item,
      kind,
    }: { readonly exchange?: ExchangeId; readonly item?: ItemId; readonly kind?: EntityKind },
    page: PageRequest,
  ): Promise<Page<EntityRow>> {
    const limit = limitOf(page);
    const [leaf, id] = placeOf(page, ['bigint', 'text']) ?? [];
    const conditions = new Conditions()
      .and('exchange = ?', exchange)
      .and('item = ?', item)
      .and('kind = ?', kind)
      .and('(leaf, id) > (?::bigint, ?::text)', leaf, id);
    const records = await this.#queries.rows<EntityRecord>(
      `select ${ENTITY_COLUMNS} from entities ${conditions.where} order by leaf, id limit ${conditions.bind(limit + 1)}`,
      conditions.values,
    );
    return pageOf(records, limit, entityOf, (record) => [record.leaf, record.id]);
  }

  /** First what is spelt otherwise but the same, then what is one edit away; each the newest first. */
  override async search(query: SearchQuery, page: PageRequest): Promise<Page<SearchHit>> {
    const limit = limitOf(page);
    const [stage, leaf, id] = placeOf(page, ['bigint', 'bigint', 'text']) ?? [];
    const place =
      stage === undefined || leaf === undefined || id === undefined
        ? undefined
        : { distance: stage === '0' ? (0 as const) : (1 as const), leaf: BigInt(leaf), id };
    const hits = (await this.#few(query, place)) ?? (await this.#many(query, place, limit + 1));
    const shown = hits.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(({ hit }) => hit),
      ...(hits.length > limit && last !== undefined
        ? { next: cursorOf([last.hit.distance, last.record.leaf, last.record.id]) }
        : {}),
    };
  }

  override async retained(event: EventId): Promise<readonly Retained[]> {
    const records = await this.#queries.prepared<{
      readonly compartment: Retained['compartment'];
      readonly piece: Pick<Retained, 'descriptor' | 'marking' | 'content'>;
    }>('select compartment, piece from retained where event = $1 order by compartment', [event]);
    return records.map(({ compartment, piece }) => ({ event, compartment, ...piece }));
  }

  override handedOver(item: ItemId): Promise<readonly EventHandedOver[]> {
    return itemHandedOver(this.#queries, item);
  }

  override statements(): Promise<readonly (HandedOver | undefined)[]> {
    return statementsHandedOver(this.#queries);
  }

  override completeRegistry(): Promise<HandedOver | undefined> {
    return completeRegistry(this.#queries);
  }

  override async sources(descriptors: readonly Digest[]): Promise<readonly JournalEntry[]> {
    const records = await this.#queries.prepared<{ entry: JournalEntry }>(
      `select entry from journal where event in (
         select event from kept_wraps where descriptor = any ($1::text[]))`,
      [descriptors],
    );
    return records.map(({ entry }) => entry);
  }

  override async permitted(
    agency: AgencyId,
    events: readonly EventId[],
  ): Promise<readonly Permission[]> {
    const records = await this.#queries.prepared<{ readonly state: Release }>(
      `select state from items
       where kind = 'release' and status = 'GRANTED' and sender = $1 and state ->> 'grantee' = $1
         and (state ->> 'event')::uuid = any ($2::uuid[])
         and not coalesce((
           select ${DOUBTED_WORD} from timeline
           where timeline.item = items.item and timeline.type = 'JudicialUsePermitted'
           order by timeline.leaf desc limit 1), false)`,
      [agency, events],
    );
    return records.flatMap(({ state: { item, provider, event, compartments, until } }) =>
      until === undefined ? [] : [{ item, provider, event, compartments, until }],
    );
  }

  override async grantedIn(
    agency: AgencyId,
    events: readonly EventId[],
  ): Promise<readonly ItemId[]> {
    const records = await this.#queries.prepared<{ readonly item: ItemId }>(
      `select item from items
       where kind = 'release' and state ->> 'grantee' = $1 and (state ->> 'event')::uuid = any ($2::uuid[])
       order by item`,
      [agency, events],
    );
    return records.map(({ item }) => item);
  }

  override async disclosedIn(
    agency: AgencyId,
    events: readonly EventId[],
  ): Promise<readonly EventId[]> {
    const records = await this.#queries.prepared<{ readonly event: EventId }>(
      `select distinct state ->> 'event' as event from items
       where kind = 'disclosure' and state ->> 'to' = $1 and (state ->> 'event')::uuid = any ($2::uuid[])`,
      [agency, events],
    );
    return records.map(({ event }) => event);
  }

  override disclose(file: CourtFile): Promise<void> {
    return recordCourtFile(this.#queries, file);
  }

  /** Everything that is near, in one question; undefined when it is too much to take at once. */
  async #few(query: SearchQuery, place: Place | undefined): Promise<readonly Placed[] | undefined> {
    const records = await this.#candidates(query, 1, undefined, FEW);
    if (records.length === FEW) return undefined;
    const nearest = matcher(query.text, query.as);
    const found = records.flatMap((record) => placed(record, query, nearest));
    return ([0, 1] as const)
      .flatMap((distance) => found.filter(({ hit }) => hit.distance === distance))
      .filter((one) => place === undefined || comesAfter(one, place));
  }

  /** As many as are wanted of a name that many have, first those that the exact keys name. */
  async #many(
    query: SearchQuery,
    place: Place | undefined,
    wanted: number,
  ): Promise<readonly Placed[]> {
    const nearest = matcher(query.text, query.as);
    const hits: Placed[] = [];
    let after: Pick<Place, 'leaf' | 'id'> | undefined = place;
    for (const distance of place?.distance === 1 ? ([1] as const) : ([0, 1] as const)) {
      for (;;) {
        // The index may name rows that only collide, so a few more are asked for.
        const ask = wanted - hits.length + 16;
        const records = await this.#candidates(query, distance, after, ask);
        for (const record of records)
          hits.push(
            ...placed(record, query, nearest).filter(({ hit }) => hit.distance === distance),
          );
        after = records.at(-1);
        if (after === undefined || records.length < ask || hits.length >= wanted) break;
      }
      if (hits.length >= wanted) break;
      after = undefined;
    }
    return hits;
  }

  async #candidates(
    { text, as, kind, exchange }: SearchQuery,
    distance: 0 | 1,
    after: Pick<Place, 'leaf' | 'id'> | undefined,
    limit: number,
  ): Promise<readonly EntityRecord[]> {
    const words = queryKeys(text, as);
    if (words.length === 0) return [];
    const found = new Conditions();
    for (const { exact, near } of words)
      found.and('keys && ?::int[]', distance === 0 ? exact : near);
    found
      .and('kind = ?', kind)
      .and('exchange = ?', exchange)
      .and('(leaf, id collate "C") < (?::bigint, ?::text)', after?.leaf, after?.id);
    // Materialised, or the planner walks the rows in their order and tests each one's keys.
    return this.#queries.prepared<EntityRecord>(
      `with found as materialized (select ${ENTITY_COLUMNS} from entities ${found.where})
       select * from found order by leaf desc, id collate "C" desc limit ${found.bind(limit)}`,
      found.values,
    );
  }
}

/** Rarely has a name more that are near it. */
const FEW = 256;

/** Where a page of hits ended. */
type Place = { readonly distance: 0 | 1; readonly leaf: bigint; readonly id: string };

type Placed = { readonly hit: SearchHit; readonly record: EntityRecord };

const comesAfter = ({ hit, record }: Placed, { distance, leaf, id }: Place): boolean => {
  if (hit.distance !== distance) return hit.distance > distance;
  return record.leaf === leaf ? record.id < id : record.leaf < leaf;
};

const placed = (
  record: EntityRecord,
  query: SearchQuery,
  nearest: (label: string) => Nearness | undefined,
): readonly Placed[] => {
  const found = bestOf(record, query, nearest);
  return found === undefined ? [] : [{ hit: hitOf(record, found), record }];
};

type Found = { readonly label: Label; readonly nearness: Nearness };

const bestOf = (
  { labels }: EntityRecord,
  { as }: SearchQuery,
  nearest: (label: string) => Nearness | undefined,
): Found | undefined => {
  let best: Found | undefined;
  for (const label of labels) {
    const nearness = label.as === as ? nearest(label.text) : undefined;
    if (
      nearness !== undefined &&
      (best === undefined || nearness.distance < best.nearness.distance)
    )
      best = { label, nearness };
  }
  return best;
};

const hitOf = (record: EntityRecord, { label, nearness }: Found): SearchHit => ({
  entity: entityOf(record),
  matched: label.text,
  spelling: nearness.spelling,
  distance: nearness.distance,
});
