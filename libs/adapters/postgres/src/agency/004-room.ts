import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Never holds a row; what is written to it to see whether there is room is taken back at once, and is not worth a log.
const STATEMENTS = [
  `create unlogged table room (filler text not null)`,
  `alter table room alter column filler set storage plain`,
];

/** Where it is tried whether anything could be written. */
export class Room1764000000004 implements MigrationInterface {
  readonly name = 'Room1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
