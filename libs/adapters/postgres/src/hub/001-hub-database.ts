import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table wraps (
     descriptor bytea not null,
     agency bytea not null,
     wrap bytea not null,
     usable boolean not null default false,
     staged_at timestamptz not null default now(),
     primary key (descriptor, agency))`,
  `alter table wraps alter column wrap set storage external`,
  `create index wraps_staged on wraps (staged_at) where not usable`,
  `create table tombstones (descriptor bytea primary key)`,
  `create table positions (name text primary key, place text not null)`,
  `create table quarantine (
     digest bytea primary key,
     agency text not null,
     code text not null,
     bytes bytea not null,
     since timestamptz not null default now())`,
  `create index quarantine_since on quarantine (since)`,
];

/** What the hub keeps beside the ledger: wraps, tombstones, places, what it would not admit. */
export class HubDatabase1764000000001 implements MigrationInterface {
  readonly name = 'HubDatabase1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    // Going back would drop the wraps that keep content readable.
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
