import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Which of several hubs is to act. */
export class Leases1764000000004 implements MigrationInterface {
  readonly name = 'Leases1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table leases (name text primary key, holder text not null, until timestamptz not null)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
