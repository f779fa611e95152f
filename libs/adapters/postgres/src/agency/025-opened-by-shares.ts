import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Digests, which the log shows as well. What was kept before has none: it is opened when that is asked.
  'alter table entrusted add column opens text[]',
];

/** What each share is of the keys of, so that it goes when all of that is to be forgotten and not before. */
export class OpenedByShares1764000000025 implements MigrationInterface {
  readonly name = 'OpenedByShares1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
