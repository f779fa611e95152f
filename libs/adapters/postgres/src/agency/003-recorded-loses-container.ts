import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Whoever learns of a leaf may not read what lies in the outbox, and a statement that clears a column only sometimes has to.
const STATEMENTS = [
  `create function lose_container() returns trigger language plpgsql as $$
   begin
     new.container := null;
     return new;
   end $$`,
  `create trigger recorded_loses_container before update of leaf on outbox
     for each row when (new.leaf is not null) execute function lose_container()`,
];

/** An envelope that is on record is kept by the record. */
export class RecordedLosesContainer1764000000003 implements MigrationInterface {
  readonly name = 'RecordedLosesContainer1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
