import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What the log says is over, and is not by our own clock: nothing of it is sealed off before then.
  'alter table sealed_off add column not_before timestamptz(3)',
  'create index sealed_off_not_before on sealed_off (not_before) where not_before is not null',
];

/** What a hub whose clock is ahead says is over waits for its time. */
export class WaitsForItsTime1764000000022 implements MigrationInterface {
  readonly name = 'WaitsForItsTime1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
