import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Content is `json`, not `jsonb`: it keeps the bytes, and takes a NUL or half a surrogate pair that another agency may
// have written. Ciphertext and keys do not compress, so they are stored as they are.
const STATEMENTS = [
  `create table chains (
     chain text primary key,
     opened bigint generated always as identity,
     next bigint not null default 0 check (next >= 0),
     prev text not null,
     retired boolean not null default false)`,

  `create table exchange_versions (
     exchange uuid primary key,
     version bigint not null)`,

  `create table outbox (
     event uuid primary key,
     chain text not null references chains,
     seq bigint not null,
     exchange uuid not null,
     item uuid,
     family text not null,
     officer text,
     header text not null,
     container bytea,
     addressees int not null,
     sealed_at timestamptz(3) not null,
     sent_at timestamptz(3),
     leaf bigint,
     leaf_at timestamptz(3),
     delivered_to int not null default 0,
     opened_by text[] not null default '{}',
     refusals text[] not null default '{}',
     version bigint not null default 1,
     unique (chain, seq))`,
  `alter table outbox alter column container set storage external`,
  `create index outbox_unrecorded on outbox (chain, seq) where leaf is null`,
  `create index outbox_newest on outbox (sealed_at desc, event desc)`,
  `create index outbox_exchange on outbox (exchange)`,

  `create table held_keys (
     event uuid not null references outbox on delete cascade,
     descriptor text not null,
     compartment text not null,
     session_key bytea not null,
     primary key (event, descriptor))`,

  `create table commands (
     officer text not null,
     key text not null,
     request text not null,
     response json not null,
     at timestamptz(3) not null,
     primary key (officer, key))`,

  `create table journal (
     event uuid primary key,
     exchange uuid not null,
     item uuid not null,
     leaf bigint unique,
     pending bigint generated always as identity,
     revision int not null,
     entry json not null)`,
  `create index journal_exchange on journal (exchange, leaf)`,
  `create index journal_item on journal (item, leaf)`,

  `create table mailbox (
     sole boolean primary key default true check (sole),
     next bigint not null,
     digest text not null,
     leaf bigint,
     leaf_at timestamptz(3))`,
  `insert into mailbox (next, digest) values (0, repeat('0', 64))`,

  `create table to_sign (
     id bigint generated always as identity primary key,
     key text not null,
     kind text not null,
     exchange uuid,
     item uuid,
     body json not null,
     since timestamptz(3) not null,
     done boolean not null default false)`,
  `create unique index to_sign_wish on to_sign (key) where not done`,
  `create index to_sign_key on to_sign (key)`,
  `create index to_sign_open on to_sign (id) where not done`,

  `create table kept_wraps (
     descriptor text not null,
     subkey text not null,
     event uuid not null,
     compartment text not null,
     wrap bytea not null,
     primary key (descriptor, subkey))`,

  `create table registry (
     leaf bigint primary key,
     leaf_at timestamptz(3) not null,
     kind text not null,
     bytes bytea not null,
     digest text not null)`,

  `create table findings (
     id bigint generated always as identity primary key,
     code text not null,
     detail text not null,
     event uuid,
     leaf bigint,
     mailbox bigint,
     at timestamptz(3) not null)`,

  `create table exchanges (
     exchange uuid primary key,
     owner text,
     known text[] not null,
     items int not null,
     open int not null,
     first bigint not null,
     first_at timestamptz(3) not null,
     newest bigint not null,
     newest_at timestamptz(3) not null,
     version bigint not null)`,
  `create index exchanges_newest on exchanges (newest desc, exchange desc)`,

  `create table items (
     item uuid primary key,
     exchange uuid not null,
     kind text not null,
     sender text,
     addressee text,
     status text not null,
     open boolean not null,
     first bigint not null,
     first_at timestamptz(3) not null,
     newest bigint not null,
     newest_at timestamptz(3) not null,
     version bigint not null,
     urgency text,
     access text,
     received_at timestamptz(3),
     due_at timestamptz(3),
     suspended_at timestamptz(3),
     settled_at timestamptz(3),
     late_seconds int,
     state json not null)`,
  `create index items_newest on items (kind, newest desc, item desc)`,
  `create index items_exchange on items (exchange)`,
  `create index items_due on items (due_at) where settled_at is null and due_at is not null`,

  `create table timeline (
     event uuid primary key,
     exchange uuid not null,
     item uuid not null,
     leaf bigint not null,
     leaf_at timestamptz(3) not null,
     at timestamptz(3) not null,
     family text not null,
     type text not null,
     issuer text not null,
     officer text,
     overtaken boolean not null,
     compartments text[] not null)`,
  `create index timeline_exchange on timeline (exchange, leaf)`,
  `create index timeline_item on timeline (item, leaf)`,

  `create table entities (
     id text primary key,
     kind text not null,
     exchange uuid not null,
     item uuid not null,
     event uuid not null,
     compartment text not null,
     issuer text not null,
     leaf bigint not null,
     labels json not null,
     value json not null,
     keys int[] not null)`,
  `create index entities_exchange on entities (exchange, leaf, id)`,
  `create index entities_item on entities (item)`,
  // A pending list would be searched row by row; one-deletion keys are many, and looked for often.
  `create index entities_keys on entities using gin (keys) with (fastupdate = off)`,

  `create table change_head (
     sole boolean primary key default true check (sole),
     newest bigint not null)`,
  `insert into change_head (newest) values (0)`,
  `create table changes (
     id bigint primary key,
     kind text not null,
     exchange uuid,
     item text,
     version bigint not null,
     at timestamptz not null default now())`,

  `create table reads (
     number bigint primary key,
     officer text not null,
     purpose text not null,
     text_digest text,
     legal_basis text,
     exchange uuid,
     item uuid,
     fields text[] not null,
     at timestamptz(3) not null,
     previous text not null,
     hash text not null)`,
  `create table read_head (
     sole boolean primary key default true check (sole),
     size bigint not null,
     hash text not null)`,
  `insert into read_head (size, hash) values (0, repeat('0', 64))`,
  `create table read_texts (
     number bigint primary key references reads,
     at timestamptz(3) not null,
     salt text not null,
     text text not null)`,

  `create table officers (
     id text primary key,
     name text not null,
     password_hash text not null,
     roles text[] not null,
     active boolean not null default true,
     failed_attempts int not null default 0,
     locked_until timestamptz(3))`,
  `create table sessions (
     token text primary key,
     officer text not null references officers on delete cascade,
     opened_at timestamptz(3) not null,
     expires_at timestamptz(3) not null)`,
  `create index sessions_officer on sessions (officer)`,
];

/** What one agency keeps: what it has sealed, what it knows, who reads it. */
export class AgencyDatabase1764000000001 implements MigrationInterface {
  readonly name = 'AgencyDatabase1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    // One message for all: each statement on its own would wait for the server forty times.
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    // Going back would drop an agency's record.
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
