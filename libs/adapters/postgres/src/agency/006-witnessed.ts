import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table witnessed (
     sole boolean primary key default true check (sole),
     size bigint not null,
     root text not null,
     note text not null)`,
  // Two roots of one size may both have been shown to us: only one of them can ever be tied.
  `create table untied (
     size bigint not null,
     root text not null,
     first_leaf bigint not null,
     primary key (size, root))`,
];

/** The newest checkpoint that a quorum has cosigned, and the checkpoints that have not been tied to it. */
export class Witnessed1764000000006 implements MigrationInterface {
  readonly name = 'Witnessed1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
