import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { FORGETTING } from '../forgetting.js';

const STATEMENTS = [
  ...FORGETTING,
  // What is sampled for the planner would lie in a catalogue of its own.
  'alter table wraps alter column wrap set statistics 0',
  'alter table quarantine alter column bytes set statistics 0',
  `create function forgot_some() returns trigger language plpgsql as $$
   begin
     if exists (select from gone) then perform forgot(); end if;
     return null;
   end $$`,
  `create trigger forgot after delete on wraps referencing old table as gone
   for each statement execute function forgot_some()`,
];

/** That wraps were deleted is counted, so that whoever scrubs knows whether there is anything to scrub. */
export class Forgetting1764000000007 implements MigrationInterface {
  readonly name = 'Forgetting1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
