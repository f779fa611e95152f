import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Of many that come, the newest that can be shown is of use, and those after it that may soon be.
const STATEMENTS = [
  `create table complete_registry (
     mailbox bigint primary key,
     size bigint not null,
     root text not null,
     bytes bytea not null)`,
];

/** What the log has said last of how many statements of the registry there are, as it came. */
export class CompleteRegistry1764000000023 implements MigrationInterface {
  readonly name = 'CompleteRegistry1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
