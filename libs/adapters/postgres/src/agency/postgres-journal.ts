import {
  type AgencyId,
  refuse,
  type Digest,
  type EventId,
  type ExchangeId,
  type Fingerprint,
  type Instant,
  type ItemId,
} from '@tripoint/kernel';
import {
  FOLDING,
  itemVersion,
  Journal,
  merged,
  type Appended,
  type AppendRefusal,
  type Change,
  type Delivery,
  type Evidence,
  type ExchangeHistory,
  type JournalEntry,
  type KeptShare,
  type KeptWrap,
  type Leaf,
  type MailboxPosition,
  type NewErasure,
  type NewFinding,
  type NewToSign,
  type PendingEntry,
  type RecordedEntry,
  type SealedAs,
  type SealedOff,
  type SignedTree,
  type StoredEntry,
  type ToSign,
  type Unopened,
} from '@tripoint/read-model';
import { type Database, type Queries, type Transaction } from '../database.js';
import { manyInto } from '../many.js';
import { erasuresOf, keepErasures } from './erasures.js';
import { keepToldDisclosures } from './told-disclosures.js';
import { announce } from './feed.js';
import { type OnItsWay, onItsWay } from './on-its-way.js';
import {
  DERIVED,
  foldedBefore,
  type FoldedBefore,
  heldEntries,
  projectEntries,
  rebuildViews,
} from './projections.js';
import { keepHandedOver } from './postgres-court-files.js';
import { untiedRows } from './postgres-witnessed.js';
import { forget } from './forget.js';
import {
  giveSealedBack,
  letSealedGo,
  sealedOffBelow,
  sealedOffFor,
  sealOff,
} from './sealed-off.js';
import { doubtWords } from './doubted-words.js';
import { beliedBy, consumedBy, refusalBelied, voidNotOurs } from './own-numbers.js';
import { applyProgress } from './submissions.js';

const journalRows = manyInto<{
  event: string;
  exchange: string;
  item: string;
  leaf: number;
  revision: number;
  entry: unknown;
}>(
  'journal',
  { event: 'uuid', exchange: 'uuid', item: 'uuid', leaf: 'bigint', revision: 'int', entry: 'json' },
  `on conflict (event) do update set
     leaf = excluded.leaf, revision = excluded.revision, entry = excluded.entry`,
);

const wrapRows = manyInto<{
  descriptor: string;
  subkey: string;
  event: string;
  compartment: string;
  wrap: Uint8Array;
}>(
  'kept_wraps',
  { descriptor: 'text', subkey: 'text', event: 'uuid', compartment: 'text', wrap: 'bytea' },
  'on conflict (descriptor, subkey) do nothing',
);

const shareRows = manyInto<{
  descriptor: string;
  event: string;
  compartment: string;
  part: Uint8Array;
}>(
  'entrusted',
  { descriptor: 'text', event: 'uuid', compartment: 'text', part: 'bytea' },
  'on conflict (descriptor) do nothing',
);

