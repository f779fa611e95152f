import { createHash, randomBytes } from 'node:crypto';
import { isReadOf } from '@tripoint/domain';
import {
  type Digest,
  type ExchangeId,
  type Instant,
  type ItemId,
  type OfficerId,
} from '@tripoint/kernel';
import {
  type Access,
  type Content,
  type PublishedRoot,
  type ReadRow,
  readRowText,
  Reads,
  type ReadSubject,
} from '@tripoint/read-model';
import { type Database, type Queries } from '../database.js';
import { PostgresContent } from './postgres-content.js';

type ReadRecord = {
  readonly number: bigint;
  readonly officer: OfficerId;
  readonly purpose: string;
  readonly text_digest: Digest | null;
  readonly legal_basis: string | null;
  readonly exchange: ExchangeId | null;
  readonly item: ItemId | null;
  readonly fields: readonly string[];
  readonly at: Instant;
  readonly previous: Digest;
  readonly nonce: string | null;
  readonly hash: Digest;
};

const sha256 = (text: string): Digest => createHash('sha256').update(text).digest('hex') as Digest;

const NOTHING = '0'.repeat(64) as Digest;
const BATCH = 1000;

const rowOf = (record: ReadRecord): ReadRow => ({
  number: record.number,
  officer: record.officer,
  purpose: record.purpose,
  ...(record.text_digest === null ? {} : { textDigest: record.text_digest }),
  ...(record.legal_basis === null ? {} : { legalBasis: record.legal_basis }),
  ...(record.exchange === null ? {} : { exchange: record.exchange }),
  ...(record.item === null ? {} : { item: record.item }),
  fields: record.fields,
  at: record.at,
  previous: record.previous,
  ...(record.nonce === null ? {} : { nonce: record.nonce }),
  hash: record.hash,
});

export class PostgresReads extends Reads {
  constructor(private readonly database: Database) {
    super();
  }

  override release<T>(access: Access, read: (content: Content) => Promise<T>): Promise<T> {
    return this.database.transaction(
      async (queries) => {
        const content = new PostgresContent(queries);
        const shown = await read(content);
        content.close();
        // After the reading, so that others do not wait for it: the head is locked until the commit.
        await record(queries, access);
        return shown;
      },
      { begin: PostgresContent.begin },
    );
  }

  override async ofItem(item: ItemId): Promise<readonly ReadRow[]> {
    const records = await this.database.rows<ReadRecord>(
      'select * from reads where item = $1 order by number',
      [item],
    );
    return records.map(rowOf);
  }

  override async about(
    subjects: readonly ReadSubject[],
  ): Promise<{ readonly rows: readonly ReadRow[]; readonly searches: number }> {
    const records = await this.database.rows<ReadRecord>(
      'select * from reads where exchange = any($1) or item = any($2) order by number',
      [
        subjects.map(({ exchange }) => exchange),
        subjects.flatMap(({ item }) => (item === undefined ? [] : [item])),
      ],
    );
    const [counted] = await this.database.rows<{ searches: bigint }>(
      `select count(*) as searches from reads
       where exchange is null and item is null and fields = array['search']`,
    );
    return {
      rows: records.map(rowOf).filter((row) => isReadOf(subjects, row)),
      searches: Number(counted?.searches ?? 0n),
    };
  }

  override async rows(from: bigint, limit: number): Promise<readonly ReadRow[]> {
    const records = await this.database.rows<ReadRecord>(
      'select * from reads where number >= $1 order by number limit $2',
      [from, limit],
    );
    return records.map(rowOf);
  }

  override async hashes(upTo: bigint): Promise<readonly Digest[]> {
    const records = await this.database.rows<{ hash: Digest }>(
      'select hash from reads where number < $1 order by number',
      [upTo],
    );
    return records.map(({ hash }) => hash);
  }

  override async head(): Promise<{ readonly size: bigint; readonly hash: Digest }> {
    const [head] = await this.database.rows<{ size: bigint; hash: Digest }>(
      'select size, hash from read_head',
    );
    return head ?? { size: 0n, hash: NOTHING };
  }

  override async published(): Promise<PublishedRoot | undefined> {
    const [root] = await this.database.rows<
      Omit<PublishedRoot, 'size'> & { readonly size: bigint }
    >(
      `select outbox.event, outbox.sealed_at as at, core.size, core.root
       from outbox join journal using (event),
         json_to_record(journal.entry->'recorded'->'event'->'core') as core (size bigint, root text)
       where family = 'reads' order by journal.leaf desc nulls first, journal.pending desc limit 1`,
    );
    return root && { ...root, size: Number(root.size) };
  }

  override async firstBroken(): Promise<bigint | undefined> {
    // Taken first: rows that come meanwhile lie behind it.
    const head = await this.head();
    let number = 0n;
    let previous = NOTHING;
    while (number < head.size) {
      const rows = await this.rows(number, BATCH);
      if (rows.length === 0) return number;
      for (const { hash, ...row } of rows) {
        if (number === head.size) break;
        if (row.number !== number || row.previous !== previous) return number;
        if (sha256(readRowText(row)) !== hash) return number;
        previous = hash;
        number += 1n;
      }
    }
    return previous === head.hash ? undefined : head.size - 1n;
  }

  override async purposeText(
    number: bigint,
  ): Promise<{ readonly salt: string; readonly text: string } | undefined> {
    const [record] = await this.database.rows<{ salt: string; text: string }>(
      'select salt, text from read_texts where number = $1',
      [number],
    );
    return record;
  }

  override eraseTexts(before: Instant): Promise<number> {
    return this.database.run('delete from read_texts where at < $1', [before]);
  }
}

const record = async (queries: Queries, access: Access): Promise<void> => {
  const salt = randomBytes(32).toString('hex');
  const [head] = await queries.prepared<{ size: bigint; hash: Digest }>(
    'select size, hash from read_head for update',
  );
  const row: Omit<ReadRow, 'hash'> = {
    number: head?.size ?? 0n,
    officer: access.officer,
    purpose: access.purpose,
    ...(access.text === undefined ? {} : { textDigest: sha256(salt + access.text) }),
    ...(access.legalBasis === undefined ? {} : { legalBasis: access.legalBasis }),
    ...(access.exchange === undefined ? {} : { exchange: access.exchange }),
    ...(access.item === undefined ? {} : { item: access.item }),
    fields: access.fields,
    at: access.at,
    previous: head?.hash ?? NOTHING,
    nonce: randomBytes(32).toString('hex'),
  };
  const hash = sha256(readRowText(row));
  await queries.prepared(
    `insert into reads
       (number, officer, purpose, text_digest, legal_basis, exchange, item, fields, at, previous, nonce, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.number,
      row.officer,
      row.purpose,
      row.textDigest ?? null,
      row.legalBasis ?? null,
      row.exchange ?? null,
      row.item ?? null,
      row.fields,
      row.at,
      row.previous,
      row.nonce,
      hash,
    ],
  );
  if (access.text !== undefined)
    await queries.prepared(
      'insert into read_texts (number, at, salt, text) values ($1, $2, $3, $4)',
      [row.number, access.at, salt, access.text],
    );
  await queries.prepared('update read_head set size = $1, hash = $2', [row.number + 1n, hash]);
};
