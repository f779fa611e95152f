import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Of a batch that the hub has not confirmed; null for what it keeps as we do.
  `alter table kept_wraps add column owed text`,
  `create index kept_wraps_owed on kept_wraps (owed) where owed is not null`,
  `create index kept_wraps_subkey on kept_wraps (subkey, descriptor)`,
  `create table remade (batch text primary key, signature bytea)`,
];

/** An agency's own wraps, made again for the next epoch. */
export class Remaking1764000000009 implements MigrationInterface {
  readonly name = 'Remaking1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