const toSignRows = manyInto<{
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

const wishColumns = (
  { key, kind, exchange, item, body }: NewToSign,
  since: Instant,
): Parameters<typeof toSignRows>[1][number] => ({ key, kind, exchange, item, body, since });

const registryRows = manyInto<{
  leaf: number;
  leaf_at: string;
  kind: string;
  bytes: Uint8Array;
  digest: string;
}>(
  'registry',
  { leaf: 'bigint', leaf_at: 'timestamptz', kind: 'text', bytes: 'bytea', digest: 'text' },
  'on conflict (leaf) do nothing',
);

const findingRows = manyInto<{
  code: string;
  detail: string;
  event: string | undefined;
  leaf: number | undefined;
  mailbox: bigint | undefined;
  at: string;
}>('findings', {
  code: 'text',
  detail: 'text',
  event: 'uuid',
  leaf: 'bigint',
  mailbox: 'bigint',
  at: 'timestamptz',
});

const unopenedRows = manyInto<{ mailbox: bigint; digest: string; subkey: string }>('unopened', {
  mailbox: 'bigint',
  digest: 'text',
  subkey: 'text',
});

const provenRows = manyInto<{
  agency: string;
  through: number;
  leaf: number;
  leaf_at: string;
  countersignature: string;
}>(
  'proven_deliveries',
  {
    agency: 'text',
    through: 'bigint',
    leaf: 'bigint',
    leaf_at: 'timestamptz',
    countersignature: 'text',
  },
  'on conflict (agency, through) do nothing',
);

type MailboxRecord = {
  readonly next: bigint;
  readonly digest: Digest;
  readonly leaf: bigint | null;
  readonly leaf_at: Instant | null;
  readonly heads: bigint | null;
  readonly heads_at: Instant | null;
};

const positionOf = ({
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

const NOWHERE: MailboxRecord = {
  next: 0n,
  digest: '0'.repeat(64) as Digest,
  leaf: null,
  leaf_at: null,
  heads: null,
  heads_at: null,
};

type ToSignRecord = {
  readonly id: bigint;
  readonly key: string;
  readonly kind: string;
  readonly exchange: ExchangeId | null;
  readonly item: ItemId | null;
  readonly body: unknown;
  readonly since: Instant;
};

const toSignOf = ({ exchange, item, ...record }: ToSignRecord): ToSign => ({
  ...record,
  ...(exchange === null ? {} : { exchange }),
  ...(item === null ? {} : { item }),
});

export class PostgresJournal extends Journal {
  constructor(private readonly database: Database) {
    super();
  }

  override async history(exchange: ExchangeId): Promise<ExchangeHistory> {
    // One statement sees one moment.
    const [record] = await this.database.prepared<{
      version: bigint;
      entries: readonly JournalEntry[] | null;
    }>(
      `select coalesce((select version from exchange_versions where exchange = $1), 0) as version,
         (select json_agg(entry order by leaf nulls last, pending)
          from journal where exchange = $1) as entries`,
      [exchange],
    );
    return { version: record?.version ?? 0n, entries: record?.entries ?? [] };
  }

  override async itemVersion(item: ItemId): Promise<string> {
    const [record] = await this.database.prepared<{ recorded: bigint } & OnItsWay>(
      `select coalesce((select version from items where item = $1), 0) as recorded, way.*
       from ${onItsWay('$1')}`,
      [item],
    );
    return itemVersion(
      record?.recorded ?? 0n,
      record?.on_its_way ?? 0,
      record?.last_sealed ?? null,
    );
  }

  override async exchangeOf(item: ItemId): Promise<ExchangeId | undefined> {
    const [record] = await this.database.prepared<{ exchange: ExchangeId }>(
      'select exchange from journal where item = $1 order by leaf nulls last limit 1',
      [item],
    );
    return record?.exchange;
  }

  override async entry(event: EventId): Promise<JournalEntry | undefined> {
    const [record] = await this.database.prepared<{ entry: JournalEntry }>(
      'select entry from journal where event = $1',
      [event],
    );
    return record?.entry;
  }

  override async pending(sealed: readonly SealedAs[]): Promise<readonly PendingEntry[]> {
    const records = await this.database.prepared<{ entry: PendingEntry }>(
      `select entry from unnest($1::uuid[], $2::text[]) as sealed (event, header)
       join outbox using (event, header) join journal using (event)
       where journal.leaf is null`,
      [sealed.map(({ event }) => event), sealed.map(({ header }) => header)],
    );
    return records.map(({ entry }) => entry);
  }

  override async position(): Promise<MailboxPosition> {
    const [record] = await this.database.prepared<MailboxRecord>(
      'select next, digest, leaf, leaf_at, heads, heads_at from mailbox',
    );
    return positionOf(record ?? NOWHERE);
  }

  override unopened(): Promise<readonly Unopened[]> {
    return this.database.prepared<Unopened>(
      'select mailbox as number, digest, subkey from unopened order by mailbox',
    );
  }

  override evidenceOf(events: readonly EventId[]): Promise<readonly Evidence[]> {
    return this.database.rows<Evidence>(
      `select mailbox as number, bytes from handed_over
       where event = any ($1::uuid[]) or event in (
         select journal.event from journal
         where entry->'recorded'->'event'->>'type' = 'GrantMade'
           and entry->'recorded'->'event'->'core'->>'event' = any ($1::text[])
           and exchange in (select exchange from journal as said where said.event = any ($1::uuid[])))
       order by mailbox`,
      [events],
    );
  }

  override append(deliveries: readonly Delivery[]): Promise<Appended | AppendRefusal> {
    return this.database.transaction((queries) => append(queries, deliveries), {
      keep: (result) => 'position' in result,
    });
  }

  override async erasedAt(descriptors: readonly Digest[]): Promise<ReadonlyMap<Digest, number>> {
    const rows = await this.database.prepared<{ descriptor: Digest; leaf: bigint }>(
      `select descriptor, min(leaf) as leaf from erasures cross join unnest(descriptors) as descriptor
       where descriptor = any ($1::text[]) group by descriptor`,
      [descriptors],
    );
    return new Map(rows.map(({ descriptor, leaf }) => [descriptor, Number(leaf)]));
  }

  override sealedOffFor(seconds: number): Promise<readonly number[]> {
    return sealedOffFor(this.database, seconds);
  }

  override sealedOff(size: number, limit: number): Promise<readonly SealedOff[]> {
    return sealedOffBelow(this.database, size, limit);
  }

  override async letGo(orders: readonly SealedOff[]): Promise<void> {
    await this.database.transaction(async (queries) => {
      const [record] = await queries.prepared<MailboxRecord & { readonly at: Instant }>(
        'select *, now() as at from mailbox for update',
      );
      const time = record?.leaf_at ?? undefined;
      if (record === undefined || time === undefined) return;
      const { changes, toSign } = await letSealedGo(queries, orders, time);
      await toSignRows(
        queries,
        toSign.map((wish) => wishColumns(wish, record.at)),
      );
      announce(queries, changes, toSign.length > 0 ? ['to_sign'] : []);
    });
  }

  override async giveBack(tree: SignedTree): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.run('select from mailbox for update');
      announce(queries, await giveSealedBack(queries, tree), []);
    });
  }

  override async aside({
    toSign = [],
    findings = [],
    resolved = [],
  }: {
    readonly toSign?: readonly NewToSign[];
    readonly findings?: readonly NewFinding[];
    readonly resolved?: readonly string[];
  }): Promise<void> {
    await this.database.transaction(async (queries) => {
      const [{ at } = { at: '' as Instant }] = await queries.rows<{ at: Instant }>(
        'select now() as at',
      );
      await toSignRows(
        queries,
        toSign.map((wish) => wishColumns(wish, at)),
      );
      const healed =
        resolved.length === 0
          ? []
          : await queries.rows<{ code: string }>(
              `update findings set resolved_at = now()
               where code = any ($1::text[]) and resolved_at is null returning code`,
              [resolved],
            );
      await findingRows(
        queries,
        findings.map(({ code, detail, event, leaf }) => ({
          code,
          detail,
          event,
          leaf,
          mailbox: undefined,
          at,
        })),
      );
      announce(
        queries,
        findings.length + healed.length > 0 ? [{ kind: 'finding', version: 0n }] : [],
        toSign.length > 0 ? ['to_sign'] : [],
      );
    });
  }

  override async toSign(after: bigint, limit: number): Promise<readonly ToSign[]> {
    const records = await this.database.prepared<ToSignRecord>(
      `select id, key, kind, exchange, item, body, since from to_sign
       where id > $1 and not done order by id limit $2`,
      [after, limit],
    );
    return records.map(toSignOf);
  }

  override async madeInVain(agency: AgencyId): Promise<readonly ToSign[]> {
    const records = await this.database.prepared<ToSignRecord>(
      `select id, key, kind, exchange, item, body, since from (
         select distinct on (item, kind) * from to_sign
         where kind in ('grant', 'share') order by item, kind, id desc) as made
       where done and not exists (
         select from journal
         where journal.item = made.item
           and entry->'recorded'->>'issuer' = $1
           and entry->'recorded'->'event'->>'type' =
             case made.kind when 'grant' then 'GrantMade' else 'ShareReleased' end)
       order by id`,
      [agency],
    );
    return records.map(toSignOf);
  }

  override async dropToSign(id: bigint): Promise<void> {
    await this.database.run('update to_sign set done = true where id = $1', [id]);
  }

  override waitingToSign(signal: AbortSignal): Promise<void> {
    return this.database.listener.next('to_sign', signal);
  }

  override givenIn(
    descriptors: readonly Digest[],
  ): Promise<readonly { readonly descriptor: Digest; readonly event: EventId }[]> {
    return this.database.rows(
      `select distinct descriptor, event from kept_wraps
       where descriptor = any ($1::text[]) order by descriptor, event`,
      [descriptors],
    );
  }

  override wraps(descriptors: readonly Digest[]): Promise<readonly KeptWrap[]> {
    return this.database.rows<{
      descriptor: Digest;
      subkey: Fingerprint;
      event: EventId;
      compartment: string;
      wrap: Uint8Array;
    }>(
      `select descriptor, subkey, event, compartment, wrap from kept_wraps
       where descriptor = any ($1::text[]) order by descriptor, subkey`,
      [descriptors],
    );
  }

  override shares(event: EventId): Promise<readonly KeptShare[]> {
    return this.database.prepared<KeptShare>(
      'select descriptor, event, compartment, part from entrusted where event = $1 order by descriptor',
      [event],
    );
  }

  override erasuresOf(event: EventId): Promise<readonly (NewErasure & { readonly leaf: Leaf })[]> {
    return erasuresOf(this.database, event);
  }

  override async rebuild(): Promise<void> {
    await this.database.transaction(async (queries) => {
      // The projector stands still meanwhile; readers do not.
      await queries.run('select from mailbox for update');
      await rebuildViews(queries);
    });
  }

  override async foldAnew(): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.run('select from mailbox for update');
      const [folded] = await queries.rows<{ version: number }>('select version from folded');
      if (folded?.version === FOLDING) return;
      await rebuildViews(queries);
      await queries.run('update folded set version = $1', [FOLDING]);
    });
  }

  override viewsDigest(): Promise<Digest> {
    return this.database.transaction(
      async (queries) => {
        const digests: string[] = [];
        for (const [table, key] of DERIVED) {
          const [record] = await queries.rows<{ digest: string }>(
            `select encode(sha256(coalesce(
               string_agg(sha256(convert_to(${table}::text, 'UTF8')), '' order by ${key}), '')), 'hex') as digest
             from ${table}`,
          );
          digests.push(record?.digest ?? '');
        }
        const [record] = await queries.rows<{ digest: Digest }>(
          `select encode(sha256(convert_to($1, 'UTF8')), 'hex') as digest`,
          [digests.join(' ')],
        );
        if (record === undefined) throw new Error('a statement without a table has one row');
        return record.digest;
      },
      { begin: 'begin isolation level repeatable read read only' },
    );
  }
}

