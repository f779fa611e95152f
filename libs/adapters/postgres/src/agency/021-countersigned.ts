import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // By what an agency has signed that it was handed something is told apart from anything else that it signed.
  'alter table proven_deliveries add column countersignature text',
];

/** What was signed of a delivery is named beside the leaf that says so. */
export class Countersigned1764000000021 implements MigrationInterface {
  readonly name = 'Countersigned1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
