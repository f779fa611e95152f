import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Few, among very many receipts: what was made and not handed over is looked for again and again.
  `create index to_sign_made on to_sign (item, kind, id) where kind in ('grant', 'share')`,
];

/** Keys that were made for somebody are found by what they are of. */
export class MadeKeys1764000000018 implements MigrationInterface {
  readonly name = 'MadeKeys1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