const append = async (
  queries: Transaction,
  deliveries: readonly Delivery[],
): Promise<Appended | AppendRefusal> => {
  const arriving = deliveries.flatMap(entriesOf);
  // Everything that has to be locked or known, by one way to the server.
  const [[record = NOWHERE], consumed, belied, held, before] = await Promise.all([
    queries.prepared<MailboxRecord>(
      'select next, digest, leaf, leaf_at, heads, heads_at from mailbox for update',
    ),
    consumedBy(queries, deliveries),
    beliedBy(queries, deliveries),
    moves(deliveries) ? heldBefore(queries, deliveries) : new Map<EventId, StoredEntry>(),
    arriving.length === 0 ? new Map() : foldedBefore(queries, arriving),
  ]);
  const fresh = deliveries.filter(({ number }) => number >= record.next);
  const broken = discontinuity(record, fresh);
  if (broken !== undefined) return broken;
  const late = await settled(
    queries,
    deliveries.filter(({ number, unopened }) => number < record.next && unopened === undefined),
  );
  const news = [...late, ...fresh];
  const [first] = news;
  if (first === undefined) return { position: positionOf(record), applied: 0 };

  const { entries, refused } = whatIsKept(news, held);
  const foreign = new Set(
    consumed.filter(({ progress }) => progress === undefined).map(({ number }) => number),
  );
  const taken = news.map((delivery) => {
    const [misplaced] = entriesOf(delivery).flatMap((entry) => refused.get(entry) ?? []);
    if (misplaced !== undefined) return setAside(delivery, misplaced);
    const { progress = [], findings = [] } = delivery;
    const lied = progress.filter(({ event, header }) => header !== undefined && belied.has(event));
    return {
      ...delivery,
      progress: progress.filter((one) => !lied.includes(one)),
      findings: [
        ...findings,
        ...lied.map(refusalBelied),
        ...(foreign.has(delivery.number) ? [voidNotOurs(delivery)] : []),
      ],
    };
  });
  const numbers = new Set(news.map(({ number }) => number));
  const moved = movedBy(record, fresh);
  const changes = await Promise.all([
    appendEntries(queries, entries, before),
    applyProgress(queries, [
      ...taken.flatMap(({ progress = [] }) => progress),
      ...consumed.flatMap(({ number, progress }) => (numbers.has(number) ? (progress ?? []) : [])),
    ]),
    appendRest(queries, taken),
    moveMailbox(queries, record, moved),
  ]);
  await doubtWords(queries, taken);
  // After what came with it: a grant and its end may arrive together.
  const orders = taken.flatMap(({ purges = [], leaf, checkpoint }) =>
    purges.map((one) => ({ ...one, leaf: leaf.index, tree: checkpoint })),
  );
  const forgotten = await forget(
    queries,
    orders.filter(({ unwitnessed }) => unwitnessed !== true),
    moved.leaf_at ?? first.leaf.time,
  );
  const sealed = await sealOff(
    queries,
    orders.filter(({ unwitnessed }) => unwitnessed === true),
  );
  await toSignRows(
    queries,
    forgotten.toSign.map((wish) => wishColumns(wish, first.at)),
  );
  announce(
    queries,
    [
      ...changes.flat(),
      ...forgotten.changes,
      ...sealed,
      ...(late.length > 0
        ? [{ kind: 'finding' as const, version: late.at(-1)?.number ?? 0n }]
        : []),
    ],
    forgotten.toSign.length > 0 || taken.some(({ toSign = [] }) => toSign.length > 0)
      ? ['to_sign']
      : [],
  );
  return { position: positionOf(moved), applied: fresh.length };
};

