import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Whom the rules let have something of it: its author knows, and nobody else is told.
  `alter table outbox add column named text[] not null default '{}'`,
  // Another agency has signed that it was handed what it was owed of the leaves below this one.
  `create table proven_deliveries (
     agency text not null,
     through bigint not null,
     leaf bigint not null,
     leaf_at timestamptz(3) not null,
     primary key (agency, through))`,
];

/** Who was named, and who has signed that it came. */
export class ProvenDeliveries1764000000013 implements MigrationInterface {
  readonly name = 'ProvenDeliveries1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
