import { type MigrationInterface, type QueryRunner } from 'typeorm';

const STATEMENTS = [
  // SHA-256 of the wrap that came first, where another one stands in its place: a grant that ends names that one.
  `alter table wraps add column stands_for bytea`,
  // As the owner: the hub itself changes no wrap in any other way. Whoever deletes one meanwhile deletes what it has become.
  `create function replace_wraps(descriptors text[], agencies text[], session_keys bytea[])
   returns void language sql security definer set search_path from current as $$
     update wraps set wrap = other.wrap, stands_for = coalesce(stands_for, sha256(wraps.wrap))
     from unnest(descriptors, agencies, session_keys) as other (descriptor, agency, wrap)
     where wraps.descriptor = decode(other.descriptor, 'hex') and wraps.agency = decode(other.agency, 'hex')
       and usable and wraps.wrap <> other.wrap
   $$`,
];

/** A holder's wraps are made again for its next epoch. */
export class ReplacedWraps1764000000006 implements MigrationInterface {
  readonly name = 'ReplacedWraps1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
