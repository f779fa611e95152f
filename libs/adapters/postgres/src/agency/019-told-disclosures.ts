import { type MigrationInterface, type QueryRunner } from 'typeorm';

// Not folded from the journal: who is told holds nothing of the order, and nobody but oversight of the review.
const STATEMENTS = [
  `create table told_disclosures (
     item uuid primary key,
     exchange uuid not null,
     event uuid not null,
     ordered_by text not null,
     beneficiary text not null,
     compartments text[] not null,
     ground text,
     emergency boolean not null,
     until timestamptz(3) not null,
     leaf bigint not null,
     leaf_at timestamptz(3) not null)`,
  'create index told_disclosures_newest on told_disclosures (leaf desc, item desc)',
  `create table disclosure_reviews (
     item uuid primary key,
     outcome text not null,
     reviewed_by text not null,
     leaf bigint not null,
     leaf_at timestamptz(3) not null)`,
];

/** What was ordered to be disclosed of what the agency said, and what oversight thinks of emergencies that it knows of. */
export class ToldDisclosures1764000000019 implements MigrationInterface {
  readonly name = 'ToldDisclosures1764000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
