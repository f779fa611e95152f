import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Taken out of the journal and of everything that is made from it; one row is deleted, and it is gone.
  `create table retained (
     event uuid not null,
     compartment text not null,
     piece json not null,
     primary key (event, compartment))`,
  // What is still to be said of it, and what was said last.
  `create table owed_answers (
     key text primary key,
     event uuid not null,
     compartments text[] not null,
     descriptors text[] not null,
     leaf bigint not null,
     said text[] not null,
     answer json)`,
  `create index items_held on items (((state ->> 'event')::uuid)) where kind = 'hold'`,
  // A key that nobody took out has not gone out.
  'alter table court_keys add column abandoned_at timestamptz(3)',
  'drop index court_keys_wanted',
  `create index court_keys_wanted on court_keys (file)
     where session_key is null and disclosed_at is null and abandoned_at is null`,
  'create index court_keys_waiting on court_keys (file) where session_key is not null',
];

/** What a legal hold keeps of what was to go, and what is owed an answer for it. */
export class Retained1764000000008 implements MigrationInterface {
  readonly name = 'Retained1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
