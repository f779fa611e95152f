import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Not folded from the journal: it follows from a statement of the registry, and from none that is taken back.
  `create table over_by_doubt (
     item uuid primary key,
     leaf bigint not null,
     leaf_at timestamptz(3) not null)`,
];

/** Grants and orders to disclose that are over because what they rest on is in doubt: no line of the log says so of each. */
export class OverByDoubt1764000000027 implements MigrationInterface {
  readonly name = 'OverByDoubt1764000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
