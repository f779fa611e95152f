import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Two notes of the log that do not go together. They hide nothing, and are nobody's but the log's.
  'create table log_evidence (name text primary key, bytes bytea not null)',
];

/** What an agency has that speaks against the log, until every witness has it, and after that. */
export class LogEvidence1764000000024 implements MigrationInterface {
  readonly name = 'LogEvidence1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
