import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a leaf has allowed is not taken away by a later one that is denied the same.
  `create or replace function settle_wraps(descriptors text[], agencies text[], allowed boolean[])
   returns void language plpgsql as $$
   begin
     perform await_turns(descriptors);
     update wraps set usable = true
     from unnest(descriptors, agencies, allowed) as settled (descriptor, agency, allowed)
     where settled.allowed and wraps.descriptor = decode(settled.descriptor, 'hex')
       and wraps.agency = decode(settled.agency, 'hex') and not usable;
     delete from wraps using unnest(descriptors, agencies, allowed) as settled (descriptor, agency, allowed)
     where not settled.allowed and wraps.descriptor = decode(settled.descriptor, 'hex')
       and wraps.agency = decode(settled.agency, 'hex') and not usable;
   end $$`,
];

/** Grants come later than what they are of, and end. */
export class WithdrawnWraps1764000000005 implements MigrationInterface {
  readonly name = 'WithdrawnWraps1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
