import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table proposals (
     id uuid primary key,
     command text not null,
     item uuid not null,
     exchange uuid not null,
     data json not null,
     seen text,
     proposed_by text not null,
     proposed_at timestamptz(3) not null,
     until timestamptz(3) not null,
     outcome text,
     decided_by text,
     decided_at timestamptz(3),
     check ((outcome is null) = (decided_by is null) and (outcome is null) = (decided_at is null)),
     check (outcome is distinct from 'CONFIRMED' or decided_by <> proposed_by))`,
  'create index proposals_newest on proposals (proposed_at desc, id)',
];

/** What one officer proposed and another decided on. */
export class Proposals1764000000016 implements MigrationInterface {
  readonly name = 'Proposals1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
