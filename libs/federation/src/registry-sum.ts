import { canonical, sha256 } from '@tripoint/envelope';
import { type Digest } from '@tripoint/kernel';

/** How many statements the log has taken, and one digest of all of them and of where they stand. */
export type RegistrySum = { readonly count: number; readonly digest: Digest };

/** Before the first. */
export const NO_STATEMENTS: RegistrySum = { count: 0, digest: '0'.repeat(64) as Digest };

/** With one more, which the log took at `leaf`; `entry` is the digest of its chain entry. */
export const withStatement = (
  { count, digest }: RegistrySum,
  leaf: number,
  entry: Digest,
): RegistrySum => ({
  count: count + 1,
  digest: sha256(canonical({ before: digest, entry, leaf })),
});
