import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The same bytes from two agencies are two submissions: neither may hide the other, or answer for it. */
export class QuarantineBySource1764000000003 implements MigrationInterface {
  readonly name = 'QuarantineBySource1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table quarantine drop constraint quarantine_pkey, add primary key (agency, digest)`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
