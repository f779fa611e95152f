import { type EventType } from '@tripoint/domain';
import {
  type AgencyId,
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
  type Appended,
  type AppendRefusal,
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
  type SealedAs,
  type SealedOff,
  type SignedTree,
  type ToSign,
  type Unopened,
} from '@tripoint/read-model';
import type { Database } from '../database.js';
import { append } from './append.js';
import { erasuresOf } from './erasures.js';
import { announce } from './feed.js';
import { findingRows } from './keep-delivered.js';
import { earlier, type MailboxRecord, NOWHERE, positionOf } from './mailbox-record.js';
import { type OnItsWay, onItsWay } from './on-its-way.js';
import { DERIVED, rebuildViews } from './projections.js';
import { giveSealedBack, letSealedGo, ripen, sealedOffBelow, sealedOffFor } from './sealed-off.js';
import { toSignOf, type ToSignRecord, toSignRows, wishColumns } from './to-sign.js';

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

  override grantsBy(provider: AgencyId): Promise<readonly JournalEntry[]> {
    return this.#saidBy(provider, 'GrantMade');
  }

  override ordersBy(issuer: AgencyId): Promise<readonly JournalEntry[]> {
    return this.#saidBy(issuer, 'DisclosureOrdered');
  }

  async #saidBy(issuer: AgencyId, type: EventType): Promise<readonly JournalEntry[]> {
    const records = await this.database.prepared<{ entry: JournalEntry }>(
      `select entry from timeline join journal using (event)
       where timeline.issuer = $1 and timeline.type = $2 order by timeline.leaf`,
      [issuer, type],
    );
    return records.map(({ entry }) => entry);
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

  override async erasedFrom(): Promise<bigint | undefined> {
    const [row] = await this.database.prepared<{ number: bigint | null }>(
      `select min(mailbox) as number from handed_over
       where event in (select event from erasures) or event in (
         select journal.event from journal
         where exchange in (select exchange from erasures)
           and entry->'recorded'->'event'->>'type' = 'GrantMade'
           and entry->'recorded'->'event'->'core'->>'event' in (select event::text from erasures))`,
    );
    return row?.number ?? undefined;
  }

  override sealedOffFor(seconds: number): Promise<readonly number[]> {
    return sealedOffFor(this.database, seconds);
  }

  override async ripen(moment: Instant): Promise<boolean> {
    const waiting = await this.database.prepared(
      'select from sealed_off where not_before <= $1 limit 1',
      [moment],
    );
    if (waiting.length === 0) return false;
    return this.database.transaction(async (queries) => {
      await queries.run('select from mailbox for update');
      const changes = await ripen(queries, moment);
      announce(queries, changes ?? [], []);
      return changes !== undefined;
    });
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
      const { changes, toSign } = await letSealedGo(queries, orders, earlier(time, record.at));
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

  override async shares(event: EventId): Promise<readonly KeptShare[]> {
    const rows = await this.database.prepared<
      Omit<KeptShare, 'opens'> & { readonly opens: readonly Digest[] | null }
    >(
      'select descriptor, event, compartment, part, opens from entrusted where event = $1 order by descriptor',
      [event],
    );
    return rows.map(({ opens, ...share }) => (opens === null ? share : { ...share, opens }));
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
