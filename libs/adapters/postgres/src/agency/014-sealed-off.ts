import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What is to go, by leaves that no quorum of witnesses is known to have seen, and the tree that each was handed over under.
  `create table sealed_off (
     key text primary key,
     event uuid not null,
     compartments text[] not null,
     descriptors text[] not null,
     everywhere boolean not null,
     answer json,
     leaf bigint not null,
     size bigint,
     root text,
     given_back boolean not null default false)`,
  'create index sealed_off_leaf on sealed_off (leaf)',
  'create index sealed_off_descriptors on sealed_off using gin (descriptors)',
  // Taken out of the journal and of everything that is made from it, until it goes or is put back.
  `create table sealed_pieces (
     event uuid not null,
     compartment text not null,
     piece json not null,
     primary key (event, compartment))`,
];

/** What nobody reads any more, and what is not deleted yet: its leaf is not under a quorum. */
export class SealedOff1764000000014 implements MigrationInterface {
  readonly name = 'SealedOff1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
