import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The newest leaf of which the log has said that the mailbox ended just as it was handed over.
  'alter table mailbox add column heads bigint, add column heads_at timestamptz(3)',
];

/** How far a mailbox is known to be whole. */
export class Heads1764000000015 implements MigrationInterface {
  readonly name = 'Heads1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
