import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** All that is made of what was said, or is a key to it. */
const UNSAMPLED: readonly (readonly [table: string, column: string])[] = [
  ['entities', 'keys'],
  ['kept_wraps', 'wrap'],
  ['entrusted', 'part'],
  ['held_keys', 'session_key'],
  ['court_keys', 'session_key'],
  ['handed_over', 'bytes'],
  ['outbox', 'container'],
  ['read_texts', 'text'],
];

const STATEMENTS = [
  // Keys under which a name is found give the name away to whoever tries names.
  'alter table entities alter column keys set statistics 0',
  // What was sampled before nothing was any more; older servers have no way to forget a sample but the next one.
  `do $$
   begin
     if exists (select from pg_proc where proname = 'pg_clear_attribute_stats') then
       ${UNSAMPLED.map(([table, column]) => `perform pg_clear_attribute_stats(current_schema()::text, '${table}', '${column}', false);`).join('\n       ')}
     end if;
   end $$`,
  // A leaf that nobody ties and nobody contradicts seals something off for longer than it should.
  'alter table sealed_off add column since timestamptz(3) not null default now()',
  // Whether an event is in doubt is asked wherever it is shown.
  `create index findings_doubted on findings (event) where code = 'word-in-doubt' and resolved_at is null`,
];

/** Nothing that was said lies in the planner's samples, and what was sealed off is known by how long it has been. */
export class Unsampled1764000000020 implements MigrationInterface {
  readonly name = 'Unsampled1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
