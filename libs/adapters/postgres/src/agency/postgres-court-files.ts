import { type Digest, type Instant } from '@tripoint/kernel';
import {
  CourtFiles,
  type CourtFile,
  type Delivery,
  type DisclosedKey,
  type EventHandedOver,
  type HandedOver,
  type RecordedEntry,
  type WantedKey,
} from '@tripoint/read-model';
import { type Database, type Queries } from '../database.js';
import { manyInto } from '../many.js';

export class PostgresCourtFiles extends CourtFiles {
  constructor(private readonly database: Database) {
    super();
  }

  override wanted(limit: number): Promise<readonly WantedKey[]> {
    return this.database.prepared<WantedKey>(
      `select file, descriptor from court_keys join court_files on court_files.id = file
       where session_key is null and disclosed_at is null and abandoned_at is null and not exists (
         select from sealed_off where court_keys.descriptor = any (sealed_off.descriptors) and not given_back)
       order by at, file, descriptor limit $1`,
      [limit],
    );
  }

  override waiting(signal: AbortSignal): Promise<void> {
    return this.database.listener.next('court_files', signal);
  }

  override async give({ file, descriptor }: WantedKey, sessionKey: Uint8Array): Promise<void> {
    await this.database.transaction(async (queries) => {
      await queries.prepared(
        `update court_keys set session_key = $3
         where file = $1 and descriptor = $2
           and session_key is null and disclosed_at is null and abandoned_at is null`,
        [file, descriptor, sessionKey],
      );
      queries.tell(['court_keys']);
    });
  }

  override take(file: string, at: Instant): Promise<readonly DisclosedKey[] | undefined> {
    return this.database.transaction(async (queries) => {
      const keys = await queries.prepared<{ descriptor: Digest; session_key: Uint8Array | null }>(
        'select descriptor, session_key from court_keys where file = $1 order by descriptor for update',
        [file],
      );
      const there = keys.flatMap(({ descriptor, session_key }) =>
        session_key === null ? [] : [{ descriptor, sessionKey: session_key }],
      );
      if (there.length < keys.length) return undefined;
      await queries.prepared(
        'update court_keys set session_key = null, disclosed_at = $2 where file = $1',
        [file, at],
      );
      return there;
    });
  }

  override async abandon(file: string, at: Instant): Promise<void> {
    await this.database.prepared(
      `update court_keys set session_key = null, abandoned_at = $2
       where file = $1 and disclosed_at is null and abandoned_at is null`,
      [file, at],
    );
  }

  override async expire(before: Instant, at: Instant): Promise<number> {
    const rows = await this.database.prepared<{ readonly lay: boolean }>(
      `with late as (
         select file, descriptor, session_key is not null as lay from court_keys
         join court_files on court_files.id = file
         where court_files.at < $1 and disclosed_at is null and abandoned_at is null
         for update of court_keys)
       update court_keys set session_key = null, abandoned_at = $2 from late
       where court_keys.file = late.file and court_keys.descriptor = late.descriptor
       returning late.lay`,
      [before, at],
    );
    return rows.filter(({ lay }) => lay).length;
  }

  override given(signal: AbortSignal): Promise<void> {
    return this.database.listener.next('court_keys', signal);
  }

  override async filesWith(descriptor: Digest): Promise<readonly string[]> {
    const rows = await this.database.prepared<{ file: string }>(
      'select file from court_keys where descriptor = $1 and abandoned_at is null order by file',
      [descriptor],
    );
    return rows.map(({ file }) => file);
  }
}

export type HandedRecord = {
  readonly bytes: Uint8Array;
  readonly note: string | null;
  readonly cosigned_size: bigint | null;
  readonly hashes: Uint8Array | null;
};

const HASH_BYTES = 32;

/** Nothing was handed over at the leaf of an event that a grant handed on. */
type Perhaps<T> = { readonly [K in keyof T]: T[K] | null };

const isHanded = (record: Perhaps<HandedRecord>): record is HandedRecord => record.bytes !== null;

