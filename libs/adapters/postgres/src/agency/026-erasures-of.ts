import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = ['create index erasures_of on erasures (event, leaf)'];

/** What was ordered to be forgotten of one event, and which order was first. */
export class ErasuresOf1764000000026 implements MigrationInterface {
  readonly name = 'ErasuresOf1764000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
