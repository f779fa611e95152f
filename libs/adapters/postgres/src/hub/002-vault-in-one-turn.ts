import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Each statement of a function sees what was committed before it, so what follows the turn is decided upon what those before
 * have done; and one call is one transaction.
 */
const STATEMENTS = [
  `create function await_turns(descriptors text[]) returns void language sql as $$
     select pg_advisory_xact_lock(turn) from (
       select distinct ('x' || left(digest, 16))::bit(64)::bigint as turn
       from unnest(descriptors) as digest order by 1) as turns
   $$`,
  `create function stage_wraps(descriptors text[], agencies text[], session_keys bytea[])
   returns void language plpgsql as $$
   begin
     perform await_turns(descriptors);
     insert into wraps (descriptor, agency, wrap)
     select decode(staged.descriptor, 'hex'), decode(staged.agency, 'hex'), staged.wrap
     from unnest(descriptors, agencies, session_keys) as staged (descriptor, agency, wrap)
     where not exists (
       select from tombstones where tombstones.descriptor = decode(staged.descriptor, 'hex'))
     order by 1, 2
     on conflict (descriptor, agency) do nothing;
   end $$`,
  `create function settle_wraps(descriptors text[], agencies text[], allowed boolean[])
   returns void language plpgsql as $$
   begin
     perform await_turns(descriptors);
     update wraps set usable = true
     from unnest(descriptors, agencies, allowed) as settled (descriptor, agency, allowed)
     where settled.allowed and wraps.descriptor = decode(settled.descriptor, 'hex')
       and wraps.agency = decode(settled.agency, 'hex') and not usable;
     delete from wraps using unnest(descriptors, agencies, allowed) as settled (descriptor, agency, allowed)
     where not settled.allowed and wraps.descriptor = decode(settled.descriptor, 'hex')
       and wraps.agency = decode(settled.agency, 'hex');
   end $$`,
];

/** Staging and settling take one round trip each. */
export class VaultInOneTurn1764000000002 implements MigrationInterface {
  readonly name = 'VaultInOneTurn1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS.join(';\n'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('this schema is not taken back'));
  }
}