const entriesOf = ({ entry, granted }: Delivery): readonly RecordedEntry[] =>
  [entry, granted].filter((one) => one !== undefined);

const moves = (deliveries: readonly Delivery[]): boolean =>
  deliveries.some(({ entry, granted }) => entry !== undefined || granted !== undefined);

const movedBy = (record: MailboxRecord, fresh: readonly Delivery[]): MailboxRecord => {
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

const moveMailbox = async (
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
const settled = async (
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

const discontinuity = (
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

/**
 * Whether both are of one event. The hub takes an id once; if it ever did not, what another issuer says under it must not
 * stand in for what is held.
 */
const isOneEvent = (one: JournalEntry, other: JournalEntry): boolean =>
  one.exchange === other.exchange &&
  one.recorded.issuer === other.recorded.issuer &&
  one.recorded.event.item === other.recorded.event.item &&
  one.recorded.event.type === other.recorded.event.type;

type Misplaced = Pick<NewFinding, 'code' | 'detail'>;
const REUSED: Misplaced = {
  code: 'event-id-reused',
  detail: 'an event came with the id of another one',
};
/** Order and clocks follow from an event's leaf: recorded once more, it would happen again, later. */
const TWICE: Misplaced = {
  code: 'event-logged-twice',
  detail: 'an event came with another leaf than before',
};

/** The mailbox goes on past an event that is not taken; what it would have led to is left out, and people are told. */
const setAside = ({ entry, findings = [], ...rest }: Delivery, misplaced: Misplaced): Delivery => ({
  ...rest,
  wraps: [],
  toSign: [],
  findings: [
    ...findings,
    {
      ...misplaced,
      ...(entry === undefined ? {} : { event: entry.recorded.id, leaf: entry.recorded.leaf.index }),
    },
  ],
});

/**
 * What is held of the events that arrive. Whoever decides on one of their exchanges has to fold again; all who lock several
 * do so in one order. What was taken before moves nothing, unless it is owed.
 */
const heldBefore = async (
  queries: Queries,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<EventId, StoredEntry>> => {
  const arriving = deliveries.flatMap((delivery) =>
    entriesOf(delivery).map((entry) => ({ entry, number: delivery.number })),
  );
  const [, held] = await Promise.all([
    queries.prepared(
      `insert into exchange_versions (exchange, version)
       select distinct exchange, 1 from unnest($1::uuid[], $2::bigint[]) as arriving (exchange, number)
       where number >= (select next from mailbox) or number in (select mailbox from unopened)
       order by exchange
       on conflict (exchange) do update set version = exchange_versions.version + 1`,
      [arriving.map(({ entry: { exchange } }) => exchange), arriving.map(({ number }) => number)],
    ),
    heldEntries(
      queries,
      arriving.map(({ entry: { recorded } }) => recorded.id),
    ),
  ]);
  return held;
};

/** What the journal is to hold of what arrives, and which of it is refused, because it is not what is held under its id. */
const whatIsKept = (
  fresh: readonly Delivery[],
  held: ReadonlyMap<EventId, StoredEntry>,
): {
  readonly entries: readonly StoredEntry[];
  readonly refused: ReadonlyMap<RecordedEntry, Misplaced>;
} => {
  const refused = new Map<RecordedEntry, Misplaced>();
  const kept = new Map<EventId, StoredEntry>();
  for (const entry of fresh.flatMap(entriesOf)) {
    const { id } = entry.recorded;
    const before = kept.get(id) ?? held.get(id);
    if (before !== undefined && !isOneEvent(before, entry)) {
      refused.set(entry, REUSED);
      continue;
    }
    // A pending entry becomes the recorded one; what was recorded before and comes again gains a revision.
    const leaf = (before as JournalEntry | undefined)?.recorded.leaf;
    const isAgain = before !== undefined && leaf !== undefined;
    if (isAgain && leaf.index !== entry.recorded.leaf.index) {
      refused.set(entry, TWICE);
      continue;
    }
    kept.set(id, {
      ...merged(before, entry),
      revision: isAgain ? before.revision + 1 : 1,
    });
  }
  return { entries: [...kept.values()], refused };
};

const appendEntries = async (
  queries: Queries,
  entries: readonly StoredEntry[],
  before: FoldedBefore,
): Promise<readonly Omit<Change, 'id'>[]> => {
  if (entries.length === 0) return [];
  // In this order: what came late is folded from what the journal then holds.
  const [, changes] = await Promise.all([
    journalRows(
      queries,
      entries.map(({ revision, ...entry }) => ({
        event: entry.recorded.id,
        exchange: entry.exchange,
        item: entry.recorded.event.item,
        leaf: entry.recorded.leaf.index,
        revision,
        entry,
      })),
    ),
    projectEntries(queries, entries, before),
  ]);
  return changes;
};

const appendRest = async (
  queries: Queries,
  fresh: readonly Delivery[],
): Promise<readonly Omit<Change, 'id'>[]> => {
  const registry = fresh.flatMap(({ registry: statement, leaf }) =>
    statement === undefined
      ? []
      : [
          {
            leaf: leaf.index,
            leaf_at: leaf.time,
            kind: statement.kind,
            bytes: statement.bytes,
            digest: statement.digest,
          },
        ],
  );
  const findings = fresh.flatMap(({ findings: found = [], number, at }) =>
    found.map(({ code, detail, event, leaf }) => ({
      code,
      detail,
      event,
      leaf,
      mailbox: number,
      at,
    })),
  );
  await Promise.all([
    wrapRows(
      queries,
      fresh.flatMap(({ wraps = [] }) => wraps.map((wrap) => ({ ...wrap }))),
    ),
    shareRows(
      queries,
      fresh.flatMap(({ shares = [] }) => shares),
    ),
    toSignRows(
      queries,
      fresh.flatMap(({ toSign = [], at }) => toSign.map((wish) => wishColumns(wish, at))),
    ),
    registryRows(queries, registry),
    findingRows(queries, findings),
    untiedRows(queries, fresh),
    keepHandedOver(queries, fresh),
    keepErasures(queries, fresh),
    keepToldDisclosures(queries, fresh),
    provenRows(
      queries,
      fresh.flatMap(({ proven }) =>
        proven === undefined
          ? []
          : [
              {
                agency: proven.agency,
                through: proven.through,
                leaf: proven.leaf.index,
                leaf_at: proven.leaf.time,
                countersignature: proven.countersignature,
              },
            ],
      ),
    ),
    unopenedRows(
      queries,
      fresh.flatMap(({ number, digest, unopened }) =>
        unopened === undefined ? [] : [{ mailbox: number, digest, subkey: unopened }],
      ),
    ),
  ]);
  const newest = fresh.at(-1)?.number ?? 0n;
  return [
    ...(registry.length > 0 ? [{ kind: 'registry' as const, version: newest }] : []),
    ...(findings.length > 0 ||
    fresh.some(({ doubted = [], attested = [] }) => doubted.length + attested.length > 0)
      ? [{ kind: 'finding' as const, version: newest }]
      : []),
  ];
};
