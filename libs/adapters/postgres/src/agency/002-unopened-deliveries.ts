import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table unopened (
     mailbox bigint primary key,
     digest text not null,
     subkey text not null)`,
  'alter table findings add column resolved_at timestamptz(3)',
];

/** What came before the key that opens it, so that it is opened once the key is there. */
export class UnopenedDeliveries1764000000002 implements MigrationInterface {
  readonly name = 'UnopenedDeliveries1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
