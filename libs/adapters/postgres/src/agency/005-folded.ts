import { type MigrationInterface, type QueryRunner } from 'typeorm';

// What was folded before this was noted was folded by the first version.
const STATEMENTS = [
  `create table folded (
     sole boolean primary key default true check (sole),
     version int not null)`,
  `insert into folded (version) values (1)`,
];

/** By which version of the program's folding the views were made. */
export class Folded1764000000005 implements MigrationInterface {
  readonly name = 'Folded1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
