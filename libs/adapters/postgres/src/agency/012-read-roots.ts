import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A root over rows that can be guessed could be tried against what is guessed.
  `alter table reads add column nonce text`,
  `create index outbox_read_roots on outbox (event) where family = 'reads'`,
];

/** What is published over the read log says nothing of what is in it. */
export class ReadRoots1764000000012 implements MigrationInterface {
  readonly name = 'ReadRoots1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