export const handedOf = ({ bytes, note, cosigned_size, hashes }: HandedRecord): HandedOver => ({
  bytes,
  ...(note === null || cosigned_size === null || hashes === null
    ? {}
    : {
        tie: {
          note,
          size: Number(cosigned_size),
          hashes: Array.from({ length: hashes.length / HASH_BYTES }, (_, at) =>
            hashes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES),
          ),
        },
      }),
});

/** Everything that came of an item's events, the oldest first. */
export const itemHandedOver = async (
  queries: Queries,
  item: string,
): Promise<readonly EventHandedOver[]> => {
  const records = await queries.prepared<Perhaps<HandedRecord> & { readonly entry: RecordedEntry }>(
    `select journal.entry, bytes, note, cosigned_size, hashes
     from journal left join handed_over using (event, leaf) left join ties using (size, root)
     where item = $1 and leaf is not null order by leaf, mailbox`,
    [item],
  );
  const events = new Map<string, { entry: RecordedEntry; handed: HandedOver[] }>();
  for (const record of records) {
    const { id } = record.entry.recorded;
    const known = events.get(id) ?? { entry: record.entry, handed: [] };
    if (isHanded(record)) known.handed.push(handedOf(record));
    events.set(id, known);
  }
  return [...events.values()];
};

/** What came first of one event. */
export const eventHandedOver = async (
  queries: Pick<Queries, 'prepared'>,
  event: string,
): Promise<HandedOver | undefined> => {
  const [record] = await queries.prepared<HandedRecord>(
    `select bytes, note, cosigned_size, hashes
     from handed_over left join ties using (size, root) where event = $1 order by mailbox limit 1`,
    [event],
  );
  return record && handedOf(record);
};

/** The registry's statements as they came, in log order; undefined for one that was not kept as it came. */
export const statementsHandedOver = async (
  queries: Pick<Queries, 'prepared'>,
): Promise<readonly (HandedOver | undefined)[]> => {
  const records = await queries.prepared<Perhaps<HandedRecord>>(
    `select came.bytes, note, cosigned_size, hashes
     from registry left join (select * from handed_over where event is null) as came using (leaf)
       left join ties using (size, root)
     order by leaf, mailbox`,
  );
  return records.map((record) => (isHanded(record) ? handedOf(record) : undefined));
};

/** Puts a disclosure on record. */
export const recordCourtFile = async (queries: Queries, file: CourtFile): Promise<void> => {
  await queries.prepared(
    'insert into court_files (id, officer, purpose, item, salt, at) values ($1, $2, $3, $4, $5, $6)',
    [file.id, file.officer, file.purpose, file.item, file.salt, file.at],
  );
  await keyRows(
    queries,
    file.keys.map(({ descriptor, event }) => ({ file: file.id, descriptor, event })),
  );
  queries.tell(['court_files']);
};

const keyRows = manyInto<{ file: string; descriptor: string; event: string }>('court_keys', {
  file: 'uuid',
  descriptor: 'text',
  event: 'uuid',
});

const handedRows = manyInto<{
  mailbox: bigint;
  leaf: number;
  event: string | undefined;
  size: number;
  root: string;
  bytes: Uint8Array;
}>(
  'handed_over',
  {
    mailbox: 'bigint',
    leaf: 'bigint',
    event: 'uuid',
    size: 'bigint',
    root: 'text',
    bytes: 'bytea',
  },
  `on conflict (mailbox) do update set
     event = excluded.event, size = excluded.size, root = excluded.root, bytes = excluded.bytes`,
);

/** What its author is to show of a leaf that has no content. */
const REJECTED = 'rejected-falsely';

/** Keeps what came as it came, where there is something in it and a checkpoint that it can be tied by. */
export const keepHandedOver = (queries: Queries, news: readonly Delivery[]): Promise<void> =>
  handedRows(
    queries,
    news.flatMap(
      ({ number, leaf, entry, registry, proven, findings = [], checkpoint, evidence }) => {
        const event = entry?.recorded.id ?? findings.find(({ code }) => code === REJECTED)?.event;
        return evidence === undefined ||
          checkpoint === undefined ||
          (event === undefined && registry === undefined && proven === undefined)
          ? []
          : [
              {
                mailbox: number,
                leaf: leaf.index,
                event,
                size: checkpoint.size,
                root: checkpoint.root,
                bytes: evidence,
              },
            ];
      },
    ),
  );
