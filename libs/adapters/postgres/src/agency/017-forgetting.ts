import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { FORGETTING } from '../forgetting.js';

/** Content, wraps and keys: what is sampled of them for the planner would lie in a catalogue of its own. */
const UNSAMPLED: readonly (readonly [table: string, column: string])[] = [
  ['kept_wraps', 'wrap'],
  ['entrusted', 'part'],
  ['held_keys', 'session_key'],
  ['court_keys', 'session_key'],
  ['handed_over', 'bytes'],
  ['outbox', 'container'],
  ['read_texts', 'text'],
];

const STATEMENTS = [
  ...FORGETTING,
  ...UNSAMPLED.map(
    ([table, column]) => `alter table ${table} alter column ${column} set statistics 0`,
  ),
  `create function forgot_some() returns trigger language plpgsql as $$
   begin
     if exists (select from gone) then perform forgot(); end if;
     return null;
   end $$`,
  ...['retained', 'sealed_pieces'].map(
    (table) => `create trigger forgot after delete on ${table} referencing old table as gone
     for each statement execute function forgot_some()`,
  ),
  `create function forgot_key() returns trigger language plpgsql as $$
   begin
     perform forgot();
     return null;
   end $$`,
  `create trigger forgot after update on court_keys for each row
   when (old.session_key is not null and new.session_key is null) execute function forgot_key()`,
];

/** That something was made to go is counted, so that whoever scrubs knows whether there is anything to scrub. */
export class Forgetting1764000000017 implements MigrationInterface {
  readonly name = 'Forgetting1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
