import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Shares lie apart from all that officers read, as they came: ciphertext, which does not compress.
const STATEMENTS = [
  `create table entrusted (
     descriptor text primary key,
     event uuid not null,
     compartment text not null,
     part bytea not null)`,
  'alter table entrusted alter column part set storage external',
  'create index entrusted_event on entrusted (event)',
];

/** What the agency keeps as a custodian: shares of keys to what others said. */
export class Entrusted1764000000010 implements MigrationInterface {
  readonly name = 'Entrusted1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
