import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Not folded from the journal: most who have to forget something hold nothing of the order.
const STATEMENTS = [
  `create table erasures (
     item uuid primary key,
     exchange uuid not null,
     event uuid not null,
     descriptors text[] not null,
     originator text not null,
     ordered_by text,
     ground text not null,
     until timestamptz(3) not null,
     leaf bigint not null,
     leaf_at timestamptz(3) not null,
     overdue text[] not null default '{}',
     completed_at timestamptz(3))`,
  'create index erasures_newest on erasures (leaf desc, item desc)',
];

/** What was to be forgotten, and what the log has said of it. */
export class Erasures1764000000011 implements MigrationInterface {
  readonly name = 'Erasures1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
