import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Bodies are ciphertext, which does not compress.
const STATEMENTS = [
  `create table handed_over (
     mailbox bigint primary key,
     leaf bigint not null,
     event uuid,
     size bigint not null,
     root text not null,
     bytes bytea not null)`,
  `alter table handed_over alter column bytes set storage external`,
  `create index handed_over_event on handed_over (event)`,
  `create index handed_over_statement on handed_over (leaf) where event is null`,

  `create table ties (
     size bigint not null,
     root text not null,
     cosigned_size bigint not null,
     note text not null,
     hashes bytea not null,
     primary key (size, root))`,

  `create table court_files (
     id uuid primary key,
     officer text not null,
     purpose text not null,
     item uuid not null,
     salt text not null,
     at timestamptz(3) not null)`,
  // The row stays when the key has gone out: whoever is told to erase what it opens has to say that it cannot.
  `create table court_keys (
     file uuid not null references court_files,
     descriptor text not null,
     event uuid not null,
     session_key bytea,
     disclosed_at timestamptz(3),
     primary key (file, descriptor))`,
  `create index court_keys_descriptor on court_keys (descriptor)`,
  `create index court_keys_wanted on court_keys (file) where session_key is null and disclosed_at is null`,
];

/** What came as it came, how it hangs together with what witnesses have cosigned, and what of it was taken to a court. */
export class CourtFiles1764000000007 implements MigrationInterface {
  readonly name = 'CourtFiles1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
